// What an agent reads by: signals set aside with a reason, questions that are composed, a yearly report,
// deposits side by side. By links and forms: the same without script and on a phone.
import { axe, shot, sound } from "../support/look.js";
import { AGNES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

test.setTimeout(150_000);

/** The first dossier of the list, of this kind, whose page has this. */
async function openOne(page: Page, kind: string, selector: string): Promise<string> {
  await page.goto("/territoire?pile=tous&tri=nom");
  const rows = page.locator(".worklist tbody tr").filter({ hasText: kind });
  const links = await rows.locator("th a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  for (const link of links) {
    await page.goto(link);
    if ((await page.locator(selector).count()) > 0) return new URL(page.url()).pathname;
  }
  throw new Error(`no ${kind} with ${selector} among ${links.length}`);
}

test("a signal is set aside with a reason, and taken up again", async ({ page, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, AGNES);
  await openOne(page, "", ".signal details");
  const signals = page.getByRole("region", { name: "À regarder de près" });
  const before = await signals.locator(".signal").count();
  const first = signals.locator(".signal").first();
  await first.locator("summary").click();
  await first.getByRole("button", { name: "Écarter" }).click();
  await expect(page.getByRole("alert")).toContainText("Écrivez pourquoi");
  const open = signals.locator(".signal").first();
  await expect(open.getByLabel("Votre raison")).toBeVisible();
  await open.getByLabel("Votre raison").fill("Un chantier a fermé trois mois, la reprise est signée.");
  await axe(page);
  await sound(page);
  await shot(page, "reading-signal");
  await open.getByRole("button", { name: "Écarter" }).click();
  const aside = signals.locator("details.aside");
  await expect(aside.locator("summary")).toHaveText("1 signal écarté");
  await aside.locator("> summary").click();
  await expect(aside).toContainText("par Agnès Royer");
  await expect(aside).toContainText("Un chantier a fermé trois mois");
  await axe(page);
  await sound(page);
  await shot(page, "reading-aside");
  await aside.getByRole("button", { name: "Reprendre ce signal" }).click();
  await expect(signals.locator("details.aside")).toHaveCount(0);
  await expect(signals.locator(".signal")).toHaveCount(before);

  // Typed and sent at once, before the device told the server: it does not come back as a draft.
  await signals.locator(".signal").first().locator("summary").click();
  await signals.locator(".signal").first().getByLabel("Votre raison").fill("Deux postes attendent leur salarié.");
  await signals.locator(".signal").first().getByRole("button", { name: "Écarter" }).click();
  await expect(aside.locator("summary")).toHaveText("1 signal écarté");
  await page.waitForLoadState("networkidle");
  await page.reload();
  await expect(aside.locator("summary")).toHaveText("1 signal écarté");
  await expect(page.locator("#brouillons")).toHaveCount(0);
});

test("a yearly report is read by its own questions", async ({ page }) => {
  await signInAs(page, AGNES);
  await openOne(page, "Bilan", "#lecture");
  await axe(page);
  await sound(page);
  await shot(page, "reading-report");
  await page.getByRole("link", { name: "Les objectifs sont-ils atteints" }).click();
  await expect(page.getByRole("heading", { name: "Les objectifs sont-ils atteints" })).toBeVisible();
  await expect(page.locator("#rep-resultats")).toBeVisible();
  await expect(page.locator("#rep-finances")).toHaveCount(0);
});

test("a question is composed, changed, taken away and put back", async ({ page, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, AGNES);
  await openOne(page, "2027", "#lecture");
  await page.getByRole("link", { name: "Vos questions…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vos questions de lecture");
  await axe(page);
  await sound(page);
  const question = `Les salariés viennent-ils d'ici (${test.info().project.name}) ?`;
  await page.getByLabel("Votre question").fill(question);
  await page.getByRole("button", { name: "Ajouter la question" }).click();
  await expect(page.getByRole("alert")).toContainText("Choisissez au moins");
  await expect(page.getByLabel("Votre question"), "nothing that was typed is lost").toHaveValue(question);
  const step = page.locator("details.compose").filter({ hasText: "Territoire" }).first();
  await step.locator("summary").click();
  await step.getByRole("checkbox", { name: "Toute l'étape" }).check();
  await page.getByRole("radio", { name: /^Le service du/ }).first().check();
  await axe(page);
  await sound(page);
  await shot(page, "reading-compose");
  await page.getByRole("button", { name: "Ajouter la question" }).click();
  const here = page.getByRole("navigation", { name: "Questions à trancher" }).locator("[aria-current]");
  await expect(here).toContainText("Les salariés viennent-ils d'ici");
  await expect(page.locator("#rep-territoire")).toBeVisible();
  await expect(page.locator("#rep-budget")).toHaveCount(0);
  await axe(page);
  await shot(page, "reading-composed");
  await page.getByRole("link", { name: "La modifier" }).click();
  await page.getByRole("radio", { name: /^Vous uniquement/ }).check();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Vous avez composé cette question pour vous.")).toBeVisible();
  await page.getByRole("link", { name: "Vos questions…" }).click();
  await page.getByRole("button", { name: /^Retirer : Les salariés/ }).first().click();
  await expect(page.getByRole("status").filter({ hasText: "n'est plus dans vos questions" })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "La remettre" }).click();
  await expect(page.getByRole("link", { name: /^Les salariés viennent-ils d'ici/ }).first()).toBeVisible();
});

test("two deposits stand side by side", async ({ page }) => {
  await signInAs(page, AGNES);
  await openOne(page, "2027", 'a[href$="/comparer"]');
  await page.getByRole("link", { name: "Comparer les dépôts" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("dépôts côte à côte");
  await expect(page.getByText(/réponses? diff/)).toBeVisible();
  await axe(page);
  await sound(page);
  await shot(page, "reading-compared");
  const some = await page.locator(".compared tbody tr").count();
  await page.getByRole("checkbox", { name: "Montrer aussi ce qui est pareil" }).check();
  await page.getByRole("button", { name: "Comparer" }).click();
  await expect(page).toHaveURL(/tout=oui/);
  expect(await page.locator(".compared tbody tr").count()).toBeGreaterThan(some);
  await axe(page);
  await sound(page);
});
