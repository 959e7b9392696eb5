// What an agent types is kept as it is typed: on this device at once, on the server after a pause, for
// nobody but them. The structure's outbox is not loaded for this (docs/adr/0032). Without this file what
// is typed is sent by its button, and what the server kept is there all the same.
const root = document.getElementById("instruction");
const { brouillons: mine, garder: here } = root.dataset;
const PREFIX = `brouillon:${mine}:`;
const REST = 800; // a pause in typing
const WORDS = ["texte", "message", "valeur", "passage"];
const pen = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bare = (text) => text.replace(/\s+/g, " ").trim();
const french = (text) => text.replaceAll(" :", "\u00a0:").replaceAll(" ;", "\u202f;");

const LINES = {
  device: "Gardé sur cet appareil.",
  again: "Gardé sur cet appareil, pas encore enregistré : le service ne répond pas.",
  401: "Gardé sur cet appareil. Reconnectez-vous dans un autre onglet : il sera enregistré à votre retour.",
  403: "Gardé sur cet appareil : une autre personne est connectée.",
  400: "Gardé sur cet appareil seulement : ce texte est trop long pour être enregistré.",
  404: "Gardé sur cet appareil seulement : ce dossier n'est plus le vôtre.",
  507: "Gardé sur cet appareil seulement : vous avez beaucoup de brouillons. Envoyez-en ou effacez-en.",
};

// --- On the device --------------------------------------------------------------------------------

function store() {
  try { return window.localStorage; } catch { return undefined; }
}

const keyOf = (where, place) => `${PREFIX}${where} ${place}`;
const keys = () => Object.keys(store() ?? {}).filter((key) => key.startsWith(PREFIX));
const formOf = (place) => [...document.querySelectorAll("form[data-brouillon]")].find((form) => form.dataset.brouillon === place);

function entry(key) {
  try { return JSON.parse(store()?.getItem(key) ?? "null"); } catch { return null; }
}

/** Keeps it on the device; says whether there was room. */
function put(key, what) {
  try {
    store().setItem(key, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

// --- Forms ----------------------------------------------------------------------------------------

const inputs = (form) => [...form.elements].filter((one) => one.name && (one.type !== "hidden" || one.name === "rang") && !["submit", "button"].includes(one.type));
const isTicked = (one) => one.type === "radio" || one.type === "checkbox";

/** What stands in a form; nothing when the person left no word and changed no figure. */
function read(form) {
  const all = inputs(form).filter((one) => (isTicked(one) ? one.checked : one.value !== ""));
  const isOwn = (one) => (WORDS.includes(one.name) ? one.value.trim() !== "" : "sans" in one.dataset && one.value !== one.dataset.sans);
  return all.some(isOwn) ? all.map((one) => [one.name, one.value]) : [];
}

/** Lays a text into a form. */
function lay(form, fields) {
  for (const one of inputs(form)) {
    const values = fields.filter(([name]) => name === one.name).map(([, value]) => value);
    if (isTicked(one)) one.checked = values.includes(one.value);
    else if (values.length > 0) one.value = values[0];
    else if (WORDS.includes(one.name)) one.value = "";
  }
  form.closest("details")?.setAttribute("open", "");
}

function say(form, words) {
  if (!form) return;
  let line = form.querySelector("[role=status]");
  if (!line) {
    line = document.createElement("p");
    line.className = "soft";
    line.setAttribute("role", "status");
    form.append(line);
  }
  const said = french(words);
  if (line.textContent !== said) line.textContent = said;
}

/** A field of the form that nobody sees. */
function hidden(form, name, value) {
  let input = form.querySelector(`input[type=hidden][name=${name}]`);
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(input);
  }
  input.value = value;
}

// --- On the way -----------------------------------------------------------------------------------

const known = new Map(); // by key: which text a form is, and the version that this page saw
const timers = new Map();
const going = new Set();
const posting = new Set();
let wait = 5_000;

function which(key, form) {
  if (!known.has(key)) known.set(key, { copie: form.querySelector("input[name=brouillon]")?.value ?? "", vu: Number(form.dataset.version ?? 0) });
  return known.get(key);
}

function later(key, after) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(send, after, key));
}

