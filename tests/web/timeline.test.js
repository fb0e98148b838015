import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_DAY, addUnits, dayOf, floorTo, isoOf, readDay } from "../../mapper/web/src/state/dates.js";
import {
  byDay, edges, extent, histogram, labelStep, openingSpan, openingView, unitFor,
} from "../../mapper/web/src/state/timeline.js";

/** Reports as [start, end, options]. */
function times(list) {
  return {
    n: list.length,
    start: Int32Array.from(list, ([start]) => (start ? dayOf(start) : NO_DAY)),
    end: Int32Array.from(list, ([start, end]) => (start ? dayOf(end ?? start) : NO_DAY)),
    coarse: Uint8Array.from(list, ([, , options]) => Number(options?.coarse ?? 0)),
    asOf: Uint8Array.from(list, ([, , options]) => Number(options?.asOf ?? 0)),
    family: Uint8Array.from(list, ([, , options]) => options?.family ?? 0),
  };
}
const day = (iso, n = 1, options = {}) => Array.from({ length: n }, () => [iso, undefined, options]);
const span = ({ from, to }) => [isoOf(from), isoOf(to)];

test("dates: a day is a day, whatever the time zone", () => {
  assert.equal(isoOf(dayOf("2019-02-23")), "2019-02-23");
  assert.equal(dayOf("1970-01-01"), 0);
  assert.equal(isoOf(readDay("2019-02", true)), "2019-02-28");
  assert.equal(isoOf(readDay("2020", true)), "2020-12-31");
  assert.equal(readDay("2019-02-30"), NO_DAY);
  assert.equal(readDay(""), NO_DAY);
  assert.equal(isoOf(floorTo(dayOf("2019-02-24"), "week")), "2019-02-18");
  assert.equal(isoOf(floorTo(dayOf("2019-02-25"), "week")), "2019-02-25");
  assert.equal(isoOf(addUnits(dayOf("2019-12-01"), "month")), "2020-01-01");
});

test("timeline: the shortest span that holds three quarters, to the quiet days around it", () => {
  const list = times([
    ...day("2015-07-29", 20), ...day("2019-02-19", 2), ...day("2019-02-21", 2), ...day("2019-02-22", 23),
    ...day("2019-02-23", 70), ...day("2019-02-24", 15), ...day("2019-02-25", 15), ...day("2019-02-26", 14),
    ...day("2019-02-27", 11), ...day("2019-02-28", 6), ...day("2019-03-20", 22), ["", ""],
  ]);
  assert.deepEqual(span(openingSpan(byDay(list))), ["2019-02-21", "2019-02-28"]);
  assert.deepEqual(span(extent(list)), ["2015-07-29", "2019-03-20"]);
});

test("timeline: one day, no day, equal days", () => {
  assert.deepEqual(span(openingSpan(byDay(times(day("2019-01-05", 3))))), ["2019-01-05", "2019-01-05"]);
  assert.equal(openingSpan(byDay(times([["", ""]]))), null);
  assert.equal(extent(times([["", ""]])), null);
});

test("timeline: the view shows ground on either side, and everything where the span is most of it", () => {
  const all = { from: dayOf("2015-01-01"), to: dayOf("2019-12-31") };
  const hot = { from: dayOf("2019-02-21"), to: dayOf("2019-02-28") };
  assert.deepEqual(span(openingView(hot, all)), ["2019-02-18", "2019-03-03"]);
  assert.deepEqual(openingView({ from: dayOf("2016-01-01"), to: all.to }, all), all);
});

test("timeline: units give a readable number of bars", () => {
  const view = (days) => ({ from: 0, to: days - 1 });
  assert.deepEqual([14, 92, 93, 700, 4000, 9000].map((days) => unitFor(view(days))),
    ["day", "day", "week", "month", "month", "year"]);
  assert.deepEqual([...edges({ from: dayOf("2019-01-15"), to: dayOf("2019-03-02") }, "month")].map(isoOf),
    ["2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01"]);
});

test("timeline: first day, as-of day, spread over the month, outside the view", () => {
  const view = { from: dayOf("2019-02-01"), to: dayOf("2019-02-28") };
  const bars = edges(view, "day");
  const list = times([
    ["2019-02-22", "2019-02-24"],
    ["2019-02-20", "2019-02-26", { asOf: 1, family: 1 }],
    ["2019-02-01", "2019-02-28", { coarse: 1 }],
    ["2018-12-31", "2018-12-31"],
    ["2019-02-27", "2019-03-18", { asOf: 1 }],
    ["", ""],
  ]);
  const { counts, earlier, later, undated, spread } = histogram(list, bars, 2, null);
  const at = (iso, family) => counts[(dayOf(iso) - bars[0]) * 2 + family];
  assert.ok(Math.abs(at("2019-02-22", 0) - 1 - 1 / 28) < 1e-9);
  assert.ok(Math.abs(at("2019-02-23", 0) - 1 / 28) < 1e-9);
  assert.equal(at("2019-02-26", 1), 1);
  assert.equal(at("2019-02-20", 1), 0);
  assert.deepEqual([earlier, later, undated, spread], [1, 1, 1, 1]);
  const all = counts.reduce((sum, x) => sum + x, 0);
  assert.ok(Math.abs(all - 3) < 1e-9);
});

test("timeline: a filter hides reports from the bars", () => {
  const list = times(day("2019-02-22", 3));
  const bars = edges({ from: dayOf("2019-02-22"), to: dayOf("2019-02-22") }, "day");
  assert.equal(histogram(list, bars, 1, Uint8Array.from([1, 0, 1])).counts[0], 2);
});

test("timeline: labels never touch", () => {
  assert.equal(labelStep(14, 900, 58), 1);
  assert.equal(labelStep(14, 360, 58), 3);
  assert.equal(labelStep(90, 360, 58), 20);
});
