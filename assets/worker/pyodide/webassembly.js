/** What the worker's WebAssembly can do, and may. */
import { reasonOf } from "../../shared/errors.js";

/** A module with nothing in it: the magic number, and the version of the format. */
const SMALLEST = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/**
 * Pyodide waits for ever, and says nothing, where the policy of the site forbids to compile WebAssembly.
 * @returns {string | null} what the browser says then
 */
export function whyNoWebAssembly() {
  try {
    new WebAssembly.Module(SMALLEST);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A way that the page's address forces is as it is in browsers that have no better one. */
export function withoutJspi() {
  Reflect.deleteProperty(WebAssembly, "Suspending");
  Reflect.deleteProperty(WebAssembly, "promising");
}
