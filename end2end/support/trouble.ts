// What a person would not see and a test must: errors in the console, scripts that break, answers
// of 500 and above, breaches of the security policy. Any of them fails the test.
import type { BrowserContext } from "@playwright/test";

export class Trouble {
  private readonly seen: string[] = [];
  // Without network, the browser cannot look whether there is a newer worker, and says so whenever it likes.
  private readonly expected: RegExp[] = [/An unknown error occurred when fetching the script/];

  /** Says that this test provokes some trouble on purpose. */
  allow(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What was seen and not expected. */
  unexpected(): string[] {
    return this.seen.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") {
        this.seen.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => this.seen.push(`script: ${error.error().stack ?? error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 500) this.seen.push(`response ${response.status()}: ${response.url()}`);
    });
    context.on("request", (request) => {
      const type = request.headers()["content-type"] ?? "";
      if (/csp-report|reports\+json/.test(type)) this.seen.push(`policy: ${request.postData() ?? ""}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
      });
    });
  }
}
