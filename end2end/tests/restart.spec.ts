// The server goes away while somebody types: what is typed stays on the device, then is saved.
import { answer, live, openLive, saved, saveLine } from "../support/dossier.js";
import { NO_NETWORK } from "../support/offline.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const BACK_WITHIN = 45_000;
const LONG = "identification.presentation";
const SHORT = "identification.website";

test.setTimeout(120_000);

test.beforeEach(async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
});

test("what is typed while the server is away is saved when it is back", async ({ page, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  await saved(page, () => answer(page, LONG).fill("Avant la coupure."));

  await server.stop("SIGKILL");
  await answer(page, LONG).press("Control+End");
  await answer(page, LONG).pressSequentially(" Pendant la coupure.");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  await expect(saveLine(page)).toContainText("1 réponse à envoyer");
  // Typing goes on, here and elsewhere.
  await answer(page, LONG).pressSequentially(" Encore.");
  await answer(page, SHORT).fill("https://pendant.example");
  await expect(saveLine(page)).toContainText(/[23]\sréponses à envoyer/);

  await server.start();
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: BACK_WITHIN });
  await expect(page.locator(".two .note"), "nobody else wrote").toHaveCount(0);
  await page.reload();
  await expect(answer(page, LONG)).toHaveValue("Avant la coupure. Pendant la coupure. Encore.");
  await expect(answer(page, SHORT)).toHaveValue("https://pendant.example");
});

test("what was kept on the device survives a closed tab", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  const step = page.url();
  await server.stop("SIGKILL");
  await answer(page, LONG).fill("Onglet fermé pendant la coupure.");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  await page.close();

  await server.start();
  const again = await context.newPage();
  await again.goto(step);
  await live(again);
  await expect(answer(again, LONG)).toHaveValue("Onglet fermé pendant la coupure.");
  await expect(saveLine(again)).toContainText("Enregistré", { timeout: BACK_WITHIN });
  await expect(again.locator(".two .note"), "nobody else wrote").toHaveCount(0);
  // The server says it too, to somebody whose device holds nothing.
  const seen = await again.request.get(step);
  expect(await seen.text()).toContain("Onglet fermé pendant la coupure.");
});

test("a text changed again after a closed tab is the one that stays", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  const step = page.url();
  await server.stop("SIGKILL");
  await answer(page, LONG).fill("Premier texte, pendant la coupure.");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  await page.close();

  await server.start();
  const again = await context.newPage();
  await again.goto(step);
  await answer(again, LONG).fill("Second texte, aussitôt revenue.");
  await live(again);
  await expect(saveLine(again)).toContainText("Enregistré", { timeout: BACK_WITHIN });
  await again.reload();
  await expect(answer(again, LONG)).toHaveValue("Second texte, aussitôt revenue.");
  await expect(again.locator(".two .note"), "nobody else wrote").toHaveCount(0);
});

test("an acknowledged answer survives a power cut", async ({ page, server }) => {
  await saved(page, () => answer(page, LONG).fill("Écrit pour de bon."));
  await server.restart();
  await page.reload();
  await expect(answer(page, LONG), "still signed in, still there").toHaveValue("Écrit pour de bon.");
});
