// Told by mail: a real SMTP server takes what Trame sends; what it received leads to the very page, and is
// turned off by its link. A demonstration sends nothing, and shows it.
import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { depositButton, recapPath } from "../support/dossier.js";
import { act, annotate, tag } from "../support/instruction.js";
import { axe, shot, sound } from "../support/look.js";
import { addressOf, linkOf, Mailbox } from "../support/mailbox.js";
import { AGNES, INES, signInAs } from "../support/people.js";
import type { TrameServer } from "../support/server.js";
import { expect, test } from "../support/test.js";

test.setTimeout(120_000);

const INES_ADDRESS = "ines.barbier@ateliers-valbrune.example";
const QUESTION = "Le détail de ce compte n'est pas joint : pouvez-vous le préciser ?";

const sql = (server: TrameServer, text: string): string =>
  execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database, text]).toString().trim();

/** A request of the Nièvre that waits for its check, of a structure that Inès leads too; gives its id. */
function received(server: TrameServer): string {
  const id = sql(server, "SELECT id FROM dossier WHERE department = '58' AND state = 'submitted' AND form = 'conventionnement' ORDER BY id LIMIT 1");
  expect(id, "a deposit that nobody looked at yet").not.toBe("");
  sql(server, `INSERT OR IGNORE INTO membership (account_id, structure_id, is_admin)
    SELECT a.id, d.structure_id, TRUE FROM account a, dossier d WHERE a.email = '${INES_ADDRESS}' AND d.id = '${id}'`);
  return id;
}

/** Asks something on a figure, and sends the dossier back. */
async function sendBack(agent: Page, id: string): Promise<void> {
  await agent.goto(`/dossiers/${id}/instruction`);
  await annotate(agent, "60 Achats", "La structure", QUESTION);
  await act(agent, "Demander des pièces");
  await expect(tag(agent)).toHaveText("En attente SIAE");
}

test("a return arrives, its link opens the question, and the next one is not sent to who turned it off", async ({ page, elsewhere, server, trouble }) => {
  test.slow();
  const mailbox = await Mailbox.open();
  const id = received(server);
  // People who come in before, as a demonstration lets them; from then on everything is for real.
  await signInAs(page, INES);
  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  sql(server, "UPDATE account SET is_persona = FALSE; DELETE FROM notice; DELETE FROM mail");
  await server.restartWith(mailbox.variables(server.url));

  mailbox.refusals.set(INES_ADDRESS, 450);
  await sendBack(agent, id);
  // Busy at first: it is tried again, and nobody has to do anything.
  await expect.poll(() => sql(server, `SELECT error <> '' FROM mail WHERE address = '${INES_ADDRESS}'`), { timeout: 20_000 }).toBe("1");
  sql(server, "UPDATE mail SET next_at = 0 WHERE standing = 'waiting'");
  const mail = await mailbox.message(INES_ADDRESS, /la DDETS demande 1 point, environ 4 minutes/);
  expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
  expect(`${mail.text}${mail.html}`, "nothing of what was asked or answered").not.toContain(QUESTION);

  // The words as a reader of mail shows them, in the light and in the dark.
  const reader = await elsewhere();
  for (const colorScheme of ["light", "dark"] as const) {
    await reader.emulateMedia({ colorScheme });
    await reader.route("**/message", (route) => route.fulfill({ body: String(mail.html), contentType: "text/html; charset=utf-8" }));
    await reader.goto(`${server.url}/message`);
    await axe(reader);
    await shot(reader, `courriel-recu-${colorScheme}`);
  }

  await page.goto(linkOf(mail, "Voir ce qui est demandé"));
  await expect(page).toHaveURL(new RegExp(`/dossiers/${id}/questions$`));
  await expect(page.getByText(QUESTION)).toBeVisible();

  // Turned off by who is not signed in; opening the link alone does nothing.
  const stranger = await elsewhere();
  await stranger.goto(linkOf(mail, "Ne plus recevoir ces messages"));
  await sound(stranger);
  await axe(stranger);
  await shot(stranger, "desabonnement");
  expect(sql(server, "SELECT COUNT(*) FROM mail_choice")).toBe("0");
  await stranger.getByRole("button", { name: "Ne plus les recevoir" }).click();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Vous ne recevrez plus ces courriels");
  await axe(stranger);
  await page.goto("/preferences");
  await expect(page.getByRole("group", { name: "Ce que la DDETS vous demande" }).getByRole("radio", { name: "Jamais" })).toBeChecked();

  // The structure answers and deposits again, which is acknowledged; the dossier comes back once more:
  // no message this time.
  await page.goto(`/dossiers/${id}/questions`);
  await page.getByLabel("Votre réponse").fill("Le détail est dans le compte de résultat.");
  await page.getByRole("button", { name: "Répondre" }).click();
  await expect(page.getByText("Vous avez répondu à tout.")).toBeVisible();
  await page.goto(recapPath(id));
  await depositButton(page).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre dossier est déposé");
  await mailbox.message(INES_ADDRESS, /dépôt reçu/);
  await sendBack(agent, id);
  await expect.poll(() => sql(server, `SELECT COUNT(*) FROM notice WHERE dossier_id = '${id}'`), { timeout: 20_000 }).toBe("0");
  await expect.poll(() => sql(server, "SELECT COUNT(*) FROM mail WHERE standing = 'waiting'"), { timeout: 20_000 }).toBe("0");
  const asked = mailbox.received.filter((one) => addressOf(one) === INES_ADDRESS && /demande/.test(one.subject ?? ""));
  expect(asked, "one message, and no other after it was turned off").toHaveLength(1);
  trouble.allow(/status of 422/);
  await mailbox.close();
});

