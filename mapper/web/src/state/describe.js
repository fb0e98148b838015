// A report in words: pure functions of the store and the catalogue, used by panels, lists, table,
// print and citation alike.

import { NO_DAY } from "./dates.js";

/**
 * @typedef {import("../data/store.js").Store} Store
 * @typedef {import("./words.js").Words} Words
 * @typedef {{key: string, value: string, kind: string, role: string}} Measure
 */

export const MEASURES = [
  { key: "killed", low: "fatalities_low", best: "fatalities_best", high: "fatalities_high", kind: "fatalities_kind" },
  { key: "injured", low: "injured_low", best: "injured", high: "injured_high", kind: "injured_kind" },
  { key: "people", low: "people_low", best: "people", high: "people_high", kind: "people_kind" },
];

/** The columns of a measure. @param {string} key */
export const measureOf = (key) => /** @type {(typeof MEASURES)[number]} */ (MEASURES.find((one) => one.key === key));

/** @param {Words} words @param {string} type canonical, or as written @returns {string} */
export function typeLabel(words, type) {
  if (!type) return words.t("type_none");
  return words.has(`type_${type}`) ? words.t(`type_${type}`) : type;
}

/**
 * A count as its source gives it: "2", "1–2", "at least 2", "up to 15".
 * @param {Words} words @param {number} low @param {number} best @param {number} high
 * @returns {string} "" where none is given
 */
export function countWords(words, low, best, high) {
  const has = (/** @type {number} */ x) => x === x;
  if (!has(low) && !has(best)) return has(high) ? words.t("count_up_to", { n: high }) : "";
  if (has(low) && !has(high)) {
    const least = words.t("count_at_least", { n: low });
    return has(best) && best !== low ? words.t("count_best", { span: least, best }) : least;
  }
  if (!has(low) && !has(high)) return words.n(best);
  const from = has(low) ? low : best;
  const to = has(high) ? high : best;
  const span = words.span(from, to);
  return has(best) && best !== from && best !== to ? words.t("count_best", { span, best }) : span;
}

/**
 * The counts of a report, each with what it is a count of.
 * @param {Store} store @param {Words} words @param {number} i
 * @returns {Measure[]}
 */
export function measuresOf(store, words, i) {
  const found = [];
  for (const { key, low, best, high, kind } of MEASURES) {
    const [l, b, h] = [low, best, high].map((name) => store.number(name, i));
    const value = countWords(words, l, b, h);
    if (!value) continue;
    const sort = store.text(kind, i) || "unknown";
    const day = store.dateEnd[i] === NO_DAY ? "?" : words.day(store.dateEnd[i]);
    const role = key === "people" ? store.text("people_role", i) : "";
    // "soldiers (running count)" need not be told again that the count runs, only up to when
    const known = (sort === "running" || sort === "cumulative") && role.toLowerCase().includes(sort);
    const what = known ? words.t("kind_as_of", { day }) : words.t(`kind_${sort}`, { day });
    found.push({ key, value, kind: sort === "event" ? "" : what, role });
  }
  return found;
}

/** A text of the data inside a sentence that runs the other way. @param {Words} words @param {string} text */
const isolate = (words, text) => (words.rtl && text ? `\u2068${text}\u2069` : text);

/** The counts in one short phrase: "2–4 killed; 15 injured (running count)". */
export function countPhrase(/** @type {Store} */ store, /** @type {Words} */ words, /** @type {number} */ i) {
  return measuresOf(store, words, i)
    .map(({ key, value, kind, role }) => {
      const what = role ? isolate(words, `${value} ${role}`) : words.t(`measure_${key}`, { value });
      return kind ? `${what} (${kind})` : what;
    })
    .join(words.semicolon);
}

/**
 * The date of a report in words, as precise as it is known.
 * @param {Store} store @param {Words} words @param {number} i @param {boolean} [long] with weekday
 */
