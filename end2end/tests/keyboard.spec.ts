// Everything by keyboard: the skip link, every control of a step in its order, the errors.
import { answer, live, openDraft, openLive, saveLine } from "../support/dossier.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at ? `${at.tagName.toLowerCase()} ${at.id || at.getAttribute("name") || at.textContent?.trim() || ""}` : "";
  });

test("the first Tab is the skip link, which leads to the content", async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Aller au contenu" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main#contenu")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement))).toBe(true);
});

test("a persona signs in and opens the dossier by keyboard alone", async ({ page }) => {
  await page.goto("/connexion");
  const ines = page.getByRole("button", { name: INES });
  for (let presses = 0; presses < 10 && !(await ines.evaluate((b) => b === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(ines).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/dossiers$/);
});

test("Tab goes through every control of a step, in its order, and each is seen", async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "gouvernance");
  const all = await page.locator("form#etape").evaluate((form) => {
    const stops: string[] = [];
    for (const control of form.querySelectorAll<HTMLInputElement>("input, textarea, select, button, a[href], summary")) {
      const group = control.type === "radio" ? control.name : control.id || `${control.name}=${control.value}`;
      if (control.checkVisibility() && control.tabIndex >= 0 && control.type !== "hidden" && stops.at(-1) !== group) stops.push(group);
    }
    return stops;
  });
  await page.locator("form#etape").evaluate((form) => form.querySelector<HTMLElement>(":is(input:not([type=hidden]), button:not([tabindex='-1']), summary)")?.focus());
  const met: string[] = [];
  for (let presses = 0; presses < all.length + 5; presses += 1) {
    const stop = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement;
      if (!at.closest("form#etape")) return undefined;
      const style = getComputedStyle(at);
      const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || at.type === "radio" || at.type === "checkbox";
      const box = at.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight;
      return { name: at.type === "radio" ? at.name : at.id || `${at.name}=${at.value}`, seen, inside };
    });
    if (!stop) break;
    expect(stop.seen, `${stop.name} shows that it has the focus`).toBe(true);
    expect(stop.inside, `${stop.name} is on the screen`).toBe(true);
    met.push(stop.name);
    await page.keyboard.press("Tab");
  }
  expect(met).toEqual(all);
});

test("Enter in a text saves and stays; the arrows choose", async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
  const here = page.url();
  await answer(page, "identification.website").fill("https://valbrune.example");
  await page.keyboard.press("Enter");
  await expect(saveLine(page)).toContainText("Enregistré");
  await expect(page).toHaveURL(here);
  await expect(answer(page, "identification.website"), "the focus has not moved").toBeFocused();

  await page.goto(here.replace("identification", "gouvernance"));
  await live(page);
  const radios = answer(page, "gouvernance.signatory_delegation");
  await radios.last().focus();
  await page.keyboard.press("ArrowUp");
  await expect(radios.first()).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(saveLine(page)).toContainText("Enregistré");
  await page.reload();
  await expect(radios.first()).toBeChecked();
});

test("a link of the errors leads to its question, ready to type", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  await page.goto(`/dossiers/${id}/etapes/projet?montrer=problemes`);
  await live(page);
  const link = page.locator(".errors a").first();
  await link.focus();
  await page.keyboard.press("Enter");
  const at = decodeURIComponent(new URL(page.url()).hash.slice(1));
  expect(at).toBe("projet.a4_done");
  await expect(answer(page, at)).toBeInViewport();
  await expect(answer(page, at)).toBeFocused();
  await page.keyboard.type("Au clavier");
  await expect(answer(page, at)).toHaveValue(/Au clavier$/);
});

test("an address with a question scrolls to it, before and after the step is live", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  await page.goto(`/dossiers/${id}/recapitulatif`);
  await page.locator('ul.problems a[href*="projet.a4_done"]').click();
  const control = answer(page, "projet.a4_done");
  await expect(control).toBeInViewport();
  await live(page);
  await expect(control).toBeInViewport();
  // What the mouse would click next is where Tab goes next.
  expect(await focused(page)).toContain("projet.a4_done");
});

test("a removed row leaves the focus at its table, an added one takes it", async ({ page }) => {
  await signInAs(page, INES);
  await openLive(page, "activites");
  const table = page.locator('[id="activites.activities"]');
  const rows = table.locator("fieldset.row");
  const before = await rows.count();
  await table.getByRole("button", { name: /^Ajouter/ }).focus();
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(before + 1);
  expect(await rows.last().evaluate((row) => row.contains(document.activeElement))).toBe(true);
  await rows.last().getByRole("button", { name: /^Retirer/ }).focus();
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(before);
  await expect(table).toBeFocused();
});
