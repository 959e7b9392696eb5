// Quoting a passage of an answer: selected words get a way to a note on them. Without this script one
// copies the words into the form of the note.
const form = document.getElementById("vu");
const spaced = (text) => text.replace(/\s+/g, " ");

const quote = document.createElement("a");
quote.className = "btn btn-s quote-here";
quote.textContent = "Annoter ce passage";

/** Where words are in a text, overlapping ones too: the server counts them so. */
function places(text, words) {
  const found = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** What is selected within one answer: the answer, its words, and which of several they are. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const holder = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-texte]");
  const answer = holder(range.startContainer);
  if (!answer || holder(range.endContainer) !== answer) return;
  const words = spaced(range.toString()).trim();
  if (words.length < 2 || words.length > 1000) return;
  const before = document.createRange();
  before.selectNodeContents(answer);
  before.setEnd(range.startContainer, range.startOffset);
  const start = spaced(before.toString()).length;
  const all = places(spaced(answer.textContent), words);
  const near = all.reduce((best, at) => (Math.abs(at - start) < Math.abs(best - start) ? at : best), all[0]);
  return { answer, words, rank: Math.max(0, all.indexOf(near)) };
}

function show() {
  const what = selected();
  // A button that one is about to press stays.
  if (!what) return document.activeElement === quote || quote.matches(":hover") || quote.remove();
  const at = what.answer.dataset.texte;
  const asks = new URLSearchParams({ regard: form.elements.regard.value, annoter: at, passage: what.words, rang: what.rank });
  quote.href = `${location.pathname}?${asks}#rep-${at}`;
  quote.dataset.words = what.words;
  quote.dataset.rank = what.rank;
  quote.dataset.at = at;
  if (quote.previousElementSibling !== what.answer) what.answer.after(quote);
}

// A note that is being written on this answer quotes the passage, and keeps what is typed.
quote.addEventListener("click", (event) => {
  const note = document.getElementById("annoter");
  if (note?.elements.reponse.value !== quote.dataset.at || !note.elements.passage) return;
  event.preventDefault();
  note.elements.passage.value = quote.dataset.words;
  note.elements.rang.value = quote.dataset.rank;
  quote.remove();
  note.elements.texte.focus();
});

// Words that are changed by hand are found by themselves.
document.addEventListener("input", (event) => {
  if (event.target.name === "passage" && event.target.form?.elements.rang) event.target.form.elements.rang.value = "";
});

document.addEventListener("selectionchange", show);

// What is typed stays in this tab until it is posted: a page that goes, a session that ends, a post that
// fails do not lose it. Another person in the same tab does not see it.
const PREFIX = "annotation:";
const typed = [...document.querySelectorAll("form[data-brouillon]")];
const mine = document.body.querySelector("[data-brouillons]")?.dataset.brouillons;
const bare = (text) => text.replace(/\s+/g, "");

function store() {
  try { return window.sessionStorage; } catch { return undefined; }
}

/** What of a form a person types or ticks. */
const inputs = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");

function keep(form) {
  const words = form.elements.texte.value;
  if (words.trim() === "") return forget(form);
  const values = inputs(form).map((one) => [one.name, one.value, one.checked === true]);
  try { store()?.setItem(form.dataset.brouillon, JSON.stringify(values)); } catch { return; }
  say(form, "Gardé dans cet onglet tant que ce n'est pas envoyé.");
}

function forget(form) {
  store()?.removeItem(form.dataset.brouillon);
  say(form, "");
}

function say(form, words) {
  let line = form.querySelector("[role=status]");
  if (!line) {
    line = document.createElement("p");
    line.className = "soft";
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.textContent = words;
}

/** Lays what was kept into a form that the server left empty. */
function lay(form) {
  const kept = JSON.parse(store()?.getItem(form.dataset.brouillon) ?? "null");
  if (!kept || form.elements.texte.defaultValue.trim() !== "") return;
  const words = kept.find(([name]) => name === "texte")?.[1] ?? "";
  // It arrived: the page has it among the notes.
  const notes = [...document.querySelectorAll(".thread .words, .aside .words")];
  if (notes.some((one) => bare(one.textContent) === bare(words))) return forget(form);
  const all = inputs(form);
  for (const [name, value, checked] of kept) {
    const choice = all.find((one) => one.name === name && (one.type === "radio" || one.type === "checkbox") && one.value === value);
    const line = all.find((one) => one.name === name && one.type !== "radio" && one.type !== "checkbox");
    if (choice) choice.checked = checked;
    else if (line && line.value === "") line.value = value;
  }
  form.closest("details")?.setAttribute("open", "");
  say(form, "Repris de cet onglet : rien n'était envoyé.");
}

if (mine && store()) {
  const keys = Object.keys(store()).filter((key) => key.startsWith(PREFIX));
  for (const key of keys.filter((key) => !key.startsWith(`${PREFIX}${mine}:`))) store().removeItem(key);
  typed.forEach(lay);
  // Forms come and go with what colleagues do (`nouvelles.js`).
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-brouillon]");
    if (form) keep(form);
  });
  document.addEventListener("click", ({ target }) => {
    const form = target.closest?.("a.btn-quiet")?.closest("form[data-brouillon]");
    if (form) forget(form);
  });
}
