/**
 * Reads the tags of foreign HTML before the browser's parser does. The parser would report each style attribute and
 * each event handler as a violation of the site's content security policy, even in an invisible document.
 *
 * Overlooking one here costs such a report and nothing else: the HTML is sanitised after parsing.
 */

/**
 * HTML without styles: attributes are renamed to `STYLE`, and style elements are in `sheets`.
 * @typedef {{ html: string, sheets: string[] }} Passive
 */

/** Instead of `style`. */
export const STYLE = "data-pyrun-style";

/** Elements that run or load something. Frames from other sites are not listed: their address is shown instead. */
const ACTIVE =
  /^(script|object|embed|applet|form|base|link|frame|frameset|portal|fencedframe|animate|animatetransform|animatemotion|set)$/;

/** Text up to its end tag, which may look like tags: taken out, or as it is. */
const STYLE_ELEMENT = /<style(?:[\s/][^>]*)?>([\s\S]*?)(?:<\/style[^>]*>|$)/gi;

const TAG_START = /<!--|<([a-z][^\s/>]*)/gi;

/** A name, and its value with the sign before it. */
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?/y;

/**
 * @param {string} html
 * @returns {Passive | null} `null` if it is active: it has scripts, event handlers, forms, or the like
 */
export function setAside(html) {
  /** @type {string[]} */
  const sheets = [];
  const bare = html.replace(STYLE_ELEMENT, (_, css) => {
    sheets.push(css);
    return "";
  });
  const pieces = [];
  let copied = 0;
  for (let tag = nextTag(bare, 0); tag; tag = nextTag(bare, copied)) {
    const { name, end } = tag;
    if (ACTIVE.test(name)) return null;
    pieces.push(bare.slice(copied, end));
    copied = end;
    ATTRIBUTE.lastIndex = end;
    for (let found = ATTRIBUTE.exec(bare); found; found = ATTRIBUTE.exec(bare)) {
      const [text, attribute = "", value = ""] = found;
      const kind = attribute.toLowerCase();
      if (isActive(name, kind)) return null;
      pieces.push(kind === "style" ? ` ${STYLE}${value}` : text);
      copied = ATTRIBUTE.lastIndex;
    }
  }
  pieces.push(bare.slice(copied));
  return { html: pieces.join(""), sheets };
}

/** @param {string} html @param {number} from @returns {{ name: string, end: number } | null} */
function nextTag(html, from) {
  TAG_START.lastIndex = from;
  for (let found = TAG_START.exec(html); found; found = TAG_START.exec(html)) {
    const [, name] = found;
    if (name) return { name: name.toLowerCase(), end: TAG_START.lastIndex };
    const end = html.indexOf("-->", found.index + 2); // `<!-->` is a whole comment
    if (end < 0) return null;
    TAG_START.lastIndex = end;
  }
  return null;
}

/** @param {string} tag @param {string} attribute */
const isActive = (tag, attribute) =>
  /^on\w/.test(attribute) || attribute === "srcdoc" || (tag === "meta" && attribute === "http-equiv");
