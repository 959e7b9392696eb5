// One form for five kinds of structure: a new request is opened, every step is filled by hand in the
// browser with what the same structure answered in its last deposit, moved to 2028, and deposited.
import { blocking, depositButton, expectReceipt, goOn, live, recapPath, idOf, saveLine, steps } from "../support/dossier.js";
import { fillStep, moved, pastAnswers } from "../support/past.js";
import { HELENE, INES, JULES, MARC_ANTOINE, SONIA, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const YEAR = 2028;

/** What two départements ask beside the national questions. */
const SUPPLEMENTS = [
  ["nievre.mobilite", "En covoiturage pour la plupart, à vélo pour les plus proches."],
  ["nievre.permis", "2"],
  ["cote-d-or.referent", "oui"],
  ["cote-d-or.rencontres", "4"],
  ["cote-d-or.metiers", "soin,logistique"],
] as const;

test.describe.configure({ mode: "parallel" });

const KINDS = [
  { kind: "ACI", who: INES, structure: "Les Ateliers de Valbrune", series: "2028-058" },
  { kind: "EI", who: MARC_ANTOINE, structure: "Desroses Paysage Insertion", series: "2028-972" },
  { kind: "ETTI", who: SONIA, structure: "Passerelle Intérim Bourgogne", series: "2028-021" },
  { kind: "AI", who: HELENE, structure: "Main-forte Cornouaille", series: "2028-029" },
  { kind: "EITI", who: JULES, structure: "Indépendants du Suzon", series: "2028-021" },
];

for (const { kind, who, structure, series } of KINDS) {
  test(`${kind}: a new request is opened, filled from the first step to the last, and deposited`, async ({ page }) => {
    test.setTimeout(180_000);
    const texts = new Map([...moved(pastAnswers(structure, kind), YEAR), ...SUPPLEMENTS]);
    await signInAs(page, who);
    await page.goto("/dossiers");
    await page.getByRole("link", { name: "Ouvrir un dossier" }).click();
    await page.getByRole("radio", { name: `${structure}, ${kind}` }).check();
    await page.getByRole("radio", { name: /annuel/i }).first().check();
    await page.getByLabel("Pour quelle année").fill(String(YEAR));
    await page.getByRole("button", { name: "Ouvrir le dossier" }).click();

    await expect(page.locator("form#etape")).toHaveCount(1);
    const id = idOf(page);
    let written = 0;
    for (const path of await steps(page)) {
      await page.goto(path);
      await live(page);
      written += await fillStep(page, texts);
      await expect(saveLine(page)).toContainText("Enregistré");
      await goOn(page);
    }
    expect(written, "answers written by hand").toBeGreaterThan(200);

    await expect(page).toHaveURL(new RegExp(`${recapPath(id)}$`));
    expect(await blocking(page).allTextContents(), "what stops the deposit").toEqual([]);
    await depositButton(page).click();
    await expectReceipt(page, series);
  });
}
