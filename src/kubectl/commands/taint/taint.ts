// `kubectl taint`: sets and removes taints of nodes.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/taint/taint.go, utils.go (v1.35)
import { labelValue, qualifiedName } from "#api/names";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, throwAll, usageError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { discoverResources, resourceFor } from "../../mapper.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

interface Changes {
  add: Taint[];
  remove: Taint[];
}

export const taintCommand = defineCommand({
  name: "taint",
  short: "Update the taints on one or more nodes",
  long: "Update the taints on one or more nodes.\n\n A taint is KEY=VALUE:EFFECT or KEY:EFFECT, where EFFECT is NoSchedule, PreferNoSchedule or NoExecute. KEY:EFFECT- and KEY- remove.",
  examples:
    "kubectl taint nodes node-1 dedicated=special-user:NoSchedule\n\n# Removes it\nkubectl taint nodes node-1 dedicated:NoSchedule-",
  usage: "taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
  flags: [
    ...WRITING_FLAGS,
    SELECTOR_FLAG,
    VALIDATE_FLAG,
    fieldManagerFlag("kubectl-taint"),
    aFlag("all", "bool", "false", "Every node"),
    aFlag("overwrite", "bool", "false", "Taints that are there may be changed"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const { resources, words } = divide(args);
    if (resources.length < 1)
      throw plainError("one or more resources must be specified as <resource> <name>");
    if (words.length < 1) throw plainError("at least one taint update is required");
    const changes = parseTaints(words);
    checkTargets(io, flags, resources, changes);
    const selects = flag(flags, "all") || text(flags, "selector");
    const { targets, errors } = await targetsOf(
      selects ? ["nodes"] : ["nodes", ...resources.slice(1)],
      flags,
      io,
    );
    const fetched = fetchInfos(io, targets);
    const failed = [...errors, ...fetched.errors];
    for (const info of fetched.infos) {
      try {
        taintOne(io, flags, info, changes, dryRun);
      } catch (error) {
        failed.push(error as Error);
      }
    }
    throwAll(failed);
    return 0;
  },
});

function divide(args: readonly string[]): { resources: string[]; words: string[] } {
  const resources: string[] = [];
  const words: string[] = [];
  for (const word of args) {
    if (/[=:]/.test(word) || word.endsWith("-")) words.push(word);
    else if (words.length === 0) resources.push(word);
    else throw plainError(`all resources must be specified before taint changes: ${word}`);
  }
  return { resources, words };
}

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function parseTaints(words: readonly string[]): Changes {
  const changes: Changes = { add: [], remove: [] };
  for (const word of words) {
    if (word.endsWith("-")) {
      const [key = "", effect = ""] = word.slice(0, -1).split("=").at(0)!.split(":");
      const given = /:(\w+)$/.exec(word.slice(0, -1))?.[1] ?? effect;
      if (given !== "" && !EFFECTS.includes(given))
        throw usageError("taint", `invalid taint effect: ${given}, unsupported taint effect`);
      changes.remove.push({ key, effect: given });
    } else changes.add.push(parseTaint(word, changes.add));
  }
  return changes;
}

function parseTaint(word: string, known: readonly Taint[]): Taint {
  const invalid = (why = ""): Error => usageError("taint", `invalid taint spec: ${word}${why}`);
  const parts = word.split(":");
  if (parts.length > 2) throw invalid();
  const [head = "", effect = ""] = parts;
  const pair = head.split("=");
  if (pair.length > 2) throw invalid();
  const [key = "", value] = pair;
  const problems = [...(value === undefined ? [] : labelValue(value)), ...qualifiedName(key)];
  if (problems.length > 0) throw invalid(`, ${problems.join("; ")}`);
  if (parts.length === 1 || effect === "")
    throw invalid(parts.length === 1 ? "" : ", unsupported taint effect");
  if (!EFFECTS.includes(effect))
    throw usageError("taint", `invalid taint effect: ${effect}, unsupported taint effect`);
  if (known.some((taint) => taint.key === key && taint.effect === effect))
    throw usageError(
      "taint",
      `duplicated taints with the same key and effect: {${key} ${value ?? ""} ${effect} <nil>}`,
    );
  return { key, ...(value !== undefined && value !== "" && { value }), effect };
}

function checkTargets(
  io: KubectlIo,
  flags: FlagValues,
  resources: readonly string[],
  { add, remove }: Changes,
): void {
  const type = resources[0]!.toLowerCase();
  const resource = resourceFor(discoverResources(io), type);
  if (resource.kind !== "Node")
    throw plainError(`invalid resource type ${type}, only node types are supported`);
  const both = remove.filter(({ key, effect }) =>
    add.some((taint) => taint.key === key && (effect === "" || effect === taint.effect)),
  );
  if (both.length > 0)
    throw plainError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `{"${key}":"${effect}"}`).join(", ")}`,
    );
  const all = flag(flags, "all");
  const selector = text(flags, "selector");
  if (all && selector) throw plainError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && !selector && resources.length < 2)
    throw plainError("at least one resource name must be specified since 'all' parameter is not set");
}

function taintOne(io: KubectlIo, flags: FlagValues, info: Info, changes: Changes, dryRun: DryRun): void {
  const { resource, name, object } = info;
  const spec = (object["spec"] ?? {}) as { taints?: Taint[] };
  const { taints, operation } = reorganize(name, spec.taints ?? [], changes, flag(flags, "overwrite"));
  const after =
    dryRun === "client"
      ? { ...object, spec: { ...spec, taints } as unknown as JsonObject }
      : (request(io, {
          method: "PATCH",
          path: `/api/v1/nodes/${encodeURIComponent(name)}`,
          contentType: "application/merge-patch+json",
          query: { fieldManager: text(flags, "field-manager"), ...dryRunQuery(dryRun) },
          body: { spec: { taints: taints.length > 0 ? (taints as unknown as JsonObject[]) : null } },
        }).body as JsonObject);
  // kubectl announces a dry run of taint like the real thing.
  announce(io, flags, { resource, object: after, operation });
}

function reorganize(
  node: string,
  before: readonly Taint[],
  { add, remove }: Changes,
  overwrite: boolean,
): { taints: Taint[]; operation: string } {
  const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
  const clashing = add.filter((taint) => before.some((known) => same(known, taint)));
  if (!overwrite && clashing.length > 0)
    throw plainError(
      `node ${node} already has ${shown(clashing)} taint(s) with same effect(s) and --overwrite is false`,
    );
  const gone = (taint: Taint): boolean =>
    remove.some(({ key, effect }) => key === taint.key && (effect === "" || effect === taint.effect));
  const missing = remove.filter(
    (taint) =>
      !before.some(
        (known) => known.key === taint.key && (taint.effect === "" || taint.effect === known.effect),
      ),
  );
  if (missing.length > 0)
    throw plainError(
      missing
        .map(({ key, effect }) =>
          effect ? `taint "${key}:${effect}" not found` : `taint "${key}" not found`,
        )
        .join("\n"),
    );
  const kept = before.filter((taint) => !gone(taint) && !add.some((other) => same(other, taint)));
  const operation =
    remove.length > 0
      ? add.length > 0
        ? "modified"
        : "untainted"
      : clashing.length > 0
        ? "modified"
        : "tainted";
  return { taints: [...add, ...kept], operation };
}

const shown = (taints: readonly Taint[]): string =>
  `[${taints.map(({ key, value = "", effect }) => `{${key} ${value} ${effect} <nil>}`).join(" ")}]`;
