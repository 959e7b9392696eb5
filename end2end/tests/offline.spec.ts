// The network goes away: the dossier stays open, on every page, and says honestly what is where.
import { answer, depositButton, idOf, live, openLive, recapPath, saved, saveLine, steps } from "../support/dossier.js";
import { NO_NETWORK, away, back, keptOffline, keptPages, offlineNotice } from "../support/offline.js";
import { INES, KARIM, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { finish } from "../support/valbrune.js";

const LONG = "identification.presentation";
const ROLE = "gouvernance.director.role";

test.setTimeout(120_000);

test("a morning offline: every step opens, all that is typed is kept, then saved", async ({ page, context, server, trouble, elsewhere }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  const id = await openLive(page, "identification");
  const first = page.url();
  await keptOffline(page);
  await saved(page, () => answer(page, LONG).fill("Enregistré avant de partir."));

  await away(context, server);
  await expect(offlineNotice(page)).toBeVisible();
  await answer(page, LONG).press("Control+End");
  await answer(page, LONG).pressSequentially(" Écrit dans le train.");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");

  // A step that was never opened on this device.
  await page.locator('nav[aria-label="Étapes du dossier"] a[href$="/etapes/gouvernance"]').click();
  await expect(page).toHaveURL(/\/etapes\/gouvernance$/);
  await live(page);
  await expect(offlineNotice(page)).toContainText(/Cette page date du .+ à \d+\sh\s\d\d\./);
  await answer(page, ROLE).fill("Direction, hors ligne");
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  await page.reload();
  await live(page);
  await expect(answer(page, ROLE)).toHaveValue("Direction, hors ligne");
  await expect(saveLine(page)).toContainText("2\u00a0réponses à envoyer");
  for (const step of await steps(page)) {
    await page.goto(step);
    await expect(page.locator("form#etape"), step).toHaveCount(1);
  }
  await page.goto(first);
  await expect(answer(page, LONG)).toHaveValue("Enregistré avant de partir. Écrit dans le train.");
  for (const path of ["/dossiers", `/dossiers/${id}`, recapPath(id), "/"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Vous êtes hors ligne");
    await expect(offlineNotice(page)).toBeVisible();
  }
  await page.goto(first);
  await live(page);

  await back(context, server);
  await expect(offlineNotice(page)).toBeHidden();
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: 45_000 });
  await expect(page.locator(".two .note"), "nobody else wrote").toHaveCount(0);
  const other = await elsewhere();
  await signInAs(other, KARIM);
  await other.goto(first);
  await expect(answer(other, LONG)).toHaveValue("Enregistré avant de partir. Écrit dans le train.");
  await other.goto(first.replace("identification", "gouvernance"));
  await expect(answer(other, ROLE)).toHaveValue("Direction, hors ligne");
});

test("what was saved shows offline, on the step and in the recap", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  const id = await openLive(page, "identification");
  const step = page.url();
  await keptOffline(page);
  await saved(page, () => answer(page, LONG).fill("Enregistré, puis relu hors ligne."));
  await expect.poll(() => keptPages(page, "Enregistré, puis relu hors ligne."), { timeout: 15_000 }).toContain(new URL(step).pathname);
  // Leaving: the page that comes brings the others.
  await page.goto(step.replace("identification", "gouvernance"));
  await expect.poll(() => keptPages(page, "Enregistré, puis relu hors ligne."), { timeout: 20_000 }).toContain(`/dossiers/${id}/etapes/budget`);
  await away(context, server);
  await page.goto(step);
  await expect(answer(page, LONG)).toHaveValue("Enregistré, puis relu hors ligne.");
});

test("a deposit without network says that it is not done", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  await finish(page, async (at, text) => {
    await live(page);
    const control = answer(page, at);
    const radio = (await control.first().getAttribute("type")) === "radio";
    await saved(page, () => (radio ? control.and(page.locator(`[value="${text}"]`)).check() : control.fill(text)));
  });
  const id = idOf(page);
  await expect.poll(() => keptPages(page, "Déposer le dossier")).toContain(recapPath(id));

  await away(context, server);
  await depositButton(page).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Le dossier n'est pas déposé\u00a0: vous êtes hors ligne");
  await page.getByRole("link", { name: "Revenir au récapitulatif" }).click();
  await expect(depositButton(page)).toBeVisible();
  await expect(offlineNotice(page)).toBeVisible();

  await back(context, server);
  await depositButton(page).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre dossier est déposé");
  // Nothing shows it as a draft any more.
  expect((await keptPages(page)).filter((path) => path.includes("/etapes/"))).toEqual([]);
});

test("a page that was never kept says so, and leads back", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  const id = await openLive(page, "identification");
  await keptOffline(page);
  await away(context, server);
  await page.goto(`/dossiers/${id}/depots/9`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vous êtes hors ligne");
  await page.getByRole("link", { name: "Reprendre" }).click();
  await live(page);
});

test("nothing of a person stays once they signed out, but what waits to be sent", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  await signInAs(page, INES);
  await openLive(page, "identification");
  const step = page.url();
  await keptOffline(page);
  await page.getByRole("button", { name: /Changer de personne|Se déconnecter/ }).click();
  await expect(page).toHaveURL(/\/connexion/);
  expect(await page.evaluate(() => caches.keys()), "no cache").toEqual([]);
  await signInAs(page, KARIM);
  expect(await keptPages(page)).toEqual([]);
  await away(context, server);
  await page.goto(step);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vous êtes hors ligne");
  await back(context, server);

  await context.clearCookies();
  await signInAs(page, INES);
  await openLive(page, "identification");
  await keptOffline(page);
  await away(context, server);
  await answer(page, LONG).fill("Écrit avant de se déconnecter.");
  await expect(saveLine(page)).toContainText("1\u00a0réponse à envoyer");
  await page.getByRole("button", { name: /Changer de personne|Se déconnecter/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Vous n'êtes pas déconnecté");
  expect(await keptPages(page)).toEqual([]);
  await back(context, server);
  await page.goto(step);
  await live(page);
  await expect(answer(page, LONG)).toHaveValue("Écrit avant de se déconnecter.");
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: 45_000 });
});

test("a shared computer keeps nothing, and lets go of what was kept", async ({ page, context, baseURL }) => {
  await signInAs(page, INES);
  await openLive(page, "identification");
  await keptOffline(page);
  await context.addCookies([{ name: "trame-partage", value: "1", url: baseURL ?? "" }]);
  await page.reload();
  await live(page);
  await expect
    .poll(() => page.evaluate(async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()]))
    .toEqual([[], []]);
  await page.goto("/dossiers");
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("a first visit fetches nothing for later before the step is live", async ({ page, context }) => {
  await context.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = function (...script) {
      const fetched = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
      Object.assign(globalThis, { atRegister: { live: !!document.querySelector("#wizard[data-live]"), fetched } });
      return register.apply(this, script);
    };
  });
  await signInAs(page, INES);
  await openLive(page, "identification");
  const atRegister = () => page.evaluate(() => (globalThis as { atRegister?: { live: boolean; fetched: string[] } }).atRegister);
  await expect.poll(async () => (await atRegister())?.live, "only once live").toBe(true);
  const others = (await atRegister())?.fetched.filter((path) => !/^\/(pkg\/trame\.|formulaires\/|api\/dossiers\/[^/]+\/presence$|(affichage|demarrer)\.js$|favicon\.svg$)/.test(path));
  expect(others, "nothing but the page, its programme, and that it is there").toEqual([]);
});
