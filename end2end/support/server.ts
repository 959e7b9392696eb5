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
function environment(data: string, port: number, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAME_"));
  return {
    ...Object.fromEntries(inherited),
    TRAME_LISTEN: `127.0.0.1:${port}`,
    TRAME_DATABASE: `sqlite:${join(data, "trame.db")}`,
    TRAME_DEMO: "true",
    TRAME_SITE: process.env.TRAME_SITE ?? join(ROOT, "target/site"),
    TRAME_LOG: "warn",
    ...more,
  };
}

/** Loads the demonstration data once; every server starts from a copy of the folder. */
export function loadTemplate(folder: string): void {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: run scripts/build first`);
  execFileSync(PROGRAM, ["demo", "load"], { env: environment(folder, 0), cwd: ROOT, stdio: "inherit" });
}

export async function freePort(): Promise<number> {
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
  private more: Record<string, string> = {};

  private constructor(
    private readonly template: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** The file of its store. */
  get database(): string {
    return join(this.folder, "trame.db");
  }

  /** A server that is not started yet, with data of its own. */
  static async over(template: string): Promise<TrameServer> {
    const folder = mkdtempSync(join(tmpdir(), "trame-end2end-"));
    return new TrameServer(template, folder, await freePort());
  }

  async start(): Promise<void> {
    if (this.isRunning()) return;
    const started = spawn(PROGRAM, ["serve"], {
      env: environment(this.folder, this.port, this.more),
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

  /** Starts again with these variables more. */
  async restartWith(more: Record<string, string>): Promise<void> {
    this.more = more;
    await this.restart();
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
    this.more = {};
    await this.start();
  }

  async dispose(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the programme on its data; gives what it prints. */
  command(words: string[], input = ""): string {
    return execFileSync(PROGRAM, words, { env: environment(this.folder, 0, this.more), cwd: ROOT, input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
  }

  /** The end of what it printed. */
  tail(): string {
    return this.log;
  }

  private isRunning(): boolean {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }
}

/** The other systems, played by a process of our own: `set("registre", "lent")`. */
export class StandIn {
  private constructor(
    private readonly played: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(): Promise<StandIn> {
    const port = await freePort();
    const played = spawn(PROGRAM, ["stand-in", "--listen", `127.0.0.1:${port}`], { cwd: ROOT, stdio: "ignore" });
    const url = `http://127.0.0.1:${port}`;
    const deadline = Date.now() + STARTS_WITHIN;
    while (Date.now() < deadline) {
      if ((await fetch(url).catch(() => undefined))?.ok) return new StandIn(played, url);
      await pause(25);
    }
    played.kill("SIGKILL");
    throw new Error("the stand-in did not answer");
  }

  /** What a server is told of it. */
  get variables(): Record<string, string> {
    return {
      TRAME_REGISTER_URL: `${this.url}/registre`,
      TRAME_ADDRESS_URL: `${this.url}/adresse`,
      TRAME_EMPLOIS_URL: `${this.url}/emplois`,
    };
  }

  /** Changes how a system behaves. */
  async set(system: "registre" | "adresse" | "emplois", mode: string): Promise<void> {
    const answer = await fetch(`${this.url}/reglages/${system}/${mode}`, { method: "POST" });
    if (!answer.ok) throw new Error(`${system} cannot be ${mode}`);
  }

  stop(): void {
    this.played.kill("SIGKILL");
  }
}
