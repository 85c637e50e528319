/** Asks what to do with an edit that a cell does not show: of an older version of the example, or from another tab. */
import { hideBanner, showBanner } from "../cell/banner.js";
import { sourceOf } from "../cell/source.js";
import { element } from "../dom.js";
import { EDIT_MESSAGES } from "../messages.js";
import { changesBetween } from "./compare.js";
import { hashOf } from "./edit.js";

/** @import { LiveCell } from "../cell/live_cell.js" */
/** @import { Edit } from "./edit.js" */

/** What happens to the stored edits. @typedef {{ take(edit: Edit): void, drop(edit: Edit): void }} Decisions */

const KIND = "edit";

/** The edit that a cell offers. @type {WeakMap<LiveCell, Edit>} */
const offered = new WeakMap();

/** @param {LiveCell} cell @param {Edit | null} other `null` if there is nothing to decide any more @param {Decisions} decisions */
export function offerOther(cell, other, decisions) {
  const present = offered.get(cell);
  if (other === null) {
    offered.delete(cell);
    hideBanner(cell, KIND);
  } else if (present?.id !== other.id || present.code !== other.code) {
    offered.set(cell, other);
    show(cell, other, decisions, false);
  }
}

/** @param {LiveCell} cell @param {Edit} other @param {Decisions} decisions @param {boolean} isCompared */
function show(cell, other, decisions, isCompared) {
  const isStale = other.hash !== hashOf(sourceOf(cell));
  const { stale, otherTab, keepMine, takeNew, keepThis, takeOther, compare } = EDIT_MESSAGES;
  const end = () => {
    offered.delete(cell);
    hideBanner(cell, KIND);
  };
  const take = async () => {
    if (other.foreign) cell.isForeign = true;
    await cell.writeCode(other.code);
    if (cell.content !== other.code) return; // the editor could not be loaded, as the cell says
    end();
    decisions.take(other);
  };
  const drop = async () => {
    await leaveInHistory(cell, other);
    end();
    decisions.drop(other);
  };
  const choices = isStale
    ? [
        { label: keepMine, onChoose: () => void take() },
        { label: takeNew, onChoose: () => void drop() },
      ]
    : [
        { label: keepThis, onChoose: () => void drop() },
        { label: takeOther, onChoose: () => void take() },
      ];
  showBanner(cell, {
    kind: KIND,
    text: isStale ? stale : otherTab,
    choices: [
      ...choices,
      { label: compare, isOpen: isCompared, onChoose: () => show(cell, other, decisions, !isCompared) },
    ],
    ...(isCompared && { content: changesBetween(cell.content, other.code) }),
  });
}

/** Undo brings it back, as after Reset. @param {LiveCell} cell @param {Edit} edit */
async function leaveInHistory(cell, edit) {
  const { content: code } = cell;
  if (edit.foreign) cell.isForeign = true;
  await cell.writeCode(edit.code);
  await cell.writeCode(code);
}

/**
 * Shows an edit of an example that the page does not have any more.
 * @param {LiveCell} cell the first of the page
 * @param {Edit} edit
 * @param {(edit: Edit) => void} drop
 * @param {boolean} [isOpen] whether the code is shown
 */
export function offerGone(cell, edit, drop, isOpen = false) {
  const { gone, showMine, discard } = EDIT_MESSAGES;
  showBanner(cell, {
    kind: "gone",
    text: gone,
    choices: [
      { label: showMine, isOpen, onChoose: () => offerGone(cell, edit, drop, !isOpen) },
      {
        label: discard,
        onChoose() {
          hideBanner(cell, "gone");
          drop(edit);
        },
      },
    ],
    ...(isOpen && { content: element("pre", { tabIndex: 0 }, edit.code) }),
  });
}
