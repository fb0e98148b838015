import assert from "node:assert/strict";
import { test } from "node:test";
import { group, ringRadius } from "../../mapper/web/src/map/cluster.js";
import { nearestTowards } from "../../mapper/web/src/map/keys.js";
import { latOf, lonOf, unitX, unitY, unitsOfKm } from "../../mapper/web/src/map/mercator.js";
import { statusOn } from "../../mapper/web/src/map/status.js";
import { NODATE } from "../../mapper/web/src/data/decode.js";

const FAMILIES = 3;

/** Spots along a Z-order curve, as the file has them. */
function spotsAt(points) {
  const spread = (v) => {
    let out = 0n;
    for (let b = 0n; b < 26n; b++) out |= ((BigInt(v) >> b) & 1n) << (2n * b);
    return out;
  };
  const z = ([x, y]) => spread(Math.floor(x * 2 ** 26)) | (spread(Math.floor(y * 2 ** 26)) << 1n);
  const sorted = [...points].sort((a, b) => (z(a) < z(b) ? -1 : 1));
  return { n: sorted.length, x: Float64Array.from(sorted, (p) => p[0]), y: Float64Array.from(sorted, (p) => p[1]) };
}

function scattered(n, seed = 1) {
  let state = seed;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  return spotsAt(Array.from({ length: n }, () => [0.3 + next() * 0.01, 0.45 + next() * 0.01]));
}

const ones = (spots) => {
  const counts = new Uint32Array(spots.n * FAMILIES);
  for (let s = 0; s < spots.n; s++) counts[s * FAMILIES + (s % FAMILIES)] = 1 + (s % 4);
  return counted(counts);
};

/** Counts by spot and family with those by spot. */
function counted(bySpot) {
  const totals = Uint32Array.from({ length: bySpot.length / FAMILIES }, (_, s) =>
    bySpot.subarray(s * FAMILIES, (s + 1) * FAMILIES).reduce((a, b) => a + b, 0));
  return { bySpot, totals };
}

test("every report is in exactly one group at every zoom", () => {
  const spots = scattered(3000);
  const counts = ones(spots);
  const all = counts.totals.reduce((a, b) => a + b, 0);
  for (const zoom of [3, 6.5, 9, 12, 15]) {
    const groups = group(spots, counts, FAMILIES, zoom);
    assert.equal(groups.total.reduce((a, b) => a + b, 0), all);
    assert.equal(groups.shares.reduce((a, b) => a + b, 0), all);
    const held = new Uint8Array(spots.n);
    for (const runs of groups.runs) {
      for (let k = 0; k < runs.length; k += 2) for (let s = runs[k]; s <= runs[k + 1]; s++) held[s]++;
    }
    assert.ok(held.every((times) => times === 1));
  }
});

test("no two rings overlap by more than a sliver", () => {
  const spots = scattered(2000, 7);
  for (const zoom of [8, 10, 13]) {
    const { n, x, y, radius } = group(spots, ones(spots), FAMILIES, zoom);
    const size = 256 * 2 ** zoom;
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        const far = Math.hypot(x[a] - x[b], y[a] - y[b]) * size;
        assert.ok(far > (radius[a] + radius[b]) * 0.9, `groups ${a} and ${b} at zoom ${zoom}`);
      }
    }
  }
});

test("rings split as the map comes closer, down to single spots", () => {
  const spots = scattered(400, 3);
  const counts = ones(spots);
  const at = (zoom) => group(spots, counts, FAMILIES, zoom).n;
  assert.ok(at(3) < at(9) && at(9) < at(14));
  assert.equal(at(22), spots.n);
});

test("a ring stands on its fullest spot", () => {
  const spots = spotsAt([[0.5, 0.5], [0.5000001, 0.5]]);
  const counts = counted(new Uint32Array([1, 0, 0, 9, 0, 0]));
  const { n, x, total } = group(spots, counts, FAMILIES, 8);
  assert.equal(n, 1);
  assert.equal(total[0], 10);
  assert.equal(x[0], spots.x[1]);
});

test("spots without reports are not drawn, and nothing makes no group", () => {
  const spots = spotsAt([[0.2, 0.2], [0.6, 0.6]]);
  assert.equal(group(spots, counted(new Uint32Array(6)), FAMILIES, 5).n, 0);
  assert.equal(group(spots, counted(new Uint32Array([0, 2, 0, 0, 0, 0])), FAMILIES, 5).n, 1);
});

test("within a view a group counts all that it holds, and only what is near", () => {
  const spots = scattered(3000, 5);
  const counts = ones(spots);
  const view = [0.302, 0.452, 0.306, 0.456];
  const groups = group(spots, counts, FAMILIES, 12, view);
  assert.ok(groups.n > 0);
  const all = group(spots, counts, FAMILIES, 12);
  assert.ok(groups.n < all.n);
  groups.runs.forEach((runs, g) => {
    let held = 0;
    for (let k = 0; k < runs.length; k += 2) {
      for (let s = runs[k]; s <= runs[k + 1]; s++) held += counts.totals[s];
    }
    assert.equal(held, groups.total[g]);
  });
});

test("larger counts never make smaller rings", () => {
  for (let n = 1; n < 2000; n++) assert.ok(ringRadius(n + 1) >= ringRadius(n));
});

test("the projection goes there and back", () => {
  for (const [lat, lon] of [[7.8179, -72.4508], [0, 0], [-60, 179.9]]) {
    assert.ok(Math.abs(latOf(unitY(lat)) - lat) < 1e-9);
    assert.ok(Math.abs(lonOf(unitX(lon)) - lon) < 1e-9);
  }
  assert.ok(Math.abs(unitsOfKm(40075.017, 0) - 1) < 1e-9);
});

test("arrow keys go to the nearest mark that way", () => {
  const marks = [{ x: 0, y: 0 }, { x: 10, y: 2 }, { x: 40, y: 0 }, { x: 0, y: 30 }, { x: -5, y: -30 }];
  assert.equal(nearestTowards(marks, 0, 1, 0), 1);
  assert.equal(nearestTowards(marks, 0, 0, 1), 3);
  assert.equal(nearestTowards(marks, 0, 0, -1), 4);
  assert.equal(nearestTowards(marks, 2, 1, 0), -1);
});

test("a crossing has the status of the last change before the day", () => {
  const calendar = [[100, "closed"], [200, "open"]];
  assert.deepEqual(statusOn(calendar, 150), { status: "closed", since: 100 });
  assert.deepEqual(statusOn(calendar, 200), { status: "open", since: 200 });
  assert.deepEqual(statusOn(calendar, 50), { status: "unknown", since: NODATE });
});
