// Starts the browser programme after the page is readable: when the browser is idle, or at the first
// touch. Until then, and if this never runs, every form of the page works by itself.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];
const { js, wasm, form } = document.getElementById("demarrage").dataset;
let started = false;
async function load() {
  const programme = await import(js);
  await programme.default({ module_or_path: wasm });
  return programme;
}
async function read() {
  const answer = await fetch(form);
  if (!answer.ok) throw new Error(`${form}: ${answer.status}`);
  return answer.text();
}
async function start() {
  if (started) return;
  started = true;
  const [programme, questions] = await Promise.all([load(), read()]);
  programme.hydrate(questions);
  // Once the page says it is live. Where the browser refuses, all is as without a worker.
  requestAnimationFrame(() => whenIdle(() => keepOffline().catch(() => undefined)));
}
// For later, without network: hors-ligne.js keeps the dossier on this device. A shared computer keeps
// nothing, not even what an earlier visit left.
async function keepOffline() {
  const workers = navigator.serviceWorker;
  if (/(^|; )trame-partage=1(;|$)/.test(document.cookie)) {
    for (const registration of (await workers?.getRegistrations()) ?? []) await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    say("Ordinateur partagé\u00a0: rien n'est gardé sur cet appareil. Attendez «\u00a0Enregistré\u00a0» avant de partir.");
    return;
  }
  if (!workers) return;
  await workers.register("/hors-ligne.js", { updateViaCache: "none" });
  const { active } = await workers.ready;
  active.postMessage("vivante");
  const storage = navigator.storage;
  const lasting = !storage?.persist || (await storage.persisted()) || (await storage.persist());
  if (lasting || localStorage.getItem("fragile")) return;
  localStorage.setItem("fragile", "dit");
  say("S'il manque de place, ce navigateur peut effacer ce qui attend d'être envoyé. Avant une longue absence de réseau, enregistrez une copie depuis le récapitulatif.");
}
// Under the line of state, quietly.
function say(words) {
  const note = Object.assign(document.createElement("p"), { className: "frail", textContent: words });
  document.getElementById("etat")?.append(note);
}
// A session ended: signing in over the page. Where that does not come, the link opens another tab.
const signIn = async (wanted) => (await import(`/reconnexion.js${new URL(import.meta.url).search}`)).signIn(wanted);
addEventListener("deconnecte", () => signIn(false).catch(() => undefined));
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-reconnexion]");
  if (!link) return;
  event.preventDefault();
  signIn(true).catch(() => open(link.href, "_blank", "noopener"));
});
const offline = document.getElementById("hors-ligne");
const tell = (away) => { if (offline) offline.hidden = !away; };
addEventListener("offline", () => tell(true));
addEventListener("online", () => tell(false));
navigator.serviceWorker?.addEventListener("message", ({ data }) => tell(data));
for (const event of ["pointerdown", "focusin", "keydown"]) {
  addEventListener(event, start, { once: true, passive: true });
}
function whenIdle(work) {
  if (globalThis.requestIdleCallback) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}
whenIdle(start);
