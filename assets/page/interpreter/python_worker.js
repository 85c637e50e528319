/** A worker with Python in it, as the page starts, addresses and ends it. */
import { assetUrl } from "../asset_url.js";

/**
 * A worker with its own Python. `checkPinned` must have found its script unchanged just before. Once closed, it neither
 * receives nor sends anything.
 * @template Sent what it understands
 * @template Received what it says
 */
export class PythonWorker {
  #worker;
  #isOpen = true;

  /**
   * @param {string} name for developer tools
   * @param {(message: Received) => void} onMessage
   * @param {(detail: string) => void} onError the worker failed, or could not be loaded, with no detail
   * @param {string} [script] its URL
   * @throws {Error} no worker may start here
   */
  constructor(name, onMessage, onError, script = assetUrl(__PYRUN_WORKER__.url)) {
    this.#worker = new Worker(script, { type: "module", name });
    this.#worker.onmessage = ({ data }) => this.#isOpen && onMessage(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      if (this.#isOpen) onError(event.message ?? "");
    };
  }

  /** @param {Sent} message @param {Transferable[]} [transferred] */
  send(message, transferred = []) {
    if (this.#isOpen) this.#worker.postMessage(message, transferred);
  }

  close() {
    this.#isOpen = false;
    this.#worker.terminate();
  }
}
