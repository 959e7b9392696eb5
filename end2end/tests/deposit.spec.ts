// The journey of the story: Inès finishes her dossier 2027 and deposits it.
import { answer, blocking, depositButton, expectReceipt, live, openDraft, problemOf, recapPath, saved, saveLine, toConfirm } from "../support/dossier.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { finishLive } from "../support/valbrune.js";
import { expect, test } from "../support/test.js";

test("from the home page to the receipt", async ({ page }) => {
  await signInAs(page, INES);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour Inès, votre dossier 2027 vous attend");
  await expect(page.locator(".left-counts").first()).toContainText(/À confirmer 9.*À écrire 4.*À corriger 1/);
  await finishLive(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre dossier est prêt à être déposé");
  await expect(toConfirm(page)).toContainText("9");
  await depositButton(page).click();
  await expectReceipt(page, "2027-058");
  await expect(page.getByText("Collecte en déchèterie, tri, démontage et remise en rayon").first()).toBeVisible();

  await page.goto("/dossiers");
  await expect(page.getByRole("row").filter({ hasText: "Demande annuelle 2027" })).toContainText("Déposé");
});

test("the values taken over are confirmed one by one, then by step", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "publics");
  await live(page);
  const one = page.locator('button[name="_confirmer"]:not([value="_etape"])').filter({ visible: true });
  await expect(one).toHaveCount(3);
  await saved(page, () => one.first().click());
  await expect(one).toHaveCount(2);
  await saved(page, () => page.getByRole("button", { name: "Confirmer les 2 valeurs reprises" }).click());
  await expect(one).toHaveCount(0);
  await page.reload();
  await expect(one).toHaveCount(0);
  await expect(page.getByText("Rien ne manque à cette étape.")).toBeVisible();
});

test("an accountant writes and does not deposit", async ({ page }) => {
  await signInAs(page, KARIM);
  const id = await openDraft(page, "identification");
  await page.goto(recapPath(id));
  await expect(depositButton(page)).toHaveCount(0);
  const refused = await page.request.post(`/dossiers/${id}/depots`, { headers: { origin: new URL(page.url()).origin } });
  expect([303, 403]).toContain(refused.status());
  expect(await refused.text()).toContain("Le dépôt revient à une personne responsable");
});

test("a mistake is said once the question is left, and the line still says it is kept", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "publics");
  await live(page);
  const at = "publics.n_women";
  await answer(page, at).pressSequentially("x");
  await expect(problemOf(page, at), "nothing while typing").toBeEmpty();
  await answer(page, at).blur();
  await expect(problemOf(page, at)).toContainText("Écrivez un nombre");
  await expect(saveLine(page)).toContainText("Enregistré");
  await page.goto(page.url().replace(/etapes.*/, "recapitulatif"));
  await expect(blocking(page)).toHaveCount(6);
});
