/** Questions to Python about code that a reader is writing. Only a Python that has nothing else to do gets them. */
import { MOST_ANSWER_CHARACTERS } from "../../shared/limits.js";
import { namespaceOf } from "../run/namespace.js";

/** @import { AssistAnswer, AssistAnswers, AssistQuestion, AssistRequest } from "../../shared/assist_messages.js" */
/** @import { ExampleData } from "../cell/example_data.js" */

/** Sends questions, and passes the answers on. */
export class Questions {
  #send;
  #lastRequest = 0;
  /** @type {Map<number, (answer: string | null) => void>} */
  #waiting = new Map();

  /** @param {(message: AssistRequest) => void | false} send to the current Python; `false` while it is off or busy */
  constructor(send) {
    this.#send = send;
  }

  /**
   * @template {keyof AssistAnswers} Kind
   * @param {ExampleData} example in whose namespace the code would run
   * @param {string} path of the page
   * @param {Omit<AssistQuestion, "session"> & { kind: Kind }} question
   * @returns {Promise<AssistAnswers[Kind] | null>} `null` while Python is off or busy, or if there is nothing to say
   */
  async ask(example, path, question) {
    const session = namespaceOf(example, path);
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    /** @type {string | null} */
    const answer = await new Promise((resolve) => {
      if (this.#send({ type: "assist", request, session, ...question }) === false) return resolve(null);
      this.#waiting.set(request, resolve);
    });
    return /** @type {AssistAnswers[Kind] | null} */ (readAnswer(question.kind, answer));
  }

  /** @param {AssistAnswer} message */
  answer({ request, answer }) {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }

  /** Python is lost. */
  stop() {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

/** @param {unknown} value */
const isText = (value) => typeof value === "string";

/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** @param {unknown} value @param {(item: any) => boolean} test */
const isList = (value, test) => Array.isArray(value) && value.every(test);

/** @param {any} mistake or `null` */
const isMistake = (mistake) =>
  mistake === null ||
  (isText(mistake?.message) &&
    [mistake.line, mistake.column, mistake.endLine, mistake.endColumn].every(isCount));

/** @type {Record<keyof AssistAnswers, (answer: any) => boolean>} */
const CHECKS = {
  complete: ({ what, prefix, quote, options, isWhole }) =>
    [what, prefix, quote].every(isText) &&
    typeof isWhole === "boolean" &&
    isList(options, (option) => isText(option?.label) && isText(option.kind)),
  signature: ({ name, pieces, active, result, text, names }) =>
    [name, result, text].every(isText) &&
    isList(pieces, isText) &&
    isList(names, isText) &&
    (active === null || isCount(active)),
  describe: ({ title, text, names }) => isText(title) && isText(text) && isList(names, isText),
  check: ({ mistake }) => isMistake(mistake),
  format: ({ code, mistake }) => isText(code) && isMistake(mistake),
};

/**
 * Reads an answer as data: code of a reader can send any in the worker's name.
 * @param {keyof AssistAnswers} kind
 * @param {string | null} text
 * @returns {AssistAnswers[keyof AssistAnswers] | null} `null` if Python itself would not answer this
 */
export function readAnswer(kind, text) {
  if (text === null || text.length > MOST_ANSWER_CHARACTERS) return null;
  try {
    const answer = JSON.parse(text);
    return typeof answer === "object" && answer !== null && CHECKS[kind](answer) ? answer : null;
  } catch {
    return null; // not from pyrun
  }
}