export function dateWords(store, words, i, long = false) {
  const from = store.dateStart[i];
  const to = store.dateEnd[i];
  if (from === NO_DAY) return words.t("date_unknown");
  const precision = store.text("date_precision", i);
  if (precision === "year") return words.year(from);
  if (precision === "month" && to - from < 31) return words.month(from);
  if (from !== to) {
    const range = words.range(from, to);
    return precision === "week" || precision === "month" ? words.t("date_about", { range }) : range;
  }
  return long ? words.weekday(from) : words.day(from);
}

/**
 * What a place was taken for, in the language of the page where it is a border, a country or a
 * crossing; else by the name of the gazetteer.
 * @param {Store} store @param {Words} words @param {number} i
 */
export function placeName(store, words, i) {
  const name = store.text("matched_name", i);
  const id = store.text("place_id", i);
  return idName(store, words, id) || partNames(store, words, i) || name || store.text("place", i) || words.t("place_none");
}

/** A border, a country or a crossing by its id, in the language of the page; "" for anything else.
 * @param {Store} store @param {Words} words @param {string} id */
function idName(store, words, id) {
  const border = /^border:([A-Z]{2})-([A-Z]{2})$/.exec(id);
  if (border) {
    const [a, b] = border.slice(1).map((code) => countryName(store, words, code));
    return words.t("title_border", { a, b });
  }
  const country = /^country:([A-Z]{2})$/.exec(id);
  if (country) return countryName(store, words, country[1]);
  if (id.startsWith("crossing:")) {
    const bare = id.slice("crossing:".length);
    const told = crossingName(store, words, bare);
    if (told !== bare) return told;
  }
  return "";
}

/** The places of a list with borders or crossings in it, these in the language of the page; else "".
 * @param {Store} store @param {Words} words @param {number} i */
function partNames(store, words, i) {
  const told = store.text("parts", i);
  if (!told.includes("border:") && !told.includes("crossing:")) return "";
  try {
    const names = JSON.parse(told).map((/** @type {any} */ part) => idName(store, words, String(part.place_id ?? "")) || String(part.name ?? ""));
    return names.every(Boolean) ? names.join(words.t("comma")) : "";
  } catch {
    return "";
  }
}

/** Whether a report stands on the map at all. @param {Store} store @param {number} i */
export function isPlaced(store, i) {
  const shape = store.text("shape", i);
  return shape !== "none" && shape !== "";
}

/** How well the place is known: "settlement, ±2.5 km". */
export function sureWords(/** @type {Store} */ store, /** @type {Words} */ words, /** @type {number} */ i) {
  if (!isPlaced(store, i)) return words.t("sure_none");
  const precision = store.text("precision", i);
  const km = store.number("uncertainty_km", i);
  const several = store.text("shape", i) === "list" ? (store.text("parts", i).match(/"place_id"/g) ?? []).length : 0;
  const one = words.has(`precision_${precision}`) ? words.t(`precision_${precision}`) : precision;
  const what = several > 1 ? words.t("sure_several", { n: several }) : one;
  return km === km && km > 0 ? words.t("sure_km", { what, km: words.km(km) }) : what;
}

/**
 * Why the place was taken for what it was, in the language of the page; as stored where the
 * catalogue lacks the reason or an argument of it.
 * @param {Store} store
 * @param {Words} words  of the catalogue of reasons
 * @param {number} i
 */
export function reasonWords(store, words, i) {
  const stored = store.text("reason", i);
  const code = store.text("reason_code", i);
  if (!code || !words.has(code)) return isolate(words, stored);
  try {
    const name = store.text("matched_name", i);
    const km = store.number("uncertainty_km", i);
    const defaults = { name, text: name, km: km === km ? words.n(Math.round(km)) : "" };
    const args = { ...defaults, ...JSON.parse(store.text("reason_args", i) || "{}") };
    if (/^[A-Z]{2}$/.test(args.country)) args.country = countryName(store, words, args.country);
    const parts = words.parts(code, args);
    if (parts.some((part) => part.text === "")) return isolate(words, stored);
    return parts.map((part) => (part.field ? isolate(words, part.text) : part.text)).join("");
  } catch {
    return isolate(words, stored);
  }
}

