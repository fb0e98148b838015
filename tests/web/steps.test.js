import assert from "node:assert/strict";
import { test } from "node:test";
import { isoOf } from "../../mapper/web/src/state/dates.js";
import { claimsOfSeries, seriesOf, stepsOf, ticks } from "../../mapper/web/src/state/steps.js";
import { readHash, writeHash } from "../../mapper/web/src/state/hash.js";
import { fakeStore } from "./fake_store.js";

const claim = (day, people, more = {}) => ({
  event_type: "defection", date_start: `2019-02-${day}`, people, people_kind: "cumulative", ...more,
});

/** The defectors, as their sources counted them on. */
const DEFECTORS = [
  claim("23", 13, { people_kind: "running", event_id: "E-1" }),
  claim("23", 25, { people_kind: "running", event_id: "E-1" }),
  claim("23", 60, { people_kind: "event", event_id: "E-1" }),
  claim("23", 53, { people_kind: "part", event_id: "E-1" }),
  claim("24", 104), claim("24", 156), claim("25", 167), claim("25", 274), claim("26", 326),
  claim("27", 411), claim("28", 567), claim("28", 567), claim("28", 567),
  claim("23", 1000, { date_end: "2019-03-18", people: undefined, people_low: 1000 }),
  claim("23", 3, { people_kind: "event", event_id: "E-2" }),
  claim("23", 5, { people_kind: "same_as_injured", event_id: "E-1" }),
  { event_type: "clash", date_start: "2019-02-23", people: 40, people_kind: "event" },
  claim("26", 700, { date_start: "" }),
];

test("running counts: what counts on, and the rest of its event, is one series", () => {
  const series = seriesOf(fakeStore(DEFECTORS));
  assert.deepEqual(series.map(({ key, count }) => [key, count]), [["people.defection", 14]]);
  assert.deepEqual(seriesOf(fakeStore([claim("23", 3, { people_kind: "event" })])), []);
});

test("running counts: every claim stands at the last of its days, and none is added to another", () => {
  const store = fakeStore(DEFECTORS);
  const claims = claimsOfSeries(store, seriesOf(store)[0], null);
  assert.deepEqual(claims.map(({ value }) => value),
    [13, 25, 53, 60, 104, 156, 167, 274, 326, 411, 567, 567, 567, 1000]);
  assert.equal(isoOf(claims.at(-1).day), "2019-03-18");
  assert.equal(claims.at(-1).bound, "least");
  assert.equal(claims[2].part, true);
});

test("running counts: steps follow the highest claim of each day, parts make none", () => {
  const store = fakeStore(DEFECTORS);
  const pass = Uint8Array.from(DEFECTORS, (_, i) => (i === 2 ? 0 : 1));
  const steps = stepsOf(claimsOfSeries(store, seriesOf(store)[0], pass));
  assert.deepEqual(steps.map(({ value }) => value), [25, 156, 274, 326, 411, 567, 1000]);
  const revised = stepsOf([{ i: 0, day: 1, value: 9, bound: "", part: false }, { i: 1, day: 2, value: 7, bound: "", part: false },
    { i: 2, day: 3, value: 99, bound: "most", part: false }]);
  assert.deepEqual(revised.map(({ value }) => value), [9, 7], "a later, lower claim steps down; an upper bound is no step");
});

test("running counts: round figures on the axis, and a place in the address", () => {
  assert.deepEqual(ticks(567, 3), [200, 400]);
  assert.deepEqual(ticks(3, 4), [1, 2, 3]);
  assert.equal(readHash("#claims=people.defection").claims, "people.defection");
  assert.equal(readHash("#claims=<b>").claims, "");
  assert.match(writeHash(readHash("#claims=people.defection")), /claims=people\.defection/);
});
