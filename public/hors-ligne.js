// The service worker: the wizard without network (docs/adr/0008-offline.md). A page that came alive
// registers it, so it is on the way of no first visit. What is typed does not depend on it and waits
// in IndexedDB: here are only the pages of dossiers, and the files that they name.
const PAGES = "pages"; // made when a live page asks: none on a shared computer, none once signed out
const FILES = "fichiers";
const SINCE = "trame-depuis"; // header of a kept page: when it was asked for, by the clock of this device
const [HOME, SIGN_IN, SIGN_OUT, INVITATION] = ["/dossiers", "/connexion", "/deconnexion", "/invitation/"];
const DOSSIER = /^\/dossiers\/([0-9A-Z]{26})(?=\/|$)/;
const LAB = /^\/(a\/|atelier\/depart$)/; // coming into a space of the open lab, and leaving it
const POSTED = /^\/dossiers\/(?:.+\/)?(depots|retrait|ouvrir|etapes\/[^/]+)$/;
const NAMED = /(?:href|src|data-\w+)="(\/(?:pkg|formulaires)\/[^"]+|\/[\w-]+\.(?:js|svg)[^"]*)"/g;
const FOR_EVER = /^\/(pkg|formulaires)\//; // a fingerprint in the name or the query
const [REST, PATIENCE, LONG_REST, HOUR, SESSION] = [3_000, 4_000, 20_000, 3_600_000, 604_800_000];

let forgotten = 0; // what was asked for before is not kept any more
let gathering = 0; // the last one wins
let saving = 0; // here too
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const nothing = () => undefined; // no network, no room on the device: another time
const since = (kept) => Number(kept?.headers.get(SINCE) ?? 0);
const opened = async () => ((await caches.has(PAGES)) ? caches.open(PAGES) : undefined);
const lastSave = (id) => `/enregistre/${id}`; // kept among the pages: when something was saved

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
// A step is alive; or somebody else signed in over one.
addEventListener("message", (event) => {
  if (event.data === "oublier") return event.waitUntil(wipe().catch(nothing));
  const { pathname } = new URL(event.source.url);
  event.waitUntil(Promise.all([clients.claim(), gather(pathname)]).catch(nothing));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const id = DOSSIER.exec(pathname)?.[1];
  const reads = request.method === "GET";
  if (origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname.startsWith(SIGN_IN) || pathname === SIGN_OUT || (!reads && (pathname.startsWith(INVITATION) || LAB.test(pathname)))) event.respondWith(pass(request, pathname));
    else if (!reads && POSTED.test(pathname)) event.respondWith(act(event, pathname, id));
    else if (reads && (id || pathname === HOME || pathname === "/")) event.respondWith(visit(event, pathname, id));
    else if (reads) event.respondWith(fetch(request).catch(async () => absent(await opened(), pathname)));
  } else if (reads) {
    if (id && pathname.endsWith("/brouillon.json")) event.respondWith(visit(event, pathname, id));
    else if (FOR_EVER.test(pathname) || /^\/[\w-]+\.(js|svg)$/.test(pathname)) event.respondWith(file(event, pathname));
  } else if (pathname.endsWith("/operations") && !request.keepalive) {
    // The last words of a page that goes away are left alone: they are sent again, and seen, later.
    event.respondWith(save(event, pathname.split("/")[3]).catch(() => Response.error()));
  }
});

/** A page of a dossier: from the network, else, or when it hangs, as it was kept. */
async function visit(event, path, id) {
  const asked = Date.now();
  const pages = await opened();
  const coming = fetch(event.request);
  // With a query, the page shows more than it should next time.
  const keeps = pages && !new URL(event.request.url).search;
  if (keeps) event.waitUntil(coming.then((answer) => put(pages, path, answer.clone(), asked)).catch(nothing));
  const answer = coming.catch(nothing);
  const kept = await pages?.match(path === "/" ? HOME : path);
  // A session lasts a week: what it opened does not stay open longer.
  const usable = since(kept) > asked - SESSION;
  const come = await (usable ? Promise.race([answer, pause(PATIENCE)]) : answer);
  return come ?? (usable ? asKept(kept) : absent(pages, path, id));
}

