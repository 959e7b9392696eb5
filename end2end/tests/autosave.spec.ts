// What is typed is kept, without a button.
import { answer, button, live, openLive, saved, saveLine } from "../support/dossier.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const AT = "identification.presentation";

test.beforeEach(async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
});

test("what is typed is there after a reload", async ({ page }) => {
  await saved(page, async () => {
    await answer(page, AT).fill("Écrit une fois, gardé.");
    await answer(page, AT).blur();
  });
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("Écrit une fois, gardé.");
});

test("what is typed is sent after a rest, without leaving the field", async ({ page }) => {
  await answer(page, AT).press("Control+End");
  await saved(page, () => answer(page, AT).pressSequentially(" Et encore."));
  await expect(answer(page, AT)).toBeFocused();
  await page.reload();
  await expect(answer(page, AT)).toHaveValue(/ Et encore\.$/);
});

test("what is typed just before leaving is there when coming back", async ({ page }) => {
  const step = page.url();
  await answer(page, AT).fill("Partie sans attendre.");
  await page.goto("/dossiers");
  // The last message of a page that goes away may reach the server after the next page was asked.
  await expect(async () => {
    await page.goto(step);
    await expect(answer(page, AT)).toHaveValue("Partie sans attendre.", { timeout: 1_500 });
  }).toPass({ timeout: 15_000 });
});

test("what is typed just before going on is there when coming back", async ({ page }) => {
  await answer(page, AT).fill(`Partie par le bouton. ${"Une phrase assez longue pour ne rien avoir à redire. ".repeat(6)}`);
  await button(page, "_enregistrer", "continuer").click();
  await expect(page).toHaveURL(/\/etapes\/gouvernance/);
  await page.goBack();
  await expect(answer(page, AT)).toHaveValue(/^Partie par le bouton/);
});

test("a colleague sees it", async ({ page, elsewhere }) => {
  await saved(page, () => answer(page, AT).fill("Vu d'un autre poste."));
  const other = await elsewhere();
  await signInAs(other, KARIM);
  await other.goto(page.url());
  await expect(answer(other, AT)).toHaveValue("Vu d'un autre poste.");
});

test("an answer cleared stays cleared", async ({ page }) => {
  await saved(page, () => answer(page, AT).fill(""));
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("");
});

test("the line and the counters follow", async ({ page }) => {
  const remains = page.locator(".steps-foot p");
  await expect(remains).toContainText("4 à écrire");
  await answer(page, "identification.email").fill("");
  await expect(remains).toContainText("5 à écrire");
  await expect(saveLine(page)).toContainText("Enregistré");
});

test("a text that looks like a page is only a text", async ({ page }) => {
  const hostile = `</textarea><script>document.title="pris"</script>"'>&amp;<b>`;
  await saved(page, () => answer(page, AT).fill(hostile));
  await page.reload();
  await expect(answer(page, AT)).toHaveValue(hostile);
  await live(page);
  await expect(answer(page, AT)).toHaveValue(hostile);
  await expect(page).not.toHaveTitle("pris");
});

test("what is typed after signing out elsewhere waits, and is sent once signed in again", async ({ page, context, trouble }) => {
  trouble.allow(/status of 401/);
  const cookies = await context.cookies();
  await context.clearCookies();
  await answer(page, AT).fill("Écrit sans être connectée.");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  await expect(page.getByRole("link", { name: "Reconnectez-vous" })).toBeVisible();
  await context.addCookies(cookies);
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: 20_000 });
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("Écrit sans être connectée.");
});

test("a sentence that appears when a question is left does not move what is being clicked", async ({ page }) => {
  await answer(page, AT).fill("Trop court.");
  await button(page, "_enregistrer", "continuer").click();
  await expect(page, "one click is enough").toHaveURL(/\/etapes\/gouvernance/);
});
