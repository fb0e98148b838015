import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KINDS, judge, summarise } from "../../mapper/web/src/state/summary.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/summary.json", import.meta.url), "utf-8"));

/** Position of a text in a list of texts seen so far; "" is -1. */
function coder() {
  const seen = [];
  const code = (text) => {
    if (!text) return -1;
    if (!seen.includes(text)) seen.push(text);
    return seen.indexOf(text);
  };
  return { seen, code };
}

for (const { name, claims, expect } of cases) {
  test(`summary: ${name}`, () => {
    const [events, places] = [coder(), coder()];
    const files = [...new Set(claims.map((claim) => claim.file ?? ""))].sort();
    for (const claim of claims) events.code(claim.event);
    const asked = {
      n: claims.length,
      events: events.seen.length,
      event: (i) => events.code(claims[i].event),
      low: (i) => claims[i].low ?? NaN,
      best: (i) => claims[i].best ?? NaN,
      high: (i) => claims[i].high ?? NaN,
      kind: (i) => Math.max(0, KINDS.indexOf(claims[i].kind)),
      file: (i) => files.indexOf(claims[i].file ?? ""),
      related: (i) => claims[i].related ?? false,
      place: (i) => places.code(claims[i].place),
    };
    const shown = Uint8Array.from(claims, (claim) => Number(claim.shown ?? true));
    const found = summarise(asked, judge(asked), shown);
    const plain = {
      reports: found.reports,
      apart: found.apart,
      sums: found.sums.map(({ atLeast, file, ...sum }) => ({ ...sum, file: files[file], at_least: atLeast })),
      groups: found.groups.map(({ event, place, low, high, ...group }) => ({
        ...group,
        event: events.seen[event] ?? "",
        place: places.seen[place] ?? "",
        low: low === low ? low : null,
        high: high === high ? high : null,
      })),
    };
    assert.deepEqual(plain, expect);
  });
}

test("summary: the largest groups alone are the first of all groups", () => {
  const events = [0, 1, 1, 2, 2, 2, 3, 4, 4, 5, 5, 5];
  const asked = {
    n: events.length, events: 6, event: (i) => events[i], low: () => NaN, best: (i) => i, high: () => NaN,
    kind: () => 1, file: () => 0, related: () => false, place: () => -1,
  };
  const verdict = judge(asked);
  const all = summarise(asked, verdict, null);
  const few = summarise(asked, verdict, null, 3);
  assert.deepEqual(few.groups.map((group) => group.event), [2, 5, 1]);
  assert.deepEqual(few.groups, all.groups.slice(0, 3));
  assert.equal(few.all, all.groups.length);
});
