// Two tabs of one person on one dossier: one sends for both, whatever becomes of the other.
import type { BrowserContext, Page } from "@playwright/test";
import { answer, live, openLive, saveLine } from "../support/dossier.js";
import { NO_NETWORK, away, back } from "../support/offline.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";

const FIRST = "identification.presentation";
const SECOND = "identification.website";

/** How many requests each page made to save answers. */
function counted(...pages: Page[]): () => number[] {
  const counts = pages.map(() => 0);
  pages.forEach((page, rank) =>
    page.on("request", (request) => {
      if (request.url().includes("/operations") && request.resourceType() !== "ping") counts[rank] = (counts[rank] ?? 0) + 1;
    }),
  );
  return () => counts;
}

async function twoTabs(page: Page, context: BrowserContext): Promise<Page> {
  await signInAs(page, INES);
  await openLive(page, "identification");
  const other = await context.newPage();
  await other.goto(page.url());
  await live(other);
  return other;
}

test("one tab sends what both type, and both say where it is", async ({ page, context, elsewhere }) => {
  const other = await twoTabs(page, context);
  const requests = counted(page, other);
  await answer(other, SECOND).fill("https://second.example");
  await answer(page, FIRST).fill("Premier onglet.");
  await expect(answer(other, FIRST)).toHaveValue("Premier onglet.");
  await expect(answer(page, SECOND)).toHaveValue("https://second.example");
  for (const tab of [page, other]) await expect(saveLine(tab)).toContainText("Enregistré");
  expect(requests()[0]).toBeGreaterThanOrEqual(1);
  expect(requests()[1], "the other tab asks nobody").toBe(0);

  const third = await elsewhere();
  await signInAs(third, INES);
  await third.goto(page.url());
  await expect(answer(third, FIRST)).toHaveValue("Premier onglet.");
  await expect(answer(third, SECOND)).toHaveValue("https://second.example");
});

test("when the tab that sends closes, the other takes over what it left", async ({ page, context, server, trouble }) => {
  trouble.allow(NO_NETWORK);
  const other = await twoTabs(page, context);
  const requests = counted(other);
  await away(context, server);
  await answer(page, FIRST).fill("Écrit dans un onglet qui se ferme.");
  await answer(other, SECOND).fill("https://reste.example");
  for (const tab of [page, other]) {
    await expect(saveLine(tab)).toContainText("Gardé sur cet appareil");
    await expect(saveLine(tab), "both texts wait, in both tabs").toContainText("2\u00a0réponses à envoyer", { timeout: 20_000 });
  }
  await page.close({ runBeforeUnload: true });
  await back(context, server);
  await expect(saveLine(other)).toContainText("Enregistré", { timeout: 45_000 });
  expect(requests()[0]).toBeGreaterThanOrEqual(1);
  await other.reload();
  await live(other);
  await expect(answer(other, FIRST)).toHaveValue("Écrit dans un onglet qui se ferme.");
  await expect(answer(other, SECOND)).toHaveValue("https://reste.example");
});

test("when the tab that sends does not answer, as one asleep, the other sends", async ({ page, context }) => {
  await context.addInitScript(() => {
    const hears = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage")?.set;
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
      set(listener: (event: MessageEvent) => void) {
        const awake = (event: MessageEvent) => { if (!("asleep" in globalThis)) listener(event); };
        hears?.call(this, awake);
      },
    });
  });
  const other = await twoTabs(page, context);
  const requests = counted(page, other);
  await page.evaluate(() => Object.assign(globalThis, { asleep: true }));
  await answer(other, SECOND).fill("https://eveille.example");
  await expect(saveLine(other)).toContainText("Gardé sur cet appareil");
  await expect(saveLine(other)).toContainText("Enregistré", { timeout: 20_000 });
  expect(requests()).toEqual([0, 1]);
  await page.evaluate(() => Reflect.deleteProperty(globalThis, "asleep"));
  await answer(page, FIRST).fill("Réveillé.");
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: 20_000 });
  expect(requests()[0], "it asks the other now").toBe(0);
  await page.reload();
  await expect(answer(page, FIRST)).toHaveValue("Réveillé.");
  await expect(answer(page, SECOND)).toHaveValue("https://eveille.example");
});

test("without locks each tab sends for itself", async ({ page, context }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  const other = await twoTabs(page, context);
  const requests = counted(page, other);
  await answer(page, FIRST).fill("Chacun pour soi.");
  await expect(saveLine(page)).toContainText("Enregistré");
  await answer(other, SECOND).fill("https://chacun.example");
  await expect(saveLine(other)).toContainText("Enregistré");
  await expect.poll(requests).toEqual([1, 1]);
});
