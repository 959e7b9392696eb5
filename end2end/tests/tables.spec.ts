// Tables as in a spreadsheet: keys that move, blocks that are pasted, gestures that are undone.
import { answer, openLive, paste, saved, saveLine } from "../support/dossier.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

const FORECAST = "budget.charges.forecast";
const charge = (page: Page, line: string) => answer(page, `${FORECAST}#${line}`);
const undo = (page: Page) => page.getByRole("button", { name: "Défaire" });
const redo = (page: Page) => page.getByRole("button", { name: "Refaire" });

test.beforeEach(async ({ page }) => {
  await signInAs(page, INES);
});

test("keys move in a grid, and Escape takes a cell back", async ({ page }) => {
  await openLive(page, "budget");
  await charge(page, "60").fill("100");
  await page.keyboard.press("Enter");
  await expect(charge(page, "61")).toBeFocused();
  await page.keyboard.press("Shift+Enter");
  await expect(charge(page, "60")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(charge(page, "62")).toBeFocused();
  const before = await charge(page, "62").inputValue();
  // The text of a cell that keys led to is selected: the next key replaces it.
  await page.keyboard.type("7");
  await expect(charge(page, "62")).toHaveValue("7");
  await page.keyboard.press("Escape");
  await expect(charge(page, "62")).toHaveValue(before);
  await page.keyboard.press("ArrowUp");
  await saved(page, () => page.keyboard.press("Control+d"));
  await expect(charge(page, "61"), "the cell above, once more").toHaveValue(/^100/);
});

test("the caret goes through a text before the arrows leave it", async ({ page }) => {
  await openLive(page, "budget");
  await charge(page, "60").fill("12");
  await page.keyboard.press("ArrowLeft");
  await expect(charge(page, "60")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await expect(charge(page, "60")).not.toBeFocused();
});

test("a budget pasted with its accounts finds its lines, and comes back in one gesture", async ({ page }) => {
  await openLive(page, "budget");
  const before = await charge(page, "61").inputValue();
  await paste(page, charge(page, "60"), "Compte\tPrévu\n61 Services extérieurs\t1\u202f234,56\nTotal\t99\n62 Autres services extérieurs\tbeaucoup\n");
  const preview = page.getByRole("group", { name: "Coller depuis un tableur" });
  await expect(preview).toBeFocused();
  await expect(preview).toContainText("1 réponse à écrire, 1 refusée");
  await expect(preview.getByRole("row").filter({ hasText: "beaucoup" })).toContainText("Refusé. Écrivez un nombre");
  await expect(charge(page, "61"), "nothing is written before a look").toHaveValue(before);
  await saved(page, () => preview.getByRole("button", { name: "Écrire ces réponses" }).click());
  await expect(charge(page, "61")).toHaveValue(/^1.?234,56$/);
  await expect(charge(page, "60"), "back where one was").toBeFocused();
  await saved(page, () => undo(page).click());
  await expect(charge(page, "61")).toHaveValue(before);
  await saved(page, () => redo(page).click());
  await page.reload();
  await expect(charge(page, "61")).toHaveValue(/^1.?234,56$/);
});

test("a block that was not wanted leaves nothing", async ({ page }) => {
  await openLive(page, "budget");
  const before = await charge(page, "60").inputValue();
  for (const leave of [() => page.keyboard.press("Escape"), () => page.getByRole("button", { name: "Ne rien coller" }).click()]) {
    await paste(page, charge(page, "60"), "1\n2\n3");
    await expect(page.getByRole("group", { name: "Coller depuis un tableur" })).toBeVisible();
    await leave();
    await expect(page.getByRole("group", { name: "Coller depuis un tableur" })).toHaveCount(0);
  }
  await expect(charge(page, "60")).toHaveValue(before);
});

test("twelve posts pasted from a spreadsheet add the rows they need", async ({ page }) => {
  await openLive(page, "activites");
  const rows = page.locator('[id="activites.posts"] fieldset.row');
  const labels = page.locator('[id="activites.posts"] input[name^="activites.posts.label#"]');
  const before = await rows.count();
  const block = Array.from({ length: 12 }, (_, n) => [`Poste collé ${n + 1}`, n === 3 ? "Z99" : "A1203", "2", "1,75", "58194", n % 2 ? "CDDI" : ""].join("\t"));
  await paste(page, labels.last(), block.join("\r\n"));
  const preview = page.getByRole("group", { name: "Coller depuis un tableur" });
  await expect(preview).toContainText("11 lignes ajoutées");
  await expect(preview.getByRole("row").filter({ hasText: "Z99" })).toContainText("Un code ROME");
  await saved(page, () => preview.getByRole("button", { name: "Écrire ces réponses" }).click());
  await expect(rows).toHaveCount(before + 11);
  await page.reload();
  await expect(rows, "all of it is on the server").toHaveCount(before + 11);
  await expect(labels.last()).toHaveValue("Poste collé 12");
});

test("a block is chosen, copied, cleared, filled down, and comes back", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await openLive(page, "budget");
  for (const [line, text] of [["60", "100"], ["61", "200"], ["62", "300"]] as const) await charge(page, line).fill(text);
  await charge(page, "62").blur();
  await expect(saveLine(page)).toContainText("Enregistré");
  const chosen = page.locator("[data-chosen]");
  await charge(page, "60").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(chosen).toHaveCount(3);
  await expect(page.locator("#annonce")).toHaveText("3 cases choisies");
  await page.keyboard.press("Control+c");
  expect((await clipboard()).split(/\r?\n/)).toEqual(["100", "200", "300"]);
  await saved(page, () => page.keyboard.press("Delete"));
  await expect(charge(page, "61")).toHaveValue("");
  await saved(page, () => undo(page).click());
  await expect(charge(page, "61")).toHaveValue(/^200/);

  // The pointer chooses too; the first line fills those below.
  await charge(page, "60").click();
  await charge(page, "62").click({ modifiers: ["Shift"] });
  await expect(chosen).toHaveCount(3);
  await saved(page, () => page.keyboard.press("Control+d"));
  await expect(charge(page, "62")).toHaveValue(/^100/);
  await saved(page, () => page.keyboard.press("Control+z"));
  await expect(charge(page, "62")).toHaveValue(/^300/);

  // What was copied from here goes back where it came from; any other key lets the block go.
  await page.keyboard.press("Escape");
  await expect(chosen).toHaveCount(0);
  await paste(page, charge(page, "60"), "100\r\n200\r\n7");
  await expect(page.getByRole("group", { name: "Coller depuis un tableur" })).toContainText("1 réponse à écrire");
});

test("a row is moved by its button, by keys, and comes back", async ({ page }) => {
  await openLive(page, "activites");
  const rows = page.locator('[id="activites.posts"] fieldset.row');
  const names = () => rows.locator('[name^="activites.posts.label#"]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  const before = await names();
  expect(before.length).toBeGreaterThan(1);
  const after = [before[1], before[0], ...before.slice(2)];
  const down = rows.first().getByRole("button", { name: /^Descendre/ });
  await expect(rows.first().getByRole("button", { name: /^Monter/ })).toBeDisabled();
  await saved(page, () => down.click());
  expect(await names()).toEqual(after);
  await expect(rows.nth(1).getByRole("button", { name: before.length > 2 ? /^Descendre/ : /^Monter/ })).toBeEnabled();
  await saved(page, () => undo(page).click());
  expect(await names()).toEqual(before);
  await rows.nth(1).locator("input").first().focus();
  await saved(page, () => page.keyboard.press("Alt+ArrowUp"));
  expect(await names()).toEqual(after);
  await expect(rows.first().locator("input").first(), "the cursor went with its row").toBeFocused();
  await page.reload();
  expect(await names()).toEqual(after);
});

test("a row that was removed comes back with what it said", async ({ page }) => {
  await openLive(page, "activites");
  const rows = page.locator('[id="activites.posts"] fieldset.row');
  const first = rows.first().locator("input").first();
  const [count, said] = [await rows.count(), await first.inputValue()];
  await saved(page, () => rows.first().getByRole("button", { name: "Retirer" }).click());
  await expect(rows).toHaveCount(count - 1);
  await saved(page, () => undo(page).click());
  await expect(rows).toHaveCount(count);
  await expect(first).toHaveValue(said);
  await expect(saveLine(page)).toContainText("Enregistré");
});
