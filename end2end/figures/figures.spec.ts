import { answer, live, openDraft, openLive, paste, saved, saveLine } from "../support/dossier.js";
import { away, back } from "../support/offline.js";
import { INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import { slow, told, watch, work } from "./probe.js";

const SLOWER = 4;
const say = (what: string, figure: string, goal: string) => console.log(`\n  ${what}: ${figure}; goal ${goal}`);

test("from the page to a live step", async ({ page }) => {
  await signInAs(page, INES);
  await openDraft(page, "identification");
  for (const times of [1, SLOWER]) {
    const session = await slow(page, times);
    const before = await work(session);
    await page.reload();
    await live(page);
    const spent = (await work(session)) - before;
    say(`work of the page until the step is live, processor ${times} times slower`, `${(spent * 1000).toFixed(0)} ms`, "none written");
    await session.detach();
  }
});

test("from the key to the device and to the screen", async ({ page }) => {
  await watch(page);
  await signInAs(page, INES);
  for (const [step, at] of [["identification", "identification.presentation"], ["budget", "budget.charges.forecast#60"]] as const) {
    await openLive(page, step);
    const session = await slow(page, SLOWER);
    await answer(page, at).fill("");
    await page.evaluate(() => Object.assign(window.probe, { kept: [], shown: [] }));
    await answer(page, at).pressSequentially("1234567890".repeat(3), { delay: 120 });
    const { kept, shown } = await page.evaluate(() => window.probe);
    say(`${step}: from a key to the device, ${SLOWER} times slower`, told(kept), "20 ms");
    say(`${step}: from a key to the end of its frame, ${SLOWER} times slower`, told(shown), "one frame, 16.7 ms");
    await session.detach();
  }
});

test("a table with as many rows as it takes", async ({ page }) => {
  await watch(page);
  await signInAs(page, INES);
  await openLive(page, "activites");
  const rows = page.locator('[id="activites.posts"] fieldset.row');
  const labels = page.locator('[id="activites.posts"] input[name^="activites.posts.label#"]');
  const block = Array.from({ length: 120 }, (_, n) => `Poste ${n}\tA1203\t2\t1,75\t58194\tCDDI`).join("\r\n");
  await paste(page, labels.last(), block);
  await saved(page, () => page.getByRole("button", { name: "Écrire ces réponses" }).click());
  const count = await rows.count();
  await page.reload();
  await live(page);
  const session = await slow(page, SLOWER);
  await page.evaluate(() => Object.assign(window.probe, { kept: [], shown: [] }));
  await labels.last().pressSequentially("abcdefghij", { delay: 200 });
  const { kept, shown } = await page.evaluate(() => window.probe);
  say(`${count} rows of posts: from a key to the device, ${SLOWER} times slower`, told(kept), "20 ms");
  say(`${count} rows of posts: from a key to the end of its frame, ${SLOWER} times slower`, told(shown), "16.7 ms");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const frames = await page.evaluate(
    () =>
      new Promise<number[]>((done) => {
        const frames: number[] = [];
        let last = performance.now();
        const next = () => {
          const now = performance.now();
          frames.push(now - last);
          last = now;
          scrollBy(0, 120);
          if (frames.length < 120) requestAnimationFrame(next);
          else done(frames.slice(1));
        };
        scrollTo(0, 0);
        requestAnimationFrame(next);
      }),
  );
  say(`${count} rows of posts: frames while scrolling`, told(frames), "16.7 ms");
});

test("a day without network, sent again", async ({ page, context, server, trouble }) => {
  trouble.allow(/ERR_|status of 503|response 503/);
  await signInAs(page, INES);
  await openLive(page, "budget");
  await page.waitForTimeout(2_000);
  await away(context, server);
  const written = await page.evaluate(async () => {
    const inputs = [...document.querySelectorAll<HTMLInputElement>("table.fill input[type=text]")];
    let count = 0;
    for (let round = 0; count < 2_000; round += 1)
      for (const input of inputs) {
        input.focus();
        input.value = String(1000 + round);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        input.blur();
        count += 1;
        if (count % 50 === 0) await new Promise((done) => setTimeout(done));
      }
    return count;
  });
  await expect(saveLine(page)).toContainText("Gardé sur cet appareil");
  const waiting = await saveLine(page).textContent();
  await server.start();
  const began = Date.now();
  await back(context, server);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(saveLine(page)).toContainText("Enregistré", { timeout: 120_000 });
  say(`${written} texts written offline (${waiting?.trim()}), sent`, `${((Date.now() - began) / 1000).toFixed(2)} s`, "2 s");
});
