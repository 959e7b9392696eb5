// Signing in again without leaving the step. Fetched once a session has ended, never before. The forms
// are those of the sign-in page, whatever they are, and what it refuses is said here in its words.
const WHO = "/api/moi"; // where a sign-in leads: who it is
const FORMS = `/connexion?retour=${WHO}`;
const CALM = 1_000; // nobody is interrupted in a word
const { account } = JSON.parse(document.getElementById("ouverture").textContent);
const name = document.querySelector(".who")?.firstChild?.textContent.trim() ?? "vous";
const french = (text) => text.replaceAll(" :", "\u00a0:").replaceAll(" ?", "\u202f?");
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const pathOf = (answer) => new URL(answer.url).pathname;
let lastKey = Date.now();
addEventListener("keydown", () => { lastKey = Date.now(); }, { capture: true, passive: true });
let asking = false;
let returns = 0; // how often the person who writes came back

/** Opens the dialog; `wanted` when the person asked for it. */
export async function signIn(wanted) {
  if (asking) return;
  asking = true;
  try {
    while (!wanted && (document.hidden || Date.now() - lastKey < CALM)) await pause(200);
    await offer();
  } finally {
    asking = false;
  }
}

/** Shows the forms, unless somebody signed in meanwhile: elsewhere, or here while they were on their way. */
async function offer() {
  const before = returns;
  const answer = await fetch(FORMS);
  if (pathOf(answer) === WHO) return arrived(await answer.json());
  const page = await read(answer);
  if (returns === before) ask(page);
}

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

function opened() {
  const found = document.getElementById("reconnexion");
  if (found) return found;
  const dialog = document.createElement("dialog");
  dialog.id = "reconnexion";
  dialog.setAttribute("aria-labelledby", "reconnexion-titre");
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter).catch(() => say("Le réseau ne répond pas. Réessayez dans un instant."));
  });
  dialog.addEventListener("click", ({ target }) => {
    const what = target.closest("[data-fait]")?.dataset.fait;
    if (what === "ferme") dialog.close();
    if (what === "change") change().catch(() => say("Le réseau ne répond pas. Réessayez dans un instant."));
  });
  document.body.append(dialog);
  return dialog;
}

/** Fills the dialog: a title, a sentence, what can be done. */
function fill(title, text, ...parts) {
  const dialog = opened();
  const element = (tag, words, about = {}) => Object.assign(document.createElement(tag), { textContent: french(words), ...about });
  const heading = element("h2", title, { id: "reconnexion-titre", tabIndex: -1, autofocus: true });
  const alert = element("p", "", { className: "error", id: "reconnexion-refus" });
  alert.setAttribute("role", "alert");
  const foot = element("p", "", { className: "actions" });
  for (const [tag, words, about, fait] of [...parts.filter(Array.isArray), ["button", "Plus tard, continuer à écrire", { type: "button", className: "btn btn-quiet" }, "ferme"]]) {
    const made = element(tag, words, about);
    if (fait) made.dataset.fait = fait;
    foot.append(made);
  }
  dialog.replaceChildren(heading, element("p", text, { className: "soft" }), alert, ...parts.filter((part) => !Array.isArray(part)), foot);
  if (!dialog.open) {
    const from = document.activeElement;
    const caret = [from.selectionStart, from.selectionEnd];
    dialog.addEventListener("close", () => comeBack(from, caret), { once: true });
    dialog.showModal();
  }
  heading.focus();
}

/** Where one was writing. The browser gives the focus back, but after a click in the dialog no caret. */
function comeBack(from, [start, end]) {
  from.blur();
  from.focus();
  if (typeof start === "number") from.setSelectionRange(start, end);
}

function ask(page) {
  const sections = [...page.querySelectorAll("main section")].filter((section) => section.querySelector("form"));
  for (const section of sections) {
    section.querySelector("#refus")?.remove();
    // One's own name comes first.
    const mine = section.querySelector(`[name=compte][value="${account}"]`)?.closest("li");
    mine?.parentElement.prepend(mine);
  }
  fill(
    "Reconnectez-vous pour continuer",
    `Votre connexion s'est terminée. Rien de ce que vous avez écrit n'est perdu : tout partira dès votre retour, ${name}.`,
    ...sections,
    ["a", "Se connecter dans un autre onglet", { href: "/connexion", target: "_blank", rel: "noopener" }],
  );
}

/** Posts a form of the sign-in page. */
async function send(form, button) {
  say("");
  const data = new FormData(form, button);
  data.set("retour", WHO);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
  if (pathOf(answer) === WHO && answer.ok) return arrived(await answer.json());
  const page = await read(answer);
  const refused = page.querySelector("main [role=alert]") ?? page.querySelector("main .lead");
  say(refused?.textContent.trim() || "La connexion n'a pas pu se faire. Réessayez dans un instant.");
  const secret = form.querySelector("[type=password]");
  if (secret) secret.value = "";
  secret?.focus();
}

function say(words) {
  document.getElementById("reconnexion-refus").textContent = words;
}

/** Somebody is signed in: the person who wrote, or another one. */
async function arrived(who) {
  if (who.account === account) {
    returns += 1;
    document.getElementById("reconnexion")?.close();
    dispatchEvent(new Event("reconnecte"));
    return;
  }
  // Pages kept for when there is no network were those of the person before.
  (await navigator.serviceWorker?.getRegistration())?.active?.postMessage("oublier");
  fill(
    `Vous êtes maintenant ${who.name}`,
    `Ce qui attend sur cette page a été écrit par ${name}. Rien n'en part sous un autre nom : tout est gardé ici jusqu'au retour de ${name}.`,
    ["button", `Reconnecter ${name}`, { type: "button", className: "btn btn-main" }, "change"],
    ["a", "Aller à l'accueil", { href: "/", className: "btn" }],
  );
}

/** The other person leaves, so that the first one may come back. */
async function change() {
  await fetch("/deconnexion", { method: "POST" });
  await offer();
}
