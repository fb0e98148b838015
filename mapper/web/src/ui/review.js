// The review view: one doubtful place after the other, what the reports say beside what it could
// be. A decision goes into a table that the next run of mapper takes.

import { isPlaced, pairName, placeName, reasonWords, sureWords } from "../state/describe.js";
import { doubtful, fixesCsv, keyOf, placeKey } from "../state/review.js";
import { createWords } from "../state/words.js";
import { loadBytes } from "../data/load.js";
import { data, el, fill } from "./el.js";
import { copy } from "./report.js";
import { save } from "./tools.js";

/** @typedef {import("../state/review.js").Decision} Decision */

/** Reports whose text is shown beside a place. */
const SAID = 4;

/** What outlives a change of language. */
export class Review {
  /** @type {Map<number, Decision>} by place */
  decisions = new Map();
  /** @type {Map<string, any[][]>} rivals by place key */
  rivals = new Map();
  at = 0;
  saved = true;

  /** @param {import("../data/store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.queue = doubtful(store);
    this.loaded = document.readyState === "loading"
      ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true })).then(() => this.#load())
      : this.#load();
    addEventListener("beforeunload", (event) => {
      if (!this.saved) event.preventDefault();
    });
  }

  async #load() {
    const rows = JSON.parse(new TextDecoder().decode(await loadBytes("mapper-review")));
    this.rivals = new Map(rows.map((/** @type {any} */ [key, places]) => [keyOf(key), places]));
  }

  /** The place before the reader, -1 for none. */
  get place() {
    return this.queue[this.at] ?? -1;
  }

  /** Put a place before the reader. @param {number | null} p */
  show(p) {
    if (p === null) return;
    const key = placeKey(this.store, p);
    const named = this.store.placeText("place", p);
    this.at = this.queue.findIndex((q) => q === p || (named && key === placeKey(this.store, q)));
    if (this.at >= 0) return;
    this.queue.unshift(p);
    this.at = 0;
  }
}

/**
 * @param {import("./app.js").App} app
 * @param {Review} review
 * @param {(step?: number) => void} repaint
 * @returns {HTMLElement}
 */
