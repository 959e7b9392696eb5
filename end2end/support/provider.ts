// A real provider of identities, in a process of its own: it can be stopped, its clock can be
// wrong, and it has new keys each time it starts.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { freePort } from "./server.js";

const PROGRAM = resolve(import.meta.dirname, "../provider/main.mjs");

export class IdentityProvider {
  private running: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly site: string,
    private readonly siret: string,
  ) {}

  /** A provider for this Trame; `siret` is that of the employer of Louise and Noé. */
  static async for(site: string, siret: string): Promise<IdentityProvider> {
    const provider = new IdentityProvider(await freePort(), site, siret);
    await provider.start();
    return provider;
  }

  /** Starts it with new keys. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const env = { ...process.env, PORT: String(this.port), SITE: this.site, SIRET: this.siret, ...more };
    const running = spawn(process.execPath, [PROGRAM], { env, cwd: join(PROGRAM, ".."), stdio: ["ignore", "pipe", "ignore"] });
    this.running = running;
    const ready = once(running.stdout, "data");
    const gone = once(running, "exit").then(() => { throw new Error("the provider stopped at once"); });
    gone.catch(() => undefined);
    await Promise.race([ready, gone]);
  }

  async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, "exit");
    running.kill("SIGKILL");
    await gone;
  }

  async restart(more: Record<string, string> = {}): Promise<void> {
    await this.stop();
    await this.start(more);
  }

  /** What Trame is told of it. */
  get variables(): Record<string, string> {
    return {
      TRAME_PUBLIC_URL: this.site,
      TRAME_OIDC_ISSUER: `http://127.0.0.1:${this.port}`,
      TRAME_OIDC_CLIENT_ID: "trame",
      TRAME_OIDC_CLIENT_SECRET: "secret-de-la-demonstration",
    };
  }
}
