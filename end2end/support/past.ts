// Answers of a request of the past, to be written again by hand in another one. Read with the
// sqlite3 command in the untouched demonstration data: no page gives them as they were typed.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { answer, button } from "./dossier.js";

type Past = { year: number; texts: Map<string, string> };

/** What was typed in the deposited annual request of a structure, by place. */
export function pastAnswers(structure: string, kind: string): Past {
  const template = process.env.TRAME_TEMPLATE;
  if (!template) throw new Error("support/prepare.ts did not run");
  const query = `
    SELECT d.year, a.field_id, a.row_id, a.raw FROM answer a JOIN dossier d ON d.id = a.dossier_id
    WHERE d.id = (
      SELECT d.id FROM dossier d JOIN structure s ON s.id = d.structure_id
      WHERE s.name = '${structure.replaceAll("'", "''")}' AND d.kind = '${kind}'
        AND d.form = 'conventionnement' AND d.request_kind = 'annual' AND d.deposits > 0
      ORDER BY d.year DESC LIMIT 1)
    ORDER BY a.field_id, a.row_id`;
  const found = execFileSync("sqlite3", ["-readonly", "-json", join(template, "trame.db"), query], { encoding: "utf8" });
  const rows = JSON.parse(found || "[]") as { year: number; field_id: string; row_id: string; raw: string }[];
  const [first] = rows;
  if (!first) throw new Error(`${structure} deposited no annual request as ${kind}`);
  const place = (field: string, row: string) => (row ? `${field}#${row}` : field);
  return { year: first.year, texts: new Map(rows.map((row) => [place(row.field_id, row.row_id), row.raw])) };
}

/** The same answers some years later: dates and years move, nothing else. */
export function moved({ year, texts }: Past, to: number): Map<string, string> {
  const later = (digits: string) => String(Number(digits) + to - year);
  const move = (text: string) =>
    /^(\d\d\/)?(\d\d\/)?20\d\d$/.test(text.trim()) ? text.replace(/20\d\d/, later) : text;
  return new Map([...texts].map(([at, text]) => [at, move(text)]));
}

/** Writes one answer as a person would, whatever its control. */
async function write(control: Locator, text: string): Promise<void> {
  const { tag, type } = await control.first().evaluate((element) => ({
    tag: element.tagName,
    type: element.getAttribute("type") ?? "",
  }));
  if (tag === "SELECT") {
    await control.selectOption(text);
  } else if (type === "radio" || type === "checkbox") {
    for (const value of text.split(",")) {
      await control.and(control.page().locator(`[value="${value.trim()}"]`)).check();
    }
  } else {
    await control.fill(text);
  }
}

/** Fills the step on screen: rows are added, then every control in sight is written. Gives how many. */
export async function fillStep(page: Page, texts: Map<string, string>): Promise<number> {
  const rows = new Map<string, string>();
  for (const table of await page.locator("form#etape .rows").filter({ visible: true }).all()) {
    const id = await table.getAttribute("id");
    const old = [...texts].filter(([at, text]) => at.startsWith(`${id}#`) && text).map(([at]) => at.split("#")[1] ?? "");
    // A draft that was begun has its rows.
    const wanted = (await table.locator("fieldset.row").count()) ? [] : old;
    for (const _ of wanted) {
      const before = await table.locator("fieldset.row").count();
      await button(page, "_ajouter", id ?? "").click();
      await expect(table.locator("fieldset.row"), `a row of ${id}`).toHaveCount(before + 1);
    }
    const marks = await table.locator('button[name="_retirer"]').evaluateAll((all) => all.map((b) => b.getAttribute("value") ?? ""));
    marks.forEach((mark, rank) => rows.set(mark.split("#")[1] ?? "", old[rank] ?? ""));
  }
  const written = new Set<string>();
  // An answer may open other questions: look again until none is left.
  for (let before = -1; before !== written.size; ) {
    before = written.size;
    const names = await page
      .locator("form#etape :is(input:not([type=hidden]), textarea, select):not([readonly], :disabled)")
      .filter({ visible: true })
      .evaluateAll((all) => [...new Set(all.map((control) => control.getAttribute("name") ?? ""))]);
    for (const name of names.filter((name) => !written.has(name))) {
      const [field = "", row = ""] = name.split("#");
      const text = texts.get(row ? `${field}#${rows.get(row) ?? row}` : field);
      if (!text || !(await answer(page, name).first().isVisible())) continue;
      await write(answer(page, name), text);
      written.add(name);
    }
  }
  return written.size;
}
