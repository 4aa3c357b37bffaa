// `kubectl patch`: strategic, merge and JSON patches, on objects and subresources.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go (v1.35)
import { deepEqual, type Json, type JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { infosOrErrors, request, targetsOf, visit, withSubresource, type Info } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  LOCAL_FLAG,
  RECORD_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { localInfos } from "../../writing/local-infos.ts";
import { PATCH_CONTENT, patchLocally, type PatchType } from "../../writing/patch-locally.ts";
import { recordPatch } from "../../writing/record.ts";
import { readPatch } from "../../writing/patch-text.ts";

export const patchCommand = defineCommand({
  name: "patch",
  short: "Update fields of a resource",
  long: "Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.",
  examples:
    '# A label more\nkubectl patch svc kubia -p \'{"metadata":{"labels":{"tier":"front"}}}\'\n\n# Another port, by JSON patch\nkubectl patch svc kubia --type=json -p \'[{"op":"replace","path":"/spec/ports/0/port","value":81}]\'',
  usage: "patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
  flags: [
    ...fileFlags("with the objects to patch"),
    ...WRITING_FLAGS,
    LOCAL_FLAG,
    RECORD_FLAG,
    aFlag("patch", "string", "", "The patch", { short: "p" }),
    aFlag("patch-file", "string", "", "A file with the patch"),
    aFlag("subresource", "string", "", "The subresource to patch, such as status or scale"),
    aFlag("type", "string", "strategic", "Kind of patch: json, merge or strategic"),
    fieldManagerFlag("kubectl-patch"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    validate(args, flags, dryRun);
    const type = typeOf(flags);
    const patch = readPatch(patchText(flags, io), type === "json");
    const items = flag(flags, "local") ? await localInfos(io, flags) : await liveItems(args, flags, io);
    const count = await visit(items, (info) => patchOne(io, flags, info, { type, patch, dryRun }));
    if (count === 0) throw plainError("no objects passed to patch");
    return 0;
  },
});

function validate(args: readonly string[], flags: FlagValues, dryRun: DryRun): void {
  const hasText = text(flags, "patch") !== "";
  const hasFile = text(flags, "patch-file") !== "";
  if (hasText && hasFile) throw plainError("cannot specify --patch and --patch-file together");
  if (!hasText && !hasFile)
    throw plainError("must specify --patch or --patch-file containing the contents of the patch");
  if (flag(flags, "local") && list(flags, "filename").length === 0)
    throw plainError(
      args.length > 0
        ? "cannot specify --local and server resources"
        : "--local requires --filename to be specified",
    );
  if (flag(flags, "local") && dryRun === "server")
    throw plainError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  typeOf(flags);
}

function typeOf(flags: FlagValues): PatchType {
  const type = text(flags, "type").toLowerCase();
  if (type === "json" || type === "merge" || type === "strategic") return type;
  throw plainError(
    `--type must be one of [json merge strategic], not ${JSON.stringify(text(flags, "type"))}`,
  );
}

function patchText(flags: FlagValues, io: KubectlIo): string {
  const path = text(flags, "patch-file");
  if (path === "") return text(flags, "patch");
  const content = io.readFile(path);
  if (content === undefined)
    throw plainError(`unable to read patch file: open ${path}: no such file or directory`);
  return content;
}

async function liveItems(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<(Info | Error)[]> {
  const { targets, errors } = await targetsOf(args, flags, io);
  const wanted = withSubresource(targets, text(flags, "subresource"));
  return [...infosOrErrors(io, wanted), ...errors];
}

interface Patching {
  type: PatchType;
  /** Read where it is sent: the server refuses what is no JSON for each object. */
  patch: () => Json;
  dryRun: DryRun;
}

function patchOne(io: KubectlIo, flags: FlagValues, info: Info, { type, patch, dryRun }: Patching): void {
  const { resource, namespace, name, object } = info;
  const subresource = text(flags, "subresource");
  const isLocal = flag(flags, "local") || dryRun === "client";
  const base = resourcePath(resource, namespace, name);
  const patched = isLocal
    ? patchLocally(object, type, patch())
    : (request(io, {
        method: "PATCH",
        path: subresource ? `${base}/${subresource}` : base,
        contentType: PATCH_CONTENT[type],
        query: { fieldManager: text(flags, "field-manager"), ...dryRunQuery(dryRun) },
        body: patch(),
      }).body as JsonObject);
  const record = isLocal || dryRun !== "none" || subresource ? undefined : recordPatch(flags);
  if (record) io.handle({ method: "PATCH", path: base, contentType: PATCH_CONTENT.merge, body: record });
  // Simplified: without a record of who manages which field, a patch that only changes that is no change.
  const operation = deepEqual(object, patched) ? "patched (no change)" : "patched";
  // A dry run is announced like the real thing.
  announce(io, flags, {
    resource,
    object: patched,
    operation,
    dryRun: "none",
  });
}
