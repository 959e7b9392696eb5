// Envelopes, from the notification to proposals: three people, saved as one goes on; the same on a phone
// and without script.
import { idOf } from "../support/dossier.js";
import { act, tag } from "../support/instruction.js";
import { axe, sound } from "../support/look.js";
import { AGNES, CLAIRE, INES, THIBAULT, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const SIMULATION = "Au niveau de l'an dernier";
const ROWS = ".allotment tbody tr";

// Several people, many pages: longer on a busy machine than the others.
test.setTimeout(120_000);

test("an envelope is notified, delegated, and never more than the region's", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, CLAIRE);
  await page.getByRole("link", { name: "Enveloppes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Enveloppes 20/);
  await sound(page);
  await axe(page);
  await page.goto("/enveloppes/R27/ACI?annee=2027");
  await page.getByLabel("ETP sur l'année").fill("20");
  await page.getByLabel("Euros", { exact: true }).fill("480 000");
  await page.getByLabel("Raison").fill("Notification complémentaire.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("status")).toContainText("enregistrée");
  await expect(page.getByRole("table").getByText("Notification complémentaire.")).toBeVisible();
  await axe(page);

  const dreets = await elsewhere();
  await signInAs(dreets, THIBAULT);
  await dreets.goto("/enveloppes/D58/ACI?annee=2027");
  await dreets.getByLabel("ETP sur l'année").fill("400");
  await dreets.getByLabel("Raison").fill("Répartition.");
  await dreets.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dreets.getByRole("alert")).toContainText("de plus que la région");
  await expect(dreets.getByLabel("ETP sur l'année")).toHaveValue("400");
  await axe(dreets);
  await dreets.getByLabel("ETP sur l'année").fill("8");
  await dreets.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dreets.getByRole("status")).toContainText("enregistrée");
});

test("a simulation is saved as one goes on, undone, compared", async ({ page, trouble }) => {
  trouble.allow(/status of 422/);
  const live = test.info().project.use.javaScriptEnabled !== false;
  await signInAs(page, AGNES);
  await page.goto("/enveloppes?annee=2027");
  await sound(page);
  await axe(page);
  await page.getByRole("link", { name: SIMULATION }).click();
  await sound(page);
  await axe(page);
  const row = page.locator(ROWS).filter({ hasText: "Terres de Loire Paysage" });
  const totals = page.locator("#totaux");
  await expect(totals).toContainText("5 à accorder");
  const keep = async () => {
    if (!live) await row.getByRole("button", { name: /enregistrer$/ }).click();
    await expect(row).not.toHaveAttribute("aria-busy", "true");
  };
  await row.getByLabel(/, choix$/).selectOption("Accorder");
  if (live) {
    await row.getByLabel(/, ETP accordés$/).fill("9,5");
    await row.getByLabel(/, ETP accordés$/).press("Tab");
  } else {
    await row.getByLabel(/, ETP accordés$/).fill("9,5");
  }
  await keep();
  await expect(row).toContainText("9,50 × ");
  await expect(totals).toContainText("6 à accorder");
  await page.reload();
  await expect(row.getByLabel(/, ETP accordés$/)).toHaveValue("9,50");

  // What does not read is kept as it was typed, and said.
  await row.getByLabel(/, ETP accordés$/).fill("neuf");
  if (live) await row.getByLabel(/, ETP accordés$/).press("Tab");
  await keep();
  await expect(row.getByRole("alert")).toContainText("Écrivez des ETP");
  await expect(row.getByLabel(/, ETP accordés$/)).toHaveValue("neuf");
  await row.getByLabel(/, ETP accordés$/).fill("9,5");
  if (live) await row.getByLabel(/, ETP accordés$/).press("Tab");
  await keep();
  await expect(row.getByRole("alert")).toHaveCount(0);

  await page.getByRole("button", { name: "Comparer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Comparaison");
  await expect(page.getByRole("region", { name: "Demandes qui diffèrent" })).toContainText("Terres de Loire Paysage");
  await sound(page);
  await axe(page);
  await page.goBack();
  await page.reload();
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByRole("status").filter({ hasText: "C'est annulé" })).toBeVisible();
  await expect(row).not.toContainText("9,50 × ");
});

test("what is ready is proposed, told line by line, and taken back; the structure sees nothing", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of (404|422)/);
  await signInAs(page, AGNES);
  await page.goto("/territoire?pile=tous&cherche=val+de+loire+entraide+2027");
  await page.locator(".worklist tbody tr th a").first().click();
  await expect(page).toHaveURL(/\/instruction/);
  const dossier = idOf(page);
  for (const label of ["Déclarer complet", "Ouvrir le dialogue de gestion", "Saisir la commission"]) await act(page, label);
  await expect(tag(page)).toHaveText("En commission");
  await page.goto("/enveloppes?annee=2027");
  await page.getByRole("link", { name: SIMULATION }).click();
  const simulation = page.url();
  await page.getByRole("link", { name: "Préparer les propositions" }).click();
  await expect(page.getByRole("heading", { name: /Avis de la commission attendu/ })).toBeVisible();
  await sound(page);
  await axe(page);
  await page.goto(simulation);
  const row = page.locator(ROWS).filter({ hasText: "Val de Loire Entraide" });
  await row.getByLabel(/, avis de la commission$/).selectOption("Avis favorable");
  if (test.info().project.use.javaScriptEnabled === false) await row.getByRole("button", { name: /enregistrer$/ }).click();
  await expect(row.getByText("Enregistré").or(page.getByRole("status").filter({ hasText: "enregistré" })).first()).toBeVisible();
  await page.getByRole("link", { name: "Préparer les propositions" }).click();
  await page.getByRole("button", { name: /^Proposer 2/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Écrivez le motif" })).toBeVisible();
  await page.getByLabel("Motif commun des propositions favorables").fill("Le territoire en a besoin.");
  await page.getByRole("button", { name: /^Proposer 2/ }).click();
  await expect(page.getByText("Accord proposé")).toHaveCount(2);
  await sound(page);
  await axe(page);

  const other = await elsewhere();
  await signInAs(other, INES);
  expect((await other.goto(simulation))?.status(), "nothing of it exists for a structure").toBe(404);
  expect((await other.goto("/enveloppes"))?.status()).toBe(404);

  await page.getByRole("button", { name: "Reprendre ces propositions" }).click();
  await expect(page.getByText("2 reprises depuis")).toBeVisible();
  await page.goto(`/dossiers/${dossier}/instruction`);
  await expect(page.getByText("Proposition reprise")).toBeVisible();
});
