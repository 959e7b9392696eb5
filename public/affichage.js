// Light or dark: the choice of the person wins over that of the system.
const kept = (() => { try { return localStorage.getItem("affichage"); } catch { return null; } })();
if (kept) document.documentElement.dataset.theme = kept;
addEventListener("DOMContentLoaded", () => {
  // Copies of a draft, where the page has some: how it begins without this script, it works too.
  const copy = document.querySelector("[data-copie]");
  if (copy) import(copy.dataset.copie).catch(() => undefined);
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
