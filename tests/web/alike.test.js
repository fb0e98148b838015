import assert from "node:assert/strict";
import { test } from "node:test";
import { alike } from "../../mapper/web/src/state/alike.js";
import { fakeStore } from "./fake_store.js";

const DAY = "2019-02-23";
const area = { event_type: "clash", date_start: DAY, date_end: DAY, shape: "area", place_id: "admin1:VE-20",
  latitude: 7.9, longitude: -72.1, uncertainty_km: 90 };
const bridge = { event_type: "clash", date_start: DAY, date_end: DAY, shape: "point",
  place_id: "crossing:co-ve-simon-bolivar", latitude: 7.8173, longitude: -72.4423, uncertainty_km: 0.1 };

test("reports of the same wide area, border or crossing may be of one event", () => {
  const store = fakeStore([area, { ...area }, bridge, { ...bridge },
    { ...area, shape: "line", place_id: "border:CO-VE" }, { ...area, shape: "line", place_id: "border:CO-VE" }]);
  assert.deepEqual(alike(store, 0), [1], "not the bridge inside: so wide an area holds many events");
  assert.deepEqual(alike(store, 2), [3]);
  assert.deepEqual(alike(store, 4), [5]);
});

test("a small area meets the points within its radius, both ways; the same place stands first", () => {
  const small = { ...area, place_id: "admin2:VE-20-1", latitude: 7.85, longitude: -72.44, uncertainty_km: 8 };
  const store = fakeStore([small, bridge, { ...small }]);
  assert.deepEqual(alike(store, 0), [2, 1]);
  assert.deepEqual(alike(store, 1), [0, 2]);
});

test("another day, another kind, a named event or no place is no suggestion", () => {
  const store = fakeStore([bridge,
    { ...bridge, date_start: "2019-02-24", date_end: "2019-02-24" },
    { ...bridge, event_type: "defection" },
    { ...bridge, event_id: "E1" },
    { ...bridge, shape: "none", place_id: "" },
    { ...bridge, date_start: "2019-02-01", date_end: "2019-02-28" }]);
  assert.deepEqual(alike(store, 0), [5], "a span of days that holds the day does overlap");
  assert.deepEqual(alike(store, 4), [], "what stands nowhere is like nothing");
});
