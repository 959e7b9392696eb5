// Signing in through a real provider of identities, joining a team, and everything that goes wrong.
import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { axe, shot, sound } from "../support/look.js";
import { INES, signInAs } from "../support/people.js";
import { IdentityProvider } from "../support/provider.js";
import { expect, test } from "../support/test.js";

const BUTTON = /S'identifier avec ProConnect/;
let provider: IdentityProvider;

/** SIRET of Les Ateliers de Valbrune, which has members. */
const VALBRUNE = "81234567600012";

test.beforeEach(async ({ server }) => {
  provider = await IdentityProvider.for(server.url, VALBRUNE);
  await server.restartWith(provider.variables);
});
test.afterEach(async () => provider.stop());

/** Goes to the provider from the page that is open, and says who one is there. */
async function identify(page: Page, login: string, acr = "eidas1"): Promise<void> {
  await page.getByRole("button", { name: BUTTON }).click();
  await say(page, login, acr);
}

/** Says who one is, on the page of the provider. */
async function say(page: Page, login: string, acr = "eidas1"): Promise<void> {
  await expect(page.getByRole("heading", { name: "Fournisseur d'essai" })).toBeVisible();
  const here = new URL(page.url());
  await page.goto(`${here.origin}${here.pathname}?login=${login}&acr=${acr}`);
}

