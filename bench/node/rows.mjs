// The half that runs in Node: CPU until pods are ready, requests per second, and the length of links.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { BUILT, BUNDLING, bundleOurs } from "../bundle.mjs";
import { ratioAtLeast, ratioAtMost } from "../row.mjs";
import { linkLengths } from "./links.mjs";

const PODS = 300;
const MANY_PODS = 3000;
const REQUESTS = 10_000;

export async function measure(say) {
  const bundles = await bundle();
  const run = async (who, what, count) => {
    say(`${who}: ${what} ${count}`);
    try {
      return await inProcess(who, bundles[who], what, count);
    } catch (error) {
      say(`${who} did not finish: ${error.message}`);
      return {};
    }
  };
  const ours = await run("ours", "ready", PODS);
  const many = await run("ours", "ready", MANY_PODS);
  const peer = await run("peer", "ready", PODS);
  const oursRequests = await run("ours", "requests", REQUESTS);
  const peerRequests = await run("peer", "requests", REQUESTS);
  const value = (number) => number ?? null;
  return [
    ratioAtMost(
      "ready-300",
      `CPU until ${PODS} pods are ready`,
      "ms",
      [value(ours.cpuMs), value(peer.cpuMs)],
      0.02,
    ),
    ratioAtMost(
      "ready-3000",
      `CPU until ${MANY_PODS} pods are ready`,
      "ms",
      [value(many.cpuMs), value(ours.cpuMs)],
      15,
      {
        of: `ours for ${PODS}`,
      },
    ),
    ratioAtLeast(
      "requests",
      "requests per second of CPU through a NodePort, recorded",
      "1/s",
      [value(oursRequests.perSecond), value(peerRequests.perSecond)],
      1,
    ),
    linkRow(await linkLengths(bundles.ours)),
  ];
}

async function bundle() {
  const peer = path.join(BUILT, "peer.mjs");
  await build({ ...BUNDLING, entryPoints: ["peer-entry.mjs"], outfile: peer, platform: "node" });
  return { ours: await bundleOurs(), peer };
}

/** A process for each measurement, so that none warms up the engine for the next. */
async function inProcess(who, bundlePath, what, count) {
  const script = path.join(import.meta.dirname, `${who}.mjs`);
  const { stdout } = await promisify(execFile)(process.execPath, [script, bundlePath, what, String(count)], {
    timeout: 170_000,
  });
  return JSON.parse(stdout);
}

/** The ratio is the median of each manifest's own, lz-string standing in for the peer, which has no links. */
function linkRow({ ours, peer, median, ratios }) {
  const what = "link length of manifests that the dictionary never saw, against lz-string";
  const note = `each: ${ratios.map((ratio) => ratio.toFixed(2)).join(" ")}`;
  return {
    id: "link",
    what,
    unit: "characters",
    ours,
    peer,
    ratio: median,
    target: "median at most 0.6",
    ok: median <= 0.6,
    note,
  };
}
