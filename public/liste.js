// The work list with the keyboard: j and k go down and up, x ticks. Without this script the list works
// by its links and its boxes.
const rows = [...document.querySelectorAll(".worklist tbody tr")];

function current() {
  return rows.indexOf(document.activeElement?.closest(".worklist tbody tr"));
}

function go(to) {
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.querySelector("th a")?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
  const at = current();
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at < 0 ? 0 : at - 1);
  else if (event.key === "x" && at >= 0) rows[at].querySelector("input[type=checkbox]")?.click();
  else return;
  event.preventDefault();
});
