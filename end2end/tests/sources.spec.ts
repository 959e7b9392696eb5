// What other systems know: laid when a dossier opens, missing with a word of why, changed as a card.
import { answer, idOf, live, question, saved } from "../support/dossier.js";
import { axe, narrow, shot, sound } from "../support/look.js";
import { JULES, signInAs } from "../support/people.js";
import { StandIn } from "../support/server.js";
import { expect, test } from "../support/test.js";

const NAME = "identification.legal_name";
const STREET = "identification.head_address.street";
const block = "#sources";

let played: StandIn;
test.beforeAll(async () => { played = await StandIn.start(); });
test.afterAll(() => played.stop());
test.beforeEach(async ({ server, page }) => {
  for (const system of ["registre", "adresse", "emplois"] as const) await played.set(system, "normal");
  await server.restartWith(played.variables);
  await signInAs(page, JULES);
});

/** Opens a request of a year that no deposit comes before for long: nothing is copied into it. */
async function open(page: import("@playwright/test").Page): Promise<string> {
  await page.goto("/dossiers/ouvrir");
  await page.getByLabel("Pour quelle année").fill("2033");
  await page.getByRole("radio", { name: /Renouvellement/ }).check();
  await page.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await expect(page.locator("form#etape")).toHaveCount(1);
  const id = idOf(page);
  await page.goto(`/dossiers/${id}/etapes/identification`);
  return id;
}

test("a renewal opens with what the register and the address base say", async ({ page, javaScriptEnabled }) => {
  const id = await open(page);
  if (javaScriptEnabled) await live(page);
  await expect(answer(page, NAME)).toHaveValue("INDEPENDANTS DU SUZON");
  await expect(question(page, NAME)).toContainText("Registre des entreprises");
  await expect(question(page, NAME)).toContainText("À confirmer");
  await expect(question(page, "identification.site_address.street")).toContainText("Base adresse");
  await expect(page.locator(".source-notice")).toHaveCount(0);
  await shot(page, "sources-ouverture");
  await page.goto(`/dossiers/${id}/sources`);
  await sound(page);
  await axe(page);
  await shot(page, "sources-page");
});

test("a source that is cut off is said, and asked again", async ({ page, javaScriptEnabled }) => {
  await played.set("registre", "panne");
  await open(page);
  if (javaScriptEnabled) await live(page);
  const notice = page.locator(".source-notice");
  await expect(notice).toContainText("Le registre des entreprises");
  await axe(page);
  await narrow(page);
  await shot(page, "sources-panne");
  await played.set("registre", "normal");
  await notice.getByRole("button", { name: "Actualiser" }).click();
  await expect(answer(page, NAME)).toHaveValue("INDEPENDANTS DU SUZON");
  await expect(page.locator(".source-notice")).toHaveCount(0);
});

test("a value that changed between two visits is a card: taken, then undone", async ({ page, javaScriptEnabled }) => {
  const id = await open(page);
  if (javaScriptEnabled) await live(page);
  const street = await answer(page, STREET).inputValue();
  await played.set("registre", "demenage");
  await page.goto(`/dossiers/${id}/sources`);
  await page.getByRole("button", { name: "Actualiser" }).click();
  await expect(page.getByText("attendent votre choix")).toBeVisible();
  await page.goto(`/dossiers/${id}/etapes/identification`);
  if (javaScriptEnabled) await live(page);
  await expect(answer(page, STREET), "nothing is overwritten").toHaveValue(street);
  const card = page.locator(`.source-card[data-pour="champ-${STREET}"]`);
  await expect(card).toContainText(street);
  await expect(card).toContainText(/^.*48 /s);
  if (javaScriptEnabled) await expect(question(page, STREET).locator(".source-card")).toHaveCount(1);
  await axe(page);
  await narrow(page);
  await shot(page, "sources-carte");

  // What is typed meanwhile elsewhere in the step is not lost by a choice.
  const typed = "Une présentation qui n'était pas encore enregistrée.";
  await answer(page, "identification.presentation").fill(typed);
  await card.getByRole("button", { name: /^Prendre/ }).click();
  await expect(page).toHaveURL(/#champ-/);
  if (javaScriptEnabled) await live(page);
  await expect(answer(page, STREET)).toHaveValue(/^48 /);
  await expect(answer(page, "identification.presentation")).toHaveValue(typed);
  await expect(page.locator(`.source-card[data-pour="champ-${STREET}"]`)).toHaveCount(0);
  await shot(page, "sources-prise");

  const name = page.locator(`.source-card[data-pour="champ-${NAME}"]`);
  await name.getByText("Expliquer l'écart").click();
  await name.getByLabel("Pourquoi votre réponse est la bonne").fill("Le nouveau nom vaut à partir de mars.");
  await name.getByRole("button", { name: /^Garder/ }).click();
  await expect(page.locator(`.source-card[data-pour="champ-${NAME}"]`)).toHaveCount(0);
  if (javaScriptEnabled) await live(page);
  await expect(answer(page, NAME)).toHaveValue("INDEPENDANTS DU SUZON");

  await question(page, STREET).getByRole("link", { name: "Historique" }).click();
  await page.getByRole("row").filter({ hasText: street }).getByRole("button", { name: /^Reprendre/ }).click();
  await expect(answer(page, STREET)).toHaveValue(street);
  await expect(page.locator(`.source-card[data-pour="champ-${STREET}"]`), "who undid it saw it").toHaveCount(0);
  await page.goto(`/dossiers/${id}/sources`);
  await expect(page.getByText("Le nouveau nom vaut à partir de mars.")).toBeVisible();
  await shot(page, "sources-choix");
});

test("a slow source keeps nobody waiting, and its values arrive in the open page", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "without script, the page is loaded again");
  await played.set("registre", "lent");
  const start = Date.now();
  await open(page);
  expect(Date.now() - start, "the dossier opens at once").toBeLessThan(6_000);
  await live(page);
  await expect(page.locator(block)).toContainText("n'a pas encore répondu");
  await saved(page, () => answer(page, "identification.presentation").fill("J'écris pendant ce temps."));
  await played.set("registre", "normal");
  await expect(page.getByRole("button", { name: "Reprendre ces valeurs" })).toBeVisible({ timeout: 40_000 });
  await shot(page, "sources-tard");
  await page.getByRole("button", { name: "Reprendre ces valeurs" }).click();
  await expect(answer(page, NAME)).toHaveValue("INDEPENDANTS DU SUZON");
  await expect(answer(page, "identification.presentation")).toHaveValue("J'écris pendant ce temps.");
});
