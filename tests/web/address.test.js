import assert from "node:assert/strict";
import { test } from "node:test";
import { safeCell, toCsv, toGeoJson } from "../../mapper/web/src/state/export.js";
import { readHash, writeHash } from "../../mapper/web/src/state/hash.js";
import { passing, ranks, sortRows } from "../../mapper/web/src/state/order.js";

const NOTHING = { map: null, filters: null, selection: "", language: "", theme: "", table: false, review: false, embed: false, claims: "", marks: true };

test("address: what is written is read again", () => {
  const view = {
    map: { lat: 7.8179, lon: -72.4508, zoom: 12.5 },
    filters: {
      types: ["air, raid", "clash"], actors: ["a&b=c"], from: "2019-02-21", to: "2019-02-28",
      text: "Simón Bolívar + 50%", max_km: 2.5, min_count: 3,
    },
    selection: "CVB-0016#1", language: "es", theme: "dark", table: true, review: true, claims: "people.defection", marks: false, embed: true,
  };
  assert.deepEqual(readHash(`#${writeHash(view)}`), view);
  assert.deepEqual(readHash(`#${writeHash({ ...NOTHING, filters: {} })}`), { ...NOTHING, filters: {} });
  assert.deepEqual(readHash(writeHash(NOTHING)), NOTHING);
});

test("address: nonsense is left out, never an error", () => {
  for (const hash of ["#", "#%%%", "#map=a/b/c", "#map=1/95/0", "#foo=bar", "#lang=<script>", "#report=%E0%A4%A", "#from=never"]) {
    const view = readHash(hash);
    assert.equal(view.map, null);
    assert.equal(view.language, "");
  }
  assert.deepEqual(readHash("#from=never").filters, {});
  assert.deepEqual(readHash("#types=clash&from=never").filters, { types: ["clash"] });
});

test("export: no cell is a formula", () => {
  for (const bad of ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%x"]) {
    assert.equal(safeCell(bad), `'${bad}`);
  }
  for (const good of ["-72.4508", "+5", "1e6", "a=b", ""]) assert.equal(safeCell(good), good);
});

test("export: CSV quotes what must be quoted", () => {
  const text = toCsv(["a", "b,c"], [{ a: 'say "x"', "b,c": NaN }, { a: "=cmd()", "b,c": 2.5 }, { a: "l1\nl2", "b,c": -3 }]);
  assert.equal(text, '\ufeffa,"b,c"\r\n"say ""x""",\r\n\'=cmd(),2.5\r\n"l1\nl2",-3\r\n');
});

test("export: GeoJSON pins nothing that is no point", () => {
  const collection = JSON.parse(toGeoJson([
    { incident_id: "A", latitude: 7.8179, longitude: -72.4508, shape: "point", n: NaN, place: "x" },
    { incident_id: "B", latitude: "", longitude: "", shape: "none", place: "" },
    { incident_id: "C", latitude: 8, longitude: -72, shape: "area", place: "Táchira" },
    { incident_id: "D", shape: "list", parts: '[{"latitude": 1, "longitude": 2}, {"name": "x"}, {"latitude": 3, "longitude": 4}]' },
    { incident_id: "E", shape: "list", parts: "no JSON" },
  ], ["incident_id", "n", "place"]));
  assert.deepEqual(collection.features[0].geometry, { type: "Point", coordinates: [-72.4508, 7.8179] });
  assert.deepEqual(collection.features[0].properties, { incident_id: "A", place: "x" });
  const [, none, area, list, broken] = collection.features;
  assert.deepEqual([none.geometry, area.geometry, broken.geometry], [null, null, null]);
  assert.deepEqual(list.geometry, { type: "MultiPoint", coordinates: [[2, 1], [4, 3]] });
});

test("order: stable, missing last both ways, by the language's alphabet", () => {
  assert.deepEqual([...passing(Uint8Array.from([1, 0, 1, 1]), 3)], [0, 2, 3]);
  const keys = [3, NaN, 1, 3, NaN];
  const rows = () => Uint32Array.from([0, 1, 2, 3, 4]);
  assert.deepEqual([...sortRows(rows(), (i) => keys[i], false)], [2, 0, 3, 1, 4]);
  assert.deepEqual([...sortRows(rows(), (i) => keys[i], true)], [0, 3, 2, 1, 4]);
  const rank = ranks(["", "Zulia", "Ábrego", "Arauca"], "es");
  assert.ok(rank[2] < rank[3] && rank[3] < rank[1] && rank[1] < rank[0]);
});
