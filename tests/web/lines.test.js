import assert from "node:assert/strict";
import { test } from "node:test";

import { crosses, reaches } from "../../mapper/web/src/map/lines.js";
import { roundLength } from "../../mapper/web/src/map/scale.js";

const BOX = [10, 10, 20, 20];

test("a stretch through, into or inside a box touches it", () => {
  assert.ok(crosses(0, 15, 30, 15, BOX));
  assert.ok(crosses(15, 0, 15, 30, BOX));
  assert.ok(crosses(0, 0, 12, 12, BOX));
  assert.ok(crosses(12, 12, 13, 18, BOX));
  assert.ok(crosses(15, 15, 15, 15, BOX));
});

test("one that passes by does not, though its own box overlaps", () => {
  assert.ok(!crosses(0, 15, 9, 15, BOX));
  assert.ok(!crosses(0, 22, 30, 22, BOX));
  assert.ok(!crosses(5, 13, 13, 5, BOX));
});

test("a line touches where any of its stretches does", () => {
  assert.ok(reaches([0, 0, 0, 15, 30, 15], BOX));
  assert.ok(!reaches([0, 0, 0, 30, 30, 30], BOX));
  assert.ok(!reaches([15, 15], BOX));
});

test("a scale's length is round and never above what there is room for", () => {
  assert.deepEqual([999, 1000, 2500, 4999, 7400, 31].map(roundLength), [500, 1000, 2000, 3000, 5000, 30]);
});