test("an invitation goes to its address, and lets one in", async ({ page, elsewhere, server }) => {
  const mailbox = await Mailbox.open();
  await signInAs(page, INES);
  sql(server, "UPDATE account SET is_persona = FALSE; DELETE FROM notice; DELETE FROM mail");
  await server.restartWith(mailbox.variables(server.url));
  await page.goto("/equipe");
  await page.getByLabel("Pour qui").fill("Léo, comptabilité");
  await page.getByLabel("Son courriel").fill("leo@exemple.fr");
  await page.getByRole("button", { name: "Créer l'invitation" }).click();
  await expect(page.getByText("Le lien part à leo@exemple.fr")).toBeVisible();
  await sound(page);
  await axe(page);
  await shot(page, "equipe-invitation-envoyee");
  const mail = await mailbox.message("leo@exemple.fr", /vous invite à rejoindre Les Ateliers de Valbrune/);
  expect(mail.headers.has("list-unsubscribe"), "nothing to turn off").toBe(false);
  const other = await elsewhere();
  await other.goto(linkOf(mail, "Accepter l'invitation"));
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Vous êtes invité dans une équipe");
  await expect(other.getByText("Les Ateliers de Valbrune").first()).toBeVisible();
  expect(sql(server, "SELECT COUNT(*) FROM mail WHERE letter <> '' AND account_id IS NULL"), "the secret is gone from the queue").toBe("0");
  await mailbox.close();
});

test("a demonstration sends nothing, and shows what it would have sent", async ({ page, elsewhere, server }) => {
  const id = received(server);
  const agent = await elsewhere();
  await signInAs(agent, AGNES);
  await sendBack(agent, id);
  await signInAs(page, INES);
  await expect(async () => {
    await page.goto("/courriels");
    await expect(page.getByRole("heading", { name: /la DDETS demande 1 point/ }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await sound(page);
  await axe(page);
  await shot(page, "courriels-de-la-demonstration");
  await page.getByRole("link", { name: /^Voir le message mis en forme/ }).first().click();
  await shot(page, "courriel-mis-en-forme");
  await page.getByRole("link", { name: "Voir ce qui est demandé" }).first().click();
  await expect(page.getByText(QUESTION)).toBeVisible();
  expect(sql(server, "SELECT COUNT(*) FROM mail WHERE standing <> 'shown'")).toBe("0");
});
