import assert from "node:assert/strict";
import { test } from "node:test";
import { Taken, alongLine, around, boxOf, led, overlap } from "../../mapper/web/src/map/place.js";
import { countText } from "../../mapper/web/src/map/symbols.js";
import { shortName } from "../../mapper/web/src/map/names.js";

test("taken ground is found, touching is free", () => {
  const taken = new Taken(10);
  taken.add([0, 0, 100, 10]);
  assert.equal(taken.free([50, 5, 60, 8]), false);
  assert.equal(taken.free([100, 0, 110, 10]), true);
  assert.equal(taken.free([-500, -500, 500, 500]), false);
  assert.equal(taken.free([200, 200, 210, 210]), true);
});

test("labels around a body never cover its middle", () => {
  for (const { rect } of around(100, 100, 12, 60, 14)) {
    assert.ok(!overlap(rect, [95, 95, 105, 105]));
  }
});

test("labels on a leader keep clear of the body and lead to it", () => {
  for (const { rect, leader, path } of led(100, 100, 20, 80, 28)) {
    assert.ok(!overlap(rect, [90, 90, 110, 110]));
    assert.deepEqual(leader.slice(0, 2), [100, 100]);
    assert.ok(path.every((box) => Math.hypot(box[0] + 2 - 100, box[1] + 2 - 100) > 20));
  }
});

test("a line is covered by small boxes", () => {
  const boxes = alongLine([0, 0, 60, 0], 6);
  assert.ok(boxes.length >= 8);
  assert.ok(boxes.every(([left, top, right, bottom]) => right - left === 4 && bottom - top === 4));
});

test("boxes stand as text is aligned", () => {
  assert.deepEqual(boxOf(10, 10, 20, 4, "left"), [10, 8, 30, 12]);
  assert.deepEqual(boxOf(10, 10, 20, 4, "right"), [-10, 8, 10, 12]);
  assert.deepEqual(boxOf(10, 10, 20, 4, "center"), [0, 8, 20, 12]);
});

test("large counts are short", () => {
  assert.deepEqual([7, 999, 1000, 1250, 360000, 1200000].map(countText), ["7", "999", "1k", "1.3k", "360k", "1.2M"]);
});

test("a crossing's name is short on the map", () => {
  assert.equal(shortName("Puente Internacional Atanasio Girardot (Tienditas)"), "Puente Atanasio Girardot");
  assert.equal(shortName("Simón Bolívar International Bridge"), "Simón Bolívar Bridge");
});
