// Rules of the house that no compiler keeps. Prints every breach, then fails.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const breaches = [];
const breach = (text) => breaches.push(text);

// --- Who may know whom -------------------------------------------------------------------------

/** Our crates each crate may depend on. */
const MAY_KNOW = {
  form: [],
  dossier: ["form"],
  ui: [],
  app: ["form", "dossier", "ui", "service"],
  frontend: ["app"],
  service: ["form", "dossier"],
  store: ["form", "dossier", "service"],
  sources: ["form", "dossier", "service"],
  demo: ["form", "dossier", "service"],
  identity: ["service"],
  mail: ["service"],
  server: ["form", "dossier", "app", "service", "store", "sources", "demo", "identity", "mail"],
  bench: ["form", "dossier", "app", "service", "store", "sources", "demo", "server"],
};

/** And what only their tests may depend on. */
const TESTS_MAY_KNOW = { demo: ["store"], service: ["store"], sources: ["store"] };

/** What each crate may use only when compiled for the server. */
const ONLY_UNDER_SSR = { app: ["service", "axum"] };

/** Crates of others that must not be reached, even through another crate. */
const MUST_NOT_REACH = [
  { of: "form", names: ["leptos", "tokio", "sqlx", "axum", "regex", "chrono"] },
  { of: "dossier", names: ["leptos", "tokio", "sqlx", "axum", "regex", "chrono"] },
  { of: "service", names: ["axum", "leptos", "sqlx"] },
  { of: "store", names: ["axum", "leptos"] },
  { of: "app", names: ["sqlx", "axum", "tokio", "service"] },
  {
    of: "frontend",
    names: ["tokio", "sqlx", "regex", "chrono", "axum", "service", "store"],
    target: "wasm32-unknown-unknown",
    // leptos 0.8 reads its configuration with it, on the server; the linker drops it here, and
    // scripts/size would show if it did not.
    excused: { regex: ["leptos_config"] },
  },
];

const locked = process.env.CI ? ["--locked"] : [];
const cargo = (...args) =>
  execFileSync("cargo", [...args, ...locked], { encoding: "utf8", maxBuffer: 1 << 28 });

const { packages } = JSON.parse(cargo("metadata", "--format-version", "1", "--no-deps"));
const ours = new Set(packages.map((crate) => crate.name));

for (const crate of packages) {
  const allowed = MAY_KNOW[crate.name];
  if (!allowed) {
    breach(`${crate.name}: a new crate; say in scripts/check.mjs whom it may know`);
    continue;
  }
  for (const dependency of crate.dependencies) {
    if (dependency.name === crate.name) continue; // its own tests, with a feature of its own
    const inTests = dependency.kind === "dev" && TESTS_MAY_KNOW[crate.name]?.includes(dependency.name);
    if (ours.has(dependency.name) && !allowed.includes(dependency.name) && !inTests) {
      breach(`${crate.name} must not depend on ${dependency.name}`);
    }
    const conditional = ONLY_UNDER_SSR[crate.name]?.includes(dependency.name);
    if (conditional && dependency.kind === null && !dependency.optional) {
      breach(`${crate.name} may depend on ${dependency.name} only as optional, under the feature ssr`);
    }
  }
  for (const [feature, needs] of Object.entries(crate.features)) {
    if (feature === "ssr") continue;
    for (const name of ONLY_UNDER_SSR[crate.name] ?? []) {
      if (needs.includes(`dep:${name}`) || needs.includes(name)) {
        breach(`${crate.name}: feature ${feature} brings ${name}; only ssr may`);
      }
    }
  }
}

for (const { of, names, target, excused } of MUST_NOT_REACH) {
  if (!ours.has(of)) continue;
  const platform = target ? ["--target", target] : [];
  const tree = (...args) =>
    cargo("tree", "-p", of, "-e", "normal,no-proc-macro", "--prefix", "none", "-f", "{p}", ...platform, ...args)
      .split("\n")
      .map((line) => line.split(" ")[0])
      .filter(Boolean);
  const reached = new Set(tree());
  for (const name of names) {
    if (!reached.has(name)) continue;
    const through = tree("-i", name, "--depth", "1").filter((crate) => crate !== name);
    if (through.some((crate) => !excused?.[name]?.includes(crate))) {
      breach(`${of} reaches ${name}: cargo tree -p ${of} -e normal,no-proc-macro ${platform.join(" ")} -i ${name}`);
    }
  }
}

// --- What is written nowhere -------------------------------------------------------------------

/** A longer file is two subjects; these have a reason. */
const MAY_BE_LONG = {
  "app/form/src/kind.rs": "one kind of answer per arm, read as a table",
};
const LONGEST = 400;

/** Written nowhere but in `only`: comments do not count. */
const FORBIDDEN = [
  { text: /<textarea/, only: ["app/ui/src/text_area.rs"], why: "leptos 0.8 does not escape its children: use ui::TextArea" },
  { text: /inner_html/, only: ["app/ui/src/text_area.rs"], why: "it writes unescaped HTML" },
  { text: /\bAssertSqlSafe\b/, only: ["server/store/tests/conformance/world.rs"], why: "SQL text is never assembled (a test may name a schema of its own)" },
  { text: /\bprop:(value|checked|selected)\b/, only: [], why: "it overwrites what was typed before hydration: inputs are uncontrolled" },
  { text: /\bbind:(value|checked|group)\b/, only: [], why: "it overwrites what was typed before hydration: inputs are uncontrolled" },
];

const rustFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "target" ? [] : rustFiles(path);
    return entry.name.endsWith(".rs") ? [path] : [];
  });

const files = ["app", "server", "frontend"].flatMap(rustFiles);
for (const path of files) {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  if (lines.length > LONGEST && !MAY_BE_LONG[path]) {
    breach(`${path}: ${lines.length} lines, more than ${LONGEST}: look for the second subject`);
  }
  lines.forEach((line, index) => {
    if (line.trimStart().startsWith("//")) return;
    for (const { text, only, why } of FORBIDDEN) {
      if (text.test(line) && !only.includes(path)) breach(`${path}:${index + 1}: ${text.source}: ${why}`);
    }
  });
}
for (const path of Object.keys(MAY_BE_LONG)) {
  if (!existsSync(path)) breach(`scripts/check.mjs lists ${path}, which is gone`);
}

// --- Lock files name packages, not the place they once came from --------------------------------

for (const folder of ["scripts/npm", "end2end", "server/bench/peers/defra"]) {
  const path = `${folder}/package-lock.json`;
  if (/"resolved"\s*:/.test(readFileSync(path, "utf8"))) {
    breach(`${path}: holds download addresses; remove it and npm install again (.npmrc)`);
  }
}
for (const line of readFileSync("Cargo.lock", "utf8").split("\n")) {
  if (line.startsWith("source = ") && !line.includes("github.com/rust-lang/crates.io-index")) {
    breach(`Cargo.lock: ${line}`);
  }
}

for (const text of breaches) console.error(`check: ${text}`);
if (breaches.length > 0) {
  console.error(`check: ${breaches.length} breaches`);
  process.exit(1);
}
console.log(`check: ${packages.length} crates and ${files.length} files keep to the rules`);
