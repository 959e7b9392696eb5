// A code after the password: turning it on with a telephone, signing in with it and with paper, and
// the day both are lost.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { axe, shot, sound } from "../support/look.js";
import { expect, test } from "../support/test.js";

const EMAIL = "lea.moulin@exemple.fr";
const PASSWORD = "une assez bonne phrase";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What a telephone that knows this key shows (RFC 6238), some steps of thirty seconds from now. Like
    a person, it waits for the next one when this one is nearly over. */
async function shown(key: string, shift = 0): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 4_000) await new Promise((done) => setTimeout(done, left + 50));
  const bits = [...key].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((octet) => parseInt(octet, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + shift));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const place = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function password(page: Page): Promise<void> {
  await page.goto("/connexion");
  await page.getByLabel("Courriel").fill(EMAIL);
  await page.getByLabel("Mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

async function leave(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Se déconnecter" }).or(page.getByRole("button", { name: "Changer de personne" })).click();
  await expect(page).toHaveURL(/\/connexion/);
}

async function type(page: Page, code: string, button: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: button }).click();
}

test("a code is turned on, asked for, replaced by paper, and lifted", async ({ page, server, trouble }) => {
  trouble.allow(/422/);
  server.command(["user", "add", EMAIL, "Léa Moulin", "--role", "ddets_agent", "--departments", "58"], `${PASSWORD}\n`);
  await password(page);
  await page.getByRole("link", { name: "Mes connexions" }).click();
  await page.getByRole("link", { name: "Ajouter un code" }).click();
  await sound(page);
  await axe(page);
  await page.getByRole("button", { name: "Commencer" }).click();
  const key = ((await page.locator("code").textContent()) ?? "").replaceAll(" ", "");
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  await expect(page.getByRole("img", { name: /Carré à scanner/ })).toBeVisible();
  await sound(page);
  await axe(page);
  await shot(page, "code-commencer");
  await type(page, "12", "Activer");
  await expect(page.getByRole("alert")).toContainText("Ce code ne convient pas");
  await axe(page);
  // Of the step before: one has thirty seconds more to type, and the present code still serves.
  await type(page, await shown(key, -1), "Activer");
  const paper = await page.locator(".paper-codes li").allTextContents();
  expect(paper).toHaveLength(8);
  await sound(page);
  await axe(page);
  await shot(page, "code-secours");

  await leave(page);
  await password(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre code de connexion");
  await sound(page);
  await axe(page);
  await page.goto("/territoire");
  await expect(page, "a password alone opens nothing").toHaveURL(/\/connexion/);
  await password(page);
  await type(page, "000000", "Se connecter");
  await expect(page.getByRole("alert")).toContainText("Ce code ne convient pas");
  await shot(page, "code-refus");
  await type(page, await shown(key), "Se connecter");
  await expect(page).toHaveURL(/\/territoire/);

  // Without the telephone.
  await leave(page);
  await password(page);
  await type(page, paper[0] ?? "", "Se connecter");
  await expect(page).toHaveURL(/\/territoire/);
  await page.goto("/connexions/code");
  await expect(page.getByText("7 codes de secours restants")).toBeVisible();
  await shot(page, "code-active");
  await axe(page);

  // Too many wrong ones: the password again.
  await leave(page);
  await password(page);
  for (const _ of [1, 2, 3, 4, 5]) await type(page, "000000", "Se connecter");
  await type(page, paper[1] ?? "", "Se connecter");
  await expect(page.getByRole("alert")).toContainText("recommencez avec votre mot de passe");

  // Neither telephone nor paper.
  server.command(["user", "reset-second-factor", EMAIL]);
  await password(page);
  await expect(page).toHaveURL(/\/territoire/);
});
