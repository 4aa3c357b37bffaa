// `kubectl label`: sets, changes and removes labels.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go (v1.35)
import { labelValue } from "#api/names";
import { canonicalJson, deepEqual, emptyRecord, type JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, throwAll } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  ALL_FLAG,
  ALL_NAMESPACES_FLAG,
  aFlag,
  FIELD_SELECTOR_FLAG,
  fieldManagerFlag,
  fileFlags,
  LOCAL_FLAG,
  RECORD_FLAG,
  SELECTOR_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { localInfos } from "../../writing/local-infos.ts";
import { changedMetadata, type MetadataChange, overwrites } from "../../writing/metadata-change.ts";
import { divideWords } from "../../writing/words.ts";

export const labelCommand = defineCommand({
  name: "label",
  short: "Update the labels on a resource",
  long: "Update the labels on a resource. A label that is there is changed only with --overwrite; KEY- removes it.",
  examples:
    "kubectl label pods kubia env=prod\n\n# Changes one\nkubectl label --overwrite pods kubia env=test\n\n# Removes one\nkubectl label pods kubia env-",
  usage:
    "label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]",
  flags: [
    ...fileFlags("with the objects to label"),
    ...WRITING_FLAGS,
    ALL_FLAG,
    ALL_NAMESPACES_FLAG,
    FIELD_SELECTOR_FLAG,
    SELECTOR_FLAG,
    LOCAL_FLAG,
    RECORD_FLAG,
    fieldManagerFlag("kubectl-label"),
    aFlag("list", "bool", "false", "Shows the labels"),
    aFlag("overwrite", "bool", "false", "Labels that are there may be changed"),
    aFlag("resource-version", "string", "", "Labels only an object of this version"),
  ],
  run: async (args, flags, io) => {
    const { resources, pairs } = divideWords(args, "label");
    const change = parseChange(pairs);
    const dryRun = writingMode(flags, io);
    validate(flags, dryRun, resources, change);
    const failed: Error[] = [];
    const infos = await infosOf(resources, flags, io, failed);
    if (text(flags, "resource-version") && infos.length > 1)
      throw plainError("--resource-version may only be used with a single resource");
    for (const info of infos) {
      try {
        labelOne(io, flags, info, change, { dryRun, single: infos.length === 1 });
      } catch (error) {
        failed.push(error as Error);
      }
    }
    throwAll(failed);
    return 0;
  },
});

function parseChange(words: readonly string[]): MetadataChange {
  const set = emptyRecord<string>();
  const remove: string[] = [];
  for (const word of words) {
    const parts = word.split("=");
    if (parts.length === 2) {
      const problems = labelValue(parts[1]!);
      if (problems.length > 0)
        throw plainError(`invalid label value: ${goQuote(word)}: ${problems.join(";")}`);
      set[parts[0]!] = parts[1]!;
    } else if (parts.length === 1 && word.endsWith("-")) remove.push(word.slice(0, -1));
    else throw plainError(`unknown label spec: ${word}`);
  }
  if (remove.some((key) => key in set))
    throw plainError("can not both modify and remove a label in the same command");
  return { field: "labels", set, remove };
}

function validate(
  flags: FlagValues,
  dryRun: DryRun,
  resources: readonly string[],
  { set, remove }: MetadataChange,
): void {
  if (flag(flags, "all") && text(flags, "selector"))
    throw plainError("cannot set --all and --selector at the same time");
  if (flag(flags, "all") && text(flags, "field-selector"))
    throw plainError("cannot set --all and --field-selector at the same time");
  if (flag(flags, "local") && dryRun === "server")
    throw plainError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  if (resources.length < 1 && list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  if (Object.keys(set).length === 0 && remove.length === 0 && !flag(flags, "list"))
    throw plainError("at least one label update is required");
}

async function infosOf(
  words: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  failed: Error[],
): Promise<Info[]> {
  if (flag(flags, "local")) return localInfos(io, flags);
  const { targets, errors } = await targetsOf(words, flags, io);
  const fetched = fetchInfos(io, targets);
  failed.push(...errors, ...fetched.errors);
  return fetched.infos;
}

function labelOne(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  change: MetadataChange,
  { dryRun, single }: { dryRun: DryRun; single: boolean },
): void {
  const { resource, namespace, name, object } = info;
  const labels = (object["metadata"] as { labels?: Record<string, string> }).labels ?? {};
  if (flag(flags, "list")) {
    if (!single) io.stdout(`Listing labels for ${resource.kind}.${resource.group}/${name}:\n`);
    for (const key of Object.keys(labels).sort()) io.stdout(`${single ? "" : " "}${key}=${labels[key]!}\n`);
    return;
  }
  const overwrite = flag(flags, "overwrite");
  if (!overwrite)
    throwAll(overwrites(labels, change).map((clash) => plainError(`${clash}, and --overwrite is false`)));
  for (const key of change.remove) if (!(key in labels)) io.stdout(`label ${goQuote(key)} not found.\n`);
  const { next, patch } = changedMetadata(object, change, text(flags, "resource-version"));
  const operation = operationOf(object, next, overwrite);
  const after =
    dryRun === "client" || flag(flags, "local")
      ? next
      : (request(io, {
          method: "PATCH",
          path: resourcePath(resource, namespace, name),
          contentType: "application/merge-patch+json",
          query: { fieldManager: text(flags, "field-manager"), ...dryRunQuery(dryRun) },
          body: patch,
        }).body as JsonObject);
  announce(io, flags, { resource, object: after, operation, dryRun });
}

function operationOf(before: JsonObject, after: JsonObject, overwrite: boolean): string {
  if (deepEqual(before, after)) return "not labeled";
  return !overwrite && canonicalJson(after).length < canonicalJson(before).length ? "unlabeled" : "labeled";
}
