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
