// What sources say beside a step. Without this script it all works from the top of the page; with it,
// each card stands beside its question once the step is live, its buttons post by themselves (the
// answers are saved by themselves), and what a slow source says arrives without reloading.
const root = document.getElementById("wizard");
const alone = document.getElementById("choix-source");

function place() {
  const block = document.getElementById("sources");
  if (!block) return;
  for (const old of document.querySelectorAll(".field > .source-card, .field > .prov-also")) {
    if (!block.contains(old)) old.remove();
  }
  for (const card of block.querySelectorAll("[data-pour]")) {
    const field = document.getElementById(card.dataset.pour);
    if (field && !field.hidden) field.append(card);
  }
  for (const said of block.querySelectorAll("[data-aussi]")) {
    const field = document.getElementById(said.dataset.aussi);
    if (!field) continue;
    const line = document.createElement("p");
    line.className = "prov prov-also";
    line.textContent = `Aussi : ${said.textContent}`;
    field.append(line);
  }
  const left = block.querySelector(".source-title");
  if (left) left.hidden = !block.querySelector(".source-card");
  for (const part of document.querySelectorAll(".source-block [form=etape], .source-card [form=etape]")) {
    part.setAttribute("form", alone.id);
  }
}

function live() {
  place();
  const waits = () => document.getElementById("sources")?.hasAttribute("data-attend");
  // A source ends in bounded time: a page that was left open does not ask for ever.
  let pause = 1500;
  const look = async () => {
    if (!waits() || pause > 30000) return;
    pause *= 2;
    const answer = await fetch(alone.dataset.encart).catch(() => undefined);
    if (answer?.ok && !answer.redirected) {
      const block = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sources");
      // Not while somebody writes in a card.
      if (block && !document.activeElement?.closest(".source-card")) {
        document.getElementById("sources").replaceWith(document.adoptNode(block));
        place();
      }
    }
    setTimeout(look, pause);
  };
  if (waits()) setTimeout(look, pause);
}

if (root && alone) {
  if (root.hasAttribute("data-live")) live();
  else {
    const watch = new MutationObserver(() => { watch.disconnect(); live(); });
    watch.observe(root, { attributes: true, attributeFilter: ["data-live"] });
  }
}
