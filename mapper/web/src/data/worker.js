/** The worker: decodes the core away from the page's own thread and hands the buffers over. */
import { buffersOf, decodeCore } from "./decode.js";

const scope = /** @type {any} */ (self);

scope.onmessage = async (/** @type {MessageEvent<string>} */ event) => {
  try {
    const decoded = await decodeCore(event.data);
    scope.postMessage({ decoded }, buffersOf(decoded));
  } catch (error) {
    scope.postMessage({ error: String(error) });
  }
};
