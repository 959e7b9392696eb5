// The commission: a sitting is planned, its agenda filled, its pack sent and read by a member, opinions
// noted, its minutes closed. The same on a phone and without script.
import { axe, sound } from "../support/look.js";
import { act, tag } from "../support/instruction.js";
import { AGNES, ODILE, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());

// Several people, many pages: longer on a busy machine than the others.
test.setTimeout(120_000);

test("a sitting goes from the calendar to its minutes", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 4(22|04)/);
  await signInAs(page, AGNES);
  await page.goto("/territoire?pile=tous&cherche=val+de+loire+entraide+2027");
  await page.locator(".worklist tbody tr th a").first().click();
  for (const label of ["Déclarer complet", "Ouvrir le dialogue de gestion"]) await act(page, label);
  await expect(tag(page)).toHaveText("Dialogue de gestion");
  await page.goto("/");
  await page.getByRole("link", { name: "Commission" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Commission");
  await sound(page);
  await axe(page);

  // Planned for today, so that it can be held.
  await page.getByLabel("Jour", { exact: true }).fill(today());
  await page.getByLabel("Heure").fill("14:00");
  await page.getByLabel(/^Lieu/).fill("Salle Loire, DDETS");
  await page.getByRole("button", { name: "Prévoir cette séance" }).click();
  await expect(page.getByRole("status")).toContainText("La séance est prévue");
  const sitting = page.url().split("?")[0] as string;
  await sound(page);
  await axe(page);

  // A dossier for which the commission was not asked yet is referred by being put on the agenda.
  const toRefer = page.getByRole("group", { name: /commission pas encore saisie/ }).getByRole("checkbox");
  await toRefer.first().check();
  await page.getByRole("button", { name: "Mettre à l'ordre du jour" }).click();
  await expect(page.getByRole("status")).toContainText("1 dossier ajouté");
  const first = page.locator(".agenda > li").first();
  await expect(first).toContainText("Avis attendu");
  await expect(first).toContainText("un mois, circulaire DGEFP 2008-21");
  await first.locator("summary").click();
  await first.getByLabel("Points à présenter").fill("Projet relancé après le dialogue de gestion.");
  await first.getByRole("button", { name: "Enregistrer la présentation" }).click();
  await expect(first).toContainText("Projet relancé");
  const name = await first.locator("strong").innerText();
  await axe(page);

  await page.getByRole("button", { name: "Envoyer le dossier de séance" }).click();
  await expect(page.getByRole("status")).toContainText("envoyé");
  await page.getByRole("button", { name: "Annuler la séance" }).click();
  await expect(page.getByRole("status")).toContainText("annulée");
  await page.getByRole("button", { name: "Rétablir la séance" }).click();
  await expect(page.locator("header .tag")).toHaveText("Convoquée");

  // A member reads the pack, and no dossier.
  const member = await elsewhere();
  await signInAs(member, ODILE);
  await expect(member).toHaveURL(/\/commission$/);
  await sound(member);
  await axe(member);
  await member.locator(`a[href="${new URL(sitting).pathname}/dossier"]`).click();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("Dossier de séance");
  await expect(member.locator("article.sheet")).toContainText(name);
  await expect(member.locator("article.sheet")).toContainText("Projet relancé");
  await sound(member);
  await axe(member);
  await member.goto("/territoire");
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("Cette page n'existe pas");

  // An opinion against needs its reason; what was chosen stays.
  await page.getByRole("link", { name: "Noter les avis" }).click();
  await sound(page);
  await page.getByRole("radio", { name: "Défavorable", exact: true }).check();
  await page.getByRole("button", { name: "Enregistrer les avis" }).click();
  await expect(page.getByRole("alert")).toContainText("1 avis n'est pas noté");
  await expect(page.getByRole("radio", { name: "Défavorable", exact: true })).toBeChecked();
  await axe(page);
  await page.getByLabel(/^Motif/).fill("Les postes ne sont pas financés.");
  await page.getByRole("button", { name: "Enregistrer les avis" }).click();
  await expect(page.getByRole("status")).toContainText("1 avis noté");

  await page.goto(sitting);
  await page.getByRole("button", { name: "Clore la séance" }).click();
  await expect(page.locator("header .tag")).toHaveText("Tenue");
  await page.getByRole("link", { name: "Voir le relevé d'avis" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Défavorable");
  await expect(row).toContainText("Les postes ne sont pas financés.");
  await sound(page);
  await axe(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /tableur/ }).click()]);
  expect(file.suggestedFilename()).toBe(`releve-${today()}.csv`);

  // The decision is proposed with that opinion.
  await page.goto("/territoire");
  await page.goto(sitting);
  await page.locator(".agenda").getByRole("link", { name }).click();
  await expect(page.getByText(/Avis de la commission\s: défavorable, noté le/)).toBeAttached();
});
