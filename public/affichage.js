// Light or dark: the choice of the person wins over that of the system.
const kept = (() => { try { return localStorage.getItem("affichage"); } catch { return null; } })();
if (kept) document.documentElement.dataset.theme = kept;
addEventListener("DOMContentLoaded", () => {
  // Copies of a draft, where the page has some: how it begins without this script, it works too.
  const copy = document.querySelector("[data-copie]");
  if (copy) import(copy.dataset.copie).catch(() => undefined);
  // Sending a document, likewise.
  const sending = document.querySelector("[data-envoi]");
  if (sending) import(sending.dataset.envoi).catch(() => undefined);
  // What a page shows to be taken away: <button data-copier="id of the input" data-fait="said once done">.
  for (const copy of navigator.clipboard ? document.querySelectorAll("[data-copier]") : []) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const source = document.getElementById(copy.dataset.copier);
      source.select();
      await navigator.clipboard.writeText(source.value).catch(() => document.execCommand("copy"));
      copy.setAttribute("aria-live", "polite");
      copy.textContent = copy.dataset.fait;
    });
  }
  const button = document.getElementById("affichage");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("affichage", root.dataset.theme); } catch { /* the choice lasts for this page */ }
  });
});
