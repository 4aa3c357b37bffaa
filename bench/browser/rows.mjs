// The half that runs in a browser against the built site: how soon, how much code, how smooth.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { browserEnvironment, FLAGS } from "../../tools/browser.mjs";
import { root, run } from "../../tools/install.mjs";
import { atLeast, atMost } from "../row.mjs";
import { crowd, flood } from "./scenarios.mjs";
import { serve } from "./serve.mjs";
import { watchPage } from "./watch.mjs";

const MEASURE_MS = 5000;

export async function measure(say) {
  say("building the site");
  const site = path.join(root, "bench", "node_modules", ".bench", "site");
  await run(process.execPath, [
    "node_modules/vite/bin/vite.js",
    "build",
    "--logLevel",
    "error",
    "--emptyOutDir",
    "--outDir",
    site,
  ]);
  const { encodeLink, DEFAULT_SETTINGS } = await import(pathToFileURL(await bundleLinks()));
  const server = await serve(site);
  const environment = await browserEnvironment();
  Object.assign(process.env, environment);
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({
    ...(environment.CHROME ? { executablePath: environment.CHROME } : {}),
    args: FLAGS,
  });
  try {
    const open = (hash) => openPage(browser, server, hash);
    say("the first packet");
    const first = await firstPacket(open);
    say("300 pods converge");
    const gap = await longestGap(open, `#${encodeLink(crowd(DEFAULT_SETTINGS))}`);
    say("300 pods and 500 packets");
    const frames = await framesPerSecond(open, `#${encodeLink(flood(DEFAULT_SETTINGS))}`);
    return [
      atMost(
        "js",
        "JavaScript fetched before the first packet is drawn, gzipped",
        "kB",
        first.kilobytes,
        250,
        first.note,
      ),
      atMost(
        "first-packet",
        "from the start of loading to the first packet drawn",
        "ms",
        first.ms,
        1500,
        first.timeNote,
      ),
      atMost(
        "gap",
        "longest time the page's thread is busy while 300 pods converge",
        "ms",
        gap.longest,
        50,
        gap.note,
      ),
      atLeast(
        "fps",
        "frames per second, 300 pods and 500 packets in flight",
        "1/s",
        frames.perSecond,
        55,
        frames.note,
      ),
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundleLinks() {
  const outfile = path.join(root, "bench", "node_modules", ".bench", "links.mjs");
  const here = path.join(root, "bench", "node");
  await build({
    bundle: true,
    format: "esm",
    logLevel: "error",
    absWorkingDir: here,
    entryPoints: ["ours-entry.ts"],
    outfile,
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  return outfile;
}

async function openPage(browser, server, hash) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  const scripts = server.watchScripts();
  await page.goto(`${server.url}${hash}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.bench.firstPacket !== undefined, undefined, { timeout: 30_000 });
  return { page, context, scripts };
}

/** The best of three loads, each with an empty cache: other programs on the machine only ever make it slower. */
async function firstPacket(open) {
  const loads = [];
  for (let load = 0; load < 3; load++) {
    const { page, context, scripts } = await open("");
    const { firstPacket: ms, firstPacketAt } = await page.evaluate(() => window.bench);
    const before = scripts.filter(({ at }) => at <= firstPacketAt);
    loads.push({ ms, before });
    await context.close();
  }
  const best = loads.reduce((a, b) => (b.ms < a.ms ? b : a));
  const most = loads.reduce((a, b) => (bytes(b.before) > bytes(a.before) ? b : a));
  return {
    ms: best.ms,
    kilobytes: bytes(most.before) / 1000,
    note: most.before.map(({ name, gzipped }) => `${name} ${(gzipped / 1000).toFixed(1)} kB`).join(", "),
    timeNote: `three loads: ${loads.map(({ ms }) => `${Math.round(ms)} ms`).join(", ")}`,
  };
}

const bytes = (scripts) => scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);

/** The example is replaced by 300 pods that start: what React, the layout and the store then do in one go. */
async function longestGap(open, hash) {
  const { page, context } = await open("");
  // The editor arrives after the first packet and is no part of this.
  await page.waitForTimeout(4000);
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  await page.waitForTimeout(300);
  await page.evaluate(() => window.bench.startGaps());
  await page.waitForTimeout(14_000);
  const { gaps, idle } = await page.evaluate(() => window.bench.stopGaps());
  const pods = await readyPods(page);
  await context.close();
  const note = `longest five: ${gaps
    .slice(0, 5)
    .map((gap) => gap.toFixed(0))
    .join(", ")} ms; share of time idle ${idle.toFixed(2)}; ${pods}`;
  return { longest: gaps[0] ?? 0, note };
}

async function framesPerSecond(open, hash) {
  const { page, context } = await open(hash);
  await page.waitForTimeout(6000);
  await page.evaluate(() => window.bench.startFrames());
  await page.waitForTimeout(MEASURE_MS);
  const { perSecond, worst } = await page.evaluate(() => window.bench.stopFrames());
  const pods = await readyPods(page);
  await context.close();
  return { perSecond, note: `longest frame ${worst.toFixed(0)} ms; ${pods}` };
}

async function readyPods(page) {
  const text = await page.evaluate(() => document.querySelector("#canvas")?.textContent ?? "");
  return /\d+\/\d+/.exec(text)?.[0] ?? "";
}