/** Begins a sign-in without going to the provider; gives the address it is asked at. */
async function begin(page: Page): Promise<URL> {
  const answer = await page.request.get("/connexion/proconnect");
  const address = /https?:[^"'\s]*\bstate=[0-9a-f]{64}[^"'\s]*/.exec(await answer.text())?.[0];
  if (!address) throw new Error("no sign-in was begun");
  return new URL(address.replaceAll("&amp;", "&"));
}

const state = (address: URL): string => address.searchParams.get("state") ?? "";

/** The link that Inès makes for somebody. */
async function invite(page: Page, whom: string): Promise<string> {
  await page.goto("/equipe");
  await page.getByLabel("Pour qui").fill(whom);
  await page.getByRole("button", { name: "Créer l'invitation" }).click();
  return page.getByLabel("Lien à transmettre").inputValue();
}

test("a stranger learns what to do, and nothing is kept of them", async ({ page }) => {
  await page.goto("/connexion");
  await expect(page.getByRole("button", { name: BUTTON })).toBeVisible();
  await sound(page);
  await axe(page);
  await shot(page, "proconnect-connexion");
  await identify(page, "camille");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Il vous manque une invitation");
  await expect(page.getByText("Camille Durand")).toBeVisible();
  await sound(page);
  await axe(page);
  await shot(page, "proconnect-inconnu");
  await page.goto("/dossiers");
  await expect(page).toHaveURL(/\/connexion/);
});

test("invited by a colleague, one joins with ProConnect, comes back, and leaves both", async ({ page, elsewhere, trouble }) => {
  await signInAs(page, INES);
  const link = await invite(page, "Camille, comptabilité");
  await sound(page);
  await axe(page);
  await shot(page, "equipe-invitation");

  const other = await elsewhere();
  await other.goto(link);
  await sound(other);
  await axe(other);
  await shot(other, "rejoindre");
  await identify(other, "camille");
  await expect(other).toHaveURL(/\/dossiers$/);
  await expect(other.getByText("Les Ateliers de Valbrune").first()).toBeVisible();
  await page.goto("/equipe");
  await expect(page.getByText("camille.durand@exemple.fr")).toBeVisible();
  await expect(page.getByText("Aucune invitation n'attend.")).toBeVisible();
  await shot(page, "equipe");

  await other.goto("/connexions");
  await sound(other);
  await axe(other);
  await shot(other, "connexions");
  await other.getByRole("button", { name: "Se déconnecter" }).or(other.getByRole("button", { name: "Changer de personne" })).click();
  await other.getByRole("button", { name: "Se déconnecter du fournisseur" }).click();
  await expect(other).toHaveURL(/\/connexion\?fin=1/);
  await expect(other.getByText("Vous êtes déconnecté.")).toBeVisible();

  // Known from now on, and with keys that the provider made meanwhile.
  await provider.restart();
  await identify(other, "camille", "eidas2");
  await expect(other).toHaveURL(/\/dossiers$/);
  // The link served once.
  await other.context().clearCookies();
  trouble.allow(/410/);
  await other.goto(link);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Cette invitation ne sert plus");
});

test("an employer's SIRET asks the members, who answer", async ({ page, elsewhere, server }) => {
  execFileSync("sqlite3", [server.database, `UPDATE structure SET siret = '${VALBRUNE}' WHERE name = 'Les Ateliers de Valbrune'`]);
  const louise = await elsewhere();
  await louise.goto("/connexion");
  await identify(louise, "louise");
  await expect(louise.getByRole("heading", { name: "Votre demande attend une réponse" })).toBeVisible();
  await sound(louise);
  await axe(louise);
  await shot(louise, "demande-acces");
  await louise.goto("/dossiers");
  await expect(louise.getByRole("link", { name: "Continuer le dossier" })).toHaveCount(0);

  await signInAs(page, INES);
  await page.goto("/equipe");
  await shot(page, "equipe-demande");
  await axe(page);
  await page.getByRole("button", { name: /^Accepter/ }).click();
  await expect(page.getByRole("button", { name: /^Accepter/ })).toHaveCount(0);
  await louise.goto("/dossiers");
  await expect(louise.getByRole("link", { name: "Continuer le dossier" }).first()).toBeVisible();
});

test("what goes wrong is said, and lets nobody in", async ({ page, trouble, server, elsewhere }) => {
  trouble.allow(/50[0-9]/, /Failed to load resource/, /40[0-9]/);
  const heading = page.getByRole("heading", { level: 1 });
  const stays = async (words: string) => {
    await expect(heading).toHaveText(words);
    const answer = await page.request.get("/api/moi");
    expect(answer.status(), "nobody is signed in").toBe(401);
  };

  // Another answer than the one that was asked for: the nonce is changed on the way.
  const changed = await begin(page);
  changed.searchParams.set("nonce", "une-autre-question");
  await page.goto(changed.href);
  await say(page, "camille");
  await stays("Cette réponse ne peut pas être acceptée");

  // A code that served already, in a new sign-in; then the very same address again.
  await page.goto("/connexion");
  let used = "";
  page.on("request", (request) => { if (request.url().includes("/connexion/retour")) used = request.url(); });
  await page.getByRole("button", { name: BUTTON }).click();
  await expect(heading).toHaveText("Il vous manque une invitation");
  const code = new URL(used).searchParams.get("code") ?? "";
  await page.goto(used);
  await stays("Cette connexion n'est plus valable");
  await page.goto(`/connexion/retour?code=${code}&state=${state(await begin(page))}`);
  await stays("Cette connexion n'est plus valable");

  // Brought by somebody else: a sign-in begun in another browser.
  const begun = await elsewhere();
  await page.goto(`/connexion/retour?code=volé&state=${state(await begin(begun))}`);
  await stays("Cette connexion n'est plus valable");
  await shot(page, "proconnect-refus");

  // A clock one minute ahead is forgiven, ten minutes are not.
  await page.context().clearCookies();
  await provider.restart({ SKEW: "60" });
  await page.goto("/connexion");
  await identify(page, "camille");
  await expect(heading).toHaveText("Il vous manque une invitation");
  await page.context().clearCookies();
  await provider.restart({ SKEW: "600" });
  await page.goto("/connexion");
  await identify(page, "camille");
  await stays("Les horloges ne s'accordent pas");

  // The person says no there.
  await page.context().clearCookies();
  await provider.restart();
  await page.goto("/connexion");
  await identify(page, "");
  await stays("La connexion n'a pas été jusqu'au bout");

  // A second factor is wanted.
  await server.restartWith({ ...provider.variables, TRAME_OIDC_ACR: "eidas2" });
  await page.context().clearCookies();
  await page.goto("/connexion");
  await identify(page, "camille", "eidas1");
  await stays("Une seconde preuve est demandée");

  // Gone before, and gone in the middle.
  await page.context().clearCookies();
  await server.restartWith(provider.variables);
  const left = state(await begin(page));
  await provider.stop();
  await page.goto(`/connexion/retour?code=jamais-lu&state=${left}`);
  await stays("Le service de connexion ne répond pas");
  await server.restartWith(provider.variables);
  await page.goto("/connexion");
  await page.getByRole("button", { name: BUTTON }).click();
  await stays("Le service de connexion ne répond pas");
  await shot(page, "proconnect-panne");
});

test("too many at once are asked to wait", async ({ page, server, trouble }) => {
  trouble.allow(/429/, /Failed to load resource/);
  await server.restartWith({ TRAME_LIMIT_PASSWORD: "2+1" });
  for (const _ of [1, 2, 3]) {
    await page.goto("/connexion");
    await page.getByLabel("Courriel").fill("personne@exemple.fr");
    await page.getByLabel("Mot de passe").fill("faux");
    await page.getByRole("button", { name: "Se connecter" }).click();
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Un peu de patience");
  await sound(page);
  await axe(page);
  await shot(page, "patience");
});
