// Reading, filling and depositing without any script: every button posts a form.
import type { Page } from "@playwright/test";
import { answer, blocking, button, depositButton, expectReceipt, idOf, openDraft, problemOf, question, recapPath, steps, toConfirm } from "../support/dossier.js";
import { act, annotate, openReceived, tag } from "../support/instruction.js";
import { AGNES, INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { finish } from "../support/valbrune.js";

/** Finishes the dossier of Valbrune, step by step, by the button of each. */
const finishPlain = (page: Page): Promise<void> =>
  finish(page, async (at, text) => {
    const control = answer(page, at);
    const radio = (await control.first().getAttribute("type")) === "radio";
    if (radio) await control.and(page.locator(`[value="${text}"]`)).check();
    else await control.fill(text);
    await button(page, "_enregistrer", "rester").click();
  });

test("a step is saved by its button", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page, "identification");
  const at = "identification.presentation";
  await answer(page, at).fill("Sans aucun script.\nSur deux lignes.");
  await button(page, "_enregistrer", "rester").click();
  await expect(page, "the same step").toHaveURL(new RegExp(`/dossiers/${id}/etapes/identification`));
  await expect(answer(page, at)).toHaveValue("Sans aucun script.\nSur deux lignes.");
  await page.reload();
  await expect(answer(page, at)).toHaveValue("Sans aucun script.\nSur deux lignes.");
});

test("Enter in a text saves the step and stays on it", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "identification");
  await answer(page, "identification.website").fill("https://valbrune.example");
  await answer(page, "identification.website").press("Enter");
  await expect(page).toHaveURL(/\/etapes\/identification/);
  await page.reload();
  await expect(answer(page, "identification.website")).toHaveValue("https://valbrune.example");
});

test("the steps follow one another to the recap, and change nothing on the way", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page, "demande");
  const count = (await steps(page)).length;
  for (let walked = 0; walked < count; walked += 1) await button(page, "_enregistrer", "continuer").click();
  await expect(page).toHaveURL(new RegExp(`${recapPath(id)}$`));
  await expect(blocking(page), "what was left still is, and nothing else").toHaveCount(5);
  await page.goto("/dossiers");
  await expect(page.locator(".left-counts").first()).toContainText(/À confirmer 9.*À écrire 4.*À corriger 1/);
});

test("Inès finishes her dossier, confirms what was taken over, deposits and reads the receipt", async ({ page }) => {
  test.setTimeout(120_000);
  await signInAs(page, INES);
  await finishPlain(page);
  // Nine values: three by step where there are several, one by one elsewhere.
  const recap = page.url();
  for (const section of ["gouvernance", "activites", "publics", "moyens", "budget"]) {
    await page.goto(recap.replace("recapitulatif", `etapes/${section}`));
    const all = button(page, "_confirmer", "_etape");
    const each = page.locator('form#etape button[name="_confirmer"]:not([value="_etape"])').filter({ visible: true });
    await ((await all.count()) > 0 ? all : each).click();
    await expect(each).toHaveCount(0);
  }
  await page.goto(recap);
  await expect(toConfirm(page)).toHaveCount(0);
  await depositButton(page).click();
  await expectReceipt(page, "2027-058");
});

test("a mistake is kept, and says its sentence", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page, "publics");
  await answer(page, "publics.n_women").fill("une quinzaine");
  await button(page, "_enregistrer", "continuer").click();
  await expect(page, "still here").toHaveURL(/\/etapes\/publics\?montrer=problemes/);
  await expect(answer(page, "publics.n_women")).toHaveValue("une quinzaine");
  await expect(answer(page, "publics.n_women")).toHaveAttribute("aria-invalid", "true");
  await expect(problemOf(page, "publics.n_women")).toContainText("Écrivez un nombre");
  await expect(page.locator(".errors")).toContainText("Écrivez un nombre");
  await page.goto(recapPath(id));
  await expect(depositButton(page)).toHaveCount(0);
});

test("a row is added, filled, moved and removed", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "activites");
  const rows = page.locator('[id="activites.activities"] fieldset.row');
  const before = await rows.count();
  await button(page, "_ajouter", "activites.activities").click();
  await expect(rows).toHaveCount(before + 1);
  const label = rows.last().locator('[name^="activites.activities.label#"]');
  await label.fill("Broyage de végétaux");
  await button(page, "_enregistrer", "rester").click();
  await expect(label).toHaveValue("Broyage de végétaux");
  await rows.last().getByRole("button", { name: /^Monter/ }).click();
  const moved = rows.nth(before - 1);
  await expect(moved.locator('[name^="activites.activities.label#"]')).toHaveValue("Broyage de végétaux");
  await moved.getByRole("button", { name: /^Retirer/ }).click();
  await expect(rows).toHaveCount(before);
  await page.reload();
  await expect(rows).toHaveCount(before);
  await expect(page.getByText("Broyage de végétaux")).toHaveCount(0);
});

