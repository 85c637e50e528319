/**
 * How much of a run travels from the worker to the page, stays there, and is drawn. Characters are UTF-16 code units,
 * as JavaScript counts them. The comment beside a limit says where it comes from.
 */

// What the worker sends.

/**
 * Output that still arrives after the limit of a run (`outputLimit` in options.js): how the code ended, what the reader
 * typed.
 */
export const OUTPUT_AFTER_LIMIT_CHARACTERS = 100_000;

/** One message to the page. A longer one would be a long task (50 ms) there. */
export const MESSAGE_CHARACTERS = 65_536;

/** What a chunk of another stream costs the page, counted as text: 10 µs. */
export const CHUNK_CHARACTERS = 100;

/** Pictures and tables of a run: more than a reader looks at, less than a browser tab can hold. */
export const MOST_DISPLAYS = 2000;
export const MOST_DISPLAYED_BYTES = 250_000_000;

// What the terminal reads and what its cursor can reach.

/** Numbers of one control sequence. A colour takes 5; xterm.js keeps as many as this (src/common/parser/Params.ts). */
export const MOST_SEQUENCE_NUMBERS = 32;

/** A command such as a link. Browsers and servers take addresses of a quarter of this. */
export const MOST_STRING_CHARACTERS = 8192;

/**
 * A longer line is broken up, and what has gone by stays as it is. A terminal does so at the width of its window, where
 * a carriage return goes to the start of the last row, too.
 */
export const ROW_CHARACTERS = 10_000;

/** How far back a program reaches: the height of a large terminal window, and no more than a frame can draw. */
export const SCREEN_LINES = 50;
export const SCREEN_CHARACTERS = 40_000;

/** The size where the output cannot be measured, because it is hidden: that of `shutil.get_terminal_size`. */
export const WINDOW_COLUMNS = 80;
export const WINDOW_LINES = 24;

/**
 * What each change of the look costs the page, an element, counted as text. An estimate that keeps coloured floods
 * small.
 */
export const SPAN_CHARACTERS = 20;

// What the page keeps of a run.

/** What is shown of the beginning of long output, and of its end: many screens of both. */
export const HEAD_CHARACTERS = 100_000;
export const TAIL_CHARACTERS = 10_000;

/** How far a cut between them moves so that lines stay whole. */
export const CUT_MOVES_CHARACTERS = 1000;

/**
 * Text that becomes a part of the file for download, which browsers keep outside of the heap: a few milliseconds of
 * work.
 */
export const BLOB_PART_CHARACTERS = 250_000;

// What the page draws at once.

/**
 * What a frame adds to the page: some milliseconds of layout, ten where lines are short. Where more arrives between two
 * frames, nobody reads it, and only so much of the end is drawn until the flood is over.
 */
export const FRAME_CHARACTERS = 4000;

/** One block of text. It is laid out whole when something is added to it, and skipped while it is out of sight. */
export const BLOCK_CHARACTERS = 4000;

/** One box of a long line. WebKit's time for the layout of a line grows with the square of its length. */
export const BOX_CHARACTERS = 4000;

/** Pictures and tables that are drawn as soon as they arrive. With more, only those in sight are. */
export const DRAWN_DISPLAYS = 30;

/** Documents with foreign HTML or figures that are open: each takes as much memory as a page. */
export const MOST_OPEN_FRAMES = 12;

// What the reader hands over.

/** Files for the code. They are copied twice on the way, and more is too much for phones. */
export const MOST_READER_FILE_BYTES = 50_000_000;

// What helps readers to write.

/** An answer about the code in an editor: `_MOST_ANSWERED` of pyrun_runtime/assist/answers.py. */
export const MOST_ANSWER_CHARACTERS = 200_000;

/** Code that goes with a question, of the beginning and before the cursor: a few milliseconds for Python to look through. */
export const MOST_QUESTION_CHARACTERS = 10_000;

/** What a question has of the statement before the cursor. */
export const MOST_STATEMENT_CHARACTERS = 8000;
