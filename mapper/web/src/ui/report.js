// One report: what is claimed, by whom, where that is thought to be and how sure, what the border
// was like that day, and the other reports of its event.

import { alike } from "../state/alike.js";
import {
  borderWords, citation, countPhrase, crossingName, dateWords, countryName, isPlaced, linkOf,
  measuresOf, placeName, reasonWords, sureWords, typeLabel,
} from "../state/describe.js";
import { merged } from "../state/crossings.js";
import { NO_DAY, readDay } from "../state/dates.js";
import { createWords } from "../state/words.js";
import { changeOf } from "./changes.js";
import { data, el } from "./el.js";
import { linked } from "./linked.js";
import { icon, symbol } from "./symbols.js";

/**
 * @param {import("./app.js").App} app
 * @param {number} i
 * @returns {Promise<HTMLElement>}
 */
export async function reportView(app, i) {
  const { store, words } = app;
  const record = await store.report(i);
  const type = store.text("event_type", i);
  const label = typeLabel(words, type);
  const title = record.description || record.event_label || label;
  const where = isPlaced(store, i) ? placeName(store, words, i) : words.t("place_unplaced");
  return el(
    "article",
    { class: "report-view", dataset: { id: store.id(i) } },
    el("p", { class: "kicker" }, symbol(store.meta.families[store.family[i]], 11), " ",
      data(label), ` · ${words.t("reported")}`),
    el("h2", { dir: "auto", tabindex: -1, text: title }),
    el("p", { class: "when" }, dateWords(store, words, i, true), " · ", data(where)),
    facts(app, i, record),
    note(app, record.claim_note),
    source(app, i, record),
    changeOf(app, i),
    siblings(app, i),
    allFields(app, i, record),
    actions(app, i, record),
  );
}

/** @param {import("./app.js").App} app @param {number} i @param {Record<string, string>} record */
function facts(app, i, record) {
  const { store, words } = app;
  /** @type {HTMLElement[]} */
  const rows = [];
  /** @param {string} key @param {...(Node | string | null)} value */
  const row = (key, ...value) => {
    if (value.some((part) => part !== null && part !== "")) {
      rows.push(el("dt", { text: words.t(key) }), el("dd", {}, ...value));
    }
  };
  for (const { key, value, kind, role } of measuresOf(store, words, i)) {
    row(`row_${key}`, el("b", { text: value }), role ? " " : null, role ? data(role) : null,
      kind ? el("span", { class: "quiet", text: ` — ${kind}` }) : null);
  }
  const actors = ["actor1", "actor2"].map((name) => store.text(name, i)).filter(Boolean);
  row("row_actors", ...actors.flatMap((name, k) => [k ? " · " : null, data(name)]));
  const written = store.text("place", i);
  const hints = [store.text("place_admin2", i), store.text("place_admin1", i)].filter(Boolean);
  row("row_written", written ? data(`“${written}”`) : el("span", { class: "quiet", text: words.t("place_none") }),
    hints.length ? data(` (${hints.join(", ")})`) : null);
  row("row_taken", ...taken(app, i));
  const rival = store.text("runner_up", i);
  row("row_could", rival ? data(rival) : null);
  const geocode = createWords(app.language, { ...app.catalogue("join"), ...app.catalogue("geocode") });
  const reason = reasonWords(store, geocode, i);
  row("row_why", reason || null);
  const zone = area(app, i);
  row("row_area", zone ? data(zone) : null);
  row("row_border", isPlaced(store, i) ? borderWords(store, words, i) : null);
  row("row_crossing", ...crossing(app, i, record));
  return el("dl", { class: "facts" }, rows);
}

/** The admin areas a place lies in, as far as they are known: "San Cristóbal, Táchira". */
function area(/** @type {import("./app.js").App} */ app, /** @type {number} */ i) {
  const { store, words } = app;
  // where the side of the border cannot be told, neither can the area
  if (!isPlaced(store, i) || store.text("country", i).includes("|")) return "";
  const second = store.meta.admin2?.[store.text("place_id", i)] ?? "";
  const first = store.text("admin1", i).split("|").filter(Boolean);
  const named = first.map((code) => store.meta.admin1?.[code] ?? code);
  const own = placeName(store, words, i);
  const parts = [second, named.length === 1 ? named[0] : ""].filter((name) => name && name !== own);
  return parts.join(words.t("comma"));
}

