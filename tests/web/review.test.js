// Which places are doubtful, and what a decision is as a row.

import assert from "node:assert/strict";
import { test } from "node:test";

import { doubtful, fixesCsv } from "../../mapper/web/src/state/review.js";
import { fakeStore } from "./fake_store.js";

const ROWS = [
  { place: "sure", confidence: 0.95, fatalities_best: 90 },
  { place: "vague", confidence: 0.5 },
  { place: "nowhere", place_country: "CO" },
  { place: "deadly", confidence: 0.5, fatalities_best: 20 },
  { place: "decided", confidence: 0.2, method: "override" },
  { place: "given", confidence: 0.2, method: "given" },
  { place: "", confidence: 0 },
  { place: "nowhere", place_country: "CO", fatalities_best: 1 },
];

test("doubtful: least sure and most deaths first, each place once", () => {
  const store = fakeStore(ROWS);
  const named = doubtful(store).map((p) => [p, store.placeText("place", p)]);
  assert.deepEqual(named, [[3, "deadly"], [7, "nowhere"], [1, "vague"]]);
});

test("fixesCsv: a decision is a row, and no cell is a formula", () => {
  const store = fakeStore([...ROWS, { place: "=1+1", incident_id: "X" }]);
  const text = fixesCsv(store, new Map([
    [1, { lat: 7.8, lon: -72.4, km: 2 }],
    [2, { place_id: "admin1:CO-NSA", lat: 1, lon: 1 }],
    [3, { lat: 7.8, lon: -72.4, km: 9, area: true, note: "said so, twice" }],
    [8, { unknown: true, lat: 1, lon: 1, report: "X" }],
  ]));
  assert.deepEqual(text.replace("\ufeff", "").trim().split("\r\n"), [
    "place,place_country,place_admin1,place_admin2,incident_id,latitude,longitude,uncertainty_km,place_id,shape,note",
    "vague,,,,,7.8,-72.4,2,,,",
    "nowhere,CO,,,,,,,admin1:CO-NSA,,",
    'deadly,,,,,7.8,-72.4,9,,area,"said so, twice"',
    "'=1+1,,,,X,,,,,none,",
  ]);
});
