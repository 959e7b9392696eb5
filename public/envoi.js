// Sending a document: progress, cancel, drag and drop. Without this script the form works by itself.
const form = document.getElementById("envoi");
const input = form.querySelector("input[type=file]");
const [sending, bar, said, cancel] = ["#avancement", "progress", "[data-dit]", "[data-annuler]"].map((one) => form.querySelector(one));
const limit = Number(form.dataset.limite);
let request = null;

document.getElementById("deposer").hidden = false;
for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("drop-over");
  });
}
for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("drop-over"));
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (request) return;
  if (event.dataTransfer.files.length > 1) return refuse("Un seul document à la fois\u00a0: faites glisser celui qui répond à cette question.");
  input.files = event.dataTransfer.files;
  send();
});
// A document dropped beside the form would replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!request) send();
});
cancel.addEventListener("click", () => request?.abort());

function send() {
  const [file] = input.files;
  if (!file) return;
  refuse("");
  const body = new FormData(form);
  request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
    if (!lengthComputable) return;
    bar.value = Math.round((loaded / total) * 100);
    say(loaded < total ? `Envoi de « ${file.name} »\u00a0: ${bar.value}\u00a0%` : "Vérification du document…");
  };
  request.onload = () => {
    const { status, responseURL, response } = request;
    over();
    if (status < 300) return location.assign(responseURL);
    const problem = response?.querySelector("#probleme-document") ?? response?.querySelector("main p");
    refuse(problem?.textContent.trim() || "Le document n'a pas été envoyé. Réessayez dans un instant.");
  };
  request.onerror = () => {
    over();
    refuse("Le réseau s'est interrompu\u00a0: le document n'est pas envoyé. Réessayez quand il est revenu.");
  };
  request.onabort = () => {
    over();
    say("");
    refuse("Envoi annulé\u00a0: rien n'a changé dans le dossier.");
  };
  if (limit && file.size > limit) {
    over();
    return refuse(`Ce document dépasse ${Math.round(limit / 1048576)}\u00a0Mo. Réduisez-le (par exemple en numérisant moins finement), ou partagez-le en plusieurs.`);
  }
  sending.hidden = false;
  bar.value = 0;
  say(`Envoi de « ${file.name} »`);
  request.open("POST", form.action);
  request.responseType = "document";
  request.send(body);
}

function over() {
  request = null;
  sending.hidden = true;
}

function say(text) {
  if (said.textContent !== text) said.textContent = text.replaceAll("« ", "«\u202f").replaceAll(" »", "\u202f»");
}

function refuse(text) {
  let line = document.getElementById("probleme-document");
  if (!text) return line?.remove();
  document.getElementById("fait")?.remove();
  if (!line) {
    line = Object.assign(document.createElement("p"), { id: "probleme-document", className: "error" });
    line.setAttribute("role", "alert");
    input.closest(".field-body").before(line);
  }
  line.textContent = text;
}
