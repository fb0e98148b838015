// A store of plain rows with the faces of the real one that state and words look at.

import { NO_DAY, dayOf } from "../../mapper/web/src/state/dates.js";

export const FAMILIES = [
  { key: "violence", types: ["clash", "attack", "killing"] },
  { key: "defection", types: ["defection"] },
  { key: "other", types: ["arrest", "protest", "other"] },
];

/** Strings of a coded column: `at`, iteration, `length`. */
class List {
  constructor(values) {
    this.values = values;
  }
  get length() {
    return this.values.length;
  }
  at(k) {
    return this.values[k] ?? "";
  }
  [Symbol.iterator]() {
    return this.values[Symbol.iterator]();
  }
}

function coded(texts, blank, wrap) {
  const values = [blank];
  const codes = Uint32Array.from(texts, (text) => {
    if (text === undefined || text === null || text === "" || text !== text) return 0;
    const known = values.indexOf(text);
    return known > 0 ? known : values.push(text) - 1;
  });
  return { codes, values: wrap(values) };
}

const TEXTS = [
  "event_type", "date_precision", "event_id", "actor1", "actor2", "source_name", "source_lang",
  "people_role", "fatalities_kind", "injured_kind", "people_kind", "crossing_status", "relates_to",
];
const NUMBERS = [
  "fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "injured", "injured_high",
  "people_low", "people", "people_high",
];
const PLACE_TEXTS = [
  "place", "place_id", "place_country", "place_admin1", "place_admin2", "shape", "precision", "method", "matched_name", "country", "border", "nearest_crossing",
  "reason", "reason_code", "reason_args", "runner_up",
];
const PLACE_NUMBERS = ["latitude", "longitude", "uncertainty_km", "confidence", "border_km", "crossing_km"];

/** @param {Record<string, any>[]} rows plain reports; every report is a place of its own */
export function fakeStore(rows) {
  const pick = (name) => rows.map((row) => row[name]);
  const texts = Object.fromEntries(TEXTS.map((name) => [name, coded(pick(name), "", (v) => new List(v))]));
  const numbers = Object.fromEntries(
    NUMBERS.map((name) => [name, coded(pick(name), NaN, (v) => Float64Array.from(v))]),
  );
  const places = Object.fromEntries(PLACE_TEXTS.map((name) => [name, coded(pick(name), "", (v) => new List(v))]));
  const placeNumbers = Object.fromEntries(
    PLACE_NUMBERS.map((name) => [name, Float64Array.from(pick(name), (x) => x ?? NaN)]),
  );
  const column = (table, name) => {
    if (!table[name]) throw new RangeError(`no column ${name}`);
    return table[name];
  };
  return {
    n: rows.length,
    placeCount: rows.length,
    place: Uint32Array.from(rows, (_, i) => i),
    dateStart: Int32Array.from(rows, (row) => (row.date_start ? dayOf(row.date_start) : NO_DAY)),
    dateEnd: Int32Array.from(rows, (row) => {
      const day = row.date_end ?? row.date_start;
      return day ? dayOf(day) : NO_DAY;
    }),
    family: Uint8Array.from(rows, (row) => {
      const f = FAMILIES.findIndex((family) => family.types.includes(row.event_type));
      return f < 0 ? FAMILIES.length - 1 : f;
    }),
    latitude: placeNumbers.latitude,
    longitude: placeNumbers.longitude,
    names: [...TEXTS, ...NUMBERS, ...PLACE_TEXTS, ...PLACE_NUMBERS],
    meta: { families: FAMILIES, crossings: [], countries: {}, messages: {} },
    column: (name) => texts[name] ?? column(places, name),
    numbers: (name) => column(numbers, name),
    placeColumn: (name) => column(places, name),
    placeText: (name, p) => places[name]?.values.at(places[name].codes[p]) ?? "",
    placeNumber: (name, p) => placeNumbers[name]?.[p] ?? NaN,
    text: (name, i) => (texts[name] ?? places[name])?.values.at((texts[name] ?? places[name]).codes[i]) ?? "",
    number: (name, i) =>
      numbers[name] ? numbers[name].values[numbers[name].codes[i]] : (placeNumbers[name]?.[i] ?? NaN),
    id: (i) => rows[i].incident_id ?? String(i),
    indexOf: (id) => rows.findIndex((row, i) => (row.incident_id ?? String(i)) === id),
  };
}
