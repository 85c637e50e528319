/**
 * The baseline's page: a button, and a box for the output of the worker. The first click starts the worker, and later
 * clicks run the code again in it. The event `restart` on the body ends the worker, and the next click starts a new one.
 * A SharedWorker outlives the page.
 */
const { code, packages, pyodide, worker: kind } = document.body.dataset;
const output = document.querySelector("pre");

/** @type {Worker | null} */
let worker = null;
/** Receives the messages to the worker. @type {Worker | MessagePort | null} */
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
