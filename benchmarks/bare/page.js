/** The page of the baseline: a button, and a box for what the worker prints. */
const { code, pyodide } = document.body.dataset;

document.querySelector("button").addEventListener("click", () => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => document.querySelector("pre").append(`${data}\n`);
  worker.postMessage({ pyodideUrl: new URL(pyodide, import.meta.url).href, code });
});