/** @param {Store} store @param {Words} words @param {string} code ISO2 @returns {string} */
export function countryName(store, words, code) {
  return store.meta.countries?.[code]?.[words.lang] || words.country(code);
}

/** @param {Store} store @param {Words} words @param {string} pair "CO-VE" @returns {string} */
export function pairName(store, words, pair) {
  return pair.split("-").map((code) => countryName(store, words, code)).join("–");
}

/** @param {Store} store @param {Words} words @param {string} id @returns {string} name of a crossing */
export function crossingName(store, words, id) {
  const bare = id.replace(/^crossing:/, "");
  const found = store.meta.crossings.find((crossing) => crossing.id.replace(/^crossing:/, "") === bare);
  return found ? found.names?.[words.lang] || found.name : bare;
}

/** Which side, how far from the line. */
export function borderWords(/** @type {Store} */ store, /** @type {Words} */ words, /** @type {number} */ i) {
  const sides = store.text("country", i).split("|").filter(Boolean);
  const pair = store.text("border", i);
  const km = store.number("border_km", i);
  const names = sides.map((code) => countryName(store, words, code));
  if (names.length > 1) return words.t("border_unsure", { sides: words.list(names) });
  if (!names.length) return "";
  if (!pair || km !== km) return names[0];
  return words.t("border_side", { side: names[0], km: words.km(km), border: pairName(store, words, pair) });
}

/**
 * The host of a link that may be followed; null for anything but http and https.
 * @param {string} url
 * @returns {{href: string, host: string} | null}
 */
export function linkOf(url) {
  try {
    const parsed = new URL(url.trim());
    if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return null;
    return { href: parsed.href, host: parsed.hostname.replace(/^www\./, "") };
  } catch {
    return null;
  }
}

/**
 * The title where none was given: the border most reports are near, and when.
 * @param {Store} store @param {Words} words
 * @param {import("./timeline.js").Span | null} span  the hot span
 */
export function titleWords(store, words, span) {
  const period = span ? words.monthRange(span.from, span.to) : "";
  const column = store.placeColumn("border");
  const counts = new Uint32Array(column.values.length);
  const { codes } = column;
  for (let i = 0; i < store.n; i++) counts[codes[store.place[i]]]++;
  const known = store.n - counts[0];
  counts[0] = 0;
  const top = counts.reduce((best, count, code) => (count > counts[best] ? code : best), 0);
  let subject = words.t("title_plain");
  if (known && counts[top] * 2 >= known) {
    const [a, b] = column.values.at(top).split("-").map((code) => countryName(store, words, code));
    subject = words.t("title_border", { a, b });
  }
  return period ? words.t("title_when", { subject, period }) : subject;
}

/**
 * How to cite a report: who, what they say, when, where it was read.
 * @param {Record<string, string>} record  all texts of the report
 * @param {string} source @param {string} date in words
 */
export function citation(record, source, date) {
  const said = record.source_date && record.source_date !== date ? ` (${record.source_date})` : "";
  const parts = [
    source && `${source}${said}`,
    record.description && `“${record.description}”`,
    date,
    record.source_url,
    record.incident_id && `[${record.incident_id}]`,
  ];
  return parts.filter(Boolean).join(". ").replace(/([.!?])”\./g, "$1”");
}

/**
 * The line under the title: "203 reports, 29 Jul 2015 – 20 Mar 2019, 156 of them 21–28 Feb 2019".
 * @param {Words} words
 * @param {{n: number, extent: import("./timeline.js").Span | null,
 *   hot: import("./timeline.js").Span | null, inHot: number}} facts
 * @returns {import("./words.js").Part[]}
 */
export function dekParts(words, { n, extent, hot, inHot }) {
  const reports = words.t("reports", { n });
  if (!extent) return words.parts("dek_undated", { reports });
  const period = words.range(extent.from, extent.to);
  if (!hot || inHot === n) return words.parts("dek_plain", { reports, period });
  return words.parts("dek_hot", { reports, period, hot: inHot, span: words.range(hot.from, hot.to) });
}
