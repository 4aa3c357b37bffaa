// npm run replay -- --scenarios DIR --out DIR [--only GLOB]: runs scenario files headless in simulated clusters, with
// the built-in kubectl, and writes what they print in the form of recordings of real clusters.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";

const { values: options } = parseArgs({
  options: {
    scenarios: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
    bare: { type: "boolean" },
    "proxy-mode": { type: "string" },
    "no-build": { type: "boolean", default: false },
  },
});
if (!options.scenarios || !options.out) {
  console.error(
    "usage: npm run replay -- --scenarios DIR --out DIR [--only GLOB,...] [--bare] [--proxy-mode nftables]",
  );
  process.exit(2);
}

const root = path.join(import.meta.dirname, "..");
const outDir = path.join(root, ".build", "replay");

if (!options["no-build"]) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      ssr: "src/session/replay/main.ts",
      outDir,
      emptyOutDir: true,
      target: "node20",
      minify: false,
      rollupOptions: { output: { entryFileNames: "replay.mjs" } },
    },
    ssr: { noExternal: true },
  });
}
const { replay, parseScenario } = await import(pathToFileURL(path.join(outDir, "replay.mjs")).href);

const glob = (pattern) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, (stars) => (stars === "*" ? "[^/]*" : ".*"))
      .replace(/\?/g, "[^/]")}$`,
  );
const globs = options.only?.split(",").map(glob);
const files = readdirSync(options.scenarios, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".yaml"))
  .sort();

mkdirSync(options.out, { recursive: true });
let count = 0;
for (const file of files) {
  const full = path.join(options.scenarios, file);
  const scenario = parseScenario(readFileSync(full, "utf8"));
  if (globs && !globs.some((test) => test.test(scenario.name) || test.test(file.replace(/\.yaml$/, ""))))
    continue;
  const target = path.join(options.out, `${scenario.name}.json`);
  rmSync(target, { force: true });
  // The sets wire/ and node/ have DNS and real kubelets.
  const bare = options.bare ?? !/(^|\/)(wire|node)(-|\/)/.test(full.replaceAll(path.sep, "/"));
  try {
    writeFileSync(
      target,
      `${JSON.stringify(await replay(scenario, { bare, proxyMode: options["proxy-mode"] }), null, 1)}\n`,
    );
    count++;
  } catch (error) {
    console.error(`${scenario.name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
console.error(`${count} scenarios replayed`);
