/** The files around the code of a playground, as its cell knows them. `Playground` of playground/playground.js implements it. */

/** @import { FolderFile } from "../../shared/protocol.js" */
/** @import { Editor } from "../editor/editor.js" */
/** @import { Wanted } from "../run/pending_run.js" */

/**
 * The files, and the packages that the reader has chosen.
 * - `content`: all that the reader has changed, in one text; `write` replaces it
 * - `all`: every file, the code first
 * - `download`: saves all files, as an archive if there are several
 * - `reset`: takes back all changes but those of the code
 * - `enter`, `leave`: the editor comes, with the code in it, or goes
 * - `isMainShown`: whether the code is in the editor; `showMain` puts it there
 * - `showsPython`: whether the file in the editor has code
 * - `complete`: adds the files to what a run gets
 * - `linesOf`: what shows a line of a file that a traceback names
 * @typedef {{
 *   readonly content: string,
 *   readonly all: FolderFile[],
 *   readonly isMainShown: boolean,
 *   readonly showsPython: boolean,
 *   write(content: string): void,
 *   reset(): void,
 *   download(): void,
 *   enter(editor: Editor): void,
 *   leave(): void,
 *   showMain(): void,
 *   complete(wanted: Wanted): Wanted,
 *   linesOf(file: string): ((line: number) => void) | null,
 * }} Folder
 */

export {};
