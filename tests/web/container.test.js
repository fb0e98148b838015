import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, column, open, strings } from "../../mapper/web/src/data/container.js";
import { Ids } from "../../mapper/web/src/data/ids.js";
import { Strings } from "../../mapper/web/src/data/strings.js";
import { Texts } from "../../mapper/web/src/data/texts.js";

const utf8 = new TextEncoder();

test("a container is its directory and its data", () => {
  const head = utf8.encode('{"a":1}');
  const bytes = new Uint8Array([head.length, 0, 0, 0, ...head, 9, 8]);
  const { directory, data } = open(bytes);
  assert.deepEqual(directory, { a: 1 });
  assert.deepEqual([...data], [9, 8]);
});

test("planes are joined, bases added, differences summed", () => {
  const planes = new Uint8Array([1, 2, 255, 0, 1, 0]);
  const spec = { at: 0, n: 3, planes: 2, base: 10, type: "u16" };
  assert.deepEqual([...column(planes, spec)], [11, 268, 265]);
  const steps = new Uint8Array([0, 2, 1]);
  assert.deepEqual(
    [...column(steps, { at: 0, n: 3, planes: 1, base: -5, type: "i32", delta: true })],
    [-5, -4, -5],
  );
  assert.deepEqual([...column(steps, { at: 0, n: 2, planes: 0, base: 7, type: "u8" })], [7, 7]);
});

test("one number of a column is what the whole column says of it", () => {
  const planes = new Uint8Array([1, 2, 255, 0, 1, 200]);
  for (const spec of [
    { at: 0, n: 3, planes: 2, base: 10, type: "u16" },
    { at: 0, n: 3, planes: 2, base: 0, type: "u32" },
    { at: 1, n: 4, planes: 1, base: 0, type: "u8" },
    { at: 0, n: 3, planes: 0, base: 7, type: "u8" },
    { at: 0, n: 3, planes: 2, base: -4, type: "f64", scale: 2 },
  ]) {
    const all = column(planes, spec);
    assert.equal(all.length, spec.n);
    all.forEach((number, i) => assert.equal(cell(planes, spec, i), number));
  }
});

test("the highest of four planes does not turn numbers negative", () => {
  const planes = new Uint8Array([255, 255, 255, 255]);
  assert.equal(column(planes, { at: 0, n: 1, planes: 4, base: 0, type: "u32" })[0], 4294967295);
});

test("decimals are divided, zero is missing", () => {
  const out = column(new Uint8Array([0, 1, 3]), { at: 0, n: 3, planes: 1, base: -4, type: "f64", scale: 2 });
  assert.ok(Number.isNaN(out[0]));
  assert.deepEqual([out[1], out[2]], [-2, -1]);
});

function listOf(...texts) {
  const bytes = utf8.encode(texts.join(""));
  const lengths = new Uint8Array(texts.map((t) => utf8.encode(t).length));
  const data = new Uint8Array([...bytes, ...lengths]);
  const spec = { at: bytes.length, n: texts.length, planes: 1, base: 0, type: "u32" };
  return strings(data, { at: 0, bytes: bytes.length, lengths: spec });
}

test("strings are found by place and by value, a byte order mark stays", () => {
  const list = new Strings(() => listOf("", "Cúcuta", "\ufeffmark", "Cúcut"));
  assert.equal(list.at(1), "Cúcuta");
  assert.equal(list.at(2), "\ufeffmark");
  assert.equal(list.at(9), "");
  assert.equal(list.indexOf("Cúcut"), 3);
  assert.equal(list.indexOf("no"), -1);
  assert.equal([...list].length, 4);
});

const made = (numbers) => Object.assign(() => numbers, { at: (i) => numbers[i] });

test("ids are prefix, number and width", () => {
  const ids = new Ids({
    strings: new Strings(() => listOf("", "CVB-", "x")),
    prefix: made(new Uint8Array([1, 1, 2, 0])),
    width: made(new Uint8Array([4, 4, 0, 2])),
    number: made(new Uint32Array([95, 1000, 0, 7])),
  });
  assert.deepEqual([0, 1, 2, 3].map((i) => ids.at(i)), ["CVB-0095", "CVB-1000", "x", "07"]);
  assert.deepEqual(["CVB-0095", "x", "07", "CVB-95"].map((id) => ids.indexOf(id)), [0, 2, 3, -1]);
});

async function blockOf(value) {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64");
}

test("text blocks are inflated once, searched and walked", async () => {
  const blocks = [await blockOf([["a", "b"], "same"]), await blockOf([["c"], ""])];
  let asked = 0;
  const texts = new Texts(["description", "note"], 2, async (b) => {
    asked++;
    return blocks[b];
  });
  assert.deepEqual(await texts.row(1), { description: "b", note: "same" });
  await texts.row(0);
  assert.equal(asked, 1);
  assert.deepEqual([...(await texts.search(3, (text) => text.includes("c")))], [0, 0, 1]);
  assert.deepEqual([...(await texts.search(3, (text) => text === "same"))], [1, 1, 0]);
  const seen = [];
  await texts.each((i, { description }) => void seen.push([i, description]), 3);
  assert.deepEqual(seen, [[0, "a"], [1, "b"], [2, "c"]]);
});
