import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf } from "../../mapper/web/src/state/changes.js";
import { FilterEngine, checkFilters } from "../../mapper/web/src/state/filters.js";
import { fakeStore } from "./fake_store.js";

const store = (changes) => {
  const made = fakeStore(["A", "B", "C", "D"].map((incident_id) => ({ incident_id, event_type: "clash", date_start: "2019-02-23" })));
  return { ...made, meta: { ...made.meta, changes } };
};

test("changes: none where there was no edition before", () => {
  assert.equal(changesOf(store(undefined)), null);
  const engine = new FilterEngine(store(undefined));
  engine.set(checkFilters({ changes: ["new"] }), null);
  assert.equal(engine.visible, 0);
});

test("changes: each report is new, changed, reworded or none of these; strangers are no error", () => {
  const changes = changesOf(store({
    old: "x", sentences: ["s"], added: ["A", "Z"], text_only: ["B"], removed: [{ id: "Q", what: "w", lat: null, lon: null }],
    changed: [{ id: "C", kinds: ["moved"], fields: { place: ["a", "b"] }, from: [1, 2] }, { id: "Y" }],
  }));
  assert.deepEqual([...changes.codes], [1, 3, 2, 0]);
  assert.deepEqual([...changes.counts], [1, 1, 1, 1]);
  assert.deepEqual(changes.changed.get(2).from, [1, 2]);
  assert.equal(changes.changed.size, 1);
  assert.equal(changes.removed[0].id, "Q");
});

test("changes: a filter like any other, its counts follow the rest", () => {
  const engine = new FilterEngine(store({ added: ["A"], changed: [{ id: "C" }] }));
  engine.set(checkFilters({ changes: ["changed", "new"] }), null);
  assert.deepEqual([...engine.mask], [1, 0, 1, 0]);
  assert.deepEqual([...engine.counts("changes", changesOf(engine.store).codes, 4)], [2, 1, 1, 0]);
});
