/** Chooses how Python waits for answers, for time to pass, and for Stop. */
import { reasonOf } from "../../shared/errors.js";
import { assetUrl } from "../asset_url.js";
import { ServiceWorkerMailbox, SharedMailbox } from "./mailboxes.js";

/** @import { Waiting, WaitStrategy } from "../../shared/protocol.js" */
/** @import { Mailbox } from "./mailboxes.js" */

/**
 * How the worker waits, and the mailbox for urgent messages to a Python that blocks.
 * @typedef {{ waiting: Waiting, mailbox: Mailbox | null }} Chosen
 */

/** A parameter of the page's address that allows only one strategy, for tests and debugging. */
const FORCING_PARAMETER = "pyrun-input";

/** A service worker that has not started by then hangs. Its file has one kilobyte. */
const LONGEST_START_MS = 10_000;

const NO_JSPI =
  "the browser has no JavaScript Promise Integration (Chrome and Edge 137, Firefox 153, Safari 27, or newer, have it)";

/** The best strategy first. @type {[WaitStrategy, () => Chosen | Promise<Chosen>][]} */
const STRATEGIES = [
  ["jspi", suspend],
  ["shared", shareMemory],
  ["service-worker", startServiceWorker],
];

/**
 * Finds the best way to wait that this browser, this page and its server allow. Called before each worker starts,
 * because a service worker controls only workers that start later.
 * @returns {Promise<Chosen>}
 */
export async function chooseWaitStrategy() {
  const forced = new URLSearchParams(location.search).get(FORCING_PARAMETER);
  const reasons = [];
  for (const [strategy, prepare] of STRATEGIES) {
    if (forced && forced !== strategy) continue;
    try {
      return await prepare();
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  if (forced) reasons.push(`the page's address allows only "${forced}"`);
  return { waiting: { strategy: "none", because: reasons.join("; ") }, mailbox: null };
}

/** @returns {Chosen} */
function suspend() {
  if (!("Suspending" in WebAssembly)) throw new Error(NO_JSPI);
  return { waiting: { strategy: "jspi" }, mailbox: null };
}

/** @returns {Chosen} */
function shareMemory() {
  // WebKitGTK isolates pages, but has no shared memory.
  if (!crossOriginIsolated || typeof SharedArrayBuffer === "undefined") {
    throw new Error("the site does not isolate its pages");
  }
  const mailbox = new SharedMailbox();
  return { waiting: { strategy: "shared", mailbox: mailbox.memory }, mailbox };
}

/** @returns {Promise<Chosen>} */
async function startServiceWorker() {
  if (!isSecureContext)
    throw new Error("the page does not come over https:, so it may not use a service worker");
  if (!navigator.serviceWorker)
    throw new Error("the browser lets no site use a service worker (private windows often do not)");
  try {
    const registration = await navigator.serviceWorker.register(assetUrl(__PYRUN_SERVICE_WORKER__));
    await activated(registration);
    const mailbox = new ServiceWorkerMailbox(registration);
    return { waiting: { strategy: "service-worker", mailbox: mailbox.name }, mailbox };
  } catch (error) {
    throw new Error(
      `the service worker could not be started; blocked site data can be the reason (${error})`,
    );
  }
}

/** @param {ServiceWorkerRegistration} registration */
async function activated(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker?.state === "activated") return;
  await new Promise((resolve, reject) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve(null);
      if (worker.state === "redundant") reject(new Error("it was replaced"));
    });
    setTimeout(reject, LONGEST_START_MS, new Error("it did not start in time"));
  });
}