/** What the place was taken for. @param {import("./app.js").App} app @param {number} i */
function taken(app, i) {
  const { store, words } = app;
  if (!isPlaced(store, i)) return [words.t("taken_nothing")];
  const method = store.text("method", i);
  const how = [sureWords(store, words, i), words.has(`method_${method}`) ? words.t(`method_${method}`) : method];
  return [data(placeName(store, words, i)), el("span", { class: "quiet", text: ` (${how.filter(Boolean).join(words.semicolon)})` })];
}

/** The nearest crossing and what is known of it that day. */
function crossing(/** @type {import("./app.js").App} */ app, /** @type {number} */ i, /** @type {Record<string, string>} */ record) {
  const { store, words } = app;
  const id = store.text("nearest_crossing", i);
  if (!id) return [null];
  const km = store.number("crossing_km", i);
  const status = store.text("crossing_status", i);
  /** @type {HTMLElement[]} */
  const lines = [el("div", {}, data(crossingName(store, words, id)),
    km === km ? el("span", { class: "quiet", text: ` (${words.t("km_away", { km: words.km(km) })})` }) : null)];
  if (status) lines.push(el("div", {}, words.t("crossing_that_day", { status: words.t(`status_${status}`) })));
  const said = merged(intervals(record.crossing_status_detail)).map((one) => interval(app, one));
  if (said.length) {
    lines.push(el("details", {}, el("summary", { text: words.t("crossing_said", { n: said.length }) }), ...said));
  }
  return lines;
}

/** What one source says of one side. @param {import("./app.js").App} app @param {any} one */
function interval(app, { side, status, modes, from, to, detail, source }) {
  const { store, words } = app;
  const [since, until] = [readDay(String(from ?? "")), readDay(String(to ?? ""), true)];
  const ways = modes.map((/** @type {string} */ mode) => (words.has(`mode_${mode}`) ? words.t(`mode_${mode}`) : mode));
  const parts = [
    side ? countryName(store, words, side) : "",
    words.has(`status_${status}`) ? words.t(`status_${status}`) : status,
    words.list(ways),
    since === NO_DAY ? "" : until === NO_DAY ? words.t("since", { day: words.day(since) }) : words.range(since, until),
  ].filter(Boolean);
  const link = linkOf(source ?? "");
  return el("p", { class: "quiet" }, parts.join(words.t("comma")), detail ? [" — ", data(detail)] : null,
    source ? [" · ", link ? anchor(link) : data(source)] : null);
}

/** @param {string | undefined} json @returns {any[]} */
function intervals(json) {
  try {
    const list = JSON.parse(json || "[]");
    return Array.isArray(list) ? list.filter((one) => one && typeof one === "object").slice(0, 40) : [];
  } catch {
    return [];
  }
}

/** @param {{href: string, host: string}} link */
function anchor({ href, host }) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, `${host}\u00a0`, icon("link", 9));
}

/** The compiler's note; ids in it open their reports. @param {import("./app.js").App} app @param {string} [text] */
function note(app, text) {
  if (!text) return null;
  return el("p", { class: "note", dir: "auto" }, linked(app, text));
}

/** @param {import("./app.js").App} app @param {number} i @param {Record<string, string>} record */
function source(app, i, record) {
  const { store, words } = app;
  const name = store.text("source_name", i);
  const url = record.source_url ?? "";
  const link = linkOf(url);
  const meta = [words.tongue(store.text("source_lang", i)), dateOrText(words, record.source_date)].filter(Boolean).join(words.t("comma"));
  if (!name && !url) return null;
  return el("p", { class: "source" }, el("b", { dir: "auto", text: name || words.t("source_none") }),
    meta ? `${words.t("comma")}${meta}` : "", " ", link ? anchor(link) : url ? data(url, "span", { class: "quiet" }) : null);
}

/** @param {import("../state/words.js").Words} words @param {string} [text] */
function dateOrText(words, text) {
  if (!text) return "";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readDay(text) : NO_DAY;
  return day === NO_DAY ? text : words.day(day);
}

