// What `kubectl label` and `kubectl annotate` share: their flags, the objects that are meant, and the way from a
// change to the patch that is sent.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go, annotate/annotate.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type Command, type FlagValues, type KubectlIo } from "../command.ts";
import { resourcePath } from "../discovery.ts";
import { plainError } from "../errors.ts";
import { flag, list, text } from "../flags.ts";
import { itemsReadBefore, request, visit, type Info } from "../resources.ts";
import { announce, writingMode } from "./announce.ts";
import { dryRunQuery, type DryRun } from "./dry-run.ts";
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
} from "./flag-sets.ts";
import { localInfos } from "./local-infos.ts";
import { changedMetadata, type MetadataChange } from "./metadata-change.ts";
import { divideWords } from "./words.ts";

export interface MetadataVerb extends Pick<Command, "short" | "long" | "examples"> {
  name: "label" | "annotate";
  noun: "label" | "annotation";
  /** What words such as `a=1` and `a-` ask for; throws what is wrong with them. */
  parse(words: readonly string[]): MetadataChange;
  /** Throws what contradicts itself, after everything else about the line was found right. */
  lastCheck?(change: MetadataChange): void;
  /** Throws where something that stands there would become another without --overwrite. */
  check(before: Record<string, string>, change: MetadataChange, io: KubectlIo, overwrite: boolean): void;
  /** The word after the object's name, such as "labeled". */
  outcome(before: JsonObject, after: JsonObject, overwrite: boolean): string;
}

export function defineMetadataCommand(verb: MetadataVerb): Command {
  const { name, noun, short, long, examples } = verb;
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}s`;
  const subject = `${noun[0]!.toUpperCase()}${noun.slice(1)}s`;
  return defineCommand({
    name,
    short,
    long,
    examples,
    usage: `${name} [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]`,
    flags: [
      ...fileFlags(`with the objects to ${name}`),
      ...WRITING_FLAGS,
      ALL_FLAG,
      ALL_NAMESPACES_FLAG,
      FIELD_SELECTOR_FLAG,
      SELECTOR_FLAG,
      LOCAL_FLAG,
      RECORD_FLAG,
      fieldManagerFlag(`kubectl-${name}`),
      aFlag("list", "bool", "false", `Shows the ${noun}s`),
      aFlag("overwrite", "bool", "false", `${subject} that are there may be changed`),
      aFlag("resource-version", "string", "", `${title} only an object of this version`),
    ],
    run: async (args, flags, io) => {
      const { resources, pairs } = divideWords(args, noun);
      const change = verb.parse(pairs);
      const dryRun = writingMode(flags, io);
      if (verb.name === "label" && flag(flags, "list") && text(flags, "output"))
        throw plainError("--list and --output may not be specified together");
      validate(verb, flags, dryRun, resources, change);
      const items = flag(flags, "local")
        ? await filesHere(verb, resources, flags, io)
        : await itemsReadBefore(resources, flags, io);
      const count = items.filter((item) => !(item instanceof Error)).length;
      if (text(flags, "resource-version") && count > 1)
        throw plainError("--resource-version may only be used with a single resource");
      await visit(items, (info) =>
        flag(flags, "list")
          ? showAll(verb, io, flags, info, change, count === 1)
          : changeOne(verb, io, flags, info, change, dryRun),
      );
      return 0;
    },
  });
}

function validate(
  { noun, lastCheck }: MetadataVerb,
  flags: FlagValues,
  dryRun: DryRun,
  resources: readonly string[],
  change: MetadataChange,
): void {
  const { set, remove } = change;
  if (flag(flags, "all") && text(flags, "selector"))
    throw plainError("cannot set --all and --selector at the same time");
  if (flag(flags, "all") && text(flags, "field-selector"))
    throw plainError("cannot set --all and --field-selector at the same time");
  if (flag(flags, "local") && dryRun === "server")
    throw plainError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  if (
    resources.length < 1 &&
    !flag(flags, "local") &&
    list(flags, "filename").length === 0 &&
    !text(flags, "kustomize")
  )
    throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  if (Object.keys(set).length === 0 && remove.length === 0 && !flag(flags, "list"))
    throw plainError(`at least one ${noun} update is required`);
  lastCheck?.(change);
}

/** --local: files, and nothing else. */
function filesHere(
  { name }: MetadataVerb,
  words: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<Info[]> {
  const stem = name === "label" ? "pod" : "rsrc";
  const files = `-f ${stem}.yaml or --filename=${stem}.json`;
  if (words.length > 0) throw plainError(`can only use local files by ${files} when --local=true is set`);
  if (list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError(`one or more files must be specified as ${files}`);
  return localInfos(io, flags);
}

const standing = ({ object }: Info, field: MetadataChange["field"]): Record<string, string> =>
  ((object["metadata"] as JsonObject)[field] ?? {}) as Record<string, string>;

/** What would stand there after the change, which is not sent. */
function showAll(
  verb: MetadataVerb,
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  change: MetadataChange,
  single: boolean,
): void {
  const { resource, name } = info;
  const { field } = change;
  verb.check(standing(info, field), change, io, flag(flags, "overwrite"));
  const { next } = changedMetadata(info.object, change, text(flags, "resource-version"));
  const pairs = standing({ ...info, object: next }, field);
  if (!single) io.stdout(`Listing ${field} for ${resource.kind}.${resource.group}/${name}:\n`);
  for (const key of Object.keys(pairs).sort()) io.stdout(`${single ? "" : " "}${key}=${pairs[key]!}\n`);
}

function changeOne(
  verb: MetadataVerb,
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  change: MetadataChange,
  dryRun: DryRun,
): void {
  const { resource, namespace, name, object } = info;
  const overwrite = flag(flags, "overwrite");
  verb.check(standing(info, change.field), change, io, overwrite);
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
  const operation = verb.outcome(object, next, overwrite);
  announce(io, flags, { resource, object: after, operation, dryRun });
}
