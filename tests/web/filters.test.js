import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FilterEngine, checkFilters } from "../../mapper/web/src/state/filters.js";
import { fakeStore } from "./fake_store.js";

const { rows, cases, refused } = JSON.parse(
  readFileSync(new URL("../vectors/filters.json", import.meta.url), "utf-8"),
);
const store = fakeStore(rows);

function passing(engine) {
  return rows.filter((_, i) => engine.mask[i]).map((row) => row.incident_id);
}

for (const { name, filters, ids } of cases) {
  test(`filters: ${name}`, () => {
    const engine = new FilterEngine(store);
    engine.set(checkFilters(filters));
    assert.deepEqual(passing(engine), ids);
    assert.equal(engine.visible, ids.length);
  });
}

test("filters: one after the other leaves no trace", () => {
  const engine = new FilterEngine(store);
  for (const { filters, ids } of [...cases, ...cases.toReversed()]) {
    engine.set(checkFilters(filters));
    assert.deepEqual(passing(engine), ids);
  }
});

for (const filters of refused) {
  test(`filters: refused ${JSON.stringify(filters)}`, () => {
    assert.throws(() => checkFilters(filters), TypeError);
  });
}

test("filters: counts of a legend let its own filter go and keep the others", () => {
  const engine = new FilterEngine(store);
  engine.set(checkFilters({ types: ["clash"], countries: ["VE"] }));
  assert.deepEqual(passing(engine), ["A"]);
  assert.deepEqual([...engine.counts("types", store.family, 3)], [1, 1, 0]);
  assert.deepEqual([...engine.without("types")], [1, 1, 0, 0, 0]);
});

test("filters: long texts may hold the words as well", () => {
  const engine = new FilterEngine(store);
  const filters = checkFilters({ text: "barricade" });
  engine.set(filters);
  assert.deepEqual(passing(engine), []);
  engine.set(filters, Uint8Array.from([0, 1, 0, 0, 0]));
  assert.deepEqual(passing(engine), ["B"]);
  engine.set(checkFilters({ text: "barricade", types: ["defection"] }));
  assert.deepEqual(passing(engine), ["B"]);
});
