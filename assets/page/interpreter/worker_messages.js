/** Reads the messages of a worker as data, because code of a reader can send any message in its name. */
import { MESSAGE_CHARACTERS } from "../../shared/limits.js";

/** @import { Ended, Ending, FromWorker, Progress, StartReport, WorkerData } from "../../shared/protocol.js" */

/** @template Value @typedef {(value: unknown) => value is Value} Check */

/** Checks for all fields, by name. @template Value @typedef {{ [Name in keyof Value]: Check<Value[Name]> }} Fields */

/** @typedef {Exclude<WorkerData, Progress | Ended>} PlainData */

/** What a message of this type contains. @template {string} Type @typedef {Omit<Extract<PlainData, { type: Type }>, "type">} Content */

/** What a report of this activity contains. @template {string} Activity @typedef {Omit<Extract<Progress, { activity: Activity }>, "type" | "activity">} Details */

/** An outbox sends text as soon as it has collected that much, together with the last write, which is no longer. */
const MOST_CHUNK_CHARACTERS = 2 * MESSAGE_CHARACTERS;

/** Forms of one displayed thing. Libraries offer up to ten. */
const MOST_REPRESENTATIONS = 100;

/** Of a path in Python's file system: `PATH_MAX` of Emscripten. */
const MOST_PATH_CHARACTERS = 4096;

/** Characters of a package's normalized name: anything else could be an address to load code from. */
const PACKAGE_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** @template Value @param {(value: unknown) => boolean} test @returns {Check<Value>} */
const check = (test) => /** @type {Check<Value>} */ (test);

/** @type {Check<string>} */
const text = check((value) => typeof value === "string");

/** @type {Check<string>} */
const shortText = check((value) => text(value) && value.length <= MOST_CHUNK_CHARACTERS);

/** @type {Check<string>} */
const path = check((value) => text(value) && value.length <= MOST_PATH_CHARACTERS);

/** @type {Check<string>} */
const packageName = check((value) => text(value) && PACKAGE_NAME.test(value));

/** @type {Check<boolean>} */
const flag = check((value) => typeof value === "boolean");

/** A number, size or position. @type {Check<number>} */
const count = check((value) => Number.isSafeInteger(value) && Number(value) >= 0);

/** The number of a line. @type {Check<number>} */
const lineNumber = check((value) => count(value) && value >= 1);

/** A length in CSS pixels. @type {Check<number>} */
const length = check((value) => Number.isFinite(value) && Number(value) >= 0);

/** Bytes of the page's own: what a worker shares, or can resize, a blob refuses. @type {Check<Uint8Array<ArrayBuffer>>} */
const bytes = check(
  (value) =>
    value instanceof Uint8Array &&
    value.buffer instanceof ArrayBuffer &&
    !(/** @type {{ resizable?: boolean }} */ (value.buffer).resizable),
);

/** @template {string} Word @param {...Word} words @returns {Check<Word>} */
const word = (...words) => check((value) => words.some((one) => one === value));

/** @template Value @param {Check<Value>} one @returns {Check<Value | null>} */
const orNull = (one) => check((value) => value === null || one(value));

/**
 * An array may say that it has billions of items, and have none: the first that is missing ends the check.
 * @template Value @param {Check<Value>} one @returns {Check<Value[]>}
 */
const list = (one) => check((value) => Array.isArray(value) && value.findIndex((item) => !one(item)) === -1);

/** @template Value @param {Check<Value>} one @returns {Check<Record<string, Value>>} */
const record = (one) =>
  check((value) => {
    const values = isObject(value) ? Object.values(value) : null;
    return values !== null && values.length <= MOST_REPRESENTATIONS && values.every(one);
  });

/** @template Value @param {Fields<Value>} fields @returns {Check<Value>} */
function object(fields) {
  const checks = /** @type {[string, Check<unknown>][]} */ (Object.entries(fields));
  return check(
    (value) =>
      isObject(value) && checks.every(([name, one]) => Object.hasOwn(value, name) && one(value[name])),
  );
}

/** What structured cloning makes of a plain object. @type {Check<Record<string, unknown>>} */
const isObject = check(
  (value) => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype,
);

/** @type {Check<Omit<Ended, "type">>} */
const ended = object({
  run: count,
  problem: orNull(object({ reason: word("package", "file", "changed"), detail: text })),
  clues: orNull(
    object({
      missing: orNull(object({ module: text, package: packageName })),
      undefinedName: orNull(text),
      explanation: orNull(text),
    }),
  ),
});

/** @type {{ [Activity in Progress["activity"]]: Check<Details<Activity>> }} */
const PROGRESS = {
  core: object({ packages: list(text), wheelBytes: count, loadedBytes: count }),
  start: object({ packages: list(text) }),
  packages: object({ packages: list(text), loadedBytes: count }),
  files: object({ files: list(text), loadedBytes: count }),
};

/** @type {{ [Type in PlainData["type"]]: Check<Content<Type>> } & Record<Ending | "progress", Check<unknown>>} */
const CHECKS = {
  received: object({ letter: count }),
  progress: check((value) => isObject(value) && checkOf(PROGRESS, value.activity)(value)),
  crashed: object({ detail: text }),
  running: object({ run: count }),
  withdrawn: object({ run: count }),
  left: object({ run: count }),
  output: object({
    run: count,
    chunks: list(object({ stream: word("stdout", "stderr", "echo", "value", "notice"), text: shortText })),
    dropped: count,
  }),
  traceback: object({
    run: count,
    text,
    whole: orNull(text),
    sourceLines: list(object({ row: count, file: text, line: count })),
  }),
  display: object({
    run: count,
    bundle: record(
      /** @type {Check<string | Uint8Array<ArrayBuffer>>} */ (check((value) => text(value) || bytes(value))),
    ),
    alt: text,
    width: orNull(length),
    height: orNull(length),
    id: orNull(text),
    replaces: flag,
  }),
  library: object({ name: text, bytes }),
  clear: object({ run: count, waits: flag }),
  section: object({ run: count, line: lineNumber }),
  input: object({
    run: count,
    prompt: count,
    text,
    accept: text,
    kind: word("line", "secret", "stream", "file", "files"),
  }),
  written: object({ run: count, files: list(object({ path, bytes: count })), omitted: count }),
  assisted: object({ request: count, answer: orNull(text) }),
  file: object({ request: count, content: orNull(bytes) }),
  done: ended,
  error: ended,
  stopped: ended,
};

/** @param {Record<string, Check<unknown>>} checks @param {unknown} name @returns {Check<unknown>} */
const checkOf = (checks, name) =>
  (text(name) && Object.hasOwn(checks, name) && checks[name]) || check(() => false);

/**
 * Whether this ends a start. Only the first such message of a worker comes from the worker itself.
 * @param {FromWorker} message
 * @returns {message is StartReport}
 */
export const isStartReport = (message) => message?.type === "ready" || message?.type === "failed";

/**
 * @param {unknown} message
 * @returns {WorkerData | null} `null` if the worker itself would not send this
 */
export function readMessage(message) {
  if (!isObject(message) || !checkOf(CHECKS, message.type)(message)) return null;
  return /** @type {WorkerData} */ (/** @type {unknown} */ (message));
}
