// Two agents in one dossier at the same time: they see one another, and what the other does shows without
// reloading, around what is being typed.
import type { Page } from "@playwright/test";
import { act, annotate, openReceived } from "../support/instruction.js";
import { axe, narrow, shot } from "../support/look.js";
import { AGNES, PAUL, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { depositLive } from "../support/valbrune.js";

test.setTimeout(150_000);

const presence = (page: Page) => page.locator("#presents");
const news = (page: Page) => page.locator("#nouvelles");
const composer = (page: Page) => page.locator("#annoter");
/** Longest that what a colleague did may take to show, in milliseconds, on a machine that does something
 * else too. What it took is printed: the goal is 300 once the server has kept it. */
const MOST = 5_000;

/** How long this takes to show elsewhere: from the gesture, and from the answer to the post. */
async function shows(what: string, by: Page, gesture: () => Promise<unknown>, elsewhere: Promise<unknown>): Promise<void> {
  const from = Date.now();
  const kept = by.waitForResponse((answer) => answer.request().method() === "POST").then(() => Date.now());
  const [, seen, answered] = await Promise.all([gesture(), elsewhere.then(() => Date.now()), kept]);
  console.log(`${what}: seen in the other browser ${seen - from} ms after the gesture, ${seen - answered} ms after it was kept`);
  expect(seen - from, what).toBeLessThan(MOST);
}

test("two agents read, write and decide side by side", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of 422/);
  const id = await depositLive(page);
  const [agnes, paul] = [await elsewhere(), await elsewhere()];
  await signInAs(agnes, AGNES);
  await openReceived(agnes);
  await expect(presence(agnes)).toBeHidden();
  await signInAs(paul, PAUL);
  await openReceived(paul);
  await expect(presence(agnes)).toHaveText("Paul Vidal est aussi dans ce dossier.");
  await expect(presence(paul)).toHaveText("Agnès Royer est aussi dans ce dossier.");
  await expect(agnes.locator("#presents-dit")).toContainText("Paul Vidal");
  await paul.getByRole("link", { name: /Les postes demandés/ }).click();
  await expect(presence(agnes)).toContainText("à la question « Les postes demandés sont-ils réalistes ? »");
  await axe(agnes);
  await agnes.screenshot({ path: `screenshots/live-together-${test.info().project.name}.png`, scale: "css" });

  // Agnès types; Paul writes above, on the same answer and below. Nothing of hers moves.
  await agnes.getByRole("link", { name: "Annoter : ETP d'insertion demandés", exact: true }).click();
  const text = composer(agnes).getByLabel("Votre texte");
  await text.fill("Je commence une phrase");
  await composer(agnes).getByRole("radio", { name: "La structure" }).check();
  await text.focus();
  await agnes.keyboard.press("End");
  const place = async () => Math.round((await text.boundingBox())?.y ?? -1);
  const before = await place();
  await openReceived(paul);
  for (const name of ["ETP d'insertion demandés", "Adresse"]) {
    const link = paul.getByRole("link", { name: `Annoter : ${name}`, exact: true });
    if ((await link.count()) === 0) continue;
    await link.first().click();
    const words = `Remarque de Paul sur ${name}`;
    await composer(paul).getByRole("radio", { name: "Mon service" }).check();
    await composer(paul).getByLabel("Votre texte").fill(words);
    await shows(
      `a note (${name})`,
      paul,
      () => composer(paul).getByRole("button", { name: "Écrire" }).click(),
      agnes.locator(".thread").filter({ hasText: words }).waitFor(),
    );
  }
  await expect(text).toBeFocused();
  expect(Math.abs((await place()) - before), "what is typed in does not move").toBeLessThanOrEqual(2);
  await agnes.keyboard.type(", et je la finis");
  await expect(text).toHaveValue("Je commence une phrase, et je la finis");
  await expect(composer(agnes).getByRole("radio", { name: "La structure" })).toBeChecked();
  await expect(composer(agnes).getByRole("status")).toContainText(/Gardé sur cet appareil|Brouillon enregistré/);
  await expect(news(agnes)).toContainText("Paul Vidal vient d'écrire");
  await expect(news(agnes).getByRole("link", { name: "ETP d'insertion demandés" })).toHaveAttribute("href", /^#note-/);
  await axe(agnes);
  await narrow(agnes);
  await shot(agnes, "live-typing");
  await agnes.screenshot({ path: `screenshots/live-window-${test.info().project.name}.png`, scale: "css" });

  await news(agnes).getByRole("button", { name: "Masquer" }).click();
  await expect(news(agnes)).toBeEmpty();

  // A personal note is told to nobody.
  await annotate(paul, "ETP d'insertion demandés", "Moi", "Pour moi seul");
  await paul.waitForTimeout(600);
  await expect(agnes.getByText("Pour moi seul")).toHaveCount(0);

  // She begins an answer; he settles the same note: her words stay, the note says that it is settled.
  const thread = agnes.locator(".thread").filter({ hasText: "Remarque de Paul sur ETP" });
  await thread.getByText("Répondre", { exact: true }).first().click();
  await thread.getByLabel("Votre réponse").fill("Une réponse à moitié");
  const his = paul.locator(".thread").filter({ hasText: "Remarque de Paul sur ETP" });
  await shows(
    "a note settled",
    paul,
    () => his.getByRole("button", { name: "Marquer comme réglée" }).click(),
    thread.getByText(/Réglée par Paul Vidal/).waitFor(),
  );
  await expect(thread.getByLabel("Votre réponse")).toHaveValue("Une réponse à moitié");
  await expect(thread.getByLabel("Votre réponse")).toBeFocused();
  await expect(text).toHaveValue("Je commence une phrase, et je la finis");
  // What came by itself is kept by the tab like the rest.
  await thread.getByLabel("Votre réponse").press("End");
  await agnes.keyboard.type(".");
  await expect(thread.getByRole("status")).toContainText(/Gardé sur cet appareil|Brouillon enregistré/);

  // He decides something: the state, what may be done and the story of the dossier follow.
  await shows(
    "an act",
    paul,
    () => act(paul, "Déclarer complet"),
    agnes.locator("header .tag").filter({ hasText: "En instruction" }).waitFor(),
  );
  await expect(agnes.locator(".timeline")).toContainText("Déclaré complet");
  await expect(news(agnes)).toContainText("Paul Vidal vient d'agir");
  await expect(text).toHaveValue("Je commence une phrase, et je la finis");
  await axe(agnes);

  // The form of hers is posted as usual, and shows at his.
  await shows(
    "the note that was typed meanwhile",
    agnes,
    () => composer(agnes).getByRole("button", { name: "Écrire" }).click(),
    paul.locator(".thread").filter({ hasText: "et je la finis" }).waitFor(),
  );

  // The structure sees nothing of this; its page is what it was.
  await page.goto(`/dossiers/${id}`);
  await expect(page.locator("body")).not.toContainText("Paul Vidal");
  await expect(page.locator("#presents, #nouvelles")).toHaveCount(0);

  // Away, then back: what happened meanwhile is there.
  await paul.goto("/territoire");
  await expect(presence(agnes)).toBeHidden();
});

