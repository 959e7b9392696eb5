// From the receipt to the decision: an agent asks on the very figure, the structure answers and deposits
// again, the commission gives its opinion, and another person signs.
import { answer, depositButton, live, recapPath, saved } from "../support/dossier.js";
import { act, annotate, openReceived, tag } from "../support/instruction.js";
import { axe, sound } from "../support/look.js";
import { AGNES, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { depositLive } from "../support/valbrune.js";

test.setTimeout(150_000);

const QUESTION = "Quelles équipes occuperont les postes supplémentaires ?";
const ANSWER = "Une équipe de cinq personnes, sur le lot rivières, dès février.";
const CHANGED = "Un second atelier a ouvert au mois de mars, et cinq personnes de plus y travaillent.";
const PRESENTED = "Un chantier d'insertion au service des rivières et des chemins du Morvan. ".repeat(4).trim();
const REASON = "Le projet répond au besoin du territoire et les postes sont pourvus.";

test("from the receipt to the decision, with a question on the way", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 422/);
  const id = await depositLive(page);

  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  await openReceived(agent);
  await sound(agent);
  await axe(agent);
  await act(agent, "Déclarer complet");
  await expect(tag(agent)).toHaveText("En instruction");
  await annotate(agent, "Pourquoi cet écart ?", "La structure", QUESTION);
  await annotate(agent, "60 Achats", "Mon service", "À comparer au compte de résultat.");
  await axe(agent);
  await expect(agent.locator(".note-list li")).toHaveCount(2);
  await act(agent, "Renvoyer pour correction", async () => {
    await expect(agent.getByText("1 annotation part avec ce renvoi.")).toBeVisible();
  });
  await expect(tag(agent)).toHaveText("Renvoyé");

  await page.goto("/dossiers");
  const note = page.locator("p.note").filter({ hasText: "La DDETS vous a renvoyé ce dossier" });
  await expect(note).toContainText("1 point à traiter");
  await note.getByRole("link", { name: "Voir et répondre" }).click();
  await sound(page);
  await axe(page);
  await expect(page.getByText(QUESTION)).toBeVisible();
  await expect(page.getByText("À comparer au compte de résultat.")).toHaveCount(0);
  await page.getByLabel("Votre réponse").fill(ANSWER);
  await page.getByRole("button", { name: "Répondre" }).click();
  await expect(page.getByText("Vous avez répondu à tout.")).toBeVisible();
  await page.getByRole("link", { name: /^Changer la réponse/ }).click();
  await live(page);
  await expect(page.locator(".step-head + .note")).toContainText("1 point demandé");
  await expect(page.locator('[id="champ-moyens.etp_change_reason"]')).toContainText(QUESTION);
  await axe(page);
  await saved(page, () => answer(page, "moyens.etp_change_reason").fill(CHANGED));
  await page.goto(`/dossiers/${id}/etapes/identification`);
  await live(page);
  const closed = page.locator('[id="champ-identification.presentation"]');
  await expect(closed.getByRole("textbox")).toHaveCount(0);
  await axe(page);
  await closed.getByRole("link", { name: /^Modifier aussi/ }).click();
  await axe(page);
  await page.getByRole("button", { name: "Rouvrir" }).click();
  await live(page);
  await saved(page, () => answer(page, "identification.presentation").fill(PRESENTED));
  await page.goto(recapPath(id));
  await depositButton(page).click();
  await expect(page).toHaveURL(/depots\/2$/);

  await openReceived(agent);
  await expect(tag(agent)).toHaveText("À vérifier");
  await agent.getByRole("link", { name: /^Ce qui a changé depuis mon dernier passage 2$/ }).click();
  const marks = agent.locator("#reponses .vu:not(.step-seen .vu)");
  await expect(marks, "what was changed, and nothing else").toHaveCount(2);
  await axe(agent);
  await agent.keyboard.press("n");
  await agent.keyboard.press("v");
  await expect(marks.first()).toHaveAttribute("aria-pressed", "true");
  await agent.keyboard.press("n");
  await expect(marks.last()).toBeFocused();
  await agent.reload();
  await expect(marks).toHaveCount(1);
  await openReceived(agent);
  await expect(agent.locator(".note-list")).toContainText("réponse reçue");
  await expect(agent.getByRole("row").filter({ hasText: "Pourquoi cet écart ?" }).first()).toContainText(CHANGED);
  await expect(agent.getByText("Rouvert par la structure sans qu'il lui soit demandé")).toContainText("Présentation");
  const thread = agent.locator(".thread.a-structure");
  await expect(thread).toContainText(ANSWER);
  await expect(thread).toContainText("La valeur a changé depuis");
  await thread.getByRole("button", { name: "Marquer comme réglée" }).click();
  await expect(agent.locator(".thread.a-structure")).toContainText("Réglée par Agnès Royer");
  await act(agent, "Déclarer complet");
  await act(agent, "Ouvrir le dialogue de gestion");
  await act(agent, "Proposer à la décision", async () => {
    await agent.getByRole("group", { name: "Vous proposez" }).getByRole("radio", { name: "Favorable", exact: true }).check();
    await agent.getByLabel("Motif", { exact: true }).fill(REASON);
  });
  await expect(agent.getByRole("alert")).toContainText("L'avis de la commission est requis");
  const proposal = agent.locator("#acte-prepare_decision").getByLabel("Motif", { exact: true });
  await expect(proposal, "what was written is not lost").toHaveValue(REASON);
  await act(agent, "Saisir la commission");
  await act(agent, "Proposer à la décision", async () => {
    await expect(agent.getByLabel("ETP accordés")).toHaveValue("14,20");
    await agent.getByLabel("ETP accordés").fill("14");
    for (const group of [/^Avis de la commission/, "Vous proposez"])
      await agent.getByRole("group", { name: group }).getByRole("radio", { name: "Favorable", exact: true }).check();
    await agent.getByLabel("Motif", { exact: true }).fill(REASON);
  });
  await expect(tag(agent)).toHaveText("À décider");
  await expect(agent.getByRole("button", { name: "Revenir sur la proposition" }), "until it is signed").toBeVisible();

  const signatory = await elsewhere();
  await signInAs(signatory, PAUL);
  await openReceived(signatory);
  await expect(signatory.getByText("Proposition de Agnès Royer : favorable")).toBeVisible();
  await expect(signatory.getByText(/^14,00 ETP accordés/)).toBeVisible();
  await act(signatory, "Accepter");
  await expect(tag(signatory)).toHaveText("Accepté");
  await signatory.getByRole("link", { name: "Voir l'annexe financière" }).click();
  await expect(tag(signatory)).toHaveText("À signer");
  await sound(signatory);
  await axe(signatory);
  await signatory.getByRole("button", { name: "Noter la signature" }).click();
  await expect(tag(signatory)).toHaveText("Valide");
  await page.goto(`/dossiers/${id}`);
  await expect(page.locator(".timeline")).toContainText(REASON);
  await expect(tag(page)).toHaveText("Accepté");
  await axe(page);
  await page.getByRole("link", { name: "Voir l'annexe financière" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ACI 058");
  await expect(page.getByRole("rowheader", { name: "Aide au poste, montant socle" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Noter la signature" })).toHaveCount(0);
});

test("a text that is empty is asked again, a stranger finds nothing", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, AGNES);
  await page.goto("/territoire");
  await page.locator("tbody").getByRole("link").first().click();
  const here = page.url();
  await page.getByRole("link", { name: "Annoter : tout le dossier" }).click();
  await page.getByRole("button", { name: "Écrire" }).click();
  await expect(page.getByRole("alert")).toContainText("Écrivez votre annotation");
  await expect(page.locator("#annoter")).toBeVisible();
  const other = await elsewhere();
  await signInAs(other, /Maëlle Kerdraon/);
  expect((await other.request.get(here)).status()).toBe(404);
});

test("a dossier is read by the questions to settle", async ({ page }) => {
  await signInAs(page, AGNES);
  await page.goto("/territoire?pile=termines&cherche=valbrune");
  await page.getByRole("row").filter({ hasText: "Demande annuelle 2026" }).getByRole("link").click();
  await expect(page.locator(".figures")).toContainText("ETP demandés");
  const questions = page.getByRole("navigation", { name: "Questions à trancher" });
  await expect(questions.getByRole("link", { name: "Tout le dossier" })).toHaveAttribute("aria-current", "true");
  await questions.getByRole("link", { name: /réalistes/ }).click();
  await expect(page.getByRole("heading", { level: 2, name: /Les postes demandés sont-ils réalistes/ })).toBeVisible();
  await expect(page.locator("tr").filter({ hasText: "2024" })).toContainText("12,00");
  await expect(page.getByRole("heading", { level: 3, name: "Budget prévisionnel" })).toHaveCount(0);
  await sound(page);
  await axe(page);
});

test("what was received is found by what it waits for, and by name", async ({ page }) => {
  await signInAs(page, AGNES);
  const rows = page.locator("tbody tr");
  await expect(page.getByRole("link", { name: /^À traiter/ })).toHaveAttribute("aria-current", "true");
  await sound(page);
  await axe(page);
  await page.getByRole("link", { name: /^Terminés/ }).click();
  await expect(rows.filter({ hasText: "Accepté" }).first()).toBeVisible();
  await expect(rows.filter({ hasText: "À vérifier" })).toHaveCount(0);
  const search = page.getByRole("searchbox");
  await search.fill("ateliers valbrune 2026");
  await search.press("Enter");
  await expect(page).toHaveURL(/pile=termines/);
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Les Ateliers de Valbrune");
  await search.fill("personne");
  await page.getByRole("button", { name: "Filtrer", exact: true }).click();
  await expect(page.getByText("Aucun dossier ne correspond à cette recherche.")).toBeVisible();
});
