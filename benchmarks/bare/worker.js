/**
 * The baseline: Pyodide in a module worker, in a few hand-written lines. It calls Python in the same way as pyrun, so
 * that both can suspend it. It has no interrupt buffer, so Python does not poll one.
 */
let ready;
/** The port of the last request. A SharedWorker has a port for each page. */
let port = self;

async function boot({ pyodideUrl, packages }) {
  const { loadPyodide } = await import(`${pyodideUrl}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: pyodideUrl,
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg" },
  });
  pyodide.setStdout({ batched: (text) => port.postMessage(["text", text]) });
  await pyodide.loadPackage(packages, { messageCallback: () => {} });
  return pyodide;
}

async function run(code) {
  const pyodide = await ready;
  const value = await pyodide.runPythonAsync(code);
  if (typeof value === "string") port.postMessage(["html", value]);
  else if (value !== undefined) {
    const buffer = value.getBuffer?.("u8");
    if (buffer) port.postMessage(["picture", buffer.data.slice()]);
  }
  port.postMessage(["end"]);
}

function handle({ data, target }) {
  port = target;
  if ("code" in data) run(data.code);
  else ready ??= boot(data);
}

self.onmessage = handle;
self.onconnect = ({ ports: [connected] }) => {
  connected.onmessage = handle;
};
