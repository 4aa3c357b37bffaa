// `kubectl diff`: what apply would change, as a unified diff; exit code 1 if anything would, above 1 for errors.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go (v1.35)
import { fnv1a } from "#base/hash";
import { unifiedDiff } from "#api/unified-diff";
import { formatRfc3339 } from "#base/time";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { describeError, plainError, throwAll } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { flag } from "../../flags.ts";
import { toYaml } from "../../printers/yaml.ts";
import { withoutManagedFields } from "../../printers/print.ts";
import { aFlag, fieldManagerFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { readManifests, requireFiles } from "../../writing/manifest-check.ts";
import { masked } from "./mask.ts";
import { mergedObject } from "./merged.ts";

export const diffCommand = defineCommand({
  name: "diff",
  short: "Diff the live version against a would-be applied version",
  long: "Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.\n\n Exit status: 0 No differences were found. 1 Differences were found. >1 Kubectl or diff failed with an error.",
  examples: "kubectl diff -f kubia-svc.yaml",
  usage: "diff -f FILENAME",
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
      if (args.length > 0) throw plainError(`Unexpected args: [${args.join(" ")}]`);
      requireFiles(flags);
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
  const found = objects.flatMap((local) => differenceOf(io, flags, local));
  if (found.length === 0) return 0;
  const [live, merged] = foldersAt(io.nowMs());
  const time = timeText(io.nowMs());
  for (const { file, lines } of found.sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const [before, after] = [`/tmp/${live}/${file}`, `/tmp/${merged}/${file}`];
    io.stdout(`diff -u -N ${before} ${after}\n--- ${before}\t${time}\n+++ ${after}\t${time}\n${lines}`);
  }
  return 1;
}

function differenceOf(
  io: KubectlIo,
  flags: FlagValues,
  local: LocalObject,
): { file: string; lines: string }[] {
  const { live, merged } = mergedObject(io, flags, local);
  const keep = flag(flags, "show-managed-fields");
  const [left, right] = masked(live, merged);
  const print = (object: JsonObject | undefined): string =>
    object ? toYaml(keep ? object : withoutManagedFields(object)) : "";
  const [before, after] = [print(left), print(right)];
  if (before === after) return [];
  const { resource, namespace = "", name } = local;
  const group = resource.group ? `${resource.group}.` : "";
  const file = `${group}${resource.version}.${resource.kind}.${namespace}.${name}`;
  return [{ file, lines: hunks(before, after) }];
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
