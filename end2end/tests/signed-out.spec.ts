// A session ends while somebody writes: signing in happens over the step, and nothing is lost.
import { answer, live, openLive, saved, saveLine } from "../support/dossier.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

const AT = "identification.presentation";
const dialog = (page: Page) => page.getByRole("dialog");

test.beforeEach(async ({ page, context, trouble }) => {
  trouble.allow(/status of 40[13]|status of 422/);
  await signInAs(page, INES);
  await openLive(page, "identification");
  await context.clearCookies();
});

test("the queue goes out once signed in again, without leaving the page", async ({ page }) => {
  await page.evaluate(() => Object.assign(globalThis, { samePage: true }));
  await answer(page, AT).fill("Écrit sans être connectée.");
  await expect(dialog(page)).toContainText("Reconnectez-vous pour continuer");
  await expect(dialog(page).getByRole("button", { name: INES })).toBeVisible();
  await saved(page, () => dialog(page).getByRole("button", { name: INES }).click());
  await expect(dialog(page)).toHaveCount(0);
  await expect(answer(page, AT), "the focus is back").toBeFocused();
  await answer(page, AT).press("Control+End");
  await saved(page, () => answer(page, AT).pressSequentially(" Et la suite."));
  expect(await page.evaluate(() => "samePage" in globalThis), "not loaded again").toBe(true);
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("Écrit sans être connectée. Et la suite.");
});

test("escape leaves, typing goes on, the link opens it again", async ({ page }) => {
  await answer(page, AT).fill("Un début");
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(answer(page, AT)).toBeFocused();
  await answer(page, AT).pressSequentially(", une suite");
  await expect(saveLine(page)).toContainText(/Gardé sur cet appareil, \d\sréponses? à envoyer/);
  await expect(dialog(page), "asked once").toHaveCount(0);
  await page.getByRole("link", { name: "Reconnectez-vous" }).click();
  // Not the button just pressed, which bears her name too.
  await saved(page, () => dialog(page).getByRole("button", { name: /^Inès Barbier/ }).click());
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("Un début, une suite");
});

test("a wrong password is told in place", async ({ page }) => {
  await answer(page, AT).fill("Écrit avant une erreur.");
  await dialog(page).getByLabel("Courriel").fill("ines@exemple.fr");
  await dialog(page).getByLabel("Mot de passe").fill("ce n'est pas lui");
  await dialog(page).getByRole("button", { name: "Se connecter" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("ne vont pas ensemble");
  await expect(dialog(page).getByLabel("Mot de passe")).toBeFocused();
  await expect(dialog(page).getByLabel("Courriel")).toHaveValue("ines@exemple.fr");
});

test("nothing goes out under another name", async ({ page, elsewhere }) => {
  const step = page.url();
  await answer(page, AT).fill("Écrit par Inès, et par elle seule.");
  const asked = page.waitForResponse((response) => response.url().includes("/operations"));
  await dialog(page).getByRole("button", { name: KARIM }).click();
  await expect(dialog(page)).toContainText("Vous êtes maintenant Karim Laouari");
  await expect(dialog(page)).toContainText("écrit par Inès Barbier");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await answer(page, AT).press("Control+End");
  await answer(page, AT).pressSequentially(" Encore.");
  expect((await asked).status(), "refused by the server").toBeGreaterThan(400);
  await expect(saveLine(page)).toContainText("une autre personne est connectée");
  const other = await elsewhere();
  await signInAs(other, KARIM);
  await other.goto(step);
  await expect(answer(other, AT)).not.toHaveValue(/Écrit par Inès/);

  await page.getByRole("link", { name: "Reconnectez-vous" }).click();
  await dialog(page).getByRole("button", { name: "Reconnecter Inès Barbier" }).click();
  await saved(page, () => dialog(page).getByRole("button", { name: INES }).click());
  await page.reload();
  await live(page);
  await expect(answer(page, AT)).toHaveValue("Écrit par Inès, et par elle seule. Encore.");
});
