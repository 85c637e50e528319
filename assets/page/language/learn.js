/** Loads the texts of the page's language. English comes with the code. */
import { verifiedText } from "../pinned_files.js";
import { spoken } from "./current.js";

/** @import { Text } from "./current.js" */

/** @type {Record<string, PinnedFile>} */
const FILES = __PYRUN_LANGUAGES__;

/** By language. @type {Map<string, Promise<Record<string, Text>>>} */
const loading = new Map();

/** Loads them. After a failure the page speaks English, and the next call tries again. */
export async function learnLanguage() {
  const { language, isComplete } = spoken;
  const file = FILES[language];
  if (isComplete || !file) return;
  const loaded = loading.get(language) ?? verifiedText(file).then(JSON.parse);
  loading.set(language, loaded);
  try {
    const texts = await loaded;
    // Instant navigation may have opened a page in another language meanwhile.
    if (spoken.language === language) Object.assign(spoken, { isComplete: true, texts });
  } catch {
    loading.delete(language);
  }
}
