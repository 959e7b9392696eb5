// An agent's desk: what is typed is never lost, views of the list by name, a colleague who covers.
import { axe, shot, sound } from "../support/look.js";
import { NO_NETWORK, away, back } from "../support/offline.js";
import { AGNES, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

const hasScript = (): boolean => test.info().project.use.javaScriptEnabled !== false;

/** Opens the first dossier that waits for the State; gives its address. */
async function openFirst(page: Page): Promise<string> {
  await page.goto("/territoire?pile=a-traiter&tri=nom&etat=submitted");
  await page.locator(".worklist tbody th a").first().click();
  await expect(page.locator("#instruction")).toBeVisible();
  return new URL(page.url()).pathname;
}

const composer = (page: Page) => page.locator("#annoter");
const whole = (page: Page) => page.getByRole("link", { name: "Annoter : tout le dossier", exact: true });
/** The first act that takes a message. */
const acting = (page: Page) => page.locator('form[data-brouillon^="acte."]').filter({ has: page.locator("textarea") }).first();
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>("details.act")) one.open = true;
  });
const drafts = (page: Page) => page.locator("#brouillons");

test("a note that is typed is there on another device, and goes once it is posted", async ({ page, elsewhere }) => {
  test.skip(!hasScript());
  await signInAs(page, AGNES);
  const dossier = await openFirst(page);
  await whole(page).click();
  await composer(page).getByRole("radio", { name: "Correction" }).check();
  await composer(page).getByLabel("Votre texte").fill("Le budget ne porte pas l'aide au poste");
  await expect(composer(page).getByRole("status")).toContainText(/Brouillon enregistré à \d+/);
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("brouillon:")));
  expect(left, "the device need not keep what the server has").toEqual([]);
  await page.close();

  const other = await elsewhere();
  await signInAs(other, AGNES);
  await other.goto(dossier);
  await expect(drafts(other)).toContainText("Le budget ne porte pas l'aide au poste");
  await sound(other);
  await axe(other);
  await shot(other, "desk-drafts");
  await drafts(other).getByRole("link", { name: /^Reprendre/ }).click();
  await expect(composer(other).getByLabel("Votre texte")).toHaveValue("Le budget ne porte pas l'aide au poste");
  await expect(composer(other).getByRole("radio", { name: "Correction" })).toBeChecked();
  await expect(composer(other).getByRole("status")).toContainText("Votre brouillon, gardé");
  await axe(other);
  await shot(other, "desk-resumed");

  // A colleague sees nothing of it.
  const paul = await elsewhere();
  await signInAs(paul, PAUL);
  await paul.goto(dossier);
  await expect(paul.locator("#instruction")).toBeVisible();
  await expect(drafts(paul)).toHaveCount(0);

  await composer(other).getByLabel("Votre texte").press("End");
  await composer(other).getByLabel("Votre texte").pressSequentially(" ni l'encadrement.");
  await composer(other).getByRole("button", { name: "Écrire" }).click();
  await expect(other.locator(".thread:target")).toContainText("ni l'encadrement.");
  await expect(drafts(other)).toHaveCount(0);
  await other.goto(dossier);
  await expect(drafts(other)).toHaveCount(0);
});

test("the network goes while an act is written, and nothing is lost", async ({ page, context, server, elsewhere, trouble }) => {
  test.skip(!hasScript());
  test.slow();
  trouble.allow(NO_NETWORK);
  trouble.allow(/ERR_INCOMPLETE_CHUNKED_ENCODING/);
  await signInAs(page, AGNES);
  const dossier = await openFirst(page);
  const act = acting(page);
  await unfold(page);
  const message = act.locator("textarea");
  await message.fill("Il manque");
  await expect(act.getByRole("status")).toContainText("Brouillon enregistré");
  await away(context, server);
  await message.pressSequentially(" les comptes de 2026.");
  await expect(act.getByRole("status")).toContainText("Gardé sur cet appareil");
  await shot(page, "desk-offline");
  await back(context, server);
  await expect(act.getByRole("status")).toContainText("Brouillon enregistré", { timeout: 20_000 });

  // The browser is closed in the middle of a word, without network: the device has it.
  await away(context, server);
  await message.pressSequentially(" Et le bilan.");
  await page.close();
  await back(context, server);
  const again = await context.newPage();
  await again.goto(dossier);
  const here = acting(again);
  await expect(here.locator("textarea")).toHaveValue("Il manque les comptes de 2026. Et le bilan.");
  await expect(here.getByRole("status")).toContainText("Brouillon enregistré");

  // Put away by its button, and taken back.
  const other = await elsewhere();
  await signInAs(other, AGNES);
  await other.goto(dossier);
  await expect(drafts(other)).toContainText("Il manque les comptes de 2026. Et le bilan.");
  await drafts(other).getByRole("button", { name: /^Effacer/ }).click();
  await expect(drafts(other)).toContainText("Brouillon effacé");
  await drafts(other).getByRole("button", { name: /^Le remettre/ }).click();
  await expect(drafts(other)).toContainText("Et le bilan.");
});

