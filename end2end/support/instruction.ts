// What an agent does with a dossier that was deposited.
import { expect, type Page } from "@playwright/test";

/** Opens Valbrune's request among what was received. */
export async function openReceived(page: Page): Promise<void> {
  await page.goto("/territoire");
  const row = page.getByRole("row").filter({ hasText: "Les Ateliers de Valbrune" }).filter({ hasText: "Demande annuelle 2027" });
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Les Ateliers de Valbrune");
}

/** Does what the panel offers under this name, once its form is filled. */
export async function act(page: Page, label: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
  const choice = page.locator("details.act").filter({ has: page.locator("summary", { hasText: label }) });
  const button = page.getByRole("button", { name: label, exact: true });
  // The page of the act before may still be there.
  await expect(choice.locator("summary").or(button).first()).toBeVisible();
  // What was typed there before is open already.
  if ((await choice.count()) > 0 && (await choice.getAttribute("open")) === null) await choice.locator("summary").click();
  await fill();
  // The page that says what came of it, not the one that goes away.
  const answered = page.waitForEvent("domcontentloaded");
  await button.click();
  await answered;
}

export async function annotate(page: Page, name: string, audience: string, text: string): Promise<void> {
  await page.getByRole("link", { name: `Annoter : ${name}`, exact: true }).click();
  const composer = page.locator("#annoter");
  await composer.getByRole("radio", { name: audience }).check();
  await composer.getByLabel("Votre texte").fill(text);
  await composer.getByRole("button", { name: "Écrire" }).click();
  await expect(page.locator(".thread:target")).toContainText(text);
}

/** The state of the dossier, as the page says it. */
export const tag = (page: Page) => page.locator("header .tag");
