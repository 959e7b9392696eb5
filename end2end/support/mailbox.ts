// A real SMTP server: it takes what Trame sends, as any server of any reader would, and reads it.
import { once } from "node:events";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { expect } from "@playwright/test";
import { freePort } from "./server.js";

export class Mailbox {
  readonly received: ParsedMail[] = [];
  /** What is answered the next time instead of taking a message to this address: 450 or 550. */
  readonly refusals = new Map<string, number>();
  private server: SMTPServer | undefined;

  private constructor(private readonly port: number) {}

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox(await freePort());
    await mailbox.listen();
    return mailbox;
  }

  async listen(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      onRcptTo: ({ address }, _session, done) => {
        const code = this.refusals.get(address);
        this.refusals.delete(address);
        done(code ? Object.assign(new Error("not now"), { responseCode: code }) : null);
      },
      onData: (stream, _session, done) => {
        simpleParser(stream).then((mail) => { this.received.push(mail); done(); }, done);
      },
    });
    this.server = server;
    server.listen(this.port, "127.0.0.1");
    await once(server.server, "listening");
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server) await new Promise<void>((done) => server.close(() => done()));
  }

  /** What a server that sends mail for real is told; `site` is its own address. */
  variables(site: string): Record<string, string> {
    return {
      TRAME_DEMO: "false",
      TRAME_PUBLIC_URL: site,
      TRAME_MAIL_HOST: "127.0.0.1",
      TRAME_MAIL_PORT: String(this.port),
      TRAME_MAIL_SECURITY: "none",
      TRAME_MAIL_FROM: "Trame <ne-pas-repondre@exemple.fr>",
      TRAME_MAIL_WINDOW: "0",
    };
  }

  /** The message to this address whose subject is so, once it is there. */
  async message(to: string, subject: RegExp): Promise<ParsedMail> {
    const found = () => this.received.filter((mail) => addressOf(mail) === to && subject.test(mail.subject ?? ""));
    await expect.poll(() => found().length, { message: `a message to ${to}: ${subject}`, timeout: 20_000 }).toBeGreaterThan(0);
    return found()[0] as ParsedMail;
  }
}

/** To whom a message goes. */
export function addressOf(mail: ParsedMail): string {
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return to?.value[0]?.address ?? "";
}

/** The address that a link of this name leads to. */
export function linkOf(mail: ParsedMail, name: string): string {
  const html = typeof mail.html === "string" ? mail.html : "";
  for (const [, href, label] of html.matchAll(/<a[^>]* href="([^"]+)"[^>]*>([^<]*)<\/a>/g)) {
    if (label?.replaceAll("&#39;", "'") === name && href) return href.replaceAll("&amp;", "&");
  }
  throw new Error(`no link « ${name} » in ${html}`);
}
