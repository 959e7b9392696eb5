// What colleagues do in the dossier that is open shows without loading it again. A stream says that the
// journal is longer, and who is there; the page then reads itself again and takes over what changed.
// Forms that somebody works in, what is focused and what is in sight stay where they are. Without this
// script the page is as it was when it was opened.
const root = document.getElementById("instruction");
const box = document.getElementById("nouvelles");
const PARTS = ["instruction", "vu"];
const SHOWN = 30_000; // how long it is said what others just did
const HIDDEN = 3_000; // a tab that was only passed by keeps its stream
const GONE = 4_000; // between two pages of one person
const MOST = 3; // sentences in sight

let rang = Number(root.dataset.rang);
let stream;
let wait = 30_000;

// --- Taking over what changed ---------------------------------------------------------------------

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const types = (element) => element?.matches?.("input, textarea, select") && element.type !== "hidden";
const inputs = "input:not([type=hidden]), textarea, select";

function isChanged(input) {
  if (input.type === "radio" || input.type === "checkbox") return input.checked !== input.defaultChecked;
  if (input.options) return !([...input.options].find((one) => one.defaultSelected) ?? input.options[0])?.selected;
  return input.value !== input.defaultValue;
}

/** Whether somebody works in it: what is typed there, or kept for them, is not touched. */
function isBusy(node) {
  if (!isElement(node)) return false;
  if (node.matches("[data-fixe]") || node.querySelector("[data-fixe]")) return true;
  if (node.contains(document.activeElement) && types(document.activeElement)) return true;
  return [...node.querySelectorAll(inputs)].some(isChanged) || (types(node) && isChanged(node));
}

/** What a node is called among its siblings; nothing for one of many. */
function called(node) {
  if (!isElement(node)) return "";
  if (node.id) return `#${node.id}`;
  if (node.matches("[data-fixe]")) return `fixed ${node.className}`;
  if (node.localName === "form") return `form ${node.getAttribute("action")} ${node.elements.acte?.value ?? ""}`;
  if (node.localName === "button") return `button ${node.name} ${node.value}`;
  return node.localName === "a" ? `a ${node.getAttribute("href")}` : "";
}

/** What sort of node it is, for those that are called nothing. */
const sort = (node) => (isElement(node) ? `${node.localName} ${node.className.replace?.(/\b(here|arrived)\b/g, "").trim()}` : node.nodeType);
const isSame = (old, next) => (called(old) || called(next) ? called(old) === called(next) : sort(old) === sort(next));

const isAdded = (node) => isElement(node) && node.matches(".quote-here, [data-brouillon] > [role=status]");

/** The same form twice would be two of each input: the one that is worked in is enough. */
function isThereAlready(node) {
  if (!isElement(node)) return false;
  const forms = [node, ...node.querySelectorAll("form")].filter((one) => one.localName === "form");
  return forms.some((form) => [form, ...form.querySelectorAll("[id]")].some((one) => {
    const known = one.id && document.getElementById(one.id)?.closest("form");
    return known && isBusy(known);
  }));
}

function put(parent, node, before) {
  if (isThereAlready(node)) return;
  const copy = document.importNode(node, true);
  if (isElement(copy) && copy.matches(".thread")) copy.classList.add("arrived");
  parent.insertBefore(copy, before);
}

function remove(node) {
  if (!isBusy(node)) node.remove();
}

/** Attributes as the server says them, but for what this browser does with them. */
function dress(old, next) {
  const here = old.classList.contains("here");
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open" && name !== "tabindex") old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (here) old.classList.add("here");
}

function take(old, next) {
  if (old.isEqualNode(next)) return;
  if (!isElement(old)) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  if (old.matches("[data-fixe], [data-touches]")) return;
  if (old.localName === "form" && isBusy(old)) return;
  // What one types on another device comes whole: its words, and which text they are.
  if (old.localName === "form" && next.matches("[data-fixe]")) return old.replaceWith(document.importNode(next, true));
  dress(old, next);
  if (old.localName !== "textarea") children(old, next);
}

function children(old, next) {
  const wanted = [...next.childNodes];
  const skip = (node) => {
    while (node && isAdded(node)) node = node.nextSibling;
    return node;
  };
  let at = skip(old.firstChild);
  const drop = () => {
    const gone = at;
    at = skip(at.nextSibling);
    remove(gone);
  };
  wanted.forEach((one, place) => {
    const before = [];
    let found = at;
    while (found && !isSame(found, one)) {
      if (isElement(found)) before.push(found);
      found = skip(found.nextSibling);
    }
    // What stands before it and is wanted later stays: this one is put. Where somebody works it is kept.
    const later = () => wanted.slice(place + 1).some((other) => before.some((one) => isSame(one, other)));
    if (!found || (before.length > 0 && !isBusy(found) && later())) return put(old, one, at);
    while (at !== found) drop();
    at = skip(at.nextSibling);
    take(found, one);
  });
  while (at) drop();
}

// --- Nothing moves under the eyes -----------------------------------------------------------------

const inSight = (element) => {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
};

