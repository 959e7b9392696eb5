// The fiche de suivi: begun from the request, written, shared, commented by the structure and by a funder,
// and taken up by the decision. The same on a phone.
import { axe, sound } from "../support/look.js";
import { act, openReceived, tag } from "../support/instruction.js";
import { AGNES, BRUNO, PAUL, signInAs } from "../support/people.js";
import { depositLive } from "../support/valbrune.js";
import { expect, test } from "../support/test.js";

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());

test.setTimeout(120_000);

test("what the dialogue came to is written, shared, commented and decided on", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 4(04|22)/);
  const id = await depositLive(page);
  const [agnes, paul, bruno] = [await elsewhere(), await elsewhere(), await elsewhere()];
  await signInAs(agnes, AGNES);
  await openReceived(agnes);
  for (const label of ["Déclarer complet", "Ouvrir le dialogue de gestion"]) await act(agnes, label);
  await expect(tag(agnes)).toHaveText("Dialogue de gestion");

  await agnes.getByRole("link", { name: "Écrire la fiche de suivi" }).click();
  await expect(agnes.getByRole("heading", { level: 1 })).toHaveText("Fiche de suivi");
  await expect(agnes.getByLabel("ETP d'insertion")).not.toHaveValue("");
  await sound(agnes);
  await axe(agnes);

  // Half of it is kept, and is nobody else's.
  await agnes.getByLabel("Suites : qui fait quoi, et quand").fill("Point d'étape en juin.");
  await agnes.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(agnes.getByRole("status")).toContainText("enregistrée");
  const sheet = agnes.url().split("?")[0] as string;
  expect((await page.goto(sheet))?.status()).toBe(404);

  // What is missing is said, and nothing typed is lost.
  await agnes.getByLabel("ETP d'insertion").fill("douze");
  await agnes.getByRole("button", { name: "Communiquer la fiche" }).click();
  await expect(agnes.getByRole("alert")).toContainText("complétez ce qui est signalé");
  await expect(agnes.getByText("Indiquez le jour du dialogue.")).toBeVisible();
  await expect(agnes.getByLabel("ETP d'insertion")).toHaveValue("douze");
  await axe(agnes);

  // The part modulée is weighed otherwise.
  await agnes.getByText("Le calcul, ses poids et ses bornes").click();
  await agnes.getByLabel("Borne haute en %, résultats à la sortie").fill("90");
  await agnes.getByLabel("ETP d'insertion").fill("13,5");
  await agnes.getByRole("button", { name: "Enregistrer et recalculer" }).click();
  await agnes.getByText("Le calcul, ses poids et ses bornes").click();
  await expect(agnes.getByLabel("Borne haute en %, résultats à la sortie")).toHaveValue("90");
  await axe(agnes);

  await agnes.getByLabel("Tenu le").fill(today());
  await agnes.getByLabel("Avec qui").fill("DDETS\nDirection de la structure");
  await agnes.getByLabel("Accompagnement social et professionnel").fill("Une accompagnatrice à mi-temps dès mars.");
  await agnes.getByLabel("Part modulée, en %").fill("5,5");
  await agnes.getByRole("button", { name: "Communiquer la fiche" }).click();
  await expect(agnes.getByRole("status")).toContainText("communiquée");

  // The structure reads and answers.
  await page.goto(`/dossiers/${id}`);
  await page.getByRole("link", { name: "Lire la fiche de suivi" }).click();
  await expect(page.locator("article.paper")).toContainText("Une accompagnatrice à mi-temps dès mars.");
  await expect(page.locator("article.paper")).toContainText("13,5");
  await sound(page);
  await axe(page);
  await page.getByLabel("Votre commentaire").fill("D'accord pour le mi-temps, plan de financement joint.");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(page.getByRole("status")).toContainText("envoyé");

  // So does the council, from what it receives.
  await signInAs(bruno, BRUNO);
  await bruno.goto(sheet);
  await expect(bruno.locator("section:has(> #commentaires)")).toContainText("plan de financement joint");
  await bruno.getByLabel("Votre commentaire").fill("Douze allocataires du RSA au plus.");
  await bruno.getByRole("button", { name: "Envoyer" }).click();
  await expect(bruno.getByRole("status")).toContainText("envoyé");
  await axe(bruno);

  // The decision begins with what was agreed.
  await agnes.goto(`/dossiers/${id}/instruction`);
  const propose = agnes.locator("#acte-prepare_decision");
  await propose.locator("summary").click();
  await expect(propose).toContainText("que retient la fiche de suivi");
  await expect(propose.getByLabel("ETP accordés")).toHaveValue("13,50");
  await expect(propose.getByLabel(/^Part modulée/)).toHaveValue("5,50");

  // Another of the service reads both comments; the paper prints alone.
  await signInAs(paul, PAUL);
  await paul.goto(`${sheet}?lire=oui`);
  await expect(paul.getByText("Douze allocataires du RSA au plus.")).toBeVisible();
  await axe(paul);
});

test("two who write the same sheet lose nothing", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 422/);
  await signInAs(page, AGNES);
  await page.goto("/territoire?pile=tous&cherche=val+de+loire+entraide+2027");
  await page.locator(".worklist tbody tr th a").first().click();
  await act(page, "Déclarer complet");
  await page.getByRole("link", { name: "Écrire la fiche de suivi" }).click();
  const paul = await elsewhere();
  await signInAs(paul, PAUL);
  await paul.goto(page.url());
  await paul.getByLabel("Points de vigilance").fill("Écrit par Paul.");
  await paul.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await page.getByLabel("Points de vigilance").fill("Écrit par Agnès.");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("entre-temps");
  await expect(page.getByText("Écrit par Paul.")).toBeVisible();
  await expect(page.getByLabel("Points de vigilance")).toHaveValue("Écrit par Agnès.");
  await axe(page);
  await page.getByLabel("Points de vigilance").fill("Écrit par Paul, puis par Agnès.");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("enregistrée");
});
