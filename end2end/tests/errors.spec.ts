// Whatever is asked, the answer is a French page or nothing: never the inside of the program.
import { openDraft } from "../support/dossier.js";
import { AGNES, HELENE, INES, signInAs } from "../support/people.js";
import { expect, test } from "../support/test.js";
import type { APIResponse } from "@playwright/test";

/** Words that only a program says. */
const INSIDE =
  /panick|RUST_|\.rs:\d|sqlx|sqlite|SELECT |stack ?trace|backtrace|thread '|Failed to|deserialize|Invalid URL|missing field|unwrap|invalid digit|Cannot parse|Invalid UTF-8/i;

async function french(answer: APIResponse, status: number | number[]): Promise<void> {
  const text = await answer.text();
  const page = answer.status() < 400 || (text.includes('<html lang="fr">') && /<h1[^>]*>[^<]{5,}<\/h1>/.test(text));
  const faults = [
    [status].flat().includes(answer.status()) ? "" : `${answer.status()} instead of ${String(status)}`,
    INSIDE.test(text) ? "says the inside" : "",
    page ? "" : "is not a French page",
  ].filter(Boolean);
  expect.soft(faults, `${answer.url()}: ${text.slice(0, 120)}`).toEqual([]);
}

test("addresses that lead nowhere give the French 404 page", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  const paths = [
    "/nulle-part",
    "/dossiers/nulle-part",
    "/dossiers/01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "/dossiers/01ARZ3NDEKTSV4RRFFQ69G5FAV/etapes/demande",
    "/dossiers/01ARZ3NDEKTSV4RRFFQ69G5FAV/recapitulatif",
    "/dossiers/01ARZ3NDEKTSV4RRFFQ69G5FAV/depots/1",
    `/dossiers/${"x".repeat(3000)}`,
    "/dossiers/%27%20OR%201=1--",
    "/dossiers/%00",
    "/dossiers/%ff%fe/etapes/demande",
    "/dossiers/..%2f..%2fetc%2fpasswd",
    `/dossiers/${id}/etapes/nulle-part`,
    `/dossiers/${id}/depots/1`,
    `/dossiers/${id}/depots/99999999999999999999`,
    `/dossiers/${id}/depots/un`,
    "/pkg/nulle-part.wasm",
    "/pkg/..%2f..%2fCargo.toml",
    "/nulle-part.js",
  ];
  for (const path of paths) await french(await page.request.get(path), 404);
});

test("a dossier of another structure does not exist", async ({ page, elsewhere }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  const other = await elsewhere();
  for (const who of [HELENE, AGNES]) {
    await signInAs(other, who);
    // An agent reads what was deposited, never a draft.
    for (const path of [`/dossiers/${id}/etapes/demande`, `/dossiers/${id}/recapitulatif`, `/dossiers/${id}/depots/1`]) {
      await french(await other.request.get(path), 404);
    }
    const api = await other.request.post(`/api/dossiers/${id}/operations`, { data: [], headers: { origin: new URL(other.url()).origin } });
    expect.soft(api.status(), await api.text()).toBe(404);
    await other.context().clearCookies();
  }
});

test("posts that make no sense give a French page", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  const headers = { origin: new URL(page.url()).origin };
  const post = (path: string, options: object) => page.request.post(path, { headers, maxRedirects: 0, ...options });
  await french(await post("/dossiers/ouvrir", { form: {} }), [400, 422]);
  await french(await post("/dossiers/ouvrir", { form: { structure: "x", nature: "annual", annee: "2028" } }), [400, 404, 422]);
  await french(await post("/dossiers/ouvrir", { form: { structure: "x/ACI", nature: "annual", annee: "2028" } }), [400, 404, 422]);
  await french(await post("/dossiers/ouvrir", { data: "n'importe quoi" }), [400, 415, 422]);
  await french(await post("/connexion", { form: {} }), [400, 422]);
  await french(await post("/connexion/demonstration", { form: { compte: "personne" } }), 404);
  await french(await post("/connexion", { form: { courriel: "a@b.fr", mot_de_passe: "faux" } }), 422);
  await french(await post(`/dossiers/${id}/etapes/nulle-part`, { form: { a: "b" } }), 404);
  await french(await post(`/dossiers/${id}/etapes/demande`, { form: { "nulle.part#x": "b", _vu: "n'importe:quoi" } }), [303]);
  await french(await post(`/dossiers/${id}/etapes/demande`, { form: { long: "x".repeat(600_000) } }), [400, 413]);
  await french(await post("/dossiers/ouvrir", { headers: { origin: "https://ailleurs.example" }, form: {} }), [400, 403]);
  await french(await page.request.get(`/dossiers/${id}/etapes/demande?montrer=a&montrer=b`), [200, 400, 404]);
  await french(await page.request.get("/deconnexion"), [400, 404, 405]);
});

test("the endpoint answers a known word, never a sentence of the program", async ({ page }) => {
  await signInAs(page, INES);
  const id = await openDraft(page);
  const headers = { origin: new URL(page.url()).origin, "content-type": "application/json" };
  for (const [path, data, status, word] of [
    [`/api/dossiers/${id}/operations`, "{", 400, "bad_request"],
    [`/api/dossiers/${id}/operations`, '[{"id":1}]', 400, "bad_request"],
    ["/api/dossiers/nulle-part/operations", "[]", 404, "not_found"],
    [`/api/dossiers/${id}/operations`, `["${"x".repeat(600_000)}"]`, 413, undefined],
  ] as const) {
    const answer = await page.request.post(path, { headers, data });
    const text = await answer.text();
    expect.soft(answer.status(), text).toBe(status);
    if (word) expect.soft(text).toBe(`"${word}"`);
    expect.soft(text).not.toMatch(INSIDE);
  }
  // A live page says from time to time that it is there: not without a session.
  await page.goto("about:blank");
  await page.context().clearCookies();
  const out = await page.request.post(`/api/dossiers/${id}/operations`, { headers, data: "[]" });
  expect([out.status(), await out.text()]).toEqual([401, '"signed_out"']);
});

test("a page asked without being signed in is reached after signing in", async ({ page }) => {
  await page.goto("/dossiers/ouvrir");
  await expect(page).toHaveURL(/\/connexion\?retour=/);
  await page.getByRole("button", { name: INES }).click();
  await expect(page).toHaveURL(/\/dossiers\/ouvrir$/);
});

test("the return address leads nowhere else", async ({ page }) => {
  for (const back of ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)"]) {
    await page.context().clearCookies();
    await page.goto(`/connexion?retour=${encodeURIComponent(back)}`);
    await page.getByRole("button", { name: INES }).click();
    await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/dossiers$/);
  }
});