/** A kept page, which says so: the server wrote the notice in it, hidden. */
async function asKept(kept) {
  if (kept.status !== 200) return kept; // where a page leads
  const day = new Date(since(kept)).toLocaleDateString("fr-FR", { day: "numeric", month: "long" });
  const hour = new Date(since(kept)).toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" });
  const when = `Cette page date du ${day} à ${hour.replace(":", "\u00a0h\u00a0")}.`;
  const html = (await kept.text())
    .replace(/(<div id="hors-ligne"[^>]*?) hidden(?:="[^"]*")?/, "$1")
    .replace('<span id="hors-ligne-date"></span>', `<span id="hors-ligne-date">${when}</span>`);
  return new Response(html, { headers: kept.headers });
}

/** Keeps an answer of the server: a page, or where it leads. */
async function put(pages, path, answer, asked) {
  if (answer.redirected && new URL(answer.url).pathname === SIGN_IN) return wipe();
  if (answer.status === 410) return wipe(); // what was given to this guest was taken back
  if (answer.status === 404) return pages.delete(path);
  if (!answer.ok) return undefined;
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding"); // the text is plain by now
  headers.delete("content-length");
  headers.set(SINCE, asked);
  if (answer.redirected) {
    headers.set("location", answer.url);
    return pages.put(path, new Response(null, { status: 302, headers }));
  }
  const html = await answer.text();
  if (asked <= forgotten) return undefined;
  await pages.put(path, new Response(html, { headers }));
  const files = await caches.open(FILES);
  for (const [, name] of html.matchAll(NAMED)) if (!(await files.match(name))) await files.add(name);
}

async function keep(pages, path) {
  const asked = Date.now();
  await put(pages, path, await fetch(path, { cache: "no-store", priority: "low" }), asked);
}

/** Keeps the whole dossier of a step, one page at a time: what is missing, older than an hour, or than the last save. */
async function gather(path) {
  const turn = ++gathering;
  const pages = await caches.open(PAGES);
  const [dossier, id] = DOSSIER.exec(path);
  const saved = since(await pages.match(lastSave(id)));
  const bring = async (path) => {
    const kept = since(await pages.match(path));
    if (turn === gathering && (kept <= saved || kept < Date.now() - HOUR)) await keep(pages, path);
  };
  await bring(path);
  const html = await (await pages.match(path)).text();
  const links = html.matchAll(new RegExp(`href="(${dossier}[^"?#]*)"`, "g"));
  for (const link of new Set([HOME, dossier, `${dossier}/brouillon.json`, ...[...links].map(([, link]) => link)])) await bring(link);
  if (turn === gathering) await sweep(pages);
}

/** Drops the files that no kept page names: those of an older version. */
async function sweep(pages) {
  const files = await caches.open(FILES);
  const texts = await Promise.all((await pages.matchAll()).map((page) => page.text()));
  for (const { url } of await files.keys()) {
    const name = url.slice(location.origin.length);
    if (!texts.some((text) => text.includes(`"${name}"`))) await files.delete(url);
  }
}

async function file(event, path) {
  const kept = await caches.match(event.request, { cacheName: FILES });
  if (!kept) return fetch(event.request);
  const renew = async () => (await caches.open(FILES)).add(event.request.url);
  if (!FOR_EVER.test(path)) event.waitUntil(renew().catch(nothing));
  return kept;
}

/** An autosave. The network is there; what is kept of the dossier is older now: the step again soon, the rest once all is calm. */
async function save(event, id) {
  const answer = await fetch(event.request);
  const renew = async () => {
    const turn = ++saving;
    const [pages, step] = await Promise.all([opened(), clients.get(event.clientId)]);
    step?.postMessage(false);
    await pages?.put(lastSave(id), new Response(null, { headers: { [SINCE]: Date.now() } }));
    const path = step && new URL(step.url).pathname;
    await pause(REST);
    if (!pages || !path || turn !== saving) return;
    await keep(pages, path);
    await pause(LONG_REST);
    if (turn === saving) await gather(path);
  };
  if (answer.ok) event.waitUntil(renew().catch(nothing));
  return answer;
}

/** Signing in or out: nothing of the person before stays. What waits to be sent is in IndexedDB, by account. */
async function pass(request, path) {
  const answer = await fetch(request).catch(nothing);
  if (answer || path === SIGN_OUT) await wipe();
  return answer ?? say(path === SIGN_OUT ? "deconnexion" : "connexion", path === SIGN_OUT ? HOME : path.startsWith(INVITATION) ? path : LAB.test(path) ? "/atelier" : SIGN_IN);
}

function forget() {
  forgotten = Date.now();
  gathering += 1;
  saving += 1;
}

async function wipe() {
  forget();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** A form posted by a page. */
async function act(event, path, id) {
  const what = Object.keys(SAYS).find((name) => path.endsWith(`/${name}`) && !path.includes("/etapes/"));
  // Asked before, so that what is said not to be done was not even sent.
  const probe = () => fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  const network = !what || (await probe().catch(nothing));
  const answer = network && (await fetch(event.request).catch(nothing));
  const pages = network && (await opened());
  if (pages) {
    // The dossier is in another state, or may be: none of its pages is true any more.
    forget();
    const about = ({ url }) => url.endsWith(HOME) || (id && url.includes(id));
    for (const page of (await pages.keys()).filter(about)) await pages.delete(page);
  }
  if (answer) return answer;
  if (what) return say(network ? "coupure" : what, id ? `${HOME}/${id}${what === "depots" ? "/recapitulatif" : ""}` : HOME);
  // A step sent before it was alive: no answer, so that the page stays with all that was typed.
  for (const client of await clients.matchAll()) if (client.url.includes(path)) client.postMessage(true);
  return new Response(null, { status: 204 });
}

async function absent(pages, path, id) {
  const dossier = id && (await pages?.match(`${HOME}/${id}`)) ? `${HOME}/${id}` : undefined;
  return say("page", dossier ?? ((await pages?.match(HOME)) ? HOME : path));
}

/** What happened, what to do, what the link says. */
const SAYS = {
  page: ["Vous êtes hors ligne", "Cette page n'est pas sur cet appareil : elle viendra avec le réseau. Ce que vous avez écrit est gardé.", "Reprendre"],
  connexion: ["Vous êtes hors ligne", "Vous pourrez vous connecter dès le retour du réseau.", "Réessayer"],
  deconnexion: ["Vous n'êtes pas déconnecté : vous êtes hors ligne", "Les pages gardées sur cet appareil sont effacées. Déconnectez-vous de nouveau dès le retour du réseau.", "Revenir aux dossiers"],
  depots: ["Le dossier n'est pas déposé : vous êtes hors ligne", "Vos réponses sont gardées. Dès le retour du réseau, revenez au récapitulatif et déposez.", "Revenir au récapitulatif"],
  retrait: ["Le dossier n'est pas retiré : vous êtes hors ligne", "Rien n'a changé. Recommencez dès le retour du réseau.", "Revenir au dossier"],
  ouvrir: ["Le dossier n'est pas ouvert : vous êtes hors ligne", "Rien n'a été créé. Recommencez dès le retour du réseau.", "Revenir aux dossiers"],
  coupure: ["Le réseau s'est interrompu", "Votre demande est peut-être arrivée : rouvrez le dossier dès le retour du réseau, il dira où il en est.", "Rouvrir le dossier"],
};

async function say(what, href) {
  const [title, text, link] = SAYS[what].map((words) => words.replaceAll(" :", "\u00a0:"));
  const names = (await (await caches.open(FILES)).keys()).map(({ url }) => url.slice(location.origin.length));
  const css = names.filter((name) => name.endsWith(".css")).map((name) => `<link rel="stylesheet" href="${name}">`);
  const html = `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Trame</title>${css.at(-1) ?? ""}</head><body><div class="selvedge" aria-hidden="true"></div><main id="contenu"><div class="wrap page narrow"><h1>${title}</h1><p class="lead">${text}</p><p><a class="btn btn-main" href="${href}">${link}</a></p></div></main></body></html>`;
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'; style-src 'self'" };
  return new Response(html, { status: 503, headers });
}
