// Every kind of page, in light and dark, on a desk and a phone; then as narrow as 320 pixels.
import {
  answer,
  depositButton,
  expectReceipt,
  live,
  openDraft,
  openLive,
  openReceipt,
  paste,
  question,
  recapPath,
  saved,
  steps,
} from "../support/dossier.js";
import { axe, narrow, shot, sound } from "../support/look.js";
import { AGNES, HELENE, INES, KARIM, MARC_ANTOINE, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { Page } from "@playwright/test";

type Look = (page: Page, name: string) => Promise<void>;

/** Pages of a visit, each with its name, shown one after the other. */
const VISITS: Record<string, (page: Page, look: Look) => Promise<void>> = {
  "pages for everybody": async (page, look) => {
    await page.goto("/connexion");
    await look(page, "connexion");
    await page.getByLabel("Courriel").fill("personne@exemple.fr");
    await page.getByLabel("Mot de passe").fill("faux");
    await page.getByRole("button", { name: "Se connecter" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "ne vont pas ensemble" })).toBeVisible();
    await look(page, "connexion-refusee");
    const nowhere = await page.goto("/nulle-part");
    expect(nowhere?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cette page n'existe pas");
    await look(page, "introuvable");
  },
  "pages of a structure": async (page, look) => {
    await signInAs(page, INES);
    await look(page, "dossiers");
    await page.goto("/dossiers/ouvrir");
    await look(page, "ouvrir");
    const id = await openDraft(page);
    await page.goto(recapPath(id));
    await look(page, "recapitulatif");
    await page.goto(`/dossiers/${id}/formulaire`);
    await look(page, "formulaire-change");
    await openReceipt(page);
    await look(page, "depot");
    await page.context().clearCookies();
    await signInAs(page, KARIM);
    await look(page, "dossiers-de-plusieurs-structures");
  },
  "teams and sessions": async (page, look) => {
    await signInAs(page, INES);
    await page.goto("/equipe");
    await look(page, "equipe");
    await page.goto("/connexions");
    await look(page, "connexions");
    await page.goto("/preferences");
    await look(page, "preferences");
    await page.goto("/courriels");
    await look(page, "courriels");
    await page.context().clearCookies();
    await signInAs(page, PAUL);
    await page.goto("/equipe");
    await look(page, "service");
    await page.goto("/preferences");
    await look(page, "preferences-agent");
    await page.goto("/courriels");
    await look(page, "courriels-agent");
  },
  "a dossier ready, then deposited": async (page, look) => {
    await signInAs(page, MARC_ANTOINE);
    await page.goto(recapPath(await openDraft(page)));
    await look(page, "recapitulatif-pret");
    await depositButton(page).click();
    await expectReceipt(page, "2027-972");
    await look(page, "depot-du-jour");
  },
  "the history of an answer, and a block pasted in a table": async (page, look) => {
    await signInAs(page, INES);
    await openLive(page, "identification");
    const text = answer(page, "identification.presentation");
    for (const words of ["Un premier texte.", "Un deuxième texte."]) await saved(page, () => text.fill(words));
    await question(page, "identification.presentation").getByRole("link", { name: "Historique" }).click();
    await look(page, "historique");
    await openLive(page, "budget");
    await paste(page, answer(page, "budget.charges.forecast#60"), "1 234,56\nbeaucoup\n7");
    await expect(page.getByRole("group", { name: "Coller depuis un tableur" })).toBeVisible();
    await look(page, "budget-colle");
  },
  "every step of an ACI": async (page, look) => {
    await signInAs(page, INES);
    await openDraft(page);
    for (const path of await steps(page)) {
      await page.goto(path);
      await live(page);
      await look(page, `aci-${path.split("/").at(-1)}`);
    }
  },
  "every step of an AI, with what is missing": async (page, look) => {
    await signInAs(page, HELENE);
    await openDraft(page);
    for (const path of await steps(page)) {
      await page.goto(`${path}?montrer=problemes`);
      await live(page);
      await look(page, `ai-${path.split("/").at(-1)}`);
    }
  },
  "pages of an agent": async (page, look) => {
    await signInAs(page, AGNES);
    await expect(page).toHaveURL(/\/territoire$/);
    await look(page, "recus");
    await page.getByRole("link", { name: "Les Ateliers de Valbrune" }).first().click();
    await expect(page).toHaveURL(/\/instruction$/);
    await look(page, "instruction");
    await page.getByRole("link", { name: "Annoter : tout le dossier" }).click();
    await look(page, "annoter");
    await page.getByRole("link", { name: "Voir le récépissé" }).click();
    await expect(page).toHaveURL(/\/depots\/\d+$/);
    await look(page, "depot-lu-par-un-agent");
  },
};

const examine =
  (scheme: string): Look =>
  async (page, name) => {
    await sound(page);
    await shot(page, `${name}-${scheme}`);
    await axe(page);
  };

test.describe.configure({ mode: "parallel", timeout: 180_000 });

for (const [name, visit] of Object.entries(VISITS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`${name}, ${scheme}`, async ({ page, trouble }) => {
      trouble.allow(/status of (404|422)/);
      await page.emulateMedia({ colorScheme: scheme });
      await visit(page, examine(scheme));
    });
  }

  test(`${name}, 320 pixels wide`, async ({ page, trouble }) => {
    trouble.allow(/status of (404|422)/);
    await page.setViewportSize({ width: 320, height: 700 });
    await visit(page, narrow);
  });
}
