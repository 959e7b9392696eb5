// Two people, one question, the same moment: both values are shown and one gesture chooses.
import { answer, button, live, openLive, question, saved, saveLine } from "../support/dossier.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const AT = "identification.presentation";
/** Long enough to raise no problem. */
const REST =
  ", à la suite d'une réunion de toute l'équipe au mois de novembre. Chacun y a pris la parole, puis nous avons " +
  "relu ensemble ce que nous disions l'an dernier de la structure, de ses activités et des personnes qu'elle accueille.";

for (const [choice, name, kept] of [
  ["mine", "_garder", "par Inès"],
  ["theirs", "_prendre", "par Karim"],
] as const) {
  test(`both values are shown, ${choice} is chosen`, async ({ page, elsewhere }) => {
    const other = await elsewhere();
    await signInAs(page, INES);
    await openLive(page, "identification");
    await signInAs(other, KARIM);
    await other.goto(page.url());
    await live(other);
    await saved(other, () => answer(other, AT).fill(`Écrit par Karim${REST}`));

    await answer(page, AT).fill(`Écrit par Inès${REST}`);
    const note = question(page, AT).locator(".note");
    await expect(note).toContainText("Deux valeurs au même moment");
    await expect(note).toContainText("Karim Laouari a écrit");
    await expect(note).toContainText("Écrit par Karim");
    await expect(note).toContainText("Écrit par Inès");
    await expect(answer(page, AT), "her own text stays in its place").toHaveValue(`Écrit par Inès${REST}`);

    await button(page, name, AT).click();
    await expect(note).toHaveCount(0);
    await expect(answer(page, AT)).toHaveValue(`Écrit ${kept}${REST}`);
    await expect(saveLine(page)).toContainText("Enregistré");
    await page.reload();
    await expect(answer(page, AT)).toHaveValue(`Écrit ${kept}${REST}`);
    await other.reload();
    await expect(answer(other, AT)).toHaveValue(`Écrit ${kept}${REST}`);
  });
}

test("two people in two questions of one step do not disturb each other", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signInAs(page, INES);
  await openLive(page, "identification");
  await signInAs(other, KARIM);
  await other.goto(page.url());
  await live(other);
  await saved(other, () => answer(other, "identification.phone").fill("03 86 00 00 00"));
  await saved(page, () => answer(page, "identification.website").fill("https://valbrune.example"));
  await expect(page.locator(".two .note")).toHaveCount(0);
  await page.reload();
  await expect(answer(page, "identification.phone")).toHaveValue(/03.?86.?00.?00.?00/);
  await expect(answer(page, "identification.website")).toHaveValue("https://valbrune.example");
});

test("a text typed while both values are shown is what is kept as mine", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signInAs(page, INES);
  await openLive(page, "identification");
  await signInAs(other, KARIM);
  await other.goto(page.url());
  await live(other);
  await saved(other, () => answer(other, AT).fill(`Écrit par Karim${REST}`));
  await answer(page, AT).fill(`Écrit par Inès${REST}`);
  await expect(question(page, AT).locator(".note")).toBeVisible();
  await answer(page, AT).fill(`Écrit par les deux${REST}`);
  await saved(page, () => button(page, "_garder", AT).click());
  await expect(question(page, AT).locator(".note")).toHaveCount(0);
  await other.reload();
  await expect(answer(other, AT)).toHaveValue(`Écrit par les deux${REST}`);
});

test("two people in two passages of one text: both are there, never under the cursor", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  const text = (people: string, place: string) =>
    `Nous accueillons ${people} personnes. ${"L'équipe les accompagne chaque jour. ".repeat(4)}Nous sommes ${place}.`;
  await signInAs(page, INES);
  await openLive(page, "identification");
  await saved(page, () => answer(page, AT).fill(text("dix", "à Nevers")));
  await signInAs(other, KARIM);
  await other.goto(page.url());
  await live(other);
  await saved(other, () => answer(other, AT).fill(text("dix", "à Cosne")));

  await answer(page, AT).click();
  await saved(page, () => answer(page, AT).fill(text("douze", "à Nevers")));
  await expect(question(page, AT).locator(".note")).toHaveCount(0);
  await expect(answer(page, AT), "not while she is in it").toHaveValue(text("douze", "à Nevers"));
  // Typed meanwhile, over her own text.
  await saved(page, () => answer(page, AT).fill(text("quinze", "à Nevers")));
  await answer(page, "identification.website").focus();
  await expect(answer(page, AT)).toHaveValue(text("quinze", "à Cosne"));
  await saved(page, () => answer(page, AT).fill(text("seize", "à Cosne")));
  await other.reload();
  await expect(answer(other, AT)).toHaveValue(text("seize", "à Cosne"));
});