test("a tab that was hidden catches up, and a session that ended says so", async ({ page, elsewhere, server, trouble }) => {
  trouble.allow(/status of 40[14]|ERR_CONNECTION|Failed to load resource|EventSource/);
  await depositLive(page);
  const [agnes, paul] = [await elsewhere(), await elsewhere()];
  await signInAs(agnes, AGNES);
  await openReceived(agnes);
  await signInAs(paul, PAUL);
  await openReceived(paul);
  await expect(presence(agnes)).toContainText("Paul Vidal");
  const hide = (hidden: boolean) =>
    agnes.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await hide(true);
  await expect(presence(paul), "a hidden tab gives its connection back").toBeHidden();
  await annotate(paul, "ETP d'insertion demandés", "Mon service", "Pendant son absence");
  await expect(agnes.getByText("Pendant son absence")).toHaveCount(0);
  await hide(false);
  await expect(agnes.getByText("Pendant son absence")).toBeVisible();

  // The server starts again: the pages find it by themselves.
  await server.stop();
  await server.start();
  await annotate(paul, "ETP d'insertion demandés", "Mon service", "Après le redémarrage");
  await expect(agnes.getByText("Après le redémarrage")).toBeVisible({ timeout: 15_000 });

  // She signs out in another tab: this page says that it is told nothing more.
  const other = await agnes.context().newPage();
  await other.goto("/territoire");
  await other.getByRole("button", { name: "Changer de personne" }).click();
  await expect(other).toHaveURL(/connexion/);
  await annotate(paul, "ETP d'insertion demandés", "Mon service", "Rien pour elle");
  await expect(news(agnes)).toContainText("Cette page ne se met plus à jour toute seule");
  await expect(agnes.getByText("Rien pour elle")).toHaveCount(0);
  await expect(presence(agnes)).toBeHidden();
});
