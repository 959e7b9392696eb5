// Reading a dossier with the keyboard, and marking without leaving the place. Without this script each
// mark is a post that comes back to where it was.
//   n, p   the next answer to look at, or note; the one before
//   v      seen, or not
const form = document.getElementById("vu");
const answers = document.getElementById("reponses");
const narrowed = form.elements.regard.value === "passage" || form.elements.regard.value === "non-vu";

/** What one walks through: every answer of a short reading; else notes and what changed. */
function stops() {
  const all = [...answers.querySelectorAll(narrowed ? ".vu:not(.step-seen .vu)" : ".thread, .fallen")];
  const places = all.map((one) => one.closest('[id^="rep-"]') ?? one);
  return [...new Set(places)];
}

let here;

function stand(place) {
  if (!place) return;
  here?.classList.remove("here");
  here = place;
  here.classList.add("here");
  here.scrollIntoView({ block: "center" });
  const held = here.querySelector(".vu") ?? here.querySelector("a, button");
  held?.focus({ preventScroll: true });
}

function step(by) {
  const list = stops();
  if (list.length === 0) return;
  const at = here ? list.indexOf(here) : -1;
  if (at >= 0) return stand(list[(at + by + list.length) % list.length]);
  // From where one looks.
  const below = list.findIndex((one) => one.getBoundingClientRect().top > 0);
  stand(list[below < 0 ? 0 : below]);
}

async function mark(button) {
  const body = new URLSearchParams(new FormData(form));
  const seen = button.getAttribute("aria-pressed") !== "true";
  body.set(button.name, button.value);
  button.disabled = true;
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  button.disabled = false;
  // What cannot be done here is done by the page itself, which says why.
  if (answer?.type !== "opaqueredirect") return false;
  button.setAttribute("aria-pressed", String(seen));
  button.name = seen ? "non-vu" : "vu";
  const step = button.closest("section");
  if (seen) button.parentElement.querySelector(":scope > .fallen")?.remove();
  const marks = [...step.querySelectorAll(".vu:not(.step-seen .vu)")];
  const count = step.querySelector("[data-vus]");
  if (count && !narrowed) {
    const marked = marks.filter((one) => one.getAttribute("aria-pressed") === "true").length;
    count.textContent = `${marked} sur ${marks.length} vus`;
    const whole = count.parentElement.querySelector(".vu");
    whole.setAttribute("aria-pressed", String(marked === marks.length));
    whole.name = marked === marks.length ? "etape-non-vue" : "etape";
  }
  // A button that was off for a moment lost the focus, unless one went on meanwhile.
  if (document.activeElement === document.body) button.focus();
  return true;
}

answers.addEventListener("click", async (event) => {
  const button = event.target.closest(".vu");
  // A whole step is marked by the page.
  if (!button || button.closest(".step-seen")) return;
  event.preventDefault();
  if (!(await mark(button))) form.requestSubmit(button);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "v") (here ?? event.target.closest?.('[id^="rep-"]'))?.querySelector(".vu")?.click();
  else return;
  event.preventDefault();
});

for (const keys of document.querySelectorAll("[data-touches]")) keys.hidden = false;
