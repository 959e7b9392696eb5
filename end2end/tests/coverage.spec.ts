// The map of what each source can fill, with the counts of the running base.
import { axe, sound } from "../support/look.js";
import { AGNES, CLAIRE, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

test("the ministry reads what sources fill, and takes it along", async ({ page, trouble, elsewhere }) => {
  trouble.allow(/status of 404/);
  await signInAs(page, CLAIRE);
  await page.getByRole("link", { name: "Ce que l'État sait déjà" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que l'État sait déjà");
  await sound(page);
  await axe(page);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "ETP d'insertion demandés" }) });
  await expect(row).toContainText("ASP, annexes financières");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Pour tableur (CSV)" }).click();
  expect((await coming).suggestedFilename()).toBe("couverture.csv");
  const other = await elsewhere();
  await signInAs(other, AGNES);
  await expect(other.getByRole("link", { name: "Ce que l'État sait déjà" })).toHaveCount(0);
  for (const path of ["/couverture", "/couverture.csv"]) expect((await other.request.get(path)).status()).toBe(404);
});