export function reviewView(app, review, repaint) {
  const { store, words, map } = app;
  const { queue, decisions } = review;
  const p = review.place;
  const steps = el("div", { class: "pager" }, ...[-1, 1].map((step) =>
    el("button", { type: "button", class: "small", text: words.t(step < 0 ? "page_previous" : "page_next"),
      dataset: { key: `step${step}` }, disabled: queue[review.at + step] === undefined, on: { click: () => repaint(step) } })));
  steps.children[0]?.after(el("span", { class: "page-status", text: queue.length ? words.t("review_at", { k: review.at + 1, n: queue.length }) : "" }));
  const n = decisions.size;
  const csv = () => fixesCsv(store, decisions);
  const files = el("p", { class: "review-files" },
    el("button", { type: "button", class: "small", text: words.t("review_save", { n }), disabled: !n, on: { click: () => {
      save(new Blob([csv()], { type: "text/csv" }), store.meta.review ?? "fixes.csv");
      review.saved = true;
      app.say(words.t("review_saved", { n }));
    } } }), " ",
    el("button", { type: "button", class: "plain", text: words.t("review_copy"), disabled: !n, on: { click: async () => {
      review.saved = await copy(csv());
      app.say(words.t(review.saved ? "copied" : "copy_failed"));
    } } }),
    n ? el("span", { class: "quiet review-next", text: words.t("review_next", { file: store.meta.review }) }) : null);
  const head = el("h2", { tabindex: -1, text: words.t("review_title") });
  if (p < 0) return el("section", { class: "review" }, head, el("p", { class: "quiet", text: words.t("list_empty") }));

  const rows = [];
  const key = placeKey(store, p);
  for (let i = 0; i < store.n; i++) if (store.place[i] === p || placeKey(store, store.place[i]) === key) rows.push(i);
  const i = app.reviewed ?? rows[0];
  const now = decisions.get(p);
  /** @param {Decision} decision @param {boolean} [move] */
  const decide = (decision, move) => {
    const alone = !store.placeText("place", p) || now?.report ? store.id(i) : "";
    decisions.set(p, { note: now?.note, report: alone, ...decision });
    review.saved = false;
    if (move && decision.lat !== undefined && decision.lon !== undefined) map.fit({ lat: decision.lat, lon: decision.lon });
    repaint();
    app.say(words.t("review_decided", { n: decisions.size }));
  };
  const at = (/** @type {number} */ lat, /** @type {number} */ lon) => {
    const metres = 156543 * Math.cos((lat * Math.PI) / 180) / 2 ** map.view().zoom;
    const km = Math.max(1, Math.round(metres / 100));
    decide({ lat: +lat.toFixed(5), lon: +lon.toFixed(5), km: now?.area ? now.km : km, area: now?.area });
  };
  map.pick(at);
  const middle = now?.lat === undefined ? { lat: store.latitude[p], lon: store.longitude[p] } : now;
  const option = (/** @type {string} */ id, /** @type {boolean} */ chosen, /** @type {() => void} */ act, /** @type {any[]} */ ...label) =>
    el("li", {}, el("button", { type: "button", class: "report", "aria-pressed": String(chosen), dataset: { key: id }, on: { click: act } }, ...label));
  const bare = now && !now.place_id && !now.unknown;
  const options = (review.rivals.get(key) ?? []).map(([id, name, kind, where, lat, lon]) =>
    option(id, now?.place_id === id && !now?.unknown, () => decide({ place_id: id, lat, lon }, true),
      data(id.startsWith("border:") ? pairName(store, words, name) : name, "b"), " ", el("span", { class: "quiet" }, words.has(`review_kind_${kind}`) ? words.t(`review_kind_${kind}`) : kind, where && where !== name ? [" · ", data(where, "bdi")] : null,
        // the middle of a border or a country is no place
        /^(border|country):/.test(id) ? null : [" · ", el("bdi", { dir: "ltr", text: `${lat.toFixed(3)}, ${lon.toFixed(3)}` })])));
  options.push(
    option("centre", !!bare && !now.area, () => {
      const { lat, lon } = map.view();
      at(lat, lon);
    }, el("b", { text: words.t("review_centre") }), bare ? [" ", el("bdi", { class: "quiet", dir: "ltr", text: `${now.lat}, ${now.lon}` })] : ""),
    option("area", !!now?.area, () => {
      const { lat, lon } = middle.lat === middle.lat ? middle : map.view();
      const km = now?.km || Math.max(5, Math.round(store.placeNumber("uncertainty_km", p) || 0));
      decide(now?.area ? { ...now, area: false, km: undefined } : { lat: +(lat ?? 0).toFixed(5), lon: +(lon ?? 0).toFixed(5), place_id: now?.place_id, km, area: true });
    }, el("b", { text: words.t("review_area") }), now?.area ? ` ${words.t("filter_km", { km: now.km ?? 5 })}` : ""),
    option("unknown", !!now?.unknown, () => decide({ unknown: true }), el("b", { text: words.t("review_unknown") })),
  );
  const said = rows.slice(0, SAID).map((row) => {
    const line = el("li", { dir: "auto" });
    void store.report(row).then((record) => {
      line.textContent = record.description || record.event_label || store.id(row);
    });
    return line;
  });
  const geocode = createWords(app.language, { ...app.catalogue("join"), ...app.catalogue("geocode") });
  const note = el("input", { type: "text", value: now?.note ?? "", disabled: !now, on: { change: () => {
    if (now) now.note = note.value;
  } } });
  const alone = el("input", { type: "checkbox", disabled: !now, on: { change: () => {
    if (now) now.report = alone.checked ? store.id(i) : "";
  } } });
  alone.checked = !!now?.report;
  const hints = ["place_admin2", "place_admin1", "place_country"].map((name) => store.placeText(name, p)).filter(Boolean);
  return el("section", { class: "review", "aria-label": words.t("review_title") },
    head, steps,
    el("h3", { class: "review-place" }, data(`“${store.placeText("place", p)}”`), hints.length ? data(` (${hints.join(", ")})`) : ""),
    el("p", { class: "quiet" }, isPlaced(store, rows[0]) ? [data(placeName(store, words, rows[0])), ` (${sureWords(store, words, rows[0])}). `] : `${words.t("place_unplaced")}. `,
      reasonWords(store, geocode, rows[0])),
    el("ul", { class: "said", "aria-label": words.t("reports", { n: rows.length }) }, said),
    rows.length > SAID ? el("p", { class: "quiet", text: words.t("filter_more", { n: rows.length - SAID }) }) : null,
    el("h3", { text: words.t("review_where") }),
    el("p", { class: "quiet", text: words.t("review_click") }),
    el("ul", { class: "reports options" }, options),
    rows.length > 1 ? el("label", {}, alone, " ", words.t("review_alone", { id: store.id(i) })) : null,
    el("label", { class: "field" }, el("span", { text: words.t("review_note") }), note),
    now ? el("button", { type: "button", class: "plain", text: words.t("review_undo"), on: { click: () => {
      decisions.delete(p);
      repaint();
    } } }) : null,
    files);
}

/** The cross on the map where the place would be. @param {import("leaflet").Map} map */
export function reviewPin(map) {
  const pin = el("div", { class: "review-pin", "aria-hidden": "true", hidden: true });
  map.getPanes().markerPane.append(pin);
  /** @type {{lat: number, lng: number} | null} */
  let at = null;
  const settle = () => {
    pin.hidden = !at;
    if (!at) return;
    const { x, y } = map.latLngToLayerPoint(at);
    pin.style.transform = `translate(${x}px, ${y}px)`;
  };
  map.on("zoomend viewreset moveend", settle);
  map.on("zoomstart", () => (pin.hidden = true));
  return (/** @type {number} */ lat = NaN, /** @type {number} */ lon = NaN) => {
    at = lat !== lat ? null : { lat, lng: lon };
    settle();
  };
}
