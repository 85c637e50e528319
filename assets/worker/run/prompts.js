/** Questions of Python to the reader, and their answers. */

/** @typedef {import("../../shared/protocol.js").Answer} Answer */
/** @typedef {import("../../shared/protocol.js").Prompt} Prompt */

/** @typedef {import("../../shared/protocol.js").Withdrawn} Withdrawn */

/** What Python wants to read. @typedef {Pick<Prompt, "text" | "kind" | "accept">} Question */

/** Asks the reader, one question at a time. */
export class Prompts {
  #post;
  #run = 0;
  /** Numbers the prompts, so that a late answer is not taken for the answer to the next one. */
  #prompt = 0;
  /** @type {(text: string | null) => void} */
  #answer = () => {};
  /** What the page still asks the reader. @type {Question | null} */
  #open = null;

  /** @param {(prompt: Prompt | Withdrawn) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** A run begins, and its questions. @param {number} run */
  begin(run) {
    this.#run = run;
    this.#open = null;
  }

  /**
   * Asks the reader, or goes on waiting if this question has no answer yet.
   * @param {Question} question
   * @param {(text: string | null) => void} answer called once, or never
   */
  ask(question, answer) {
    this.#answer = answer;
    const { text, kind, accept } = question;
    const open = this.#open;
    if (open?.text === text && open.kind === kind && open.accept === accept) return;
    this.#open = question;
    this.#prompt += 1;
    this.#post({ type: "input", run: this.#run, prompt: this.#prompt, ...question });
  }

  /** Python needs no answer any more. */
  withdraw() {
    if (this.#open === null) return;
    this.#open = null;
    this.#prompt += 1; // an answer that is under way comes too late
    this.#post({ type: "withdrawn", run: this.#run });
  }

  /** @param {Answer} answer */
  take({ run, prompt, text }) {
    if (run !== this.#run || prompt !== this.#prompt) return;
    this.#open = null;
    this.#answer(text);
  }
}
