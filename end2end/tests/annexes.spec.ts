// The register of annexes: what is to sign, signed several at once, on a desk, a phone and without script.
import { axe, sound } from "../support/look.js";
import { AGNES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const LINES = "table.worklist tbody tr";

test("annexes of the year are signed at once; what is refused stays ticked", async ({ page, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, AGNES);
  await page.getByRole("link", { name: "Annexes", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Annexes financières 20/);
  await page.goto("/annexes?annee=2026");
  await sound(page);
  await axe(page);
  const all = await page.locator(LINES).count();
  const waiting = page.locator(LINES).filter({ hasText: "À signer" });
  await expect(waiting).toHaveCount(2);
  await page.getByRole("link", { name: "Cocher toutes celles à signer" }).click();
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await axe(page);

  await page.getByLabel("Signées des deux côtés le").fill("2020-01-01");
  await page.getByRole("button", { name: /^Noter la signature/ }).click();
  await expect(page.getByRole("alert")).toContainText("2 annexes restent à signer");
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await axe(page);

  await page.getByLabel("Signées des deux côtés le").fill(new Date().toISOString().slice(0, 10));
  await boxes.first().uncheck();
  await page.getByRole("button", { name: /^Noter la signature/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "La signature" })).toContainText("de 1 annexe est notée");
  await page.getByRole("link", { name: /^En cours/ }).click();
  await expect(page.locator(LINES)).toHaveCount(all);
  await expect(waiting).toHaveCount(1);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger cette liste" }).click();
  expect((await file).suggestedFilename()).toBe("annexes-2026.csv");

  await page.locator(LINES).filter({ hasText: "Les Ateliers de Valbrune" }).getByRole("link", { name: "Les Ateliers de Valbrune" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ACI 058 25 0002 A1 M0");
  await expect(page.getByRole("heading", { name: "Les annexes de cette convention" })).toBeVisible();
  await axe(page);
});
