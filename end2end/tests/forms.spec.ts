// Forms that change while dossiers are being filled, and the questions of a département.
import { answer, blocking, depositButton, expectReceipt, goOn, idOf, live, openDraft, openLive, recapPath, saved, steps } from "../support/dossier.js";
import { fillStep, moved, pastAnswers } from "../support/past.js";
import { HELENE, INES, SONIA, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const formPath = (id: string) => `/dossiers/${id}/formulaire`;

test("a draft begun under one revision is deposited under the next", async ({ page }) => {
  test.setTimeout(180_000);
  await signInAs(page, HELENE);
  const id = await openDraft(page);
  await page.goto(recapPath(id));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Le formulaire a changé");
  await expect(depositButton(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Voir ce qui change" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Le formulaire national a changé");
  await page.getByRole("button", { name: "Passer au nouveau formulaire" }).click();
  await expect(page).toHaveURL(new RegExp(`${formPath(id)}$`));
  await expect(page.getByText("suit le formulaire en vigueur")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revenir au formulaire précédent" })).toBeVisible();

  const texts = moved(pastAnswers("Main-forte Cornouaille", "AI"), 2027);
  await page.goto(`/dossiers/${id}/etapes/demande`);
  for (const path of await steps(page)) {
    await page.goto(path);
    await live(page);
    await fillStep(page, texts);
    await goOn(page);
  }
  await expect(page).toHaveURL(new RegExp(`${recapPath(id)}$`));
  expect(await blocking(page).allTextContents(), "what stops the deposit").toEqual([]);
  await depositButton(page).click();
  await expectReceipt(page, "2027-029");
});

test("a département asks another question: nothing is lost, and one may come back", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openLive(page, "nievre");
  const cars = answer(page, "nievre.vehicules");
  await saved(page, () => cars.fill("7"));
  await page.goto("/dossiers");
  await page.getByRole("link", { name: "Voir ce qui change" }).first().click();
  await expect(page).toHaveURL(new RegExp(`${formPath(id)}$`));
  await expect(page.getByRole("listitem").filter({ hasText: "Salariés aidés pour passer le permis" })).toBeVisible();
  await expect(page.locator("dl").filter({ hasText: "Véhicules prêtés aux salariés" })).toContainText("7");
  await page.getByRole("button", { name: "Passer au nouveau formulaire" }).click();
  await expect(page.getByRole("heading", { name: "Réponses gardées" })).toBeVisible();

  await page.goto(`/dossiers/${id}/etapes/nievre`);
  await live(page);
  await expect(cars).toHaveCount(0);
  await saved(page, () => answer(page, "nievre.permis").fill("3"));

  await page.goto(formPath(id));
  await page.getByRole("button", { name: "Revenir au formulaire précédent" }).click();
  await expect(page.getByRole("button", { name: "Passer au nouveau formulaire" })).toBeVisible();
  await page.goto(`/dossiers/${id}/etapes/nievre`);
  await expect(cars).toHaveValue("7");
  await expect(answer(page, "nievre.permis")).toHaveCount(0);
});

test("a structure in two départements types once what is the same in both", async ({ page }) => {
  await signInAs(page, SONIA);
  await page.goto("/dossiers/ouvrir");
  await page.getByRole("radio", { name: "Passerelle Intérim Bourgogne, ETTI" }).check();
  await page.getByRole("radio", { name: /annuel/i }).first().check();
  await page.getByLabel("Pour quelle année").fill("2027");
  await page.getByLabel("Dans quel département").fill("58");
  await page.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await expect(page.locator("form#etape")).toHaveCount(1);
  const id = idOf(page);
  const names = page.locator('nav[aria-label="Étapes du dossier"]').first();
  await expect(names).toContainText("Complément de la Nièvre");
  await page.goto(`/dossiers/${id}/etapes/identification`);
  await expect(answer(page, "identification.legal_name")).toHaveValue("Passerelle Intérim Bourgogne");
  await page.goto(`/dossiers/${id}/etapes/publics`);
  await expect(answer(page, "cote-d-or.referent")).toHaveCount(0);
});
