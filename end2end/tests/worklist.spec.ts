// An agent's morning: what is due first, who follows what, what was seen. By links and forms: the same
// without script and on a phone.
import { axe, sound } from "../support/look.js";
import { AGNES, CLAIRE, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const ROWS = ".worklist tbody tr";

test("the list is filtered and sorted by its address", async ({ page }) => {
  await signInAs(page, AGNES);
  const rows = page.locator(ROWS);
  await expect(rows.first()).toContainText("passée de");
  await sound(page);
  await axe(page);
  await page.getByRole("link", { name: /^Tous / }).click();
  // On a phone they are folded.
  const fold = page.getByText("Filtres", { exact: true });
  if (await fold.isVisible()) await fold.click();
  await page.getByLabel("Type").selectOption("ACI");
  await page.getByLabel("Demande", { exact: true }).selectOption("Demande annuelle");
  await page.getByLabel("Chercher").fill("valbrune 2027");
  await page.getByRole("button", { name: "Filtrer" }).click();
  await expect(page).toHaveURL(/pile=tous.*cherche=valbrune\+2027|cherche=valbrune\+2027.*type=ACI/);
  await page.getByRole("link", { name: "Effacer", exact: true }).click();
  const sorted = page.url();
  expect(sorted).toContain("pile=tous");
  await expect(rows.filter({ hasText: "Accepté" }).first()).toBeVisible();
  await page.goto(`${sorted}&tri=nom`);
  const names = await rows.locator("th a").allTextContents();
  const plain = (name: string) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ");
  expect(names.map(plain)).toEqual(names.map(plain).sort());
  await page.goto(`${sorted}&etat=commission&suivi=moi`);
  await expect(page.getByText("Rien ici pour l'instant.")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(rows.first()).toBeVisible();
});

test("the navigation says where one is", async ({ page }) => {
  await signInAs(page, AGNES);
  const here = page.getByRole("navigation", { name: "Navigation principale" }).locator("[aria-current]");
  await expect(here).toHaveText("Dossiers reçus");
  await page.goto("/studio");
  await expect(here).toHaveText("Complément");
  await page.goto("/equipe");
  await expect(here).toHaveCount(0);
});

test("the country is read page by page", async ({ page }) => {
  await signInAs(page, CLAIRE);
  await page.goto("/territoire?pile=tous&tri=nom");
  const rows = page.locator(ROWS);
  await expect(rows).toHaveCount(50);
  const first = await rows.locator("th a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await page.getByRole("link", { name: "Suivants" }).click();
  const second = await rows.locator("th a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(second.filter((href) => first.includes(href))).toEqual([]);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await axe(page);
  await page.getByRole("link", { name: "Revenir au début" }).click();
  await expect(rows).toHaveCount(50);
});

test("dossiers are taken, handed over together, and given back", async ({ page, elsewhere }) => {
  await signInAs(page, AGNES);
  const rows = page.locator(ROWS);
  const other = await elsewhere();
  await signInAs(other, PAUL);
  const name = (await rows.first().locator("th a").textContent()) ?? "";
  await rows.first().getByRole("button", { name: /^Je m'occupe de/ }).click();
  await expect(page.getByRole("status")).toContainText("1 dossier à votre nom.");
  await expect(rows.first()).toContainText("Vous");
  // Paul's page is of before.
  await other.locator(ROWS).first().getByRole("button", { name: /^Je m'occupe de/ }).click();
  await expect(other.getByRole("alert")).toContainText(`${name}, `);
  await expect(other.getByRole("alert")).toContainText("Agnès Royer s'en occupe déjà");
  await axe(other);

  await rows.nth(0).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();
  await page.getByLabel("Collègue à qui confier").selectOption({ label: "Paul Vidal" });
  await page.getByRole("button", { name: "Confier", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Confier ces dossiers");
  await sound(page);
  await axe(page);
  await page.getByRole("button", { name: "Confier 2 dossiers à Paul Vidal" }).click();
  await expect(page.getByRole("status")).toContainText("2 dossiers confiés à Paul Vidal.");
  await expect(rows.first()).toContainText("Paul Vidal");
  await axe(page);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByRole("status")).toContainText("C'est annulé");
  await expect(rows.first()).toContainText("Vous");

  await rows.first().locator("th a").click();
  await expect(page.getByText("Vous suivez ce dossier.")).toBeVisible();
  await page.getByRole("button", { name: "Ne plus suivre" }).click();
  await expect(page.locator(".outcome")).toContainText("1 dossier n'est plus suivi.");
  await expect(page.getByText("Personne ne suit ce dossier.")).toBeVisible();
  await page.goto("/territoire");
  await page.getByRole("button", { name: "Ne plus suivre" }).click();
  await expect(page.getByRole("alert")).toContainText("Cochez d'abord");
});

test("what was seen is marked, answer by answer or a step at once", async ({ page }) => {
  await signInAs(page, AGNES);
  await page.locator(ROWS).first().locator("th a").click();
  const step = page.locator("#reponses > section").first();
  const marks = step.locator(".vu:not(.step-seen .vu)");
  await marks.first().click();
  await expect(marks.first()).toHaveAttribute("aria-pressed", "true");
  await expect(step.locator("[data-vus]")).toContainText("1 sur");
  await step.getByRole("button", { name: "Tout vu" }).click();
  await expect(marks.last()).toHaveAttribute("aria-pressed", "true");
  await axe(page);
  const title = (await step.getByRole("heading", { level: 3 }).textContent()) ?? "";
  await page.getByRole("link", { name: /pas encore vu/ }).click();
  await expect(page.locator("#reponses > section").getByRole("heading", { level: 3, name: title, exact: true })).toHaveCount(0);
  await sound(page);
  await page.goBack();
  await step.getByRole("button", { name: "Tout vu" }).click();
  await expect(marks.first()).toHaveAttribute("aria-pressed", "false");
});

test("the list is walked with keys", async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "keys need a script");
  await signInAs(page, AGNES);
  const rows = page.locator(ROWS);
  await expect(rows.first()).toBeVisible();
  // The keys are there once the script is.
  await page.waitForLoadState("load");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows.nth(1).locator("th a")).toBeFocused();
  await page.keyboard.press("x");
  await expect(rows.nth(1).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("k");
  await expect(rows.nth(0).locator("th a")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/instruction$/);
});
