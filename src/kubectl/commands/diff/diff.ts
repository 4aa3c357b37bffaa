// `kubectl diff`: what apply would change, as a unified diff; exit code 1 if anything would, above 1 for errors.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go (v1.35)
import { fnv1a } from "#base/hash";
import { unifiedDiff } from "#api/unified-diff";
import { formatRfc3339 } from "#base/time";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import type { ResourceMapping } from "../../discovery.ts";
import { describeError, plainError, throwAll, usageError } from "../../errors.ts";
import { flag } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { toYaml } from "../../printers/yaml.ts";
import { withoutManagedFields } from "../../printers/print.ts";
import { aFlag, fieldManagerFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { readManifests, requireFiles } from "../../writing/manifest-check.ts";
import { checkAllowlist, prunable } from "../apply/prune.ts";
import { masked } from "./mask.ts";
import { mergedObject } from "./merged.ts";

export const diffCommand = defineCommand({
  name: "diff",
  short: "Diff the live version against a would-be applied version",
  long: "Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.\n\n Exit status: 0 No differences were found. 1 Differences were found. >1 Kubectl or diff failed with an error.",
  examples: "kubectl diff -f kubia-svc.yaml",
  usage: "diff -f FILENAME",
  flagErrorExit: 2,
  flags: [
    ...fileFlags("with the configuration"),
    SELECTOR_FLAG,
    fieldManagerFlag("kubectl-client-side-apply"),
    aFlag("concurrency", "int", "1", "How many objects are looked at together"),
    aFlag("force-conflicts", "bool", "false", "With --server-side: takes fields over from other managers"),
    aFlag("prune", "bool", "false", "Shows objects that --prune would delete as well"),
    aFlag("prune-allowlist", "stringArray", "[]", "Resources that --prune looks at, as group/version/kind"),
    aFlag("server-side", "bool", "false", "Merges on the server, not on the client"),
    aFlag("show-managed-fields", "bool", "false", "Keeps managedFields in what is compared"),
  ],
  run: async (args, flags, io) => {
    try {
      if (args.length > 0) throw usageError("diff", `Unexpected args: [${args.join(" ")}]`);
      requireFiles(flags);
      if (flag(flags, "force-conflicts") && !flag(flags, "server-side"))
        throw plainError("--force-conflicts only works with --server-side");
      if (flag(flags, "prune")) checkAllowlist(io, flags);
      return await diffAll(io, flags);
    } catch (error) {
      const described = describeError(error);
      if (!described) throw error;
      io.stderr(`${described.text.replace(/\n$/, "")}\n`);
      return 2;
    }
  },
});

async function diffAll(io: KubectlIo, flags: FlagValues): Promise<number> {
  const { objects, errors } = await readManifests(io, { ...flags, validate: "ignore" });
  throwAll(errors);
  // What two objects with the same file name leave is the last one's.
  const files = new Map<string, Compared>();
  const visited: JsonObject[] = [];
  for (const local of objects) {
    const { live, merged } = mergedObject(io, flags, local);
    if (live) visited.push(live);
    files.set(fileName(local.resource, local.namespace, local.name), compared(flags, live, merged));
  }
  if (flag(flags, "prune"))
    for (const { resource, namespace, object } of prunable(io, flags, visited)) {
      const { name } = object["metadata"] as { name: string };
      files.set(fileName(resource, namespace, name), { before: toYaml(object), after: "" });
    }
  return printDifferences(io, files);
}

interface Compared {
  before: string;
  after: string;
}

function printDifferences(io: KubectlIo, files: ReadonlyMap<string, Compared>): number {
  const found = [...files].filter(([, { before, after }]) => before !== after);
  const [program = "diff", ...words] = (io.env["KUBECTL_EXTERNAL_DIFF"] || "diff -u -N").split(" ");
  // Simplified: diff is the only program that the workstation has for this, and shows what it finds in one form.
  if (program !== "diff")
    throw plainError(`failed to run ${goQuote(program)}: executable file not found in $PATH`);
  const line = [program, ...words.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))].join(" ");
  const [live, merged] = foldersAt(io.nowMs());
  const time = timeText(io.nowMs());
  for (const [file, { before, after }] of found.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [left, right] = [`/tmp/${live}/${file}`, `/tmp/${merged}/${file}`];
    io.stdout(
      `${line} ${left} ${right}\n--- ${left}\t${time}\n+++ ${right}\t${time}\n${hunks(before, after)}`,
    );
  }
  return found.length === 0 ? 0 : 1;
}

function compared(flags: FlagValues, live: JsonObject | undefined, merged: JsonObject): Compared {
  const keep = flag(flags, "show-managed-fields");
  const [left, right] = masked(live, merged);
  const print = (object: JsonObject): string => toYaml(keep ? object : withoutManagedFields(object));
  // A Secret that is not there was masked into nothing at all.
  const nothing = merged["kind"] === "Secret" ? "null\n" : "";
  return { before: left ? print(left) : nothing, after: print(right) };
}

function fileName(resource: ResourceMapping, namespace = "", name = ""): string {
  const group = resource.group ? `${resource.group}.` : "";
  return `${group}${resource.version}.${resource.kind}.${namespace}.${name}`;
}

/** The empty file has no line; every other text ends with one that is empty. */
function hunks(before: string, after: string): string {
  if (before === "") return whole("+", after, (count) => `@@ -0,0 +1${count} @@`);
  if (after === "") return whole("-", before, (count) => `@@ -1${count} +0,0 @@`);
  return unifiedDiff(before.trimEnd(), after.trimEnd());
}

function whole(sign: string, content: string, head: (count: string) => string): string {
  const lines = content.trimEnd().split("\n");
  return `${head(lines.length === 1 ? "" : `,${lines.length}`)}\n${lines.map((line) => `${sign}${line}\n`).join("")}`;
}

function foldersAt(nowMs: number): [string, string] {
  return [`LIVE-${fnv1a(`live ${nowMs}`)}`, `MERGED-${fnv1a(`merged ${nowMs}`)}`];
}

/** "2026-03-02 09:00:00.250000000 +0000" */
function timeText(nowMs: number): string {
  const [day, time] = formatRfc3339(nowMs).replace("Z", "").split("T");
  return `${day} ${time}.${String(Math.floor(nowMs % 1000)).padStart(3, "0")}000000 +0000`;
}
