// What Inès still has to do in the dossier 2027 of Les Ateliers de Valbrune, link by link.
import { expect, type Page } from "@playwright/test";
import { INES, signInAs } from "./people.js";
import { answer, blocking, depositButton, expectReceipt, idOf, live, openDraft, problemOf, recapPath, saved } from "./dossier.js";

const LONG = "Nous accueillons davantage de personnes depuis l'ouverture du second atelier, au mois de mars.";

/** The question, without its row, and what to write. */
const LEFT: Record<string, string> = {
  "activites.activities.description": "Collecte en déchèterie, tri, démontage et remise en rayon des objets du quotidien.",
  "projet.a4_done": LONG,
  "moyens.etp_change_reason": LONG,
  "budget.fdi_request": "non",
  "moyens.staff.etp": "2,60",
};

/**
 * From the recap to each question and back, until nothing stops the deposit; ends on the recap.
 * `write` writes an answer on the step that the link led to.
 */
export async function finish(page: Page, write: (at: string, text: string) => Promise<void>): Promise<void> {
  const recap = recapPath(await openDraft(page));
  await page.goto(recap);
  await expect(blocking(page), "four to write, one to mend").toHaveCount(5);
  for (let left = 5; left > 0; left -= 1) {
    await blocking(page).first().click();
    const at = decodeURIComponent(new URL(page.url()).hash.slice(1));
    const text = LEFT[at.split("#")[0] ?? ""];
    if (!text) throw new Error(`nothing to write at ${at} of ${idOf(page)}`);
    await write(at, text);
    await page.goto(recap);
    await expect(blocking(page), `after ${at}`).toHaveCount(left - 1);
  }
}

/** The same, on steps that are live. */
export const finishLive = (page: Page): Promise<void> =>
  finish(page, async (at, text) => {
    await live(page);
    const control = answer(page, at);
    const radio = (await control.first().getAttribute("type")) === "radio";
    await saved(page, async () => {
      if (radio) return control.and(page.locator(`[value="${text}"]`)).check();
      await control.fill(text);
      return control.blur();
    });
    await expect(problemOf(page, at)).toBeEmpty();
  });

/** Inès finishes it and deposits it; gives the id of the dossier. */
export async function depositLive(page: Page): Promise<string> {
  await signInAs(page, INES);
  await finishLive(page);
  const id = idOf(page);
  await depositButton(page).click();
  await expectReceipt(page, "2027-058");
  return id;
}
