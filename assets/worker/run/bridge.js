/** What Python may call in the worker. */
import { packageProviding } from "../packages/packages.js";
import { descriptorsToWrite } from "../pyodide/file_system.js";
import { waiterFor } from "../waiting/blocking.js";
import { openMailbox } from "../waiting/mailboxes.js";

/** @typedef {import("pyodide").PyodideInterface} PyodideInterface */
/** @typedef {import("../../shared/protocol.js").Bundle} Bundle */
/** @typedef {import("../../shared/protocol.js").Prompt} Prompt */
/** @typedef {import("../../shared/protocol.js").Urgent} Urgent */
/** @typedef {import("../../shared/protocol.js").Waiting} Waiting */
/** @typedef {import("../pyodide/internals.js").Lock} Lock */
/** @typedef {import("../waiting/blocking.js").StoppableWaits} StoppableWaits */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./prompts.js").Prompts} Prompts */
/** @typedef {import("./run_dependencies.js").RunDependencies} RunDependencies */
/** @typedef {import("./vendored_modules.js").VendoredModules} VendoredModules */
/** @typedef {import("./web_requests.js").WebRequests} WebRequests */

/**
 * The functions of the module `_pyrun_worker`; `_pyrun_worker.pyi` has their types.
 * @param {object} worker
 * @param {PyodideInterface} worker.pyodide
 * @param {Lock} worker.lock
 * @param {VendoredModules} worker.modules
 * @param {WebRequests} worker.requests
 * @param {RunDependencies} worker.dependencies
 * @param {Waiting} worker.waiting
 * @param {StoppableWaits} worker.waits
 * @param {Outbox} worker.outbox
 * @param {Prompts} worker.prompts
 * @param {(message: Urgent) => void} worker.handleUrgent
 */
export function bridge({
  pyodide,
  lock,
  modules,
  dependencies,
  requests,
  waiting,
  waits,
  outbox,
  prompts,
  handleUrgent,
}) {
  const mailbox = openMailbox(waiting, (letter) => outbox.post({ type: "received", letter }));
  const waiter = waiterFor(waits, mailbox, handleUrgent);
  return {
    strategy: waiting.strategy,
    why_not: waiting.strategy === "none" ? waiting.because : "",
    write: outbox.write.bind(outbox),
    send: outbox.send.bind(outbox),
    display: (/** @type {string} */ description, /** @type {Bundle} */ bundle) =>
      outbox.display({ ...JSON.parse(description), bundle }),
    clear: outbox.clear.bind(outbox),
    section: outbox.section.bind(outbox),
    entry: outbox.entry.bind(outbox),
    traceback: (/** @type {string} */ described) => outbox.traceback(JSON.parse(described)),
    library: (/** @type {string} */ name, /** @type {string} */ path) =>
      outbox.library(name, pyodide.FS.readFile(path)),
    package_providing: (/** @type {string} */ module) => packageProviding(pyodide, lock, module),
    importable: () => JSON.stringify(Object.values(lock.packages).flatMap(({ imports }) => imports ?? [])),
    load_packages: (/** @type {string} */ names) => dependencies.install(lock, names),
    vendored: (/** @type {string} */ name) => modules.source(name),
    vendored_integrity: (/** @type {string} */ name) => modules.integrity(name),
    request: requests.request.bind(requests),
    request_now: requests.requestNow.bind(requests),
    descriptors_to_write: () => descriptorsToWrite(pyodide.FS).join(" "),
    stop_requested: () => waits.stopRequested,
    poll_messages: () => waiter.pollMessages(),
    sleep: (/** @type {number} */ seconds) => waiter.sleep(seconds),
    read_line: (
      /** @type {string} */ text,
      /** @type {Prompt["kind"]} */ kind,
      /** @type {string} */ accept = "",
      /** @type {number | undefined} */ seconds = undefined,
    ) =>
      waiter.readLine(
        (resolve) => prompts.ask({ text, kind, accept }, (line) => resolve(line ?? undefined)),
        seconds,
      ),
    withdraw: () => prompts.withdraw(),
  };
}
