/**
 * The page of the baseline: a button, and a box for what the worker has. It keeps the worker, and a second click runs
 * the code again; `restart` on the body ends it, and starts another. A SharedWorker outlives the page.
 */
const { code, packages, pyodide, worker: kind } = document.body.dataset;
const output = document.querySelector("pre");

/** @type {Worker | null} */
let worker = null;
/** Where to talk to it. @type {Worker | MessagePort | null} */
let port = null;

const show = {
  text: (text) => output.append(`${text}\n`),
  html: (html) => {
    const box = document.createElement("div");
    box.innerHTML = html;
    output.append(box);
  },
  picture: (bytes) => {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    output.append(image);
  },
  end: () => document.body.setAttribute("data-state", "done"),
};

function start() {
  const url = new URL("./worker.js", import.meta.url);
  if (kind === "SharedWorker") port = new SharedWorker(url, { type: "module" }).port;
  else port = worker = new Worker(url, { type: "module" });
  port.onmessage = ({ data: [what, value] }) => show[what](value);
  const pyodideUrl = new URL(pyodide, import.meta.url).href;
  port.postMessage({ pyodideUrl, packages: packages ? packages.split(" ") : [] });
}

document.querySelector("button").addEventListener("click", () => {
  output.replaceChildren();
  document.body.removeAttribute("data-state");
  if (!port) start();
  port.postMessage({ code });
});

document.body.addEventListener("restart", () => {
  worker?.terminate();
  worker = port = null;
});
