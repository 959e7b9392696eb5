// The page is read and typed into before the WASM comes: nothing typed meanwhile is lost.
import { answer, button, isLive, live, openDraft, saveLine } from "../support/dossier.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

test("texts, choices and long texts answered before the step is live stay and are saved", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "gouvernance");
  await answer(page, "gouvernance.director.role").fill("Direction générale");
  await answer(page, "gouvernance.networks").first().check();
  await page.locator('[name="gouvernance.signatory_delegation"][value="oui"]').check();
  expect(await isLive(page), "the WASM is still on its way").toBe(false);

  await live(page);
  await expect(saveLine(page)).toContainText("Enregistré");
  const kept = async () => {
    await expect(answer(page, "gouvernance.director.role")).toHaveValue("Direction générale");
    await expect(page.locator('[name="gouvernance.signatory_delegation"][value="oui"]')).toBeChecked();
    await expect(answer(page, "gouvernance.networks").first()).toBeChecked();
    await expect(page.locator('[name="gouvernance.networks"][value="chantier_ecole"]'), "ticked before").toBeChecked();
  };
  await kept();
  await page.reload();
  expect(await isLive(page), "what the server says, before the programme").toBe(false);
  await kept();
});

test("a long text written before the step is live stays, with its lines", async ({ page }) => {
  const text = "Première ligne, <b>sans balise</b> & avec « guillemets ».\n\nTroisième ligne.";
  await signInAs(page, INES);
  await openDraft(page, "identification");
  await answer(page, "identification.presentation").fill(text);
  expect(await isLive(page), "the WASM is still on its way").toBe(false);
  await live(page);
  await expect(answer(page, "identification.presentation")).toHaveValue(text);
  await expect(saveLine(page)).toContainText("Enregistré");
  await page.reload();
  await expect(answer(page, "identification.presentation")).toHaveValue(text);
});

test("typing goes on while the step comes alive", async ({ page }) => {
  const sentence = "une phrase assez longue pour que la page s'éveille au milieu de ce qui s'écrit";
  await signInAs(page, INES);
  await openDraft(page, "identification");
  const input = answer(page, "identification.presentation");
  await input.fill("");
  await input.pressSequentially(sentence, { delay: 70 });
  await live(page);
  await expect(input).toHaveValue(sentence);
  await expect(input).toBeFocused();
  await input.blur();
  await expect(saveLine(page)).toContainText("Enregistré");
  await page.reload();
  await expect(input).toHaveValue(sentence);
});

test("the step can be sent before it is live", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page, "identification");
  const step = page.url();
  await answer(page, "identification.website").fill("https://valbrune.example");
  expect(await isLive(page), "the WASM is still on its way").toBe(false);
  await button(page, "_enregistrer", "continuer").click();
  await expect(page).toHaveURL(new RegExp(`/dossiers/${id}/etapes/gouvernance`));
  await page.goto(step);
  await expect(answer(page, "identification.website")).toHaveValue("https://valbrune.example");
});
