/** Keeps the worker's URL out of stacks, where the URL contains the whole script. */

const MOST_CHARACTERS = 100_000;

/**
 * WebKit writes the whole URL into each line of a stack, and Pyodide searches the stack of every error that Python gets from
 * JavaScript with regular expressions, which takes for ever. There, errors have an empty stack. To be called before
 * Pyodide's scripts run: its own class of errors asks for long stacks.
 */
export function shortenStacks() {
  const { stack = "" } = new Error("to see what its stack looks like");
  if (stack.length < MOST_CHARACTERS) return;
  Object.assign(Error, { stackTraceLimit: 0 }); // errors get no `stack` of their own, and Pyodide needs a text
  Error.prototype.stack = "";
  self.Error = new Proxy(Error, {
    set: (target, name, value) => name === "stackTraceLimit" || Reflect.set(target, name, value),
  });
}
