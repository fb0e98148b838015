import assert from "node:assert/strict";
import { test } from "node:test";

import { settings } from "../../mapper/web/src/map/labels.js";

test("a long name may be set in two lines of about one length", () => {
  assert.deepEqual(settings("Francisco de Paula Santander Bridge"), [
    ["Francisco de Paula Santander Bridge"],
    ["Francisco de Paula", "Santander Bridge"],
  ]);
});

test("one word is never broken", () => {
  assert.deepEqual(settings("Rumichaca"), [["Rumichaca"]]);
});
