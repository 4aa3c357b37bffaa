// `npm run bench`: Kubelanes beside its peer, in one run. `-- node` and `-- browser` run one half, `--json` prints data.
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { installIfNeeded, root } from "../tools/install.mjs";

const folder = path.join(root, "bench");
const wishes = process.argv.slice(2);
const halves = ["node", "browser"].filter((half) => wishes.includes(half));

const asJson = wishes.includes("--json");
/** What goes on is told apart from the result, so that the result can be piped. */
const say = (text) => process.stderr.write(`${text}\n`);

await installIfNeeded(root);
await installIfNeeded(folder);

const [load] = loadavg();
if (load > cpus().length) {
  say(`other programs keep this machine busy (load ${load.toFixed(1)} on ${cpus().length} processors):`);
  say("times of the wall clock and frames come out worse than they are");
}
const rows = [];
for (const half of halves.length > 0 ? halves : ["node", "browser"]) {
  const { measure } = await import(`./${half}/rows.mjs`);
  rows.push(...(await measure(say)));
}
if (asJson) console.log(JSON.stringify({ rows, load }, null, 2));
else printTable(rows);
process.exit(0);

function printTable(all) {
  const head = ["", "what", "ours", "peer", "ratio", "target"];
  const lines = all.map((row) => [
    row.ok === null ? "?" : row.ok ? "ok" : "short",
    row.what,
    `${show(row.ours)} ${row.ours === null ? "" : row.unit}`.trim(),
    row.peer === null ? "-" : `${show(row.peer)} ${row.unit}`,
    show(row.ratio),
    row.target,
  ]);
  const table = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
  for (const row of all) if (row.note) console.log(`\n${row.id}: ${row.note}`);
}

function show(value) {
  if (value === null || value === undefined) return "-";
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}
