// The network of a person, and what is kept on their device for the time without it.
import { expect, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { idOf, recapPath } from "./dossier.js";
import type { TrameServer } from "./server.js";

/** What the browser prints of a network, or of a server, that is not there or goes away in mid-request. */
export const NO_NETWORK =
  /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_FAILED|status of 503|response 503/;

/**
 * No network any more: the browser knows it, and the server does not answer, since Playwright lets
 * some requests of a service worker through.
 */
export async function away(context: BrowserContext, server: TrameServer): Promise<void> {
  await context.setOffline(true);
  await server.stop("SIGKILL");
}

export async function back(context: BrowserContext, server: TrameServer): Promise<void> {
  await server.start();
  await context.setOffline(false);
}

/** What says that the page is shown without network. */
export const offlineNotice = (page: Page): Locator => page.locator("#hors-ligne");

/** Addresses of the pages kept on this device, or of those that hold a text. */
export const keptPages = (page: Page, text = ""): Promise<string[]> =>
  page.evaluate(async (text) => {
    const found: string[] = [];
    if (!(await caches.has("pages"))) return found;
    const pages = await caches.open("pages");
    for (const request of await pages.keys()) {
      const kept = await pages.match(request);
      if ((await kept?.text())?.includes(text)) found.push(new URL(request.url).pathname);
    }
    return found;
  }, text);

/** Waits until the worker has the whole dossier of the step. */
export async function keptOffline(page: Page): Promise<void> {
  const id = idOf(page);
  const links = await page
    .locator(`a[href*="${id}"]`)
    .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  // Giving a step needs the network: that page is not kept.
  const kept = links.filter((path) => !path.endsWith("/partage"));
  const whole = ["/dossiers", `/dossiers/${id}`, recapPath(id), ...kept];
  await expect
    .poll(async () => (await keptPages(page)).filter((path) => whole.includes(path)).length, { timeout: 20_000 })
    .toBe(new Set(whole).size);
  // The files that the pages name, the programme and its form among them.
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open("fichiers")).keys()).filter(({ url }) => /\.wasm$|\/formulaires\//.test(url)).length))
    .toBeGreaterThan(1);
}
