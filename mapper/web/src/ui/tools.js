// Language, theme, table, files, picture, print.

import { NO_DAY, isoOf } from "../state/dates.js";
import { toCsv, toGeoJson } from "../state/export.js";
import { isPlaced } from "../state/describe.js";
import { passing } from "../state/order.js";
import { el } from "./el.js";
import { pictureWithLegend } from "./picture.js";

/** @type {Record<string, string>} languages in their own names, so that each reader finds theirs */
const NAMES = {
  en: "English", es: "Español", pt: "Português", fr: "Français", id: "Bahasa Indonesia", ar: "العربية",
};

/** @param {import("./app.js").App} app */
export function tools(app) {
  const { words } = app;
  return el(
    "section",
    { class: "block tools", "aria-label": words.t("tools_title") },
    language(app),
    theme(app),
    app.store.meta.exports === false ? null : exports(app),
    app.store.meta.review === undefined ? null : el("button", { type: "button", class: "small", dataset: { mapper: "review" },
      text: words.t("review_open"), on: { click: () => app.openReview?.(null) } }),
  );
}

/** @param {import("./app.js").App} app */
function language(app) {
  const { words } = app;
  const select = el("select", { on: { change: () => {
    app.setLanguage(select.value);
    /** @type {HTMLElement | null} */ (document.querySelector("[data-mapper=language] select"))?.focus();
  } } }, app.languages.map((code) => el("option", { value: code, lang: code, text: NAMES[code] ?? code })));
  select.value = app.language;
  return el("label", { class: "field", dataset: { mapper: "language" } },
    el("span", { text: words.t("tool_language") }), select);
}

/** @param {import("./app.js").App} app */
function theme(app) {
  const { words } = app;
  const select = el("select", { on: { change: () => app.setTheme(select.value) } },
    ["", "light", "dark"].map((name) => el("option", { value: name, text: words.t(`theme_${name || "auto"}`) })));
  select.value = app.theme;
  return el("label", { class: "field", dataset: { mapper: "theme" } },
    el("span", { text: words.t("tool_theme") }), select);
}

/** @param {import("./app.js").App} app */
function exports(app) {
  const { words } = app;
  const button = (/** @type {string} */ key, /** @type {() => unknown} */ act) =>
    el("button", { type: "button", class: "small", text: words.t(key), on: { click: () => void act() } });
  return el(
    "div",
    { class: "exports", role: "group", "aria-label": words.t("export_title"), dataset: { mapper: "export" } },
    button("export_csv", () => saveRows(app, "csv")),
    button("export_geojson", () => saveRows(app, "geojson")),
    button("export_picture", () => savePicture(app)),
    button("export_print", () => window.print()),
  );
}

/** The columns of a report that stand in the table of reports or places, and the texts. */
const FIRST = ["incident_id", "event_id", "date_start", "date_end", "date_precision", "event_type", "place",
  "matched_name", "shape", "latitude", "longitude", "uncertainty_km", "precision", "method", "status"];

/**
 * Every passing report with every column the page has.
 * @param {import("./app.js").App} app
 * @returns {Promise<{names: string[], rows: Record<string, unknown>[]}>}
 */
export async function gather(app) {
  const { store, engine } = app;
  const day = (/** @type {number} */ d) => (d === NO_DAY ? "" : isoOf(d));
  const own = store.meta.columns.map(({ name }) => name);
  const coded = store.names.filter((name) => !["place_index", "family", "date_start", "date_end"].includes(name));
  const names = [...new Set([...FIRST, ...coded, ...own])];
  /** @type {Record<string, unknown>[]} */
  const rows = [];
  for (const i of passing(engine.mask, engine.visible)) {
    /** @type {Record<string, unknown>} */
    const row = { ...(await store.report(i)) };
    for (const name of coded) {
      const text = store.text(name, i);
      row[name] = text || store.number(name, i);
    }
    Object.assign(row, {
      incident_id: store.id(i), date_start: day(store.dateStart[i]), date_end: day(store.dateEnd[i]),
    });
    if (!isPlaced(store, i)) row.latitude = row.longitude = "";
    rows.push(row);
  }
  return { names, rows };
}

/** @param {import("./app.js").App} app @param {"csv"|"geojson"} kind */
async function saveRows(app, kind) {
  const { names, rows } = await gather(app);
  const text = kind === "csv" ? toCsv(names, rows) : toGeoJson(rows, names);
  save(new Blob([text], { type: kind === "csv" ? "text/csv" : "application/geo+json" }), `${fileName(app)}.${kind}`);
  app.say(app.words.t("export_done", { n: rows.length }));
}

/** @param {import("./app.js").App} app */
function fileName(app) {
  const first = (app.store.meta.files?.[0] ?? "reports").replace(/\.[^.]*$/, "");
  return `${first.replace(/[^\p{L}\p{N}_-]+/gu, "_")}_${app.engine.visible}`;
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {import("./app.js").App} app */
async function savePicture(app) {
  const canvas = pictureWithLegend(app);
  canvas.toBlob((blob) => blob && save(blob, `${fileName(app)}.png`), "image/png");
}
