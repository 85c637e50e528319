/** Explains why relative URLs do not work in a worker that belongs to no site: browsers only say that they are invalid. */

/** @param {unknown} url */
const explanation = (url) =>
  `${url} is a relative URL, which does not work here, because this code is isolated from the site. Use the full URL of a file that other sites may read, or ask the author to declare it with the option files.`;

/** @param {unknown} url @throws {TypeError} it is relative */
function check(url) {
  if (!(url instanceof Request) && !URL.canParse(String(url))) throw new TypeError(explanation(url));
}

/** Lets all ways to open a URL explain it. A reader's code may replace them, and only loses the explanation. */
export function explainRelativeUrls() {
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = new Proxy(open, {
    apply(original, request, given) {
      check(given[1]);
      return Reflect.apply(original, request, given);
    },
  });
  self.Request = new Proxy(Request, {
    construct(original, [url, ...options], target) {
      check(url);
      return Reflect.construct(original, [url, ...options], target);
    },
  });
  self.fetch = explaining(self.fetch);
}

/** A `fetch` that explains it. @param {typeof self.fetch} fetch @returns {typeof self.fetch} */
export const explaining = (fetch) => async (url, init) => {
  check(url);
  return fetch(url, init);
};
