/**
 * The messages by which the page hands files to a worker that belongs to no site. They go over a port that comes with
 * `boot`, except for WebAssembly.
 */

/**
 * A worker of an opaque origin requests a file from the page.
 * @typedef {{ request: number, url: string }} FileRequest
 */

/**
 * `received` are bytes of any of the files. Then comes the answer to each request: a file that the settlement does not list
 * is `unlisted`. The others are verified; of one that has changed, the request has `failed`.
 * @typedef {{ type: "received", bytes: number }
 *   | { type: "content", request: number, content: ArrayBuffer, status: { status: number, statusText: string } }
 *   | { type: "unlisted", request: number }
 *   | { type: "failed", request: number, detail: string }} FileAnswer
 */

/**
 * Pyodide's own WebAssembly for a worker of an opaque origin; `null` if there is a problem. It follows `boot`, because
 * Firefox 153 sends no WebAssembly over a port.
 * @typedef {{ type: "core", module: WebAssembly.Module | null, problem: string }} CoreMessage
 */

export {};
