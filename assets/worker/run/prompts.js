/** Questions of Python to the reader, and their answers. */

/** @typedef {import("../../shared/protocol.js").Answer} Answer */
/** @typedef {import("../../shared/protocol.js").Prompt} Prompt */

/** What Python wants to read. @typedef {Pick<Prompt, "text" | "kind" | "accept">} Question */

/** Asks the reader, one question at a time. */
export class Prompts {
  #post;
  #run = 0;
  /** Numbers the prompts, so that a late answer is not taken for the answer to the next one. */
  #prompt = 0;
  /** @type {(text: string | null) => void} */
  #answer = () => {};

  /** @param {(prompt: Prompt) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** A run begins, and its questions. @param {number} run */
  begin(run) {
    this.#run = run;
  }

  /** @param {Question} question @param {(text: string | null) => void} answer called once, or never */
  ask(question, answer) {
    this.#answer = answer;
    this.#prompt += 1;
    this.#post({ type: "input", run: this.#run, prompt: this.#prompt, ...question });
  }

  /** @param {Answer} answer */
  take({ run, prompt, text }) {
    if (run === this.#run && prompt === this.#prompt) this.#answer(text);
  }
}
