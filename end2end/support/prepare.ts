// Before all tests: the demonstration data, once, in a folder that every worker copies.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadTemplate } from "./server.js";

export default function prepare(): () => void {
  const template = mkdtempSync(join(tmpdir(), "trame-template-"));
  loadTemplate(template);
  process.env.TRAME_TEMPLATE = template;
  return () => rmSync(template, { recursive: true, force: true });
}
