// The form studio: a variant from nothing to a session, and the supplement of a département; a
// publication is refused until what it loses is accepted.
import type { Page } from "@playwright/test";
import { axe, shot, sound } from "../support/look.js";
import { AGNES, CLAIRE, INES, PAUL, SAMIR, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

async function looked(page: Page, name: string, frames = 0): Promise<void> {
  await sound(page);
  await shot(page, `studio-${name}`);
  await axe(page, frames);
}

/** The page of the sketch that is open. */
function sketch(page: Page): string {
  return /\/studio\/[0-9A-Z]{26}/.exec(page.url())?.[0] ?? "";
}

test("a variant, from nothing to a session that tries it", async ({ page, elsewhere, trouble }) => {
  test.setTimeout(180_000);
  trouble.allow(/status of (404|422)/);
  await signInAs(page, SAMIR);
  await page.getByRole("link", { name: "Variantes" }).click();
  await expect(page.getByText("Aucune variante pour l'instant.")).toBeVisible();
  await looked(page, "vide");
  await page.getByLabel("Titre").fill("Moyens, en mieux");
  await page.getByRole("button", { name: "Commencer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Moyens, en mieux");
  const of = sketch(page);
  await looked(page, "etapes");
  await page.getByRole("link", { name: "Moyens humains" }).click();
  await looked(page, "etape");

  // What is wrong is told where it is, and nothing typed is lost.
  await page.getByRole("link", { name: /^Ajouter une question dans/ }).first().click();
  await looked(page, "question");
  await page.getByLabel("Question", { exact: true }).fill("Par quel moyen recrutez-vous ?");
  await page.getByLabel("Réponse attendue").selectOption("one_of");
  await page.getByLabel("Choix proposés").fill("Annonces");
  await page.getByRole("button", { name: "Ajouter la question" }).click();
  await expect(page.getByText("Écrivez deux choix au moins, un par ligne.").last()).toBeVisible();
  await expect(page.getByLabel("Question", { exact: true })).toHaveValue("Par quel moyen recrutez-vous ?");
  await looked(page, "question-erreur");
  await page.getByLabel("Choix proposés").fill("Annonces\nBouche à oreille");
  await page.getByRole("button", { name: "Ajouter la question" }).click();
  const question = page.locator(".studio-question", { hasText: "Par quel moyen recrutez-vous ?" });
  await expect(question).toContainText("Annonces, Bouche à oreille");

  // A second one, put only if the first is answered so; a keyboard is enough to order them.
  await page.getByRole("link", { name: /^Ajouter une question dans/ }).first().click();
  await page.getByLabel("Question", { exact: true }).fill("Qui en parle ?");
  await page.getByLabel("Réponse attendue").selectOption("text");
  await page.getByRole("radio", { name: "Si tout ceci est vrai" }).check();
  await page.getByLabel("Condition 1", { exact: true }).selectOption({ label: "Par quel moyen recrutez-vous ? : répond « Bouche à oreille »" });
  await page.getByRole("radio", { name: "Facultative" }).check();
  await page.getByRole("button", { name: "Ajouter la question" }).click();
  const second = page.locator(".studio-question", { hasText: "Qui en parle ?" });
  await expect(second).toContainText("est Bouche à oreille");
  const up = second.getByRole("button", { name: /^Monter/ });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(second.locator("xpath=following-sibling::li[1]")).toContainText("Par quel moyen");

  // Others are hidden, said otherwise, no longer required.
  await page.getByRole("button", { name: /^Masquer : Recrutements de permanents prévus/ }).click();
  const hidden = page.locator("[id='moyens.recruit_forecast']");
  await expect(hidden).toContainText("Masquée");
  await page.getByRole("link", { name: /^Reformuler : Recrutements/ }).click();
  await looked(page, "mots");
  await page.getByLabel("Question", { exact: true }).fill("Combien de permanents recruterez-vous ?");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(hidden).toContainText("Dite autrement");
  await page.getByRole("button", { name: /^Rendre facultative/ }).first().click();
  await looked(page, "etape-changee");
  await page.getByRole("link", { name: "Différences" }).click();
  await expect(page.getByText("Question ajoutée")).toHaveCount(2);
  await looked(page, "differences");

  // As people will see it; nothing is saved.
  await page.goto(`${of}/apercu?etape=moyens&mode=vide-annual-telephone`);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByText("Par quel moyen recrutez-vous ?").first()).toBeVisible();
  await expect(frame.getByText("Combien de permanents recruterez-vous ?")).toHaveCount(0);
  await sound(page);
  await shot(page, "studio-apercu-telephone");
  await page.getByLabel("Sur", { exact: true }).selectOption("bureau");
  await page.getByLabel("Dossier").selectOption("remplie");
  await page.getByRole("button", { name: "Voir" }).click();
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText("Moyens humains et ETP");
  await looked(page, "apercu-bureau", 1);
  await page.getByRole("link", { name: "Ouvrir seul" }).click();
  await expect(page.getByText("Confier cette étape")).toBeHidden();
  await page.getByRole("radio", { name: "Bouche à oreille" }).check();
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page).toHaveURL(/\/studio\/.*\/cadre\//);
  await expect(page.getByText("Qui en parle ?").first()).toBeVisible();
  await shot(page, "studio-cadre");
  await page.goto(`${of}/apercu?etape=moyens&cote=agent&sur=bureau`);
  await expect(page.frameLocator("iframe").getByText("Dossier d'une structure inventée")).toBeVisible();

  // Undone, and done again: every change is a version.
  await page.goto(of);
  await page.getByRole("button", { name: "Annuler la dernière modification" }).click();
  await page.getByRole("link", { name: "Versions" }).click();
  await expect(page.getByRole("row")).toHaveCount(9);
  await looked(page, "versions");
  await page.getByRole("button", { name: /^Y revenir : version 7/ }).click();

  // What real dossiers would lose stands in the way, by name.
  await page.getByRole("link", { name: "Simuler et publier" }).click();
  await page.getByRole("button", { name: "Publier cette version" }).click();
  await expect(page.getByText("Rien n'est publié").first()).toBeVisible();
  await expect(page.getByText("À accepter").first()).toBeVisible();
  await expect(page.getByText("Ateliers de Valbrune"), "no real dossier is named").toHaveCount(0);
  await looked(page, "pertes");
  for (const box of await page.getByRole("checkbox", { name: /^J'accepte cette perte/ }).all()) await box.check();
  await page.getByRole("button", { name: "Accepter les pertes cochées" }).click();
  await expect(page.getByText("Acceptée par Samir Keita").first()).toBeVisible();
  await page.getByRole("button", { name: "Publier cette version" }).click();
  await expect(page.getByRole("heading", { name: "Publié" })).toBeVisible();
  await looked(page, "publie");

  // And it is tried.
  await page.getByRole("link", { name: "Préparer un atelier avec cette variante" }).click();
  await expect(page.getByLabel("Formulaire à essayer").locator("option:checked")).toHaveText("Moyens, en mieux (édition 1)");
  await page.getByLabel("Titre").fill("Essai");
  await page.getByLabel("Lieu ou département").fill("Nevers");
  await page.getByRole("button", { name: "Préparer l'atelier" }).click();
  await page.getByRole("button", { name: "Ouvrir l'atelier" }).click();
  const door = `/a/${((await page.locator(".lab-address").textContent()) ?? "").split("/a/")[1]}`;
  const heron = await elsewhere();
  await heron.goto(door);
  await heron.getByLabel("Votre pseudonyme").fill("Héron");
  await heron.getByRole("radio", { name: /Structure/ }).check();
  await heron.getByLabel("J'accepte").check();
  await heron.getByRole("button", { name: "Entrer" }).click();
  await heron.goto("/dossiers");
  await heron.locator('a[href^="/dossiers/0"]').first().click();
  await heron.goto(heron.url().replace(/etapes\/.*$/, "etapes/moyens"));
  await expect(heron.getByText("Par quel moyen recrutez-vous ?").first()).toBeVisible();
  await expect(heron.getByText("Confier cette étape"), "nobody is invited into a space").toBeHidden();
  await page.goto("/studio");
  await looked(page, "liste");
});

test("the supplement of a département is prepared by one and published by another", async ({ page, elsewhere, trouble }) => {
  test.setTimeout(120_000);
  trouble.allow(/status of (404|422)/);
  await signInAs(page, AGNES);
  await page.getByRole("link", { name: "Complément" }).click();
  await page.getByLabel("Titre").fill("Complément de la Nièvre");
  await page.getByLabel("À partir de").selectOption({ label: "Complément de la Nièvre (édition 3)" });
  await page.getByRole("button", { name: "Commencer" }).click();
  const of = sketch(page);
  await page.getByRole("link", { name: "Complément de la Nièvre", exact: true }).click();
  await page.getByRole("button", { name: /^Retirer : Comment vos salariés/ }).click();
  await expect(page.locator(".studio-question")).toHaveCount(1);
  await page.getByRole("link", { name: "Simuler et publier" }).click();
  await page.getByRole("button", { name: "Lancer la simulation" }).click();
  await expect(page.getByText("Le signataire de la DDETS accepte les pertes, puis publie.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publier cette version" })).toHaveCount(0);

  const paul = await elsewhere();
  await signInAs(paul, PAUL);
  await paul.goto(`${of}/simulation`);
  await paul.getByText("Les dossiers concernés").first().click();
  await looked(paul, "pertes-complement");
  await paul.getByRole("button", { name: "Accepter les pertes cochées" }).click();
  await expect(paul.getByText("Cochez chaque perte que vous acceptez.")).toBeVisible();
  for (const box of await paul.getByRole("checkbox", { name: /^J'accepte cette perte/ }).all()) await box.check();
  await paul.getByRole("button", { name: "Accepter les pertes cochées" }).click();
  await paul.getByRole("button", { name: "Publier cette version" }).click();
  await expect(paul.getByText("les nouveaux dossiers du département la suivent")).toBeVisible();

  for (const person of [INES, CLAIRE]) {
    const other = await elsewhere();
    await signInAs(other, person);
    const answer = await other.goto(of);
    expect(answer?.status(), String(person)).toBe(404);
  }
});
