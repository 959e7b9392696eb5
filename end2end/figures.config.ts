// What a person waits for in the browser, in figures: `make figures`. Nothing passes or fails by them.
import { defineConfig } from "@playwright/test";
import base from "./playwright.config.js";

export default defineConfig({
  ...base,
  testDir: "figures",
  outputDir: "test-results",
  workers: 1,
  timeout: 300_000,
  reporter: [["line"]],
  projects: [{ name: "desk", use: { viewport: { width: 1280, height: 900 } } }],
});
