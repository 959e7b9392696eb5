// Two people in one dossier at the same time: they see one another and each other's texts, and a
// step given to a colleague by a link is theirs to fill, alone, until it is taken back.
import type { Page } from "@playwright/test";
import { answer, button, live, openLive, question, saved, saveLine } from "../support/dossier.js";
import { axe, sound } from "../support/look.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const ACHATS = "budget.charges.forecast#60";
const SERVICES = "budget.charges.forecast#61";
const presence = (page: Page) => page.locator(".presence");
/** A page asks what is new when its window comes to the front. */
const look = (page: Page) => page.evaluate(() => dispatchEvent(new Event("focus")));

/** Inès gives the budget; gives the link. */
async function giveBudget(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Confier cette étape" }).click();
  await expect(page.getByRole("checkbox", { name: "Budget" })).toBeChecked();
  await sound(page);
  await axe(page);
  await page.getByLabel("Pour qui").fill("Claire, la comptable");
  await page.getByRole("button", { name: "Créer le lien" }).click();
  await expect(page.getByRole("heading", { name: "Le lien est prêt" })).toBeVisible();
  const link = await page.getByLabel("Lien à transmettre").inputValue();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation\/[0-9a-f]{64}$/);
  await axe(page);
  return link;
}

/** Claire opens the link and begins. */
async function begin(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByText("Confié par")).toBeVisible();
  await sound(page);
  await axe(page);
  await page.getByLabel("Votre nom").fill("Claire Dumas");
  await page.getByRole("button", { name: "Commencer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce qui vous est confié");
  await axe(page);
  await page.locator("main").getByRole("link", { name: "Budget" }).click();
}

// Several people, many pages: longer on a busy machine than the others.
test.setTimeout(120_000);

test("two people fill one budget, see one another and each other's amounts", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signInAs(page, INES);
  await openLive(page, "budget");
  await signInAs(other, KARIM);
  await other.goto(page.url());
  await live(other);
  await expect(presence(other)).toContainText("Inès Barbier est aussi dans ce dossier, à cette étape");
  await look(page);
  await expect(presence(page)).toContainText("Karim Laouari est aussi dans ce dossier, à cette étape");

  await saved(other, () => answer(other, ACHATS).fill("12345"));
  await saved(page, () => answer(page, SERVICES).fill("6789"));
  // Together, pages look often enough by themselves.
  await expect(answer(page, ACHATS)).toHaveValue(/12.345/, { timeout: 15_000 });
  await expect(answer(other, SERVICES)).toHaveValue(/6.789/, { timeout: 15_000 });
  await expect(presence(page)).toContainText("Karim Laouari vient de modifier");
  await expect(page.locator(".two .note")).toHaveCount(0);
  await axe(page);

  // Never under the cursor; and what is typed over it meets it.
  await answer(page, ACHATS).focus();
  await saved(other, () => answer(other, ACHATS).fill("11111"));
  await look(page);
  await page.waitForTimeout(500);
  await expect(answer(page, ACHATS)).toHaveValue(/12.345/);
  await answer(page, ACHATS).fill("22222");
  await expect(page.locator(".two .note").first()).toContainText("Karim Laouari a écrit");
  await saved(page, () => button(page, "_garder", ACHATS).click());
  await expect(page.locator(".two .note")).toHaveCount(0);
  await page.goto(page.url().replace(/etapes\/.*/, `historique?reponse=${encodeURIComponent(ACHATS)}`));
  await expect(page.getByRole("row").filter({ hasText: /11.111/ })).toContainText("Karim Laouari");
  await expect(page.getByRole("row").filter({ hasText: /22.222/ })).toContainText("Réponse actuelle");

  // Gone from the step: gone from the line.
  await page.goto("/dossiers");
  await expect(presence(page).first()).toContainText("Karim Laouari est dans ce dossier en ce moment, à l'étape Budget");
  // What she said on leaving may come after the look: look again.
  await expect(async () => {
    await look(other);
    await expect(presence(other).getByText("est aussi dans ce dossier")).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});

test("the accountant fills the budget she was given, and nothing else", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of (404|410)/);
  const claire = await elsewhere();
  await signInAs(page, INES);
  const id = await openLive(page, "budget");
  const budget = page.url();
  const link = await giveBudget(page);
  await begin(claire, link);
  await live(claire);
  await expect(claire.locator(".stepper a")).toHaveCount(1);
  await saved(claire, () => answer(claire, ACHATS).fill("4321"));
  for (const path of ["etapes/identification", "recapitulatif", "partage", "historique?reponse=identification.phone"]) {
    const refused = await claire.request.get(`/dossiers/${id}/${path}`);
    expect(refused.status(), path).toBe(404);
  }
  const told = await claire.locator("#reponses").textContent();
  const fields = Object.keys(JSON.parse(told ?? "{}"));
  expect(fields.filter((field) => !/^(budget|demande)\./.test(field))).toEqual([]);
  await page.goto(budget);
  await live(page);
  await expect(answer(page, ACHATS)).toHaveValue(/4.321/);
  await expect(presence(page)).toContainText("Claire Dumas (sur invitation)");

  await page.goto(`/dossiers/${id}/partage`);
  await page.getByRole("button", { name: /^Reprendre/ }).click();
  await expect(page.getByText("Repris le")).toBeVisible();
  await axe(page);
  await answer(claire, SERVICES).fill("987");
  await expect(saveLine(claire)).toContainText("l'étape a été reprise ou le lien a pris fin");
  await expect(saveLine(claire)).toContainText("Gardé sur cet appareil");
  await expect(answer(claire, SERVICES), "her text stays").toHaveValue("987");
  await claire.reload();
  await expect(claire.getByRole("heading", { level: 1 })).toHaveText("Ce lien ne donne plus accès au dossier");

  // A new link, opened here under the same name, sends what had waited.
  await page.goto(budget);
  await live(page);
  await begin(claire, await giveBudget(page));
  await live(claire);
  await expect(answer(claire, SERVICES)).toHaveValue("987");
  await expect(saveLine(claire)).toContainText("Enregistré");
  await page.goto(budget);
  await expect(answer(page, SERVICES)).toHaveValue(/987/);
  await expect(question(page, "budget.variation_comment")).toBeAttached();
});
