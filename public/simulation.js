// A simulation is saved as one goes on: each change of a line is a small post, one after the other, and
// what comes back replaces what it changes. Without this file each line has its button.

const page = document.querySelector(".allotting");
let waiting = Promise.resolve();
let unsaved = 0;

/** Puts what came back in its place, by id. */
function replace(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const part of [...parts]) {
    const there = part.id && document.getElementById(part.id);
    if (!there) continue;
    // Tables that are open stay open.
    const open = [...there.querySelectorAll("details")].map((one) => one.open);
    [...part.querySelectorAll("details")].forEach((one, i) => (one.open = open[i] ?? false));
    there.replaceWith(part);
  }
}

function tell(form, words) {
  const cell = document.getElementById(`calcul-${form.elements.dossier.value}`);
  cell?.querySelector(".told")?.remove();
  if (!words) return;
  const told = document.createElement("span");
  told.className = "told error";
  told.setAttribute("role", "alert");
  told.textContent = words;
  cell?.append(told);
}

async function save(form) {
  const row = form.closest("tr");
  row.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { "x-fragment": "oui" } });
    const html = await answer.text();
    const ours = [200, 409, 422].includes(answer.status) && !answer.redirected;
    if (!ours) throw new Error(String(answer.status));
    replace(html);
    for (const input of form.elements) {
      if (input.matches?.(".input-num")) input.setAttribute("aria-invalid", String(answer.status === 422));
    }
    form.dataset.unsaved = answer.status === 200 ? "" : "oui";
  } catch {
    form.dataset.unsaved = "oui";
    tell(form, "Pas enregistré : le service ne répond pas. Réessayez par le bouton.");
    row.querySelector(".keep").classList.add("again");
  } finally {
    row.removeAttribute("aria-busy");
    unsaved -= 1;
  }
}

function later(form) {
  unsaved += 1;
  waiting = waiting.then(() => save(form));
}

if (page) {
  page.classList.add("live");
  page.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.id.startsWith("f-") && form.elements.dossier) later(form);
  });
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.id.startsWith("f-") || !form.elements.dossier) return;
    event.preventDefault();
    later(form);
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved > 0 || page.querySelector('form[data-unsaved="oui"]')) event.preventDefault();
  });
}
