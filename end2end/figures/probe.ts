// Figures taken from a page: when a key came, when the device had it, when it showed, what it cost.
import type { CDPSession, Page } from "@playwright/test";

declare global {
  interface Window {
    probe: { key: number; kept: number[]; shown: number[] };
  }
}

/** Before any page: notes when each text typed has been written on the device, and when it showed. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Window["probe"] = { key: 0, kept: [], shown: [] };
    window.probe = probe;
    addEventListener(
      "input",
      () => {
        const key = performance.now();
        probe.key = key;
        // The frame after the one that the key made: its paint is over.
        requestAnimationFrame(() => setTimeout(() => probe.shown.push(performance.now() - key)));
      },
      { capture: true },
    );
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      const key = probe.key;
      const request = put.apply(this, given);
      request.addEventListener("success", () => probe.kept.push(performance.now() - key));
      return request;
    };
  });
}

/** A processor four times slower than this one, as on a cheap phone. */
export async function slow(page: Page, times: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: times });
  return session;
}

/** Seconds of work of the page's main thread since it began. */
export async function work(session: CDPSession): Promise<number> {
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
}

const rank = (sorted: number[], part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

/** Half are below the first figure, nineteen of twenty below the second. */
export function told(figures: number[]): string {
  const sorted = [...figures].sort((a, b) => a - b);
  return `${rank(sorted, 0.5).toFixed(1)} ms (p95 ${rank(sorted, 0.95).toFixed(1)}, ${sorted.length} times)`;
}
