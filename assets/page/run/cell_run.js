/** One run of a cell, from its place in the queue to its end. */
import { describeProgress } from "../descriptions.js";
import { makeFilePrompt } from "../files/file_prompt.js";
import { offerFiles } from "../files/written_files.js";
import { RUN_MESSAGES } from "../messages.js";
import { makePrompt } from "./prompt.js";
import { focusPrompt } from "./prompt_form.js";
import { RunAnnouncements } from "./run_announcements.js";
import { lostPython } from "./run_notices.js";
import { RunResult } from "./run_result.js";
import { drawTraceback, errorInView } from "./traceback.js";

/** @import { Chunk, Clues, Display, Ending, Progress, Prompt, Traceback } from "../../shared/protocol.js" */
/** @import { WaitStrategy, Written } from "../../shared/protocol.js" */
/** @import { PageInterpreter } from "../interpreter/page_interpreter.js" */
/** @import { Cause, RunListener, Wanted } from "./pending_run.js" */
/** @import { Prompt as OpenPrompt } from "./prompt_form.js" */
/** @import { RunView } from "./run_view.js" */

/**
 * One run of a cell: shows what the interpreter reports, until the run ends.
 * @implements {RunListener}
 */
export class CellRun {
  #view;
  #interpreter;
  #source;
  #result;
  #controls;
  #announcements;
  #run;
  /** @type {OpenPrompt | null} */
  #prompt = null;
  /** @type {Written | null} */
  #written = null;
  /** What had the focus before the prompt. @type {{ focus(options: FocusOptions): void } | null} */
  #focused = null;
  #hasEnded = false;
  #showError = () => {};
  /** How it ends if an earlier run keeps it from starting. @type {{ ending: Ending, notice: Node } | null} */
  #cancelled = null;

  /**
   * Adds the run to the queue.
   * @param {RunView} view
   * @param {PageInterpreter} interpreter
   * @param {Wanted} wanted
   */
  constructor(view, interpreter, wanted) {
    this.#view = view;
    this.#interpreter = interpreter;
    this.#source = wanted.source;
    this.#result = new RunResult(wanted.content, wanted.session !== null, interpreter, view.result);
    view.result = this.#result;
    this.#controls = view.controls;
    this.#controls.expand();
    this.#announcements = new RunAnnouncements(view.root);
    this.#run = interpreter.run(wanted, this);
  }

  /** Resolves when everything that the run has shown is in the page; `null` if it is. */
  get loading() {
    return this.#output.shown?.loading ?? null;
  }

  /** Whether its code may use names that are lost with the Python in which it was queued. */
  get losesNames() {
    return this.#view.losesNames(this.#result.epoch);
  }

  get hasEnded() {
    return this.#hasEnded;
  }

  /** Ends it in any state. */
  stop() {
    this.#run.stop();
  }

  /**
   * Ends it before it starts, because an earlier run failed or was stopped.
   * @param {Ending} ending
   * @param {Node} notice
   */
  cancel(ending, notice) {
    this.#cancelled = { ending, notice };
    this.#run.stop();
  }

  /** Another run comes first. */
  waiting() {
    this.#view.flush();
    this.#view.say(RUN_MESSAGES.waiting);
  }

  /** @param {Progress} progress */
  progress(progress) {
    if (this.#view.state !== "loading") return;
    this.#view.flush();
    this.#view.showProgress(describeProgress(progress, this.#interpreter.site.current?.coreBytes ?? null));
  }

  /** @param {WaitStrategy} strategy */
  running(strategy) {
    this.#result.begin();
    this.#view.beginRun(strategy);
  }

  /** @param {Chunk[]} chunks @param {number} dropped */
  output(chunks, dropped) {
    this.#output.view.add(chunks, dropped);
    this.#announcements.output(chunks);
  }

  /** @param {Display} display */
  display(display) {
    this.#output.view.show(display);
    this.#announcements.display(display);
  }

  /** @param {boolean} waits until there is something else to show */
  clear(waits) {
    this.#output.view.clear(waits);
    this.#announcements.cleared();
  }

  /** @param {number} line where the statement ends whose output follows */
  section(line) {
    this.#output.view.section(line);
  }

  /** @param {Traceback} traceback */
  traceback(traceback) {
    const { element, view } = this.#output;
    view.flush();
    this.#showError = errorInView(element);
    view.showBelow(
      drawTraceback(traceback, (file) => this.#view.linesOf(file)),
      traceback.text,
    );
    this.#announcements.traceback(traceback);
    const { fileName, code } = this.#source;
    const inCell = traceback.sourceLines.findLast(({ file }) => file === fileName);
    if (inCell) this.#view.markLine(inCell.line, code);
  }

  /** @param {string} text @param {(text: string | null) => void} answer @param {Prompt["kind"]} kind @param {string} accept */
  input(text, answer, kind, accept) {
    this.#closePrompt(); // code can forge a prompt while there is another
    const view = this.#view;
    const onAnswer = (/** @type {string | null} */ line) => {
      this.#closePrompt();
      view.enter("running");
      answer(line);
    };
    const wantsFiles = kind === "file" || kind === "files";
    const prompt = wantsFiles
      ? makeFilePrompt(text, accept, kind === "files", onAnswer)
      : makePrompt(text, kind, onAnswer);
    this.#prompt = prompt;
    this.#controls.expand();
    this.#controls.setCanClear(false); // the prompt is in the output
    this.#output.view.ask(prompt.element);
    view.enter("input");
    const focused = view.focusedElement;
    // Readers who have moved on to another part of the page keep their focus.
    const before = this.#announcements.prompt(prompt.name);
    if (focused || document.activeElement === document.body) {
      focusPrompt(prompt, before);
    } else this.#announcements.say(before);
    this.#focused = focused instanceof HTMLElement ? focused : view;
  }

  /** The code does not wait for an answer any more. */
  withdrawn() {
    if (!this.#prompt) return;
    this.#closePrompt();
    this.#view.enter("running");
  }

  /** @param {Written} written */
  written(written) {
    this.#written = written;
  }

  left() {
    this.#view.left();
  }

  /** @param {Ending} ending @param {Cause | undefined} cause @param {Clues | null} clues */
  ended(ending, cause, clues) {
    const output = this.#output;
    this.#hasEnded = true;
    this.#closePrompt();
    output.shown?.flush();
    output.shown?.end(ending);
    const { epoch } = this.#result;
    const left = this.#result.end(ending, lostPython(cause));
    if (this.#written) output.notice(offerFiles(this.#interpreter, this.#written));
    const { ending: shown, notice } = this.#cancelled ?? { ending, notice: null };
    this.#view.endRun({ ending: shown, cause, clues, notice, epoch, result: left });
    this.#announcements.end();
    this.#showError();
  }

  /** The output, after the deferred updates that clear the previous one. */
  get #output() {
    this.#view.flush();
    return this.#view.output;
  }

  #closePrompt() {
    if (!this.#prompt) return;
    const hadFocus = this.#prompt.element.matches(":focus-within");
    this.#prompt.element.remove();
    this.#prompt = null;
    this.#controls.setCanClear(true);
    if (hadFocus) this.#focused?.focus({ preventScroll: true });
  }
}
