/**
 * Reads the data elements of the page and makes the store.
 *
 *   <script type="text/plain" id="mapper-core">…base64…</script>      before the program
 *   <script type="text/plain" id="mapper-texts-0">…base64…</script>   after it, at the end
 */
import { decodeCore } from "./decode.js";
import { Ids } from "./ids.js";
import { pause } from "./pause.js";
import { fromBase64, inflate } from "./inflate.js";
import { Store } from "./store.js";
import { Texts } from "./texts.js";

/** Characters of base64 decoded at once; a multiple of four. */
const SLICE = 1 << 20;

/** @returns {Promise<Store>} */
export async function loadStore() {
  const element = document.getElementById("mapper-core");
  const text = element?.textContent ?? "";
  if (!text) throw new Error("the page holds no data");
  const decoded = await decodeCore(text);
  element?.remove();
  const { columns, size } = decoded.texts;
  return new Store(decoded, new Texts(columns, size, textBlock), new Ids(decoded.ids));
}

/**
 * Reads another packed element, such as the basemap.
 * @param {string} id
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the inflated container
 */
export async function loadBytes(id) {
  const element = document.getElementById(id);
  const bytes = await inflate(fromBase64(element?.textContent ?? ""));
  element?.remove();
  return bytes;
}

/**
 * Reads an element at the end of the file that is packed in its own way.
 * @param {string} id
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function loadRaw(id) {
  const text = await lateText(id);
  const pieces = [];
  // in slices: many megabytes at once would stop the page
  for (let at = 0; at < text.length; at += SLICE) {
    pieces.push(fromBase64(text.slice(at, at + SLICE)));
    await pause();
  }
  document.getElementById(id)?.remove();
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/**
 * The base64 text of a block; waits for the end of the file where it has not been read yet.
 * @param {number} b
 * @returns {Promise<string>}
 */
const textBlock = (b) => lateText(`mapper-texts-${b}`);

/** @param {string} id @returns {Promise<string>} */
async function lateText(id) {
  // A block is whole once something follows it or the file has been read to its end.
  for (;;) {
    const element = document.getElementById(id);
    if (element && (element.nextSibling || document.readyState !== "loading")) {
      return element.textContent ?? "";
    }
    if (document.readyState !== "loading") throw new Error(`${id} is missing`);
    await new Promise((resolve) =>
      document.addEventListener("DOMContentLoaded", resolve, { once: true }),
    );
  }
}
