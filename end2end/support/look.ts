// What every page must be: reachable by all, and worth a picture.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Browser, type Page } from "@playwright/test";
import { test } from "./test.js";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails on what axe finds against WCAG 2.2 AA and its good practices; the test goes on to the next page. */
export async function axe(page: Page, frames = 0): Promise<void> {
  expect(page.frames(), "a frame is examined by itself").toHaveLength(1 + frames);
  const examined = test.info().project.use.javaScriptEnabled === false ? await twin(page) : page;
  const { violations } = await new AxeBuilder({ page: examined })
    .withTags(RULES)
    // Same violations, four times faster: no list of what passed, no second page for other frames.
    .options({ resultTypes: ["violations"] })
    .setLegacyMode(true)
    .analyze();
  if (examined !== page) await examined.context().close();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n").at(1)?.trim() ?? ""}`),
  );
  expect.soft(found, `axe on ${new URL(page.url()).pathname}`).toEqual([]);
}

/**
 * axe is a script: where scripts are off, it examines the same HTML, without its scripts, in a
 * browser that runs axe and nothing else.
 */
async function twin(page: Page): Promise<Page> {
  const html = (await page.content())
    .replace(/<script\b[^>]*>.*?<\/script>/gis, "")
    .replace(/<(\/?)noscript\b[^>]*>/gi, "<$1div>");
  const context = await (page.context().browser() as Browser).newContext({
    javaScriptEnabled: true,
    viewport: page.viewportSize(),
    colorScheme: (await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)) ? "dark" : "light",
  });
  const copy = await context.newPage();
  await copy.route(page.url(), (route) => route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }));
  await copy.goto(page.url());
  return copy;
}

/** What axe does not say: one h1, a title of its own, French, and nothing wider than the screen. */
export async function sound(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  await expect.soft(page.locator("html"), path).toHaveAttribute("lang", "fr");
  await expect.soft(page, path).toHaveTitle(/^.+ · Trame$/);
  await expect.soft(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
  await narrow(page);
}

/** Nothing is wider than the screen; says what is. */
export async function narrow(page: Page): Promise<void> {
  const wider = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const guilty = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}#${element.id}`);
    return [`${root.scrollWidth - root.clientWidth} pixels`, ...guilty.slice(0, 8)];
  });
  expect.soft(wider, `wider than ${page.viewportSize()?.width} on ${new URL(page.url()).pathname}`).toEqual([]);
}

/** A picture of the whole page: screenshots/NAME-PROJECT.png. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: `screenshots/${name}-${test.info().project.name}.png`,
    fullPage: true,
    scale: "css",
    animations: "disabled",
  });
}
