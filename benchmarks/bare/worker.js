/**
 * The baseline: what a few lines by hand do with Pyodide in a module worker, and nothing more. Python is entered as
 * pyrun enters it, so that both can suspend it, and has no interrupt buffer to poll.
 */
let ready;

async function boot({ pyodideUrl, packages }) {
  const { loadPyodide } = await import(`${pyodideUrl}pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: pyodideUrl,
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg" },
  });
  pyodide.setStdout({ batched: (text) => self.postMessage(["text", text]) });
  await pyodide.loadPackage(packages, { messageCallback: () => {} });
  return pyodide;
}

async function run(code) {
  const pyodide = await ready;
  const value = await pyodide.runPythonAsync(code);
  if (typeof value === "string") self.postMessage(["html", value]);
  else if (value !== undefined) {
    const buffer = value.getBuffer?.("u8");
    if (buffer) self.postMessage(["picture", buffer.data.slice()]);
  }
  self.postMessage(["end"]);
}

self.onmessage = ({ data }) => {
  if ("code" in data) run(data.code);
  else ready = boot(data);
};
