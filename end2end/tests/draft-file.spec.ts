// A copy of the draft in a file: saved offline with what waits, opened again without replacing anything.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { answer, button, idOf, live, openLive, question, recapPath, saved, saveLine } from "../support/dossier.js";
import { NO_NETWORK, away, keptOffline } from "../support/offline.js";
import { HELENE, INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const PROSE = "identification.presentation";
const SITE = "identification.website";
test.setTimeout(120_000);

async function saveCopy(page: Page): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Enregistrer une copie" }).first().click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^brouillon-[a-z0-9-]+-2027\.json$/);
  return download.path();
}

async function openCopy(page: Page, path: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel("Reprendre une copie").setInputFiles(path);
  await page.getByRole("button", { name: "Reprendre cette copie" }).click();
}

test("a copy saved offline holds what waits; opened elsewhere it adds, and shows what differs", async ({ page, context, server, trouble, elsewhere }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  const id = await openLive(page, "identification");
  const step = page.url();
  await keptOffline(page);
  await away(context, server);
  await answer(page, PROSE).fill("Écrit dans le train, sans réseau.");
  await answer(page, SITE).fill("https://train.example");
  await expect(saveLine(page)).toContainText("2\u00a0réponses à envoyer");
  await page.goto(recapPath(id));
  const path = await saveCopy(page);
  const copy = { name: "copie.json", mimeType: "application/json", buffer: readFileSync(path) };
  expect(copy.buffer.toString()).toContain("Écrit dans le train, sans réseau.");
  await context.close(); // this device never comes back
  await server.start();

  const other = await elsewhere();
  await signInAs(other, KARIM);
  await other.goto(step);
  await live(other);
  await saved(other, () => answer(other, PROSE).fill("Écrit par Karim entre-temps."));
  await other.goto(recapPath(id));
  await openCopy(other, copy);
  await live(other);
  await other.goto(step);
  await live(other);
  await expect(answer(other, SITE)).toHaveValue("https://train.example");
  const note = question(other, PROSE).locator(".note");
  await expect(note).toContainText("Écrit par Karim entre-temps.");
  await expect(note).toContainText("Écrit dans le train, sans réseau.");
  await saved(other, () => button(other, "_garder", PROSE).click());
  await other.reload();
  await expect(answer(other, PROSE)).toHaveValue("Écrit dans le train, sans réseau.");
  await expect(answer(other, SITE)).toHaveValue("https://train.example");
});

test("what a copy adds is said, and undone in one gesture", async ({ page }, info) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
  const step = page.url();
  const before = await answer(page, SITE).inputValue();
  await saved(page, () => answer(page, SITE).fill("https://copie.example"));
  await page.goto(recapPath(idOf(page)));
  const path = await saveCopy(page);
  await page.goto(step);
  await live(page);
  await saved(page, () => answer(page, SITE).fill(""));
  await page.goto(recapPath(idOf(page)));
  await openCopy(page, path);
  await live(page);
  await expect(page.locator("#etat")).toContainText("1\u00a0réponse ajoutée");
  await page.screenshot({ path: info.outputPath("copie.png") });
  await page.getByRole("button", { name: "Défaire" }).click();
  await expect(saveLine(page)).toContainText("Enregistré");
  await page.goto(step);
  await expect(answer(page, SITE)).toHaveValue("");
  expect(before).not.toBe("https://copie.example");
});

test("what is no copy of this dossier is told in place", async ({ page, elsewhere }, info) => {
  const other = await elsewhere();
  await signInAs(other, HELENE);
  await openLive(other, "identification");
  await other.goto(recapPath(idOf(other)));
  const foreign = await saveCopy(other);
  await signInAs(page, INES);
  await openLive(page, "identification");
  await page.goto(recapPath(idOf(page)));
  await openCopy(page, foreign);
  await expect(page.locator("#copie").getByRole("alert")).toContainText("autre dossier");
  await page.getByLabel("Reprendre une copie").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("{") });
  await page.getByRole("button", { name: "Reprendre cette copie" }).click();
  await expect(page.locator("#copie").getByRole("alert")).toContainText("abîmé");
  await page.locator("#copie").screenshot({ path: info.outputPath("refus.png") });
});