test("two devices that write apart keep both texts", async ({ page, elsewhere }) => {
  test.skip(!hasScript());
  await signInAs(page, AGNES);
  const dossier = await openFirst(page);
  const other = await elsewhere();
  await signInAs(other, AGNES);
  for (const one of [page, other]) {
    await one.goto(dossier);
    await whole(one).click();
  }
  for (const [one, text] of [[page, "Écrit au bureau"], [other, "Écrit en visite"]] as const) {
    await composer(one).getByLabel("Votre texte").fill(text);
    await expect(composer(one).getByRole("status")).toContainText("Brouillon enregistré");
  }
  await expect(composer(other).getByRole("status")).toContainText("Un autre texte");
  await page.goto(dossier);
  await expect(drafts(page).getByRole("listitem")).toHaveCount(2);
  await drafts(page).getByRole("listitem").filter({ hasText: "au bureau" }).getByRole("link", { name: /^Reprendre/ }).click();
  await expect(composer(page).getByLabel("Votre texte")).toHaveValue("Écrit au bureau");
  await shot(page, "desk-two");
});

test("a view is kept under a name, shared, opened first, removed and taken back", async ({ page, elsewhere }) => {
  await signInAs(page, AGNES);
  await page.goto("/territoire?pile=tous&type=ACI");
  await page.getByText("Garder cette vue", { exact: true }).click();
  await page.getByLabel("Nom de la vue").fill("Les ateliers");
  await page.getByLabel("La partager avec mon service").check();
  await page.getByLabel("L'ouvrir d'abord").check();
  await axe(page);
  await page.getByRole("button", { name: "Garder", exact: true }).click();
  const chip = page.getByRole("navigation", { name: "Vues" }).getByRole("link", { name: /^Les ateliers/ });
  await expect(chip).toHaveAttribute("aria-current", "true");
  await expect(chip).toContainText(/\d/);
  await sound(page);
  await axe(page);
  await shot(page, "desk-views");
  await page.goto("/territoire");
  await expect(page, "it opens first").toHaveURL(/type=ACI.*vue=/);

  const paul = await elsewhere();
  await signInAs(paul, PAUL);
  await paul.goto("/territoire");
  await paul.getByRole("navigation", { name: "Vues" }).getByRole("link", { name: /^Les ateliers, de Agnès Royer/ }).click();
  await expect(paul).toHaveURL(/type=ACI/);

  await page.getByText("Vue « Les ateliers »").click();
  await page.getByLabel("Nom de la vue").first().fill("Les ACI");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Vue « Les ACI »").click();
  await page.getByRole("button", { name: "Retirer cette vue" }).click();
  await expect(page.getByRole("status").filter({ hasText: "retirée" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Les ACI/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByRole("link", { name: /^Les ACI/ })).toBeVisible();
});

test("who is away is covered by a colleague, and nothing changes hands", async ({ page, elsewhere }) => {
  await signInAs(page, AGNES);
  const dossier = await openFirst(page);
  const take = page.getByRole("button", { name: "Je m'en occupe" }).or(page.getByRole("button", { name: "Reprendre ce dossier" }));
  if ((await take.count()) > 0) await take.first().click();
  await page.goto("/territoire/absences");
  await sound(page);
  await axe(page);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Absent du").fill(day(0));
  await page.getByLabel("au (compris)").fill(day(7));
  await page.getByLabel("Remplacé par").selectOption({ label: "Paul Vidal" });
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "En ce moment" })).toContainText("remplacé par Paul Vidal");
  await axe(page);
  await shot(page, "desk-leave");

  const paul = await elsewhere();
  await signInAs(paul, PAUL);
  await paul.goto("/territoire?pile=a-traiter&suivi=moi");
  const row = paul.locator(".worklist tbody tr").filter({ has: paul.locator(`a[href="${dossier}"]`) });
  await expect(row).toContainText("que vous remplacez");
  await shot(paul, "desk-covered");
  await row.getByRole("rowheader").getByRole("link").click();
  await expect(paul.getByText(/que vous remplacez jusqu'au/)).toBeVisible();
  await paul.goto("/territoire/absences");
  await expect(paul.getByRole("listitem").filter({ hasText: "Agnès Royer" })).toBeVisible();
  // A signatory is covered by a signatory, and there is none.
  await expect(paul.getByText(/ne peut vous remplacer/)).toBeVisible();

  await page.getByRole("button", { name: /^Mettre fin/ }).click();
  await paul.goto("/territoire?pile=a-traiter&suivi=moi");
  await expect(row).toHaveCount(0);
});
