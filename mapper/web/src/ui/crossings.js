// The crossings day by day: a row a crossing, a cell a day, halved between the two countries.
// Letters stand beside the colour; who says so stands under the table for the cell in hand.

import { calendarDays, merged, sideStatus, STALE_DAYS } from "../state/crossings.js";
import { countryName, crossingName, linkOf } from "../state/describe.js";
import { readDay } from "../state/dates.js";
import { el, fill } from "./el.js";

const ROOM = 8;
const SHOWN = 6;
/** So many reports of a day are named. */
const CLAIMS = 8;

/** @typedef {import("../data/store.js").Crossing} Crossing */

/** @param {import("./app.js").App} app */
export function crossingsPanel(app) {
  const { words } = app;
  const rows = worthShowing(app);
  if (!rows.length || !app.extent) return null;
  const said = el("div", { class: "cal-said", role: "status" });
  const list = el("div", { class: "cals" });
  let all = false;
  const more = el("button", { type: "button", class: "plain", text: words.t("filter_more", { n: rows.length - SHOWN }),
    hidden: rows.length <= SHOWN, on: { click: () => {
      all = true;
      more.hidden = true;
      update();
    } } });
  const panel = el("details", { class: "block crossings", dataset: { mapper: "crossings" } },
    el("summary", {}, el("h2", { text: words.t("crossings_title") })),
    el("p", { class: "quiet cal-key", text: words.t("crossings_key") }), list, more, said);
  const update = () => {
    if (!panel.open) return;
    const { from, to } = span(app);
    const days = calendarDays(from, to, ROOM);
    fill(list, (all ? rows : rows.slice(0, SHOWN)).map((crossing) => calendar(app, crossing, days, said)));
  };
  panel.addEventListener("toggle", update);
  app.on("filter", update);
  return panel;
}

/** The chosen days, or all of them. @param {import("./app.js").App} app */
function span(app) {
  const { from, to } = app.engine.filters;
  const all = /** @type {import("../state/timeline.js").Span} */ (app.extent);
  return { from: from ? readDay(from) : all.from, to: to ? readDay(to, true) : all.to };
}

