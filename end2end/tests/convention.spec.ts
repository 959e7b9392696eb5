// The life of a signed convention: suspended and lifted; a letter, the answer of the structure, the month, the end.
import { axe, sound } from "../support/look.js";
import { AGNES, INES, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

const WHY = "Les pièces demandées sur l'encadrement des salariés ne sont pas arrivées, malgré deux rappels.";
const LETTER = "Lors du contrôle de novembre, l'accompagnement prévu par la convention n'est plus assuré depuis six mois.";
const ANSWER = "Notre accompagnatrice est revenue le 2 novembre, et les entretiens ont repris.";

/** A day as an input of a date takes it, some days from now. */
function day(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Opens the form of a deed, if it is not open. */
async function open(page: Page, name: string) {
  const act = page.locator("details.act").filter({ has: page.locator("summary", { hasText: name }) });
  if (!(await act.evaluate((details) => (details as HTMLDetailsElement).open))) await act.locator("summary").click();
  return act;
}

/** Does it, with what it needs typed already. */
async function does(page: Page, name: string): Promise<void> {
  const act = await open(page, name);
  await act.getByRole("button", { name }).click();
}

async function goes(page: Page, who: RegExp, where: string): Promise<void> {
  await page.context().clearCookies();
  await signInAs(page, who);
  await page.goto(where);
}

test("a convention is suspended, lifted, then terminated once the structure had its month", async ({ page, trouble }) => {
  trouble.allow(/status of 422/);
  test.setTimeout(150_000);
  await signInAs(page, AGNES);
  await page.goto("/annexes?annee=2026&etat=suspendues");
  await expect(page.locator("table.worklist tbody tr")).toHaveCount(1);
  await sound(page);
  await axe(page);
  await page.goto("/annexes?annee=2026&etat=valides");
  await page.locator("table.worklist tbody tr").filter({ hasText: "Les Ateliers de Valbrune" }).getByRole("link", { name: /^Convention/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Convention n° /);
  const here = new URL(page.url()).pathname;
  await sound(page);
  await axe(page);

  let act = await open(page, "Préparer une suspension");
  await act.getByLabel("Motif").fill("Trop court");
  await does(page, "Préparer une suspension");
  await expect(page.getByRole("alert")).toContainText("un peu court");
  await expect(page.getByLabel("Motif", { exact: true })).toHaveValue("Trop court");
  await axe(page);
  await page.getByLabel("Motif", { exact: true }).fill(WHY);
  await does(page, "Préparer une suspension");
  await expect(page.getByText("Une suspension attend une signature")).toBeVisible();

  await goes(page, PAUL, here);
  await does(page, "Suspendre la convention");
  await expect(page.getByText(/La convention est suspendue depuis le/)).toBeVisible();
  await axe(page);

  await goes(page, INES, "/dossiers");
  await expect(page.getByText(/La convention est suspendue depuis le/)).toBeVisible();
  await sound(page);
  await axe(page);
  await page.getByRole("region", { name: "Votre convention" }).getByRole("link").click();
  await expect(page.getByText(WHY).first()).toBeVisible();
  await sound(page);
  await axe(page);

  await goes(page, PAUL, here);
  act = await open(page, "Lever la suspension");
  await act.getByLabel("Pourquoi").fill("Les pièces sont arrivées.");
  await does(page, "Lever la suspension");
  await expect(page.getByRole("status").filter({ hasText: "La suspension est levée" })).toBeVisible();

  await goes(page, AGNES, here);
  act = await open(page, "Préparer une résiliation");
  await act.getByLabel("La convention n'est pas respectée").check();
  await act.getByLabel("Ce que la lettre dit").fill(LETTER);
  await does(page, "Préparer une résiliation");
  await goes(page, PAUL, here);
  await does(page, "Signer la lettre");
  act = await open(page, "Noter la réception de la lettre");
  await act.getByLabel("Reçue le").fill(day(-10));
  await does(page, "Noter la réception de la lettre");
  await expect(page.getByRole("status").filter({ hasText: "La réception est notée" })).toBeVisible();
  await axe(page);

  await goes(page, INES, "/dossiers");
  await expect(page.getByText(/L'État envisage de résilier cette convention/)).toBeVisible();
  await page.getByRole("region", { name: "Votre convention" }).getByRole("link").click();
  await page.getByLabel("Votre réponse").fill(" ");
  await page.getByRole("button", { name: "Envoyer ma réponse" }).click();
  await expect(page.getByRole("alert")).toContainText("Écrivez votre réponse");
  await axe(page);
  await page.getByLabel("Votre réponse").fill(ANSWER);
  await page.getByRole("button", { name: "Envoyer ma réponse" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Votre réponse est envoyée" })).toBeVisible();

  // Answered or not, the month is the structure's.
  await goes(page, AGNES, here);
  await expect(page.getByText(ANSWER)).toBeVisible();
  await expect(page.getByText(/le mois est à la structure, même si elle a déjà répondu/)).toBeVisible();
  await expect(page.locator("summary", { hasText: "Proposer la résiliation" })).toHaveCount(0);
  act = await open(page, "Noter la réception de la lettre");
  await act.getByLabel("Reçue le").fill(day(-40));
  await does(page, "Noter la réception de la lettre");
  act = await open(page, "Proposer la résiliation");
  await act.getByLabel("Dernier jour de la convention").fill(day(30));
  await act.getByLabel(/^Sommes à reverser/).fill("12 450,50");
  await act.getByLabel("Motifs de la décision").fill(LETTER);
  await does(page, "Proposer la résiliation");
  await expect(page.getByText("Une résiliation attend une signature")).toBeVisible();
  await axe(page);

  await goes(page, PAUL, here);
  await does(page, "Résilier la convention");
  await expect(page.getByText(/^La convention est résiliée\. Son dernier jour est le/)).toBeVisible();
  await goes(page, INES, here);
  await expect(page.getByText(/Sommes à reverser, selon la décision\s: 12/)).toBeVisible();
  await expect(page.getByText("ouvrez une première demande", { exact: false })).toBeVisible();
  await sound(page);
  await axe(page);
});
