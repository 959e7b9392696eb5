// Journeys in Debian's Chromium against the release build. `scripts/end2end` builds, then runs this.
import { defineConfig } from "@playwright/test";
import type { Options } from "./support/test.js";

const desk = { viewport: { width: 1280, height: 900 } };

export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/prepare.ts",
  // Each worker has a server and data of its own, so files never meet.
  workers: Number(process.env.TRAME_E2E_WORKERS ?? 2),
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // On two shared cores a journey may meet a pause that no person would: it is tried once more, and one
  // that passes only then is named as flaky, to be mended.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    browserName: "chromium",
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // A trace of every gesture makes the suite a third slower: TRAME_E2E_TRACE=1 to follow a failure.
    trace: process.env.TRAME_E2E_TRACE ? "retain-on-failure" : "on-first-retry",
    launchOptions: {
      executablePath: process.env.TRAME_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Pages look and behave alike on a desk and on a phone for most journeys: the phone runs those
  // where its size or its touch matter.
  projects: [
    {
      name: "desk",
      testIgnore: [/no-script/, /slow-wasm/],
      use: desk,
    },
    {
      name: "phone",
      testMatch: [/accessibility/, /annexes/, /annotating/, /autosave/, /commission/, /conflict/, /convention/, /deposit/, /desk/, /envelopes/, /follow-up/, /identity/, /instruction/, /labs/, /mail/, /personal-data/, /reading/, /second-factor/, /sources/, /studio/, /worklist/],
      // Colours do not depend on the screen, and 320 pixels are 320 pixels everywhere.
      grepInvert: /, dark|, 320 pixels/,
      use: {
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
      },
    },
    {
      name: "noscript",
      testMatch: [/annexes/, /commission/, /convention/, /desk/, /envelopes/, /no-script/, /personal-data/, /reading/, /second-factor/, /sources/, /studio/, /worklist/],
      use: { ...desk, javaScriptEnabled: false },
    },
    {
      name: "slow-wasm",
      testMatch: [/slow-wasm/],
      use: { ...desk, slowWasm: 3_000 },
    },
  ],
});
