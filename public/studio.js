// A question in the studio: shows only what its kind of answer needs, and the conditions once there are
// any. Without this file everything is there, and what does not matter is not read.

const form = document.getElementById("question");
const kind = form?.elements.namedItem("nature");

/** Shows each part for the kinds it names; one with an error stays in sight. */
function fit() {
  for (const part of form.querySelectorAll("[data-pour]")) {
    part.hidden = !part.dataset.pour.split(" ").includes(kind.value) && !part.querySelector(".error");
  }
  const always = ["toujours", "garder"].includes(form.elements.namedItem("posee").value);
  for (const line of form.querySelectorAll(".studio-condition")) line.hidden = always;
}

if (kind) {
  form.addEventListener("change", fit);
  fit();
}
