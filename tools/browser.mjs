// The browser that the tests drive: the one named by CHROME; on Linux x64 a Chromium that comes as a package and
// needs no system libraries; elsewhere Playwright's own, downloaded once.
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { root, run } from "./install.mjs";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
];

/** Makes the browser ready and returns the environment that finds it: CHROME and FONTCONFIG_PATH where they apply. */
export async function browserEnvironment() {
  if (process.env.CHROME) return { CHROME: process.env.CHROME };
  if (process.platform === "linux" && process.arch === "x64") {
    const folder = path.join(root, ".cache", "browser");
    mkdirSync(folder, { recursive: true });
    // The package unpacks into the folder for temporary files and would reuse a foreign browser found there.
    process.env.TMPDIR = folder;
    const { default: chromium } = await import("@sparticuz/chromium");
    const executable = await chromium.executablePath();
    const fonts = path.join(folder, "fonts");
    return { CHROME: executable, TMPDIR: folder, ...(existsSync(fonts) ? { FONTCONFIG_PATH: fonts } : {}) };
  }
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  return {};
}
