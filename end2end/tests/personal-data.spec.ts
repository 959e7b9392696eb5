// What Trame holds about a person, taken away in one file; and what will be forgotten, and when.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { axe, shot, sound } from "../support/look.js";
import { CLAIRE, INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

async function take(page: Page): Promise<{ personne: string; parties: { partie: string; lignes: object[] }[] }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger mes données" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("mes-donnees-trame.json");
  return JSON.parse(readFileSync(await file.path(), "utf8"));
}

test("a person reads and takes away what is held about them", async ({ page }) => {
  await signInAs(page, INES);
  await page.getByRole("link", { name: "Mes données" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mes données");
  await expect(page.getByRole("row", { name: /Vos réponses dans les dossiers/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Ce qui sera supprimé, et quand" })).toHaveCount(0);
  await sound(page);
  await axe(page);
  await shot(page, "mes-donnees");
  const file = await take(page);
  expect(file.personne).toContain("Inès");
  const answers = file.parties.find((part) => part.partie === "Vos réponses dans les dossiers");
  expect(answers?.lignes.length).toBeGreaterThan(50);
  expect(JSON.stringify(file)).not.toContain("argon2");
});

test("the DGEFP sees what will be forgotten, and when", async ({ page }) => {
  await signInAs(page, CLAIRE);
  await page.getByRole("link", { name: "Mes données" }).click();
  await page.getByRole("link", { name: "Ce qui sera supprimé, et quand" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce qui sera supprimé, et quand");
  await expect(page.getByText("Rien d'une campagne ouverte")).toBeVisible();
  await expect(page.getByText("Planifié, pas encore exécuté par Trame").first()).toBeVisible();
  await sound(page);
  await axe(page);
  await shot(page, "conservation");
});