/** Crossings of which something is known, those near most reports first. @param {import("./app.js").App} app */
function worthShowing(app) {
  const { store } = app;
  const column = store.column("nearest_crossing");
  const counts = new Map();
  for (let i = 0; i < store.n; i++) {
    const code = column.codes[i];
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const near = new Map([...counts].map(([code, n]) => [column.values.at(code).replace(/^crossing:/, ""), n]));
  const weight = (/** @type {Crossing} */ one) => near.get(one.id.replace(/^crossing:/, "")) ?? 0;
  return store.meta.crossings
    .filter((one) => (one.status?.length && weight(one)) || one.claims?.some((claim) => claim.at === "crossing"))
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
}

/**
 * @param {import("./app.js").App} app @param {Crossing} crossing @param {number[]} days
 * @param {HTMLElement} said  where the cell in hand is told in words
 */
function calendar(app, crossing, days, said) {
  const { words } = app;
  const sides = crossing.pair.split("-");
  const name = crossingName(app.store, words, crossing.id);
  const go = el("button", { type: "button", class: "plain strong", dir: "auto", text: name,
    on: { click: () => app.map.fit({ lat: crossing.lat, lon: crossing.lon, zoom: 14 }) } });
  const head = el("tr", {}, el("td", {}), days.map((day) => el("th", { scope: "col", title: words.weekday(day) },
    String(new Date(day * 86400000).getUTCDate()))));
  const rows = sides.map((side, s) => el("tr", {},
    el("th", { scope: "row", title: countryName(app.store, words, side), text: side }),
    days.map((day, d) => cell(app, crossing, side, day, s === 0 && d === 0, said))));
  const table = el("table", { class: "cal", "aria-label": name, on: { keydown: moveFocus } }, head, rows);
  return el("div", { class: "cal-row" }, el("p", {}, go),
    el("p", { class: "quiet", text: now(app, crossing, days[days.length - 1]) }), table);
}

/** The status at the end of the window, as fresh as it is known. */
function now(/** @type {import("./app.js").App} */ app, /** @type {Crossing} */ crossing, /** @type {number} */ day) {
  const { words } = app;
  let status = "unknown";
  let since = day;
  for (const [from, what] of crossing.calendar) if (from <= day) [since, status] = [from, what];
  if (status === "unknown") return words.t("status_unknown");
  const told = words.t(`status_${status}`);
  const turn = crossing.status.find((one) => one.from === day && one.status === status && one.at)?.at;
  if (since === day && turn) return fromHour(words, told, turn);
  return day - since > STALE_DAYS
    ? words.t("crossing_last_known", { status: told, month: words.monthShort(since) })
    : words.t("crossing_since", { status: told, day: words.dayMonth(since) });
}

/** A status that began within the day, at an hour or in the evening. */
function fromHour(/** @type {import("./app.js").App["words"]} */ words, /** @type {string} */ status, /** @type {string} */ at) {
  return at === "evening" ? words.t("crossing_from_evening", { status }) : words.t("crossing_from_time", { status, time: at });
}

/** One side on one day. */
function cell(/** @type {import("./app.js").App} */ app, /** @type {Crossing} */ crossing, /** @type {string} */ side,
  /** @type {number} */ day, /** @type {boolean} */ first, /** @type {HTMLElement} */ said) {
  const { words, store } = app;
  const { status, holding } = sideStatus(crossing.status, side, day);
  const country = countryName(store, words, side);
  const told = `${words.day(day)}${words.t("comma")}${country}: ${words.t(`status_${status}`)}`;
  const claims = (crossing.claims ?? []).filter((claim) => claim.day !== null && claim.day <= day && (claim.to ?? claim.day) >= day);
  const show = () => fill(said, el("b", { text: told }), sayings(app, holding, day), claimed(app, claims));
  const mark = claims.some((claim) => claim.at === "crossing") ? " cal-claimed" : "";
  return el("td", { class: `cal-${status}${mark}`, tabindex: first ? 0 : -1, "aria-label": told,
    text: words.t(`letter_${status}`), on: { focus: show, pointerenter: show } });
}

/** What it rests on: ways through, words, source. @param {import("./app.js").App} app @param {any[]} holding @param {number} day */
function sayings(app, holding, day) {
  const { words } = app;
  return merged(holding).map(({ status, modes, detail, source, from, at }) => {
    const state = words.t(`status_${status}`);
    const ways = words.list(modes.map((mode) => (words.has(`mode_${mode}`) ? words.t(`mode_${mode}`) : mode)));
    const link = linkOf(source);
    return el("p", { class: "quiet" }, `${from === day && at ? fromHour(words, state, at) : state} (${ways})`,
      detail ? el("span", { dir: "auto", text: ` — ${detail}` }) : null, " · ",
      link ? el("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", dir: "ltr", text: link.host })
        : el("span", { dir: "auto", text: source }));
  });
}

/** What reports say of the crossing that day; never taken for its status. @param {import("./app.js").App} app @param {any[]} claims */
function claimed(app, claims) {
  const { words, store } = app;
  if (!claims.length) return null;
  return [
    el("p", { class: "cal-reports", text: words.t("claims_beside", { n: claims.length }) }),
    el("ul", {}, claims.slice(0, CLAIMS).map(({ type, at, source, incident_id: id }) => {
      const index = store.indexOf(id);
      const label = [words.t(`type_${type}`), at === "crossing" ? "" : words.t(`claim_${at}`)].filter(Boolean).join(words.t("comma"));
      const name = source || words.t("source_none");
      return el("li", { class: "quiet" }, label, " — ", index < 0 ? el("span", { dir: "auto", text: name })
        : el("button", { type: "button", class: "plain", dir: "auto", text: name, on: { click: () => void app.select(index) } }));
    })),
    claims.length > CLAIMS ? el("p", { class: "quiet", text: words.t("filter_more", { n: claims.length - CLAIMS }) }) : null,
  ].flat();
}

/** Arrow keys walk the cells of one calendar. @param {KeyboardEvent} event */
function moveFocus(event) {
  const table = /** @type {HTMLTableElement} */ (event.currentTarget);
  const rows = [...table.rows].slice(1).map((row) => [...row.querySelectorAll("td")]);
  const r = rows.findIndex((cells) => cells.includes(/** @type {any} */ (document.activeElement)));
  if (r < 0) return;
  const c = rows[r].indexOf(/** @type {any} */ (document.activeElement));
  const across = document.documentElement.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number[]>} */
  const steps = { ArrowRight: [0, across], ArrowLeft: [0, -across], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const step = steps[event.key];
  const next = step && rows[r + step[0]]?.[c + step[1]];
  if (!next) return;
  event.preventDefault();
  for (const one of rows.flat()) one.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
