// What was written over is found again; two tabs show one another's typing.
import { answer, live, openLive, question, saved } from "../support/dossier.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const AT = "identification.presentation";

test.beforeEach(async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
});

test("an earlier text is found in the history and taken again", async ({ page }) => {
  for (const text of ["Un premier texte.", "Un deuxième texte."]) {
    await saved(page, () => answer(page, AT).fill(text));
  }
  await question(page, AT).getByRole("link", { name: "Historique" }).click();
  const earlier = page.getByRole("row").filter({ hasText: "Un premier texte." });
  await expect(page.getByRole("row").filter({ hasText: "Un deuxième texte." })).toContainText("Réponse actuelle");
  await expect(earlier).toContainText("Inès");
  await earlier.getByRole("button", { name: /^Reprendre/ }).click();
  await expect(page).toHaveURL(/etapes\/identification#champ-/);
  await expect(answer(page, AT)).toHaveValue("Un premier texte.");
});

test("a cell of a grid tells its name and leads to its own history", async ({ page }) => {
  const cell = "budget.charges.forecast#61";
  await openLive(page, "budget");
  for (const text of ["1111", "2222"]) await saved(page, () => answer(page, cell).fill(text));
  const line = page.locator(".cell-line").filter({ hasText: "61 Services extérieurs" });
  await line.getByRole("link", { name: "Historique" }).click();
  await expect(page.getByRole("row").filter({ hasText: /2.222/ })).toContainText("Réponse actuelle");
  await page.getByRole("row").filter({ hasText: /1.111/ }).getByRole("button", { name: /^Reprendre/ }).click();
  await expect(page).toHaveURL(/etapes\/budget#champ-budget/);
  await expect(answer(page, cell)).toHaveValue(/^1.?111/);
});

test("a second tab shows what is typed in the first, and goes on from it", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto(page.url());
  await live(second);
  await saved(page, () => answer(page, AT).fill("Tapé dans le premier onglet."));
  await expect(answer(second, AT)).toHaveValue("Tapé dans le premier onglet.");
  await saved(second, () => answer(second, AT).fill("Puis dans le second."));
  await expect(answer(page, AT)).toHaveValue("Puis dans le second.");
  await page.reload();
  await expect(answer(page, AT)).toHaveValue("Puis dans le second.");
  await expect(page.getByText("Deux valeurs au même moment")).toHaveCount(0);
});
