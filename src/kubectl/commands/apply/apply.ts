// `kubectl apply`: makes the server's objects what the files say, by a three-way merge on the client's side.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go (v1.35)
import { TYPES } from "#api/type-table";
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import { applyManifest, type ApplyContext } from "../../apply/apply.ts";
import { withLastApplied } from "../../apply/last-applied.ts";
import { defineCommand, KubectlError, type Command, type FlagValues, type KubectlIo } from "../../command.ts";
import { objectName } from "../../printers/print.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, StatusError, throwAll, usageError } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { changed, flag, number, text } from "../../flags.ts";
import { request } from "../../resources.ts";
import { isStructured, writingMode } from "../../writing/announce.ts";
import { dryRunSuffix, type DryRun } from "../../writing/dry-run.ts";
import { DELETE_FLAGS, deletionMode } from "../../writing/delete-flags.ts";
import { deleteObject, waitGone } from "../../writing/delete-object.ts";
import {
  ALL_FLAG,
  aFlag,
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { fieldValidationOf, readManifests, requireFiles } from "../../writing/manifest-check.ts";
import { recorded } from "../../writing/record.ts";
import { printStructured } from "../../writing/structured.ts";
import { editLastApplied } from "./edit-last-applied.ts";
import { checkPrune, prune } from "./prune.ts";
import { applyOnServer } from "./server-side.ts";
import { setLastApplied } from "./set-last-applied.ts";
import { viewLastApplied } from "./view-last-applied.ts";
import { withoutVersion } from "../../writing/without-version.ts";

const apply: Command = defineCommand({
  name: "apply",
  short: "Apply a configuration to a resource by file name or stdin",
  long: "Apply a configuration to a resource by file name or stdin. The resource name must be specified. It is created if it is not there yet.",
  examples:
    "# What a file says\nkubectl apply -f ./kubia-svc.yaml\n\n# Every file of a folder\nkubectl apply -f manifests/\n\n# From stdin\ncat kubia-svc.yaml | kubectl apply -f -",
  usage: "apply (-f FILENAME | -k DIRECTORY)",
  flags: [
    ...fileFlags("with the configuration"),
    ...DELETE_FLAGS.filter(({ name }) => name !== "now").map((item) =>
      item.name === "wait" ? { ...item, default: "false" } : item,
    ),
    ...WRITING_FLAGS,
    RECORD_FLAG,
    SELECTOR_FLAG,
    ALL_FLAG,
    VALIDATE_FLAG,
    fieldManagerFlag("kubectl-client-side-apply"),
    aFlag("server-side", "bool", "false", "Merges on the server, not on the client"),
    aFlag("force-conflicts", "bool", "false", "With --server-side: takes fields over from other managers"),
    aFlag("openapi-patch", "bool", "true", "Takes merge keys from the server's schema"),
    aFlag(
      "overwrite",
      "bool",
      "true",
      "Settles differences between the manifest and the live object in favour of the manifest",
    ),
    aFlag("prune", "bool", "false", "Deletes objects that the configuration no longer names"),
    aFlag("prune-allowlist", "stringArray", "[]", "Resources that --prune looks at, as group/version/kind"),
    aFlag("subresource", "string", "", "With --server-side: the subresource to apply to"),
  ],
  run: async (args, flags, io) => {
    if (args.length > 0) throw usageError("apply", `Unexpected args: [${args.join(" ")}]`);
    const dryRun = writingMode(flags, io);
    checkFlags(flags, io, dryRun);
    requireFiles(flags);
    const { objects, errors } = await readManifests(io, flags);
    const failed = [...errors];
    if (objects.length === 0 && failed.length === 0) throw plainError("no objects passed to apply");
    const applied: JsonObject[] = [];
    for (const local of objects) {
      try {
        applied.push(await applyOne(io, flags, local, dryRun));
      } catch (error) {
        failed.push(error as Error);
      }
    }
    throwAll(failed);
    if (isStructured(flags)) printAll(io, flags, applied);
    if (flag(flags, "prune")) prune(io, flags, applied, dryRun);
    return 0;
  },
});

function checkFlags(flags: FlagValues, io: KubectlIo, dryRun: DryRun): void {
  const serverSide = flag(flags, "server-side");
  const force = flag(flags, "force");
  deletionMode(flags, io);
  if (flag(flags, "force-conflicts") && !serverSide)
    throw plainError("--force-conflicts only works with --server-side");
  if (dryRun === "client" && serverSide)
    throw plainError(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  if (serverSide && force) throw plainError("--force cannot be used with --server-side");
  if (dryRun === "server" && force) throw plainError("--dry-run=server cannot be used with --force");
  if (text(flags, "subresource") && !serverSide)
    throw plainError("--subresource can only be specified for --server-side");
  checkPrune(flags, io);
}

/** The object as it is now, already announced unless -o asks for all of them at the end. */
async function applyOne(
  io: KubectlIo,
  flags: FlagValues,
  local: LocalObject,
  dryRun: DryRun,
): Promise<JsonObject> {
  const { source, namespace } = local;
  const object = recorded(flags, local.object);
  if (flag(flags, "server-side")) {
    const answer = applyOnServer(io, flags, local, dryRun);
    say(io, flags, answer, `serverside-applied${dryRunSuffix(dryRun)}`);
    return answer;
  }
  const context: ApplyContext = {
    handle: (asked) => io.handle(asked),
    namespace: namespace ?? "",
    file: source,
    types: TYPES,
    dryRun,
    fieldValidation: fieldValidationOf(flags),
    overwrites: flag(flags, "overwrite"),
    ...(changed(flags, "field-manager") && { fieldManager: text(flags, "field-manager") }),
  };
  const manifest = {
    apiVersion: object["apiVersion"] as string,
    kind: object["kind"] as string,
    metadata: (object["metadata"] ?? {}) as { name?: string; namespace?: string; generateName?: string },
    object,
  };
  const outcome = applyManifest(manifest, context);
  for (const warning of outcome.warnings) io.stderr(`Warning: ${warning}\n`);
  if (!outcome.ok) {
    for (const note of outcome.notes ?? []) io.stderr(`${note}\n`);
    if ("text" in outcome.error) throw new KubectlError(outcome.error.text);
    const { status } = outcome.error;
    if (flag(flags, "force") && canForce(status)) return recreate(io, flags, local, status, dryRun);
    throw new StatusError(status, outcome.error.context);
  }
  const { what, object: now } = outcome.applied!;
  warnIfDeleting(io, now);
  say(io, flags, now, `${what}${dryRunSuffix(dryRun)}`);
  return now;
}

function say(io: KubectlIo, flags: FlagValues, object: JsonObject, operation: string): void {
  if (isStructured(flags)) return;
  const done = text(flags, "output") === "name" ? "" : ` ${operation}`;
  io.stdout(`${objectName(object)}${done}\n`);
}

function warnIfDeleting(io: KubectlIo, object: JsonObject): void {
  const { name = "", deletionTimestamp } = object["metadata"] as {
    name?: string;
    deletionTimestamp?: string;
  };
  if (deletionTimestamp)
    io.stderr(`Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
}

/** One object as it is, several as a List. */
function printAll(io: KubectlIo, flags: FlagValues, objects: readonly JsonObject[]): void {
  if (objects.length === 1) return printStructured(io, flags, objects[0]!);
  const list = { kind: "List", apiVersion: "v1", metadata: {}, items: [...objects] };
  printStructured(io, flags, list, true);
}

const canForce = ({ reason }: Status): boolean => reason === "Conflict" || reason === "Invalid";

/** --force: what cannot be patched is deleted and made anew. */
async function recreate(
  io: KubectlIo,
  flags: FlagValues,
  local: LocalObject,
  refusal: Status,
  dryRun: DryRun,
): Promise<JsonObject> {
  const { resource, namespace, name, source } = local;
  const path = resourcePath(resource, namespace);
  if (io.handle({ method: "GET", path: `${path}/${encodeURIComponent(name)}` }).status !== 200)
    throw new StatusError(refusal, `error when creating "${source}"`);
  const { policy, graceSeconds } = deletionMode(flags, io);
  const uid = deleteObject(io, local, { policy, ...(graceSeconds !== undefined && { graceSeconds }) });
  await waitGone(io, local, uid, number(flags, "timeout"));
  const body = withoutVersion(withLastApplied(local.object, namespace));
  const made = request(io, { method: "POST", path, body });
  const object = made.body as JsonObject;
  say(io, flags, object, `configured${dryRunSuffix(dryRun)}`);
  return object;
}

export const applyCommands: readonly Command[] = [apply, editLastApplied, setLastApplied, viewLastApplied];
