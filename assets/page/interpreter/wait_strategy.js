/** Chooses how Python waits for answers, for time to pass, and for Stop. */
import { reasonOf } from "../../shared/errors.js";
import { ChangedFileError } from "../../shared/pinned_files.js";
import { assetUrl } from "../asset_url.js";
import { checkPinned } from "../pinned_files.js";
import { ServiceWorkerMailbox, SharedMailbox } from "./mailboxes.js";
import { whenIdle } from "./warm_up.js";

/** @import { Start, Waiting, WaitStrategy } from "../../shared/protocol.js" */
/** @import { Mailbox } from "./mailboxes.js" */

/**
 * How the worker waits, and the mailbox for urgent messages to a Python that blocks.
 * @typedef {{ waiting: Waiting, mailbox: Mailbox | null }} Chosen
 */

/** A parameter of the page's address that allows only one strategy, for tests and debugging. */
const FORCING_PARAMETER = "pyrun-input";

/** A service worker that has not started by then hangs. Its file has one kilobyte. */
const LONGEST_START_MS = 20_000;

const NO_JSPI =
  "the browser has no JavaScript Promise Integration (Chrome and Edge 137, Firefox 153, Safari 27, or newer, have it)";

/** The best strategy first. @type {[WaitStrategy, (isolation: Start["isolation"]) => Chosen | Promise<Chosen>][]} */
const STRATEGIES = [
  ["jspi", suspend],
  ["shared", shareMemory],
  ["service-worker", startServiceWorker],
];

/**
 * Finds the best way to wait that this browser, this page and its server allow. Called before each worker starts,
 * because a service worker controls only workers that start later.
 * @param {Start["isolation"]} isolation
 * @param {boolean} isOnly whether no other Python of the page can use the service worker
 * @returns {Promise<Chosen>}
 * @throws {ChangedFileError} the script of the service worker is not the one that was built
 */
export async function chooseWaitStrategy(isolation, isOnly = true) {
  const forced = new URLSearchParams(location.search).get(FORCING_PARAMETER);
  const reasons = [];
  for (const [strategy, prepare] of STRATEGIES) {
    if (forced && forced !== strategy) continue;
    try {
      const chosen = await prepare(isolation);
      if (isOnly && strategy !== "service-worker") unregisterWhenIdle();
      return chosen;
    } catch (error) {
      if (error instanceof ChangedFileError) throw error;
      reasons.push(reasonOf(error));
    }
  }
  if (isOnly) unregisterWhenIdle();
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

/** @param {Start["isolation"]} isolation @returns {Promise<Chosen>} */
async function startServiceWorker(isolation) {
  if (isolation === "opaque")
    throw new Error("this code is isolated from the site, so that it may not use its service worker");
  if (!isSecureContext)
    throw new Error("the page does not come over https:, so it may not use a service worker");
  if (!navigator.serviceWorker)
    throw new Error("the browser lets no site use a service worker (private windows often do not)");
  try {
    // Past the cache, as browsers load the script of a service worker.
    await checkPinned(__PYRUN_SERVICE_WORKER__, { cache: "no-cache" });
    const registration = await navigator.serviceWorker.register(assetUrl(__PYRUN_SERVICE_WORKER__.url));
    await activated(registration);
    const mailbox = new ServiceWorkerMailbox(registration);
    return { waiting: { strategy: "service-worker", mailbox: mailbox.name }, mailbox };
  } catch (error) {
    if (error instanceof ChangedFileError) {
      await unregister(); // browsers update service workers by themselves
      throw error;
    }
    throw new Error(
      `the service worker could not be started; blocked site data can be the reason (${error})`,
    );
  }
}

const unregisterWhenIdle = () => whenIdle(() => void unregister());

/** Removes pyrun's service worker, if an earlier visit has left one: a browser would update its script without a comparison. */
async function unregister() {
  try {
    const folder = assetUrl("./");
    const registration = await navigator.serviceWorker?.getRegistration(folder);
    if (registration?.scope === folder) await registration.unregister(); // otherwise it is the site's own
  } catch {} // the browser blocks service workers
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
