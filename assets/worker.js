/**
 * The Web Worker that all live examples of a page share, in which Python runs. This file only wires: shared/protocol.js
 * has the messages, worker/ the code that handles them.
 */

import { reasonOf } from "./shared/errors.js";
import { assertNever, PROTOCOL_VERSION } from "./shared/protocol.js";
import { buffersOf, buffersOfFiles } from "./shared/transferred.js";
import { Interpreter } from "./worker/interpreter.js";
import { hideReported } from "./worker/pyodide/reported_failures.js";
import { Outbox } from "./worker/run/outbox.js";
import { makeSnapshot, unpackPackages } from "./worker/snapshot/make.js";

/** @typedef {import("./shared/protocol.js").ToWorker} ToWorker */

hideReported();

const outbox = new Outbox((message, transferred) => self.postMessage(message, transferred));
const interpreter = new Interpreter(outbox);

/** @param {ToWorker} message @param {readonly MessagePort[]} ports transferred with it */
function handle(message, ports) {
  switch (message.type) {
    case "boot":
      if (message.version !== PROTOCOL_VERSION) {
        return outbox.post({
          type: "failed",
          reason: "version",
          detail: `page ${message.version}, worker ${PROTOCOL_VERSION}`,
        });
      }
      return interpreter.boot(message, ports[0] ?? null);
    case "core":
      return interpreter.receiveCore(message);
    case "snapshot-entry":
    case "snapshot-content":
      return interpreter.receiveSnapshot(message);
    case "unpack":
      return unpack(message, ports[0] ?? null);
    case "save":
      return save(message, ports[0] ?? null);
    case "run":
      return interpreter.run(message);
    case "read":
      return interpreter.read(message);
    case "give":
      return interpreter.give(message);
    case "assist":
      return interpreter.assist(message);
    case "stop":
    case "answer":
      return interpreter.handleUrgent(message);
    default:
      return assertNever(message);
  }
}

/** @param {import("./shared/protocol.js").UnpackRequest} start @param {MessagePort | null} filePort */
async function unpack(start, filePort) {
  /** @type {import("./shared/snapshot_messages.js").Unpacked} */
  const answer = await unpackPackages(start, filePort).then(
    (unpacked) => ({ type: "unpacked", unpacked }),
    (error) => ({ type: "unpacked", unpacked: null, problem: reasonOf(error) }),
  );
  self.postMessage(answer, answer.unpacked ? buffersOfFiles(answer.unpacked.files) : []);
}

/** @param {import("./shared/protocol.js").SaveRequest} start @param {MessagePort | null} filePort */
async function save(start, filePort) {
  /** @type {import("./shared/snapshot_messages.js").Saved} */
  const saved = await makeSnapshot(start, filePort).then(
    (snapshot) => ({ type: "saved", snapshot }),
    (error) => ({ type: "saved", snapshot: null, problem: reasonOf(error) }),
  );
  self.postMessage(saved, buffersOf(Object.values(saved.snapshot ?? {}).flat()));
}

// In Firefox and Safari, code in one worker can register this script as a service worker, which must not start Python.
if ("DedicatedWorkerGlobalScope" in self) self.onmessage = ({ data, ports }) => handle(data, ports);
self.addEventListener("error", (event) => interpreter.handleUncaught(event));
