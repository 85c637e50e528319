/**
 * The page of the baseline: a button, and a box for what the worker has. It keeps the worker, and a second click runs
 * the code again; `restart` on the body ends it, and starts another.
 */
const { code, packages, pyodide } = document.body.dataset;
const output = document.querySelector("pre");

/** @type {Worker | null} */
let worker = null;

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
  worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data: [kind, value] }) => show[kind](value);
  const pyodideUrl = new URL(pyodide, import.meta.url).href;
  worker.postMessage({ pyodideUrl, packages: packages ? packages.split(" ") : [] });
}

document.querySelector("button").addEventListener("click", () => {
  output.replaceChildren();
  document.body.removeAttribute("data-state");
  if (!worker) start();
  worker.postMessage({ code });
});

document.body.addEventListener("restart", () => {
  worker?.terminate();
  worker = null;
});
