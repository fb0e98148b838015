import assert from "node:assert/strict";
import { test } from "node:test";

import { settlements } from "../../mapper/web/src/map/named.js";

const ROWS = [
  { place_id: "geonames:1", precision: "settlement", matched_name: "Ureña" },
  { place_id: "geonames:2", precision: "settlement", matched_name: "Aguas Calientes" },
  { place_id: "admin2:3", precision: "admin2", matched_name: "Bolívar" },
  { place_id: "geonames:4", precision: "settlement", matched_name: "UREÑA" },
  { place_id: "geonames:5", precision: "settlement", matched_name: "Tienditas" },
];
const store = { placeText: (name, p) => ROWS[p][name] };
const spots = {
  n: 5,
  x: Float64Array.of(0.1, 0.1, 0.1, 0.1001, 0.9),
  y: Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.9),
  place: Uint32Array.of(0, 1, 2, 3, 4),
};
const TOWNS = [{ name: "Ureña", x: 0.1, y: 0.1, zoom: 8, weight: 1, id: "geonames:1" }];
const VIEW = [0, 0, 0.5, 0.5];

test("settlements in view that the basemap does not name are named once", () => {
  const find = settlements(store, spots, TOWNS);
  assert.deepEqual(find(10, VIEW, Uint32Array.of(9, 2, 9, 9, 9)).map(({ name }) => name), ["Aguas Calientes"]);
  assert.deepEqual(find(10, [0, 0, 1, 1], Uint32Array.of(1, 2, 1, 1, 5)).map(({ name }) => name),
    ["Tienditas", "Aguas Calientes"]);
});

test("not from far away, and not where no report passes", () => {
  const find = settlements(store, spots, TOWNS);
  assert.deepEqual(find(8, VIEW, Uint32Array.of(9, 2, 9, 9, 9)), []);
  assert.deepEqual(find(10, VIEW, new Uint32Array(5)), []);
});
