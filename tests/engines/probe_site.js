/*
 * What code in a worker can reach of the site at a URL, whichever way it tries: text for what it found, and the name of the
 * error where it was refused. Python evaluates this and calls the function.
 */
async (site) => {
  const found = {};
  const attempt = async (name, act) => {
    try {
      found[name] = String(await act());
    } catch (error) {
      found[name] = `refused: ${error?.name ?? error}`;
    }
  };
  const request = (open) =>
    new Promise((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
  const credentials = "include";
  await attempt("origin", () => self.origin);
  await attempt("fetch", async () => (await fetch(`${site}?fetch`, { credentials })).status);
  await attempt(
    "fetch without reading",
    async () => (await fetch(`${site}?no-cors`, { credentials, mode: "no-cors" })).type,
  );
  const silent = { credentials, mode: "no-cors" };
  await attempt("fetch of the prototype", async () => {
    const owner = [WorkerGlobalScope.prototype, DedicatedWorkerGlobalScope.prototype].find(
      (one) => one.fetch,
    );
    return (await owner.fetch.call(self, `${site}?prototype`, silent)).type;
  });
  await attempt(
    "fetch of a request",
    async () => (await fetch(new Request(`${site}?request`, silent), silent)).type,
  );
  await attempt("deleted fetch", async () => {
    const replaced = self.fetch;
    delete self.fetch;
    const { type } = await self.fetch(`${site}?deleted`, silent);
    self.fetch = replaced;
    return type;
  });
  await attempt("font", async () => (await new FontFace("font", `url(${site}?font)`).load()).family);
  await attempt("storage buckets", async () => navigator.storageBuckets.keys());
  await attempt("old files", () => self.webkitRequestFileSystemSync(0, 1).name);
  await attempt("XMLHttpRequest", () => {
    const request = new XMLHttpRequest();
    request.withCredentials = true;
    request.open("GET", `${site}?xhr`, false);
    request.send();
    return request.status || Promise.reject(new Error("no answer"));
  });
  await attempt("import", async () => Object.keys(await import(`${site}?import`)));
  await attempt("Cache Storage", async () => (await caches.keys()).join());
  await attempt("IndexedDB", async () => (await request(indexedDB.open("secret"))).objectStoreNames.length);
  await attempt("private files", async () => (await navigator.storage.getDirectory()).name);
  await attempt("locks", async () => (await navigator.locks.query()).held.map(({ name }) => name).join());
  await attempt("BroadcastChannel", () => new BroadcastChannel("site").postMessage("heard"));
  await attempt("service worker", async () => (await navigator.serviceWorker.getRegistrations()).length);
  await attempt("cookieStore", async () => (await cookieStore.getAll()).length);
  await attempt("localStorage", () => localStorage.length);
  await attempt("WebSocket", () => new WebSocket(site.replace("http", "ws")) && "made");
  await attempt("EventSource", () => new EventSource(`${site}?events`, { withCredentials: true }) && "made");
  await attempt(
    "credentials",
    () => "withCredentials" in XMLHttpRequest.prototype || Promise.reject(new Error()),
  );
  await attempt("sub-worker", () => new Worker(`${site}?worker`, { type: "module" }) && "made");
  return JSON.stringify(found);
};
