// The browser that the tests drive: the one named by CHROME; on Linux x64 a Chromium that comes as a package and
// needs no system libraries; elsewhere Playwright's own, downloaded once.
import { mkdirSync, writeFileSync } from "node:fs";
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

/** The package's own font configuration names folders of another system; without a font this browser ends itself. */
function fontConfiguration(folder) {
  const own = path.join(folder, "fontconfig");
  mkdirSync(own, { recursive: true });
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${path.join(folder, "fonts", "fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${path.join(own, "cache")}</cachedir></fontconfig>`,
  ];
  writeFileSync(path.join(own, "fonts.conf"), `${lines.join("\n")}\n`);
  return own;
}

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
    return { CHROME: executable, TMPDIR: folder, FONTCONFIG_PATH: fontConfiguration(folder) };
  }
  await run(process.execPath, [
    "node_modules/@playwright/test/cli.js",
    "install",
    "--only-shell",
    "chromium",
  ]);
  return {};
}
