// Copies of a draft: saved with what this device has not sent yet, and opened on a step, where the
// programme merges them (app/src/browser/sync/file.rs), also without network. Without this script the
// link and the form work by themselves.
const LONGEST = 4 * 1024 * 1024; // as app/dossier/src/draft_file.rs
const KIND = "trame-brouillon-1";
const TOO_LONG = "Ce fichier est trop lourd pour être une copie de brouillon. Rien n'a changé dans le dossier.";
const NO_DRAFT = "Ce fichier n'est pas une copie de brouillon, ou il est abîmé. Rien n'a changé dans le dossier.";
const OTHER = "Cette copie est celle d'un autre dossier. Rien n'a changé dans celui-ci\u00a0: ouvrez-la depuis le sien.";
const shared = /(^|; )trame-partage=1(;|$)/.test(document.cookie);

for (const link of document.querySelectorAll("[data-copie]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    save(link).catch(() => location.assign(link.href));
  });
}
document.querySelector("#copie form")?.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  // Too large for this browser to hand over: the server reads it.
  open(form).catch(() => form.submit());
});

async function save(link) {
  const { dossier, compte } = link.closest("[data-dossier]").dataset;
  const answer = await fetch(link.href, { cache: "no-store" });
  const file = await answer.json();
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "brouillon.json";
  file.unsent = shared ? [] : await waiting(compte, dossier);
  const url = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What waits on this device, oldest first, as app/src/browser/device.rs keeps it. */
async function waiting(account, dossier) {
  const done = (request) => new Promise((good, bad) => Object.assign(request, { onsuccess: () => good(request.result), onerror: bad }));
  const opening = indexedDB.open("trame", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("operations");
  const database = await done(opening);
  const [from, to] = [`${account}/${dossier}/`, `${account}/${dossier}/\uffff`];
  const lines = await done(database.transaction("operations").objectStore("operations").getAll(IDBKeyRange.bound(from, to)));
  database.close();
  return lines.map((line) => JSON.parse(line)).map(({ parked, ...operation }) => operation);
}

async function open(form) {
  const { dossier } = form.closest("[data-dossier]").dataset;
  const [file] = form.elements.fichier.files;
  const text = file.size > LONGEST ? "" : await file.text();
  const refused = file.size > LONGEST ? TOO_LONG : problem(text, dossier);
  const alert = form.querySelector("[role=alert]");
  alert.hidden = !refused;
  alert.textContent = refused;
  if (refused) return form.elements.fichier.focus();
  sessionStorage.setItem(`copie:${dossier}`, text);
  location.assign(`/dossiers/${dossier}`);
}

function problem(text, dossier) {
  try {
    const file = JSON.parse(text);
    if (file.kind !== KIND) return NO_DRAFT;
    return file.dossier === dossier ? "" : OTHER;
  } catch {
    return NO_DRAFT;
  }
}
