// Moving in a dossier the way people do.
import { expect, type Locator, type Page } from "@playwright/test";

/** The pages that come alive say so here, once the browser listens. */
const LIVE = "#wizard[data-live]";

/** Waits until the step is live. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator(LIVE), "the step came alive").toBeAttached({ timeout: 20_000 });
}

export async function isLive(page: Page): Promise<boolean> {
  return (await page.locator(LIVE).count()) > 0;
}

const stepPath = (id: string, section: string) => `/dossiers/${id}/etapes/${section}`;
export const recapPath = (id: string) => `/dossiers/${id}/recapitulatif`;

/** The id in the address of a page of a dossier. */
export function idOf(page: Page): string {
  const id = /\/dossiers\/([0-9A-Z]{26})/.exec(page.url())?.[1];
  if (!id) throw new Error(`${page.url()} is not a page of a dossier`);
  return id;
}

/** Opens the draft that waits on the home page, at a step; gives its id. */
export async function openDraft(page: Page, section?: string): Promise<string> {
  await page.goto("/dossiers");
  await page.getByRole("link", { name: "Continuer le dossier" }).first().click();
  await expect(page.locator("form#etape"), "a step to fill").toHaveCount(1);
  const id = idOf(page);
  if (section) await page.goto(stepPath(id, section));
  return id;
}

/** Opens a step that is live. */
export async function openLive(page: Page, section: string): Promise<string> {
  const id = await openDraft(page, section);
  await live(page);
  return id;
}

/** Opens the last deposit in the home table. */
export async function openReceipt(page: Page): Promise<void> {
  await page.goto("/dossiers");
  await page.getByRole("row").filter({ hasText: "Déposé" }).first().getByRole("link").click();
  await expect(page).toHaveURL(/\/depots\/\d+$/);
}

/** On the recap, what was taken over and nobody confirmed yet. */
export const toConfirm = (page: Page): Locator => page.locator("p.note").filter({ hasText: "pas encore confirmée" });
export const depositButton = (page: Page): Locator => page.getByRole("button", { name: "Déposer le dossier" });

/** Addresses of the steps, in order, as the stepper gives them. */
export async function steps(page: Page): Promise<string[]> {
  const links = await page
    .locator('nav[aria-label="Étapes du dossier"] a[href*="/etapes/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(links, "the stepper leads to the steps").not.toEqual([]);
  return [...new Set(links)];
}

/** The inputs of one answer: `demande.period_start`, or `field#row` in a table. */
export function answer(page: Page, at: string): Locator {
  return page.locator(`form#etape [name="${at}"]:not([type=hidden], button)`);
}

/** The whole question: label, input, provenance, problem, two values. */
export const question = (page: Page, at: string): Locator => page.locator(`[id="champ-${at}"]`);

/** What is said under a question when something is wrong with its answer. */
export const problemOf = (page: Page, at: string): Locator => page.locator(`[id="probleme-${at}"]`);

/** Some answer of the step that is typed as text; gives its place and its input. */
export async function someText(page: Page): Promise<{ at: string; input: Locator }> {
  const typed = "form#etape :is(input:not([type]), input[type=text], textarea):not([readonly], [disabled])";
  const input = page.locator(typed).filter({ visible: true }).first();
  const at = await input.getAttribute("name");
  if (!at) throw new Error("this step holds no text to type");
  return { at, input: answer(page, at) };
}

/** The line that says where what was typed is. */
export const saveLine = (page: Page): Locator => page.locator(".card.status [role=status]");

/** Does something, waits until the server has taken it and the line says so. */
export async function saved(page: Page, gesture: () => Promise<unknown>): Promise<void> {
  // Not the page's own "I am there", which is answered at any time; and from any tab: one sends for all.
  const operations = /\/api\/dossiers\/[0-9A-Z]{26}\/operations/;
  const taken = page.context().waitForEvent("response", (response) => operations.test(response.url()) && response.ok());
  await gesture();
  await taken;
  await expect(saveLine(page)).toContainText("Enregistré");
}

/** Copies a text as a spreadsheet does, and pastes it where the cursor is. */
export async function paste(page: Page, into: Locator, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await into.focus();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("Control+V");
}

/** Clicks the button, by what it posts: `_enregistrer` `continuer`. */
export const button = (page: Page, name: string, value: string): Locator =>
  page.locator(`form#etape button[name="${name}"][value="${value}"]:not([aria-hidden])`);

/** On to the next step, or to the recap. */
export async function goOn(page: Page): Promise<void> {
  const here = page.url();
  await button(page, "_enregistrer", "continuer").click();
  await expect(page, "the step after").not.toHaveURL(here);
}

/** Links of the recap to what stops the deposit. */
export const blocking = (page: Page): Locator =>
  page.locator("ul.problems li").filter({ hasNotText: "À relire" }).getByRole("link");

/** A receipt: its number in the series of the year and département, and the fingerprint. */
export async function expectReceipt(page: Page, series: string): Promise<void> {
  await expect(page).toHaveURL(/\/dossiers\/[0-9A-Z]{26}\/depots\/1$/);
  await expect(page).toHaveTitle(new RegExp(`^Récépissé ${series}-\\d{6} · Trame$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre dossier est déposé");
  await expect(page.getByRole("heading", { name: new RegExp(`^Récépissé ${series}-\\d{6}$`) })).toBeVisible();
  await expect(page.locator("section.receipt code")).toHaveText(/^[0-9a-f]{64}$/);
}
