// Notes that have consequences: a passage that is quoted, a question that stops the decision, a value that
// is suggested and taken by the structure.
import { depositButton, recapPath } from "../support/dossier.js";
import { act, openReceived, tag } from "../support/instruction.js";
import { axe, shot, sound } from "../support/look.js";
import { AGNES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { depositLive } from "../support/valbrune.js";
import type { Page } from "@playwright/test";

test.setTimeout(150_000);

/** Selects the first words of an answer as a mouse or a keyboard would. */
async function select(page: Page, place: string, length: number): Promise<string> {
  return page.evaluate(
    ([place, length]) => {
      const node = document.querySelector(`[data-texte="${place}"]`)?.firstChild;
      if (!node) throw new Error(`no text at ${place}`);
      const range = document.createRange();
      range.setStart(node, 0);
      range.setEnd(node, Number(length));
      const selection = document.getSelection();
      selection?.removeAllRanges();
      selection?.addRange(range);
      return range.toString();
    },
    [place, String(length)] as const,
  );
}

test("a passage, a question that blocks, a value that is suggested", async ({ page, elsewhere, trouble }) => {
  test.slow();
  trouble.allow(/status of 422/);
  const id = await depositLive(page);

  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  await openReceived(agent);
  await act(agent, "Déclarer complet");

  const words = await select(agent, "moyens.etp_change_reason", 24);
  await agent.getByRole("link", { name: "Annoter ce passage" }).click();
  const composer = agent.locator("#annoter");
  await expect(composer.getByLabel("Passage cité")).toHaveValue(words.trim());
  await expect(composer.getByLabel("Texte proposé")).toBeHidden();
  await composer.getByRole("radio", { name: "La structure" }).check();
  await composer.getByLabel("Votre texte").fill("Sur quels lots ?");
  await composer.getByRole("checkbox", { name: /^Bloquante/ }).check();
  await expect(composer.getByRole("status")).toContainText(/Gardé sur cet appareil|Brouillon enregistré/);
  await agent.reload();
  await expect(composer.getByLabel("Votre texte"), "a page that goes loses nothing").toHaveValue("Sur quels lots ?");
  await expect(composer.getByRole("checkbox", { name: /^Bloquante/ })).toBeChecked();
  await expect(composer.getByRole("radio", { name: "La structure" })).toBeChecked();
  await axe(agent);
  await shot(agent, "annotating-composer");
  await composer.getByRole("button", { name: "Écrire" }).click();
  const thread = agent.locator(".thread:target");
  await expect(thread).toContainText("Bloquante");
  await expect(thread).toContainText("Le passage n'a pas changé");
  await expect(agent.locator('[data-texte="moyens.etp_change_reason"] mark')).toHaveText(words.trim());

  await agent.getByRole("link", { name: "Annoter : ETP d'insertion demandés", exact: true }).click();
  await composer.getByRole("radio", { name: "Valeur proposée" }).check();
  await composer.getByRole("radio", { name: "La structure" }).check();
  await composer.getByRole("textbox", { name: "Valeur proposée" }).fill("douze");
  await composer.getByRole("button", { name: "Écrire" }).click();
  await expect(agent.getByRole("alert")).toContainText("La question ne prend pas cette valeur");
  await composer.getByRole("textbox", { name: "Valeur proposée" }).fill("13");
  await shot(agent, "annotating-suggestion");
  await composer.getByRole("button", { name: "Écrire" }).click();
  await expect(agent.locator(".thread:target")).toContainText("13,00");
  await axe(agent);
  await sound(agent);
  await shot(agent, "annotating-reading");

  await agent.goto("/territoire?pile=tous&notes=bloquantes");
  await expect(agent.getByRole("row").filter({ hasText: "Les Ateliers de Valbrune" })).toContainText("dont 1 bloquante");
  await axe(agent);
  await sound(agent);
  await shot(agent, "annotating-list");

  await openReceived(agent);
  await act(agent, "Renvoyer pour correction");
  await expect(tag(agent)).toHaveText("Renvoyé");

  await page.goto(`/dossiers/${id}/questions`);
  const value = page.locator(".point").filter({ hasText: "Valeur proposée" });
  await expect(value).toContainText("14,20");
  await axe(page);
  await sound(page);
  await shot(page, "annotating-questions");
  await value.getByRole("button", { name: "Accepter la valeur proposée" }).click();
  await expect(value).toContainText("Acceptée par Inès");
  await value.getByRole("button", { name: "Reprendre ma réponse d'avant" }).click();
  await page.goto(`/dossiers/${id}/questions`);
  await expect(value.getByRole("button", { name: "Accepter la valeur proposée" })).toBeVisible();
  await value.getByText("Refuser la valeur proposée").click();
  await value.getByLabel("Pourquoi").fill("Les postes sont déjà pourvus.");
  await value.getByRole("button", { name: "Refuser", exact: true }).click();
  await expect(value).toContainText("Refusée par Inès");
  const passage = page.locator(".point").filter({ hasText: "Sur quels lots ?" });
  await expect(passage).toContainText("Attendu avant la décision");
  await passage.getByLabel("Votre réponse").fill("Rivières et chemins.");
  await passage.getByRole("button", { name: "Répondre", exact: true }).click();
  await page.goto(`/dossiers/${id}/historique?reponse=moyens.etp_requested`);
  await expect(page.getByText("Valeur proposée par Agnès Royer (DDETS), acceptée").first()).toBeVisible();
  await axe(page);
  await shot(page, "annotating-history");
  await page.goto(recapPath(id));
  await depositButton(page).click();
  await expect(page).toHaveURL(/depots\/2$/);

  await openReceived(agent);
  await act(agent, "Déclarer complet");
  await act(agent, "Ouvrir le dialogue de gestion");
  await act(agent, "Saisir la commission");
  const propose = async () => {
    for (const group of [/^Avis de la commission/, "Vous proposez"])
      await agent.getByRole("group", { name: group }).getByRole("radio", { name: "Favorable", exact: true }).check();
    await agent.getByLabel("Motif", { exact: true }).fill("Le projet répond au besoin du territoire.");
  };
  await act(agent, "Proposer à la décision", propose);
  await expect(agent.getByRole("alert")).toContainText("Une annotation bloquante est ouverte");
  await expect(agent.getByText("1 annotation bloquante ouverte")).toBeVisible();
  await axe(agent);
  await shot(agent, "annotating-blocked");
  await openReceived(agent);
  const open = agent.locator(".thread").filter({ hasText: "Sur quels lots ?" });
  await open.getByRole("button", { name: "À surveiller ensuite" }).click();
  await expect(open).toContainText("à surveiller ensuite");
  await act(agent, "Proposer à la décision", propose);
  await expect(tag(agent)).toHaveText("À décider");
});
