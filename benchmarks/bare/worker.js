/**
 * The baseline: what a few lines by hand do with Pyodide in a module worker, and nothing more. Python is entered as
 * pyrun enters it, so that both can suspend it, and has no interrupt buffer to poll.
 */
self.onmessage = async ({ data: { pyodideUrl, code } }) => {
  const { loadPyodide } = await import(`${pyodideUrl}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: pyodideUrl });
  pyodide.setStdout({ batched: (text) => self.postMessage(text) });
  await pyodide.runPythonAsync(code);
};
