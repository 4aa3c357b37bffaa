// The half that runs in a browser against the built site: how soon, how much code, how smooth.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { browserEnvironment, FLAGS } from "../../tools/browser.mjs";
import { run } from "../../tools/install.mjs";
import { BUILT, bundleOurs } from "../bundle.mjs";
import { atLeast, atMost } from "../row.mjs";
import { crowd, flood } from "./scenarios.mjs";
import { serve } from "./serve.mjs";
import { watchPage } from "./watch.mjs";

const SPELL_MS = 2000;

export async function measure(say) {
  say("building the site");
  const site = path.join(BUILT, "site");
  await run(process.execPath, [
    "node_modules/vite/bin/vite.js",
    "build",
    "--logLevel",
    "error",
    "--emptyOutDir",
    "--outDir",
    site,
  ]);
  const { encodeLink, DEFAULT_SETTINGS } = await import(pathToFileURL(await bundleOurs()));
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
    const gap = await longestGap(browser, open, `#${encodeLink(crowd(DEFAULT_SETTINGS))}`);
    say("300 pods and 500 packets");
    const frames = await framesPerSecond(browser, open, `#${encodeLink(flood(DEFAULT_SETTINGS))}`);
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
        "longest task of the page's thread while 300 pods converge",
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
async function longestGap(browser, open, hash) {
  const { page, context } = await open("");
  // The editor arrives after the first packet and is no part of this.
  await page.waitForSelector(".monaco-editor", { timeout: 60_000 });
  await page.waitForTimeout(2000);
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  await page.waitForTimeout(300);
  await browser.startTracing(page, { categories: ["toplevel"] });
  await page.evaluate(() => window.bench.startGaps());
  await page.waitForTimeout(13_000);
  const { gaps, idle } = await page.evaluate(() => window.bench.stopGaps());
  const pods = await readyPods(page);
  const cpu = longestTasks(await browser.stopTracing());
  await context.close();
  const show = (times) =>
    times
      .slice(0, 5)
      .map((time) => time.toFixed(0))
      .join(", ");
  const note = `longest five of processor time, which other programs do not lengthen: ${show(cpu)} ms; of the wall clock: ${show(gaps)} ms; share of time idle ${idle.toFixed(2)}; ${pods}`;
  return { longest: cpu[0] ?? null, note };
}

/** Processor time of the page's longest tasks, longest first. */
function longestTasks(trace) {
  const events = JSON.parse(trace.toString()).traceEvents ?? [];
  const mains = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const busiest = mains
    .map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && event.tdur > 0))
    .map((tasks) => tasks.map(({ tdur }) => tdur / 1000))
    .reduce((a, b) => (total(b) > total(a) ? b : a), []);
  return busiest.sort((a, b) => b - a);
}

const total = (times) => times.reduce((sum, time) => sum + time, 0);

/** The best of three spells: other programs on the machine only ever take frames away. */
async function framesPerSecond(browser, open, hash) {
  const { page, context } = await open(hash);
  await page.waitForTimeout(6000);
  const spells = [];
  await browser.startTracing(page, { categories: ["toplevel"] });
  for (let spell = 0; spell < 3; spell++) {
    await page.evaluate(() => window.bench.startFrames());
    await page.waitForTimeout(SPELL_MS);
    spells.push(await page.evaluate(() => window.bench.stopFrames()));
  }
  const busy = total(longestTasks(await browser.stopTracing())) / ((3 * SPELL_MS) / 1000);
  const pods = await readyPods(page);
  await context.close();
  const rates = spells.map(({ perSecond }) => perSecond);
  const note = `three spells: ${rates.map((rate) => rate.toFixed(1)).join(", ")}; the page's thread needs ${busy.toFixed(0)} ms of processor time a second; ${pods}`;
  return { perSecond: Math.max(...rates), note };
}

async function readyPods(page) {
  const text = await page.evaluate(() => document.querySelector("#canvas")?.textContent ?? "");
  return /\d+\/\d+/.exec(text)?.[0] ?? "";
}