async function send(key, leaving = false) {
  clearTimeout(timers.get(key));
  if (posting.has(key) || (going.has(key) && !leaving)) return;
  const sent = store()?.getItem(key);
  const what = entry(key);
  if (!what) return;
  const form = what.where === here ? formOf(what.place) : undefined;
  const body = JSON.stringify({ compte: mine, place: what.place, champs: what.champs, copie: what.copie, vu: what.vu, plume: pen });
  going.add(key);
  try {
    const answer = await fetch(what.where, { method: "POST", body, headers: { "content-type": "application/json" }, keepalive: leaving });
    if (!answer.ok) return refused(key, form, answer.status);
    const { copie, version, heure, autre } = await answer.json();
    wait = 5_000;
    known.set(key, { copie, vu: version });
    if (form) hidden(form, "brouillon", copie);
    // Nobody typed meanwhile: the server has it, and the device need not.
    if (store()?.getItem(key) === sent) {
      store().removeItem(key);
      const other = autre ? " Un autre texte, écrit ailleurs, est gardé ici aussi : vous le trouverez dans « Vos brouillons »." : "";
      say(form, what.champs.length === 0 ? "Brouillon effacé." : `Brouillon enregistré à ${heure}.${other}`);
      if (!form && what.where === here && what.champs.length > 0) arrived();
      return;
    }
    const next = entry(key);
    if (next) put(key, { ...next, copie, vu: version });
    later(key, 0);
  } catch {
    refused(key, form, "again");
  } finally {
    going.delete(key);
  }
}

function refused(key, form, status) {
  const words = LINES[status] ?? LINES.again;
  say(form, words);
  if ([400, 404, 507].includes(status)) return;
  later(key, wait);
  wait = Math.min(wait * 2, 60_000);
}

/** A text that this device held, of a form that is not open. */
function arrived() {
  if (document.getElementById("brouillon-arrive")) return;
  const line = Object.assign(document.createElement("p"), { id: "brouillon-arrive", className: "note" });
  line.setAttribute("role", "status");
  const link = Object.assign(document.createElement("a"), { href: `${location.pathname}?regard=#brouillons`, textContent: "Voir vos brouillons" });
  line.append("Un brouillon que cet appareil gardait vient d'être enregistré. ", link, ".");
  root.querySelector("header").after(line);
}

const all = (leaving) => keys().forEach((key) => send(key, leaving));

// --- What happens ---------------------------------------------------------------------------------

function typed(form) {
  const key = keyOf(here, form.dataset.brouillon);
  const { copie, vu } = which(key, form);
  const champs = read(form);
  // An empty form that was never kept has nothing to say.
  if (champs.length === 0 && copie === "" && !going.has(key)) {
    store()?.removeItem(key);
    return say(form, "");
  }
  const kept = put(key, { where: here, place: form.dataset.brouillon, champs, copie, vu });
  say(form, kept ? LINES.device : "Cet appareil n'a plus de place : envoyez ce texte, ou copiez-le ailleurs.");
  later(key, REST);
}

/** Texts that this device holds, which the server may not have. */
function resume() {
  for (const key of keys()) {
    const what = entry(key);
    if (!what) { store().removeItem(key); continue; }
    const form = what.where === here ? formOf(what.place) : undefined;
    const words = bare(what.champs.find(([name]) => WORDS.includes(name))?.[1] ?? "");
    // It was posted: the page has it among the notes, the acts and the signals set aside.
    const said = [...document.querySelectorAll(".thread .words, .timeline .words, .aside .words")].map((one) => bare(one.textContent));
    if (what.where === here && words !== "" && said.includes(words)) { store().removeItem(key); continue; }
    if (form) {
      lay(form, what.champs);
      known.set(key, { copie: what.copie, vu: what.vu });
      say(form, "Repris de cet appareil.");
    }
    send(key);
  }
}

if (mine && store()) {
  resume();
  // Forms come and go with what colleagues do (`nouvelles.js`).
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-brouillon]");
    if (form) typed(form);
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    const form = target.closest?.("form[data-brouillon]");
    if (!form) return;
    const key = keyOf(here, form.dataset.brouillon);
    posting.add(key);
    clearTimeout(timers.get(key));
    hidden(form, "plume", pen);
    // Put away by its button: the device lets it go too.
    if (submitter?.value === "effacer") store().removeItem(key);
  });
  addEventListener("online", () => all(false));
  addEventListener("focus", () => all(false));
  addEventListener("pagehide", () => all(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) all(true); });
  // A page that comes back, or a post that did not arrive: what is typed goes on being kept.
  addEventListener("pageshow", () => posting.clear());
}