/** The others of the event, or those that may be of it. @param {import("./app.js").App} app @param {number} i */
function siblings(app, i) {
  const { store, words } = app;
  const events = store.column("event_id");
  const code = events.codes[i];
  /** @type {number[]} */
  const rows = [];
  if (code) {
    for (let k = 0; k < store.n; k++) if (k !== i && events.codes[k] === code) rows.push(k);
  } else rows.push(...alike(store, i));
  if (!rows.length) return null;
  rows.sort((a, b) => store.dateStart[a] - store.dateStart[b] || a - b);
  const shown = rows.slice(0, 30);
  const title = code ? words.t("siblings", { n: rows.length + 1 }) : words.t("siblings_maybe", { n: rows.length });
  return el(
    "section",
    { class: code ? "siblings" : "siblings maybe" },
    el("h3", { text: title }),
    code ? null : el("p", { class: "quiet", text: words.t("siblings_maybe_why") }),
    el("ul", {}, shown.map((k) => sibling(app, k))),
    rows.length > shown.length
      ? el("button", { type: "button", class: "plain", text: words.t("siblings_all"), on: { click: () => app.showList?.({ indexes: [...rows, i], title }) } })
      : null,
  );
}

/** @param {import("./app.js").App} app @param {number} k */
function sibling(app, k) {
  const { store, words } = app;
  const language = words.tongue(store.text("source_lang", k));
  const meta = [language && `\u2068${language}\u2069`, dateWords(store, words, k)].filter(Boolean).join(words.t("comma"));
  const counts = countPhrase(store, words, k) || words.t("no_number");
  const link = el("span", {});
  void store.report(k).then((record) => {
    const found = linkOf(record.source_url ?? "");
    if (found) link.append(" ", anchor(found));
  });
  return el("li", {},
    el("button", { type: "button", class: "plain strong", dir: "auto", text: store.text("source_name", k) || store.id(k),
      on: { click: () => void app.select(k) } }),
    `${words.t("comma")}${meta} — ${counts}`, link);
}

/** Every column of the file, as it stands. */
function allFields(/** @type {import("./app.js").App} */ app, /** @type {number} */ i, /** @type {Record<string, string>} */ record) {
  const { store, words } = app;
  const values = new Map(Object.entries(record));
  for (const name of store.names) {
    if (values.has(name) || name === "place" && !store.text(name, i)) continue;
    const text = store.text(name, i);
    const number = store.number(name, i);
    values.set(name, text || (number === number ? String(number) : ""));
  }
  const rows = [...values].filter(([name, value]) => value && name !== "family");
  return el("details", { class: "all-fields" }, el("summary", { text: words.t("all_fields") }),
    el("dl", {}, rows.flatMap(([name, value]) => [el("dt", { dir: "ltr", text: name }), data(value, "dd")])));
}

/** @param {import("./app.js").App} app @param {number} i @param {Record<string, string>} record */
function actions(app, i, record) {
  const { store, words } = app;
  const cite = () => citation(record, store.text("source_name", i), dateWords(store, words, i));
  const link = () => {
    try {
      return `${location.href.split("#")[0]}#report=${encodeURIComponent(store.id(i))}`;
    } catch {
      return `#report=${encodeURIComponent(store.id(i))}`;
    }
  };
  const button = (/** @type {string} */ key, /** @type {() => string} */ text) => {
    const made = el("button", { type: "button", class: "plain", text: words.t(key), on: { click: async () => {
      const done = await copy(text());
      app.say(words.t(done ? "copied" : "copy_failed"));
      made.textContent = words.t(done ? "copied" : "copy_failed");
      setTimeout(() => (made.textContent = words.t(key)), 1800);
    } } });
    return made;
  };
  const mark = el("button", { type: "button", class: "plain", text: words.t("show_on_map"),
    on: { click: () => app.map.fit({ report: i }) } });
  return el("p", { class: "actions" },
    data(store.id(i), "span", { class: "id" }), " · ", isPlaced(store, i) ? [mark, " · "] : null,
    store.meta.review === undefined ? null : [el("button", { type: "button", class: "plain", text: words.t("review_correct"),
      on: { click: () => app.openReview?.(i) } }), " · "],
    button("copy_citation", cite), " · ", button("copy_link", link));
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = el("textarea", { class: "voice", readonly: true });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
