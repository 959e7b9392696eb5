// Starts the browser programme after the page is readable: when the browser is idle, or at the first
// touch. Until then, and if this never runs, every form of the page works by itself.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];
const { js, wasm } = document.getElementById("demarrage").dataset;
let started = false;
async function start() {
  if (started) return;
  started = true;
  const programme = await import(js);
  await programme.default({ module_or_path: wasm });
  programme.hydrate();
}
for (const event of ["pointerdown", "focusin", "keydown"]) {
  addEventListener(event, start, { once: true, passive: true });
}
if (globalThis.requestIdleCallback) requestIdleCallback(start, { timeout: 2000 });
else setTimeout(start, 200);
