/** What shows the output of one run, as the other parts of the page know it. `OutputView` and `PlacedOutput` implement it. */

/** @import { Chunk, Display, Ending } from "../../../shared/protocol.js" */
/** @import { FigureLibraries } from "../../display/figure_libraries.js" */

/** What holds for the output of a run: the `limit` of its characters, the `libraries` of its figures. @typedef {{ limit: number, libraries: FigureLibraries }} Terms */

/**
 * - `add`: shows text; `dropped` characters after it were not kept
 * - `show`: shows a picture, a table or the like
 * - `section`: what follows belongs to the statement that ends in this line (from 1) of the code that runs
 * - `clear`: empties the output because the code asks for it; with `waits`, when there is something else to show
 * - `ask`: shows a prompt at the end, which the caller removes
 * - `showBelow`: shows a node after the text; `text` is what the download has of it
 * - `flush`: shows what has arrived so far
 * - `end`: the run is over; the output stays
 * - `close`: stops drawing for good, because the output disappears
 * - `file`: all text of the run
 * - `loading`: resolves when everything shown is in the page; `null` if it is
 *
 * @typedef {{
 *   add(chunks: Chunk[], dropped: number): void,
 *   show(display: Display): void,
 *   section(line: number): void,
 *   clear(waits: boolean): void,
 *   ask(prompt: HTMLElement): void,
 *   showBelow(node: Node, text: string): void,
 *   flush(): void,
 *   end(ending: Ending): void,
 *   close(): void,
 *   readonly file: Blob,
 *   readonly loading: Promise<unknown> | null,
 * }} RunOutput
 */

export {};
