// Documents: attached, replaced, taken away and back, deposited, and opened by the agent.
import { depositButton, expectReceipt, idOf, openDraft, openLive, openReceipt, question } from "../support/dossier.js";
import { openReceived } from "../support/instruction.js";
import { axe, narrow, shot, sound } from "../support/look.js";
import { AGNES, INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { finishLive } from "../support/valbrune.js";
import type { Page } from "@playwright/test";

const PLACE = "pieces.urssaf_file";
const pdf = (name: string, text: string) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`),
});
const current = (page: Page) => page.getByRole("region", { name: "Document joint" });
const before = (page: Page) => page.getByRole("region", { name: "Documents envoyés avant" });
const done = (page: Page) => page.locator("#fait");

async function send(page: Page, file: ReturnType<typeof pdf>): Promise<void> {
  await page.getByLabel("Choisir le document").setInputFiles(file);
  await page.getByRole("button", { name: "Envoyer" }).click();
}

test.setTimeout(150_000);

test("attached, replaced, removed, taken again, deposited, opened by the agent", async ({ page, elsewhere, trouble }) => {
  trouble.allow(/status of (413|415|422)/);
  await signInAs(page, INES);
  await openLive(page, "pieces");
  await question(page, PLACE).getByRole("button", { name: "Joindre le document" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Attestation de vigilance de l'Urssaf");
  await expect(current(page)).toContainText("urssaf-2026.pdf");
  await sound(page);
  await axe(page);
  await shot(page, "document");

  await send(page, pdf("Attestation à jour.pdf", "un"));
  await expect(done(page)).toHaveText("Votre document est joint.");
  await expect(current(page)).toContainText("Attestation à jour.pdf");
  await expect(before(page)).toContainText("urssaf-2026.pdf");
  await send(page, { ...pdf("page.pdf", ""), buffer: Buffer.from("<html><script>alert(1)</script></html>") });
  await expect(page.locator("#probleme-document")).toContainText("pas d'un type accepté");
  await axe(page);
  await shot(page, "document-refuse");
  await expect(current(page)).toContainText("Attestation à jour.pdf");

  await page.getByRole("button", { name: "Retirer ce document" }).click();
  await expect(done(page)).toContainText("Le document est retiré.");
  await expect(current(page)).toContainText("Aucun document");
  await shot(page, "document-retire");
  await page.getByRole("button", { name: "Reprendre : Attestation à jour.pdf" }).click();
  await expect(current(page)).toContainText("Attestation à jour.pdf");
  await page.getByRole("link", { name: "Revenir à la question" }).click();
  await expect(page.locator(`[name="${PLACE}"]:not(button)`)).toHaveValue("Attestation à jour.pdf");

  await finishLive(page);
  await depositButton(page).click();
  await expectReceipt(page, "2027-058");
  await expect(page.getByRole("link", { name: "Attestation à jour.pdf" })).toBeVisible();

  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  await openReceived(agent);
  const link = agent.getByRole("link", { name: "Attestation à jour.pdf" });
  const read = await agent.request.get((await link.getAttribute("href")) ?? "");
  expect(read.status()).toBe(200);
  expect(await read.text()).toContain("un");
  await link.scrollIntoViewIfNeeded();
  await shot(agent, "document-lu-par-un-agent");
});

test("dropped on the page, and one at a time", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  await page.goto(`/dossiers/${id}/document?reponse=${PLACE}`);
  await expect(page.locator("#deposer")).toBeVisible();
  const drop = (names: string[]) =>
    page.evaluate((names) => {
      const data = new DataTransfer();
      for (const name of names) data.items.add(new File([`%PDF-1.4\n${name}\n%%EOF`], name));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.getElementById("envoi")?.dispatchEvent(event);
    }, names);
  await drop(["a.pdf", "b.pdf"]);
  await expect(page.locator("#probleme-document")).toContainText("Un seul document à la fois");
  await drop(["glisse.pdf"]);
  await expect(current(page)).toContainText("glisse.pdf");
});

test.describe("without script, on a phone", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("the vault offers what an earlier dossier had; a document is sent by the form", async ({ page, trouble }) => {
    trouble.allow(/status of (415|422)/);
    await signInAs(page, INES);
    const id = await openDraft(page, "pieces");
    await question(page, PLACE).getByRole("button", { name: "Joindre le document" }).click();
    expect(idOf(page)).toBe(id);
    await expect(page.getByText("Déjà donné par votre structure")).toBeVisible();
    await shot(page, "document-coffre-telephone");
    await page.getByRole("button", { name: /^Utiliser ce document/ }).first().click();
    await expect(done(page)).toHaveText("Votre document est joint.");
    await send(page, pdf("sans script.pdf", "deux"));
    await expect(current(page)).toContainText("sans script.pdf");
    await send(page, { ...pdf("coupe.pdf", ""), buffer: Buffer.from("%PDF-1.4 sans fin") });
    await expect(page.getByRole("alert")).toContainText("arrivé incomplet");
    await openReceipt(page);
    await expect(page.locator('a[href^="/documents/"]').first()).toBeVisible();
  });
});

test("320 pixels wide", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await signInAs(page, INES);
  const id = await openDraft(page);
  await page.goto(`/dossiers/${id}/document?reponse=${PLACE}`);
  await narrow(page);
});
