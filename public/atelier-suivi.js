// The pages of who leads a session: what changes is fetched again every few seconds while the page is
// in sight, and the timer counts by itself. Without this, the page is loaded again by hand.
const part = () => document.getElementById("suivi");
const seconds = Number(part()?.dataset.suivi ?? 0);
let before = part()?.innerHTML;
async function follow() {
  if (document.hidden) return;
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("suivi");
  if (!next || next.innerHTML === before) return;
  before = next.innerHTML;
  part().replaceWith(next);
}
if (seconds > 0) setInterval(follow, seconds * 1_000);
function count() {
  const timer = document.getElementById("minuteur");
  if (!timer) return;
  const left = Math.round((Number(timer.dataset.fin) - Date.now()) / 1_000);
  timer.textContent = left <= 0 ? "Temps écoulé" : `${Math.floor(left / 60)}\u00a0min ${String(left % 60).padStart(2, "0")}\u00a0s`;
}
setInterval(count, 1_000);
