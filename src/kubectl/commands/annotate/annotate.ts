// `kubectl annotate`: sets, changes and removes annotations.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, throwAll } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
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
import { parsePairs } from "../../writing/pairs.ts";
import { divideWords } from "../../writing/words.ts";

export const annotateCommand = defineCommand({
  name: "annotate",
  short: "Update the annotations on a resource",
  long: "Update the annotations on one or more resources. One that is there is changed only with --overwrite; KEY- removes it.",
  examples:
    "kubectl annotate svc kubia description='my web app'\n\n# Removes it\nkubectl annotate svc kubia description-",
  usage:
    "annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]",
  flags: [
    ...fileFlags("with the objects to annotate"),
    ...WRITING_FLAGS,
    ALL_FLAG,
    ALL_NAMESPACES_FLAG,
    FIELD_SELECTOR_FLAG,
    SELECTOR_FLAG,
    LOCAL_FLAG,
    RECORD_FLAG,
    fieldManagerFlag("kubectl-annotate"),
    aFlag("list", "bool", "false", "Shows the annotations"),
    aFlag("overwrite", "bool", "false", "Annotations that are there may be changed"),
    aFlag("resource-version", "string", "", "Annotates only an object of this version"),
  ],
  run: async (args, flags, io) => {
    const { resources, pairs } = divideWords(args, "annotation");
    const change: MetadataChange = { field: "annotations", ...parsePairs(pairs, "annotation", true) };
    const dryRun = writingMode(flags, io);
    validate(flags, dryRun, resources, change);
    const failed: Error[] = [];
    const infos = await infosOf(resources, flags, io, failed);
    if (text(flags, "resource-version") && infos.length > 1)
      throw plainError("--resource-version may only be used with a single resource");
    for (const info of infos) {
      try {
        annotateOne(io, flags, info, change, { dryRun, single: infos.length === 1 });
      } catch (error) {
        failed.push(error as Error);
      }
    }
    throwAll(failed);
    return 0;
  },
});

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
    throw plainError("at least one annotation update is required");
  const both = remove.filter((key) => key in set);
  if (both.length > 0)
    throw plainError(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
    );
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

function annotateOne(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  change: MetadataChange,
  { dryRun, single }: { dryRun: DryRun; single: boolean },
): void {
  const { resource, namespace, name, object } = info;
  const annotations = (object["metadata"] as { annotations?: Record<string, string> }).annotations ?? {};
  if (flag(flags, "list")) {
    if (!single) io.stdout(`Listing annotations for ${resource.kind}.${resource.group}/${name}:\n`);
    for (const key of Object.keys(annotations).sort())
      io.stdout(`${single ? "" : " "}${key}=${annotations[key]!}\n`);
    return;
  }
  const clashes = flag(flags, "overwrite") ? [] : overwrites(annotations, change);
  if (clashes.length > 0)
    throw plainError(
      `--overwrite is false but found the following declared annotation(s): ${clashes.join("; ")}`,
    );
  const { next, patch } = changedMetadata(object, change, text(flags, "resource-version"));
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
  announce(io, flags, { resource, object: after, operation: "annotated", dryRun });
}