test("what is typed beside is saved when a row is added", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "activites");
  await answer(page, "activites.hiring_forecast").fill("14");
  await button(page, "_ajouter", "activites.activities").click();
  await expect(answer(page, "activites.hiring_forecast")).toHaveValue("14");
});

for (const [choice, name, kept] of [
  ["mine", "_garder", "par Inès"],
  ["theirs", "_prendre", "par Karim"],
] as const) {
  test(`two values at the same moment: both are shown, ${choice} is chosen`, async ({ page, elsewhere }) => {
    const at = "identification.presentation";
    const other = await elsewhere();
    await signInAs(page, INES);
    await openDraft(page, "identification");
    await signInAs(other, KARIM);
    await other.goto(page.url());
    await other.locator(`[name="${at}"]`).fill("Écrit par Karim");
    await button(other, "_enregistrer", "rester").click();
    await expect(answer(other, at)).toHaveValue("Écrit par Karim");

    await answer(page, at).fill("Écrit par Inès");
    await button(page, "_enregistrer", "rester").click();
    const note = question(page, at).locator(".note");
    await expect(note).toContainText("Karim Laouari a écrit");
    await expect(note).toContainText("Écrit par Karim");
    await expect(note).toContainText("Écrit par Inès");
    await expect(answer(page, at), "her own text stays in its place").toHaveValue("Écrit par Inès");

    await button(page, name, at).click();
    await expect(question(page, at).locator(".note")).toHaveCount(0);
    await expect(answer(page, at)).toHaveValue(`Écrit ${kept}`);
    await other.reload();
    await expect(answer(other, at)).toHaveValue(`Écrit ${kept}`);
  });
}

test("a step is given, opened and filled by a colleague", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 410/);
  await signInAs(page, INES);
  const id = await openDraft(page, "budget");
  await page.getByRole("link", { name: "Confier cette étape" }).click();
  await page.getByRole("button", { name: "Créer le lien" }).click();
  const link = await page.getByLabel("Lien à transmettre").inputValue();
  const claire = await elsewhere();
  await claire.goto(link);
  await claire.getByLabel("Votre nom").fill("Claire Dumas");
  await claire.getByRole("button", { name: "Commencer" }).click();
  await claire.locator("main").getByRole("link", { name: "Budget" }).click();
  const at = "budget.charges.forecast#60";
  await answer(claire, at).fill("4321");
  await button(claire, "_enregistrer", "continuer").click();
  await expect(claire, "back to what was given").toHaveURL(new RegExp(`/dossiers/${id}$`));
  await page.goto(`/dossiers/${id}/etapes/budget`);
  await expect(answer(page, at)).toHaveValue(/4.321/);
  await page.goto(`/dossiers/${id}/partage`);
  await page.getByRole("button", { name: /^Reprendre/ }).click();
  await expect(page.getByText("Repris le")).toBeVisible();
  await claire.goto(`/dossiers/${id}/etapes/budget`);
  await expect(claire.getByRole("heading", { level: 1 })).toHaveText("Ce lien ne donne plus accès au dossier");
});

test("an agent asks and sends back, the structure answers and deposits again", async ({ page, elsewhere }) => {
  test.setTimeout(120_000);
  await signInAs(page, INES);
  await finishPlain(page);
  const id = idOf(page);
  await depositButton(page).click();
  await expectReceipt(page, "2027-058");
  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  await openReceived(agent);
  await act(agent, "Déclarer complet");
  await annotate(agent, "Pourquoi cet écart ?", "La structure", "À partir de quel mois ?");
  await act(agent, "Renvoyer pour correction");
  await expect(tag(agent)).toHaveText("Renvoyé");
  await page.goto(`/dossiers/${id}/questions`);
  await page.getByLabel("Votre réponse").fill("Dès février.");
  await page.getByRole("button", { name: "Répondre" }).click();
  await expect(page.getByText("Vous avez répondu à tout.")).toBeVisible();
  await page.goto(recapPath(id));
  await depositButton(page).click();
  await expect(page).toHaveURL(/depots\/2$/);
  await openReceived(agent);
  await expect(agent.locator(".thread.a-structure")).toContainText("Dès février.");
});