/** What keeps its place: in each column the first thing in sight, and what is being typed in. */
function marks() {
  const first = (column) => [...(column?.querySelectorAll("[id], h2, h3") ?? [])].find((one) => inSight(one) && one.getBoundingClientRect().top >= 0);
  const typed = types(document.activeElement) && root.contains(document.activeElement) ? document.activeElement : undefined;
  const all = [first(root.querySelector(".reading > .stack")), first(root.querySelector(".reading-side")), typed];
  return all.filter((one) => one && inSight(one)).map((element) => ({ element, top: element.getBoundingClientRect().top }));
}

function settle({ element, top }) {
  if (!element.isConnected) return;
  const moved = () => element.getBoundingClientRect().top - top;
  const column = element.closest(".reading-side");
  if (column && column.scrollHeight > column.clientHeight) column.scrollTop += moved();
  else if (moved() !== 0) scrollBy({ top: moved(), behavior: "instant" });
}

function bring(page) {
  const places = marks();
  const focused = document.activeElement;
  const above = [];
  for (let one = focused; one && one !== document.body; one = one.parentElement) above.push(one);
  for (const id of PARTS) {
    const [old, next] = [document.getElementById(id), page.getElementById(id)];
    if (old && next) take(old, next);
  }
  // A button that is gone leaves the focus where it stood.
  if (focused !== document.body && !focused.isConnected) {
    const near = above.find((one) => one.isConnected && one.id);
    near?.setAttribute("tabindex", "-1");
    near?.focus({ preventScroll: true });
  }
  places.forEach(settle);
}

// --- Saying it ------------------------------------------------------------------------------------

let quiet;
const hide = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Masquer" });
hide.addEventListener("click", () => box.replaceChildren());

function say(lines) {
  if (lines.length === 0) return;
  box.append(...lines, hide);
  for (const line of [...box.querySelectorAll("p")].slice(0, -MOST)) line.remove();
  clearTimeout(quiet);
  quiet = setTimeout(hush, SHOWN);
}

function hush() {
  if (box.matches(":hover, :focus-within")) quiet = setTimeout(hush, SHOWN);
  else box.replaceChildren();
}

let met = "";
let gone;
/** Whoever goes from a page to the next is not gone: it takes a while to be. */
function meet(said) {
  clearTimeout(gone);
  if (said.noms.length < met.length) gone = setTimeout(show, GONE, said);
  else show(said);
}

function show({ presents, noms }) {
  met = noms;
  const line = document.getElementById("presents");
  const aloud = document.getElementById("presents-dit");
  const places = marks();
  line.querySelector("span").textContent = presents;
  line.hidden = presents === "";
  places.forEach(settle);
  // Read out when somebody comes, not at each of their steps.
  const words = noms && `Aussi dans ce dossier en ce moment\u00a0: ${noms}.`;
  if (aloud.textContent !== words) aloud.textContent = words;
}

// --- Listening ------------------------------------------------------------------------------------

function address() {
  const page = new URL(root.dataset.page, location.href);
  // A page that answers a post is not at its own address.
  if (location.pathname === page.pathname) page.search = location.search;
  page.searchParams.set("depuis", rang);
  page.hash = "";
  return page;
}

let reading = false;
let wanted = 0;
async function read() {
  if (reading) return;
  reading = true;
  try {
    while (wanted > rang) {
      const answer = await fetch(address(), { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("instruction");
      if (!next) return;
      bring(page);
      say([...(page.getElementById("nouvelles")?.children ?? [])].map((line) => document.importNode(line, true)));
      rang = Math.max(Number(next.dataset.rang), wanted);
    }
  } catch {
    // No network: the stream opens again once there is, and says it again.
  } finally {
    reading = false;
  }
}

function told({ data }) {
  const said = JSON.parse(data);
  wait = 30_000;
  meet(said);
  wanted = Math.max(wanted, said.rang);
  read();
}

function over() {
  close();
  stream = null;
  clearTimeout(gone);
  show({ presents: "", noms: "" });
  const line = document.createElement("p");
  line.append("Cette page ne se met plus à jour toute seule. ");
  line.append(Object.assign(document.createElement("a"), { href: address().pathname, textContent: "L'ouvrir de nouveau" }), ".");
  box.replaceChildren(line);
}

function open() {
  if (stream || stream === null || document.hidden) return;
  const from = new URL(root.dataset.nouvelles, location.href);
  from.searchParams.set("depuis", rang);
  stream = new EventSource(from);
  stream.addEventListener("nouvelles", told);
  stream.addEventListener("fin", over);
  stream.addEventListener("error", () => {
    // The browser tries again by itself, unless it was refused.
    if (stream?.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(open, wait);
    wait = Math.min(wait * 2, 300_000);
  });
}

function close() {
  stream?.close();
  if (stream) stream = undefined;
}

// A browser has few connections: a tab that nobody sees gives its own back, and catches up when it is
// seen again.
let leaving;
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);
  if (document.hidden) leaving = setTimeout(close, HIDDEN);
  else open();
});
addEventListener("pagehide", close);
addEventListener("pageshow", open);
open();
