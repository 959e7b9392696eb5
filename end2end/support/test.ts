// The test of every journey: a server of its own with fresh demonstration data, and any trouble
// in the browser fails it.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { TrameServer } from "./server.js";
import { Trouble } from "./trouble.js";

export type Options = {
  /** How many milliseconds the WASM takes to come. */
  slowWasm: number;
  /** Whether the test starts from untouched demonstration data. */
  fresh: boolean;
};

type Fixtures = Options & {
  trouble: Trouble;
  startsFresh: void;
  /** A page of another person, or of the same one elsewhere: another browser altogether. */
  elsewhere: () => Promise<Page>;
};

type WorkerFixtures = { server: TrameServer };

/** Lets the WASM come late. */
export async function delayWasm(context: BrowserContext, milliseconds: number): Promise<void> {
  await context.route(/\/pkg\/.*\.wasm/, async (route) => {
    await new Promise((done) => setTimeout(done, milliseconds));
    await route.continue().catch(() => undefined); // the page may be gone by now
  });
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  slowWasm: [0, { option: true }],
  fresh: [true, { option: true }],

  server: [
    async ({}, use) => {
      const template = process.env.TRAME_TEMPLATE;
      if (!template) throw new Error("support/prepare.ts did not run");
      const server = await TrameServer.over(template);
      await server.reset();
      await use(server);
      await server.dispose();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  startsFresh: [
    async ({ server, fresh }, use) => {
      if (fresh) await server.reset();
      await server.start();
      await use();
    },
    { auto: true },
  ],

  trouble: [
    async ({ server }, use, info) => {
      const trouble = new Trouble();
      await use(trouble);
      const unexpected = trouble.unexpected();
      if (unexpected.length > 0 || info.status !== info.expectedStatus) {
        await info.attach("server log", { body: server.tail(), contentType: "text/plain" });
      }
      expect(unexpected, "trouble in the browser").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, trouble, slowWasm }, use) => {
    await trouble.watch(context);
    if (slowWasm > 0) await delayWasm(context, slowWasm);
    await use(context);
  },

  elsewhere: async ({ browser, baseURL, viewport, javaScriptEnabled, trouble }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL, viewport, javaScriptEnabled });
      opened.push(context);
      await trouble.watch(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

export { expect };
