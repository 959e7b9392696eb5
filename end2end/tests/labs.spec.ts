// A session of the open lab, from preparing to synthesis: one who leads, three who take part at once.
import type { Page } from "@playwright/test";
import { answer, live, question, saved } from "../support/dossier.js";
import { axe, shot, sound } from "../support/look.js";
import { CLAIRE, SAMIR, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const TITLE = "Moyens humains, version courte";

async function looked(page: Page, name: string): Promise<void> {
  await sound(page);
  await shot(page, `atelier-${name}`);
  await axe(page);
}

/** Prepares and opens a session; gives the address where one comes in. */
async function opened(page: Page): Promise<string> {
  await signInAs(page, SAMIR);
  await page.getByRole("link", { name: "Préparer un atelier" }).click();
  await page.getByLabel("Titre").fill(TITLE);
  await page.getByLabel("Lieu ou département").fill("Nevers");
  await page.getByLabel("Formulaire à essayer").selectOption({ label: `${TITLE} (édition 1)` });
  await page.getByRole("button", { name: "Préparer l'atelier" }).click();
  await page.getByRole("button", { name: "Ouvrir l'atelier" }).click();
  const address = await page.locator(".lab-address").textContent();
  return `/a/${(address ?? "").split("/a/")[1]}`;
}

/** Comes in under a pseudonym. */
async function join(page: Page, door: string, name: string, seat: RegExp): Promise<void> {
  await page.goto(door);
  await page.getByLabel("Votre pseudonyme").fill(name);
  await page.getByRole("radio", { name: seat }).check();
  await page.getByLabel("J'accepte").check();
  await page.getByRole("button", { name: "Entrer" }).click();
  await expect(page).toHaveURL(/\/atelier$/);
}

async function step(page: Page, section: string): Promise<void> {
  await page.goto("/dossiers");
  await page.locator('a[href^="/dossiers/0"]').first().click();
  await expect(page).toHaveURL(/\/etapes\//);
  await page.goto(page.url().replace(/etapes\/.*$/, `etapes/${section}`));
  await live(page);
}

async function pin(page: Page, kind: string, words: string): Promise<void> {
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("En vos mots").fill(words);
  await page.getByRole("button", { name: "Épingler la remarque" }).click();
}

test("from preparing to synthesis, with three who take part", async ({ page, elsewhere, trouble }) => {
  test.setTimeout(180_000);
  trouble.allow(/status of (404|410|422)/);
  await signInAs(page, SAMIR);
  await looked(page, "liste-vide");
  await page.getByRole("link", { name: "Préparer un atelier" }).click();
  await looked(page, "preparer");
  await page.context().clearCookies();
  const door = await opened(page);
  await looked(page, "cockpit-vide");
  const cockpit = page.url();
  await page.getByRole("link", { name: "Projeter le code" }).click();
  await looked(page, "projeter");
  await page.goto(cockpit);

  const [heron, loutre, milan] = [await elsewhere(), await elsewhere(), await elsewhere()];
  await heron.goto(door);
  await looked(heron, "rejoindre");
  await Promise.all([
    join(heron, door, "Héron", /Structure/),
    join(loutre, door, "Loutre", /Structure/),
    join(milan, door, "Milan", /Agent/),
  ]);
  await looked(heron, "place");

  // Pinned beside the very question, without leaving the page nor what is typed.
  await step(heron, "moyens");
  await expect(heron.getByText("Partagez-vous un poste avec une autre structure ?").first(), "the variant").toBeVisible();
  await saved(heron, () => answer(heron, "moyens.etp_change_reason").fill("Un chantier de plus."));
  await question(heron, "moyens.etp_change_reason").getByRole("button", { name: /^Remarque/ }).click();
  await expect(heron.getByLabel("Sur quoi ?")).toHaveValue("moyens.etp_change_reason");
  await pin(heron, "Pas clair", "<b>Quelle</b> différence ?");
  await expect(heron.getByText("Merci, c'est noté.")).toBeVisible();
  await expect(heron.locator("#remarques-liste")).toContainText("<b>Quelle</b> différence ?");
  await expect(answer(heron, "moyens.etp_change_reason")).toHaveValue("Un chantier de plus.");
  await looked(heron, "etape-avec-remarque");

  // On the cell one was in.
  await step(loutre, "moyens");
  await answer(loutre, "moyens.staff.etp#technical").focus();
  await loutre.getByRole("link", { name: "Faire une remarque" }).click();
  await expect(loutre.getByLabel("Sur quoi ?")).toHaveValue("moyens.staff.etp#technical");
  await pin(loutre, "Mauvais mot", "ETP, je ne sais jamais");
  await expect(loutre.getByText("Merci, c'est noté.")).toBeVisible();

  // From the agent's reading.
  await milan.getByRole("link", { name: "Ouvrir les dossiers reçus" }).click();
  await looked(milan, "recus");
  await milan.locator('a[href*="/dossiers/"]').first().click();
  await expect(milan).toHaveURL(/\/instruction$/);
  await milan.locator('.lab-here[data-sur="moyens.etp_requested"]').first().click();
  await pin(milan, "J'aime", "Je vois tout de suite l'écart");
  await expect(milan.getByText("Merci, c'est noté.")).toBeVisible();
  await shot(milan, "atelier-lecture");

  // The cockpit follows without being touched.
  await expect(page.locator("#suivi")).toContainText("Je vois tout de suite l'écart", { timeout: 15_000 });
  await expect(page.locator("#suivi")).toContainText("Héron");
  await page.getByLabel("Durée").fill("20");
  await page.getByRole("button", { name: "Lancer" }).click();
  await expect(page.getByRole("timer")).toContainText(/1?\d\s+min/);
  await page.getByRole("button", { name: "Ouvrir les votes" }).click();
  await looked(page, "cockpit");

  await milan.goto("/atelier");
  await milan.locator("li", { hasText: "Quelle" }).getByRole("button", { name: /D'accord/ }).click();
  await milan.getByRole("button", { name: /C'est fait/ }).first().click();
  await expect(milan.getByText("Fait", { exact: true })).toBeVisible();
  await looked(milan, "votes");
  for (const [one, degree] of [[heron, 4], [loutre, 3], [milan, 5]] as const) {
    await one.goto("/atelier/questionnaire");
    if (one === heron) await looked(one, "questionnaire");
    for (let rank = 0; rank < 10; rank += 1) {
      await one.locator(`input[name="s${rank}"][value="${rank % 2 ? 6 - degree : degree}"]`).check();
    }
    await one.getByRole("group", { name: /Accepteriez-vous/ }).getByLabel("Oui").check();
    await one.getByRole("group", { name: /Gagneriez-vous/ }).getByLabel(degree > 3 ? "Oui" : "Non").check();
    if (degree > 3) await one.getByLabel("Combien, pour un dossier ?").fill(String(degree * 20));
    await one.getByRole("button", { name: "Envoyer mes réponses" }).click();
    await expect(one).toHaveURL(/\/atelier$/);
  }

  // Reset under someone's fingers.
  await step(loutre, "moyens");
  await page.goto(cockpit);
  await page.getByText("Remettre à zéro…").click();
  await page.getByRole("button", { name: "Remettre à zéro", exact: true }).click();
  await answer(loutre, "moyens.etp_change_reason").fill("Trop tard");
  await expect(loutre.getByRole("alert").filter({ hasText: "remis à zéro" })).toBeVisible();
  await shot(loutre, "atelier-remis-sous-les-doigts");
  await loutre.goto("/dossiers");
  await expect(loutre.getByRole("heading", { level: 1 })).toHaveText("L'atelier a été remis à zéro");
  await looked(loutre, "remis-a-zero");
  await loutre.getByRole("link", { name: "Reprendre une place" }).click();
  await loutre.getByRole("button", { name: "Reprendre ma place" }).click();
  await loutre.getByRole("link", { name: "Ouvrir mon dossier" }).click();
  await expect(loutre.getByRole("complementary", { name: "Atelier" })).toContainText("données fictives");

  // Nothing stays on the device of who leaves.
  await loutre.goto("/atelier");
  await loutre.getByRole("button", { name: "Quitter l'atelier" }).click();
  await expect(loutre.getByRole("heading", { level: 1 })).toHaveText("Rejoindre un atelier");
  await looked(loutre, "code");
  expect((await loutre.context().cookies()).map(({ name }) => name)).toEqual([]);
  const left = await loutre.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(left).toEqual({ databases: 0, caches: 0, workers: 0 });
  await loutre.goto("/dossiers");
  await expect(loutre).toHaveURL(/\/connexion/);

  await page.getByText("Terminer…").click();
  await page.getByRole("button", { name: "Terminer", exact: true }).click();
  await heron.goto("/dossiers");
  await expect(heron.getByRole("heading", { level: 1 })).toHaveText("Cet atelier n'est pas ouvert");
  await page.getByRole("link", { name: "Synthèse", exact: true }).click();
  await expect(page.getByText("sur 100")).toBeVisible();
  const asked = page.getByRole("region", { name: /différence avec cette année/ });
  await expect(asked).toContainText("1\u00a0voix");
  await asked.getByText("Décider", { exact: true }).click();
  await asked.getByLabel("Suite donnée").selectOption({ label: "Écartée" });
  await asked.getByRole("button", { name: /Enregistrer/ }).click();
  await expect(page.getByRole("alert")).toContainText("Dites pourquoi");
  await asked.getByLabel("Suite donnée").selectOption({ label: "Faite" });
  await asked.getByLabel("Révision où c'est fait").fill("3");
  await asked.getByRole("button", { name: /Enregistrer/ }).click();
  await expect(asked).toContainText("Faite dans la révision 3");
  await looked(page, "synthese");
  for (const [name, file] of [["Texte (Markdown)", /\.md$/], ["Pour tableur (CSV)", /\.csv$/]] as const) {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    expect((await coming).suggestedFilename()).toMatch(file);
  }
  await page.goto("/ateliers");
  await looked(page, "liste");

  const ministry = await elsewhere();
  await signInAs(ministry, CLAIRE);
  await ministry.getByRole("link", { name: "Ateliers", exact: true }).click();
  await ministry.getByRole("link", { name: /^Synthèse/ }).click();
  await expect(ministry.getByText("Décider", { exact: true })).toHaveCount(0);
  await expect(ministry.getByRole("heading", { level: 1 })).toContainText(TITLE);
});
