// One Trame of our own: a process, a port, a folder of data. Tests may kill it and start it again
// at the same address.
import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = process.env.TRAME_SERVER ?? join(ROOT, "target/release/server");
const STARTS_WITHIN = 20_000;

/** What the server is told; nothing of the caller's own configuration leaks in. */
function environment(data: string, port: number): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAME_"));
  return {
    ...Object.fromEntries(inherited),
    TRAME_LISTEN: `127.0.0.1:${port}`,
    TRAME_DATABASE: `sqlite:${join(data, "trame.db")}`,
    TRAME_DEMO: "true",
    TRAME_SITE: process.env.TRAME_SITE ?? join(ROOT, "target/site"),
    TRAME_LOG: "warn",
  };
}

/** Loads the demonstration data once; every server starts from a copy of the folder. */
export function loadTemplate(folder: string): void {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: run scripts/build first`);
  execFileSync(PROGRAM, ["demo", "load"], { env: environment(folder, 0), cwd: ROOT, stdio: "inherit" });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

export class TrameServer {
  readonly url: string;
  private process: ChildProcess | undefined;
  private log = "";

  private constructor(
    private readonly template: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** A server that is not started yet, with data of its own. */
  static async over(template: string): Promise<TrameServer> {
    const folder = mkdtempSync(join(tmpdir(), "trame-end2end-"));
    return new TrameServer(template, folder, await freePort());
  }

  async start(): Promise<void> {
    if (this.isRunning()) return;
    const started = spawn(PROGRAM, ["serve"], {
      env: environment(this.folder, this.port),
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = started;
    const keep = (text: Buffer) => (this.log = (this.log + text.toString()).slice(-20_000));
    started.stdout.on("data", keep);
    started.stderr.on("data", keep);

    const deadline = Date.now() + STARTS_WITHIN;
    while (Date.now() < deadline) {
      if (!this.isRunning()) throw new Error(`the server stopped at once:\n${this.log}`);
      const answer = await fetch(`${this.url}/connexion`).catch(() => undefined);
      if (answer && answer.status < 500) return;
      await pause(25);
    }
    throw new Error(`the server did not answer within ${STARTS_WITHIN} ms:\n${this.log}`);
  }

  /** Stops it: politely, or as a power cut would. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const running = this.process;
    if (!running || !this.isRunning()) return;
    const gone = once(running, "exit");
    running.kill(signal);
    const late = setTimeout(() => running.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(late);
  }

  /** Kills it without warning and starts it again with the same data. */
  async restart(): Promise<void> {
    await this.stop("SIGKILL");
    await this.start();
  }

  /** Starts again from the demonstration data, as if no test had run. */
  async reset(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
    cpSync(this.template, this.folder, { recursive: true });
    this.log = "";
    await this.start();
  }

  async dispose(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The end of what it printed. */
  tail(): string {
    return this.log;
  }

  private isRunning(): boolean {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }
}
