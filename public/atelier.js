// In a space of the open lab: brings the form of a remark beside the question it is about, and sends it
// without leaving the page. Without this, the form at the end of the page does the same.
const form = document.getElementById("remarque");
const spot = document.getElementById("remarque-sur");
const words = document.getElementById("remarque-texte");
const state = document.getElementById("remarque-etat");
const button = form.querySelector("button[type=submit]");
let from; // where one was before

/** Writes under a question that a remark may be made there, once the page leaves its elements alone. */
function decorate() {
  for (const option of spot.querySelectorAll("optgroup option")) {
    const question = document.getElementById(`champ-${option.value}`) ?? document.getElementById(`rep-${option.value}`);
    if (!question || question.querySelector(":scope > .lab-here")) continue;
    const here = document.createElement("button");
    here.type = "button";
    here.className = "lab-here";
    here.dataset.sur = option.value;
    here.append("Remarque");
    const name = Object.assign(document.createElement("span"), { className: "sr-only", textContent: `\u00a0: ${option.textContent}` });
    here.append(name);
    question.append(here);
  }
}

/** The place of what is being typed in: a question, or a cell of a table. */
function placeOf(element) {
  const name = element?.closest?.("input, textarea, select")?.name;
  return name && !name.startsWith("_") && element.closest("#wizard") ? name : undefined;
}

/** Chooses a place, which may be a row that the list does not name. */
function choose(at, label) {
  const known = [...spot.options].find((option) => option.value === at);
  if (!known) {
    const column = [...spot.options].find((option) => option.value === at.split("#")[0]);
    if (!column) return;
    const option = new Option(label ? label : `${column.textContent} (cette ligne)`, at);
    column.after(option);
  }
  spot.value = at;
}

function open(at, label) {
  from = document.activeElement === document.body ? undefined : document.activeElement;
  if (at) choose(at, label);
  form.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  words.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const here = event.target.closest?.(".lab-here");
  if (here) {
    event.preventDefault();
    open(here.dataset.sur);
    from = here;
    return;
  }
  const link = event.target.closest?.('.lab-ribbon a[href="#remarques"]');
  if (!link) return;
  event.preventDefault();
  open(last?.at, last?.label);
  from = last?.element ?? link;
});
let last;
document.addEventListener("focusin", ({ target }) => {
  const at = placeOf(target);
  if (at) last = { at, element: target, label: target.getAttribute("aria-label") };
});

function tell(text, wrong) {
  state.hidden = !text;
  state.classList.toggle("error", wrong);
  state.classList.toggle("note", !wrong);
  state.textContent = text;
}

/** The remarks of this page, as the server shows them now. */
async function renew() {
  const answer = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.getElementById("remarques-liste");
  if (list) document.getElementById("remarques-liste").replaceWith(list);
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
    const told = await answer.json().catch(() => undefined);
    if (answer.ok && told) {
      form.elements.cle.value = told.cle;
      words.value = "";
      tell("Merci, c'est noté.", false);
      from?.focus?.();
      await renew().catch(() => undefined);
    } else {
      tell(told?.refus ?? "La remarque n'est pas partie. Elle reste ici\u00a0: réessayez dans un instant.", true);
    }
  } catch {
    tell("Pas de réseau\u00a0: votre remarque reste ici et partira dès qu'il revient. Gardez cette page ouverte.", true);
    addEventListener("online", send, { once: true });
  } finally {
    sending = false;
    button.disabled = false;
  }
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

// What the live step sends is refused because the space was reset or closed: it is said over the page.
new PerformanceObserver((seen) => {
  if (!seen.getEntries().some((entry) => entry.responseStatus === 410 && entry.name.includes("/api/"))) return;
  document.getElementById("atelier-fin").hidden = false;
}).observe({ type: "resource", buffered: true });

// A live step is decorated once it is live, and again when it puts other questions.
const wizard = document.getElementById("wizard");
if (wizard) {
  const when = () => {
    if (!wizard.hasAttribute("data-live")) return;
    decorate();
    watch.disconnect();
  };
  const watch = new MutationObserver(when);
  watch.observe(wizard, { attributes: true });
  when();
} else {
  decorate();
}
