// Rows that the browser makes by itself say all that the server's say.
import { live, openDraft, saveLine } from "../support/dossier.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

test("a row added in the browser helps as the server's rows do", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "activites");
  await live(page);
  const table = page.locator('[id="activites.posts"]');
  const rows = table.locator("fieldset.row");
  const before = await rows.count();
  await table.getByRole("button", { name: /^Ajouter/ }).click();
  await expect(rows).toHaveCount(before + 1);
  const help = rows.last().locator(".hint");
  await expect(help.first()).toHaveText("Une lettre et quatre chiffres, par exemple A1203.");
  const told = await help.allTextContents();
  expect(told, "none is the mark of a help that is elsewhere").not.toContain("…");

  await expect(saveLine(page)).toContainText("Enregistré");
  await page.reload();
  await expect(rows).toHaveCount(before + 1);
  expect(await help.allTextContents(), "the same from the server").toEqual(told);
});
