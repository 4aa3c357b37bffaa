// `npm test`: installs what the tests need, a browser included, and runs every check there is, in the order in which
// they are cheap.
import { installIfNeeded, run } from "./install.mjs";

await installIfNeeded();
const { browserEnvironment } = await import("./browser.mjs");
const bin = (file, ...args) => run(process.execPath, [`node_modules/${file}`, ...args]);

/** @type {[string, () => Promise<void>][]} */
const steps = [
  ["format", () => bin("oxfmt/bin/oxfmt", "--check")],
  ["types", () => bin("typescript/bin/tsc", "-b")],
  ["lint", () => bin("oxlint/bin/oxlint", "--type-aware")],
  ["unit and scenario tests", () => bin("vitest/vitest.mjs", "run")],
  ["build", () => bin("vite/bin/vite.js", "build")],
  [
    "browser tests",
    async () => {
      const env = { ...process.env, ...(await browserEnvironment()) };
      await run(process.execPath, ["node_modules/@playwright/test/cli.js", "test"], { env });
    },
  ],
];

for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  try {
    await step();
  } catch (error) {
    console.error(`${name} failed: ${error.message}`);
    process.exit(1);
  }
}
