// `kubectl taint`: sets and removes taints of nodes.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/taint/taint.go, utils.go (v1.35)
import { labelValue, qualifiedName } from "#api/names";
import type { JsonObject } from "#base/json";
import { defineCommand, KubectlError, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, throwAll, usageError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { discoverResources, findResource } from "../../mapper.ts";
import { itemsOf, request, visit, type Info } from "../../resources.ts";
import { announce } from "../../writing/announce.ts";
import { dryRunOf, dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { fieldValidationOf } from "../../writing/manifest-check.ts";
import { printerOf } from "../../writing/structured.ts";

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
    const dryRun = dryRunOf(flags, io);
    fieldValidationOf(flags);
    const { resources, words } = divide(args);
    if (resources.length < 1)
      throw plainError("one or more resources must be specified as <resource> <name>");
    if (words.length < 1) throw plainError("at least one taint update is required");
    const changes = parseTaints(words);
    checkTargets(io, flags, resources, changes);
    const selects = flag(flags, "all") || text(flags, "selector");
    const items = await itemsOf(selects ? ["nodes"] : ["nodes", ...resources.slice(1)], flags, io);
    await visit(items, (info) => taintOne(io, flags, info, changes, dryRun));
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
  const wrong = (why: string): Error => usageError("taint", why);
  for (const word of words) {
    if (word.endsWith("-")) {
      const { key, effect } = parseTaint(word.slice(0, -1));
      changes.remove.push({ key, effect });
      continue;
    }
    const taint = parseTaint(word);
    const { key, value = "", effect } = taint;
    if (effect === "") throw wrong(`invalid taint spec: ${word}`);
    if (changes.add.some((other) => isSame(other, taint)))
      throw wrong(`duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`);
    changes.add.push(taint);
  }
  return changes;
}

/** KEY=VALUE:EFFECT, KEY:EFFECT or KEY. */
function parseTaint(word: string): Taint {
  const invalid = (why = ""): Error => usageError("taint", `invalid taint spec: ${word}${why}`);
  const [head = "", effect = "", ...more] = word.split(":");
  if (more.length > 0) throw invalid();
  const named = word.includes(":");
  if (named && !EFFECTS.includes(effect))
    throw usageError("taint", `invalid taint effect: ${effect}, unsupported taint effect`);
  const [key = "", value = "", ...rest] = named ? head.split("=") : [head];
  if (rest.length > 0) throw invalid();
  const wrongValue = labelValue(value);
  if (wrongValue.length > 0) throw invalid(`, ${wrongValue.join("; ")}`);
  const wrongKey = qualifiedName(key);
  if (wrongKey.length > 0) throw invalid(`, ${wrongKey.join("; ")}`);
  return { key, ...(value !== "" && { value }), effect };
}

const isSame = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

function checkTargets(
  io: KubectlIo,
  flags: FlagValues,
  resources: readonly string[],
  { add, remove }: Changes,
): void {
  const type = resources[0]!.toLowerCase();
  const resource = findResource(discoverResources(io), type);
  if (!resource) throw new KubectlError(`the server doesn't have a resource type ${goQuote(type)}`);
  if (resource.kind !== "Node")
    throw plainError(`invalid resource type ${type}, only node types are supported`);
  const both = add.flatMap((taint) =>
    remove.filter(({ key, effect }) => key === taint.key && (effect === "" || effect === taint.effect)),
  );
  if (both.length > 0)
    throw plainError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `${key}=${effect}`).join(", ")}`,
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
  printerOf(io, flags);
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
  const clashing = add.flatMap((taint) => before.filter((known) => isSame(known, taint)));
  if (!overwrite && clashing.length > 0)
    throw plainError(
      `node ${node} already has ${clashing.map(({ key }) => key).join(",")} taint(s) with same effect(s) and --overwrite is false`,
    );
  let taints = [...add, ...before.filter((known) => !add.some((taint) => isSame(taint, known)))];
  const added = taints.length !== before.length;
  // Whether something was removed is what the last removal says.
  let deleted = false;
  const missing: Error[] = [];
  for (const { key, effect } of remove) {
    const left = taints.filter((taint) => taint.key !== key || (effect !== "" && taint.effect !== effect));
    deleted = left.length !== taints.length;
    if (!deleted) missing.push(plainError(`taint ${goQuote(effect ? `${key}:${effect}` : key)} not found`));
    taints = left;
  }
  throwAll(missing);
  const operation = (added && deleted) || overwrite ? "modified" : added ? "tainted" : "untainted";
  return { taints, operation };
}
