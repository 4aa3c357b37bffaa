// `kubectl replace`: PUTs what files say over what is there; with --force deletes and makes it anew.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go (v1.35)
import type { JsonObject } from "#base/json";
import { withLastApplied } from "../../apply/last-applied.ts";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { flag, number, text } from "../../flags.ts";
import { nameProblem, request } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { DELETE_FLAGS, deletionMode, type DeletionMode } from "../../writing/delete-flags.ts";
import { deleteObject, waitGone } from "../../writing/delete-object.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  SAVE_CONFIG_FLAG,
  VALIDATE_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { fieldValidationOf, readManifests, readRaw, requireFiles } from "../../writing/manifest-check.ts";
import { inNamespace } from "../../writing/in-namespace.ts";
import { recorded } from "../../writing/record.ts";
import { deletedLine } from "../delete/delete.ts";
import { withoutVersion } from "../../writing/without-version.ts";

export const replaceCommand = defineCommand({
  name: "replace",
  short: "Replace a resource by file name or stdin",
  long: "Replace a resource by file name or stdin. The file has to hold the whole object.",
  examples:
    "kubectl replace -f ./kubia-svc.yaml\n\n# Deletes it first\nkubectl replace --force -f ./kubia-svc.yaml",
  usage: "replace -f FILENAME",
  flags: [
    ...fileFlags("with the objects"),
    ...DELETE_FLAGS.filter(({ name }) => name !== "now").map((item) =>
      item.name === "wait" ? { ...item, default: "false" } : item,
    ),
    ...WRITING_FLAGS,
    aFlag("raw", "string", "", "Path of the server to which the file is sent as it is"),
    aFlag("subresource", "string", "", "The subresource to replace, such as status or scale"),
    fieldManagerFlag("kubectl-replace"),
    SAVE_CONFIG_FLAG,
    VALIDATE_FLAG,
  ],
  run: async (_args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const mode = deletionMode(flags, io);
    validate(flags, dryRun);
    if (text(flags, "raw")) return putRaw(io, flags);
    const { objects, errors } = await readManifests(io, flags);
    const failed: Error[] = [];
    if (mode.force) await makeAnew(io, flags, objects, mode, [...errors]);
    else
      for (const local of objects) {
        try {
          replaceOne(io, flags, local, dryRun);
        } catch (error) {
          failed.push(error as Error);
        }
      }
    throwAll([...failed, ...errors]);
    if (objects.length === 0) throw plainError("no objects passed to replace");
    return 0;
  },
});

function validate(flags: FlagValues, dryRun: DryRun): void {
  const force = flag(flags, "force");
  if (number(flags, "grace-period") >= 0 && !force)
    throw plainError("--grace-period must have --force specified");
  if (number(flags, "timeout") !== 0 && !force) throw plainError("--timeout must have --force specified");
  requireFiles(flags);
  if (force && dryRun !== "none") throw plainError("--dry-run can not be used when --force is set");
}

async function putRaw(io: KubectlIo, flags: FlagValues): Promise<number> {
  const body = await readRaw(io, flags);
  io.stdout(JSON.stringify(request(io, { method: "PUT", path: text(flags, "raw"), body }).body));
  return 0;
}

/** A manifest that names no version takes that of the server's object. */
function replaceOne(io: KubectlIo, flags: FlagValues, local: LocalObject, dryRun: DryRun): void {
  const { resource, namespace, name, source } = local;
  const problem = nameProblem(name);
  if (problem) throw plainError(`error when replacing "${source}": ${problem}`);
  const base = resourcePath(resource, namespace, name);
  const subresource = text(flags, "subresource");
  const path = subresource ? `${base}/${subresource}` : base;
  const body = recorded(flags, bodyOf(flags, local));
  if (dryRun === "client")
    return announce(io, flags, { resource, object: body, operation: "replaced", dryRun });
  const metadata = body["metadata"] as JsonObject;
  const live = metadata["resourceVersion"] ? undefined : io.handle({ method: "GET", path });
  const version =
    live?.status === 200
      ? ((live.body as JsonObject)["metadata"] as JsonObject)["resourceVersion"]
      : undefined;
  const response = request(
    io,
    {
      method: "PUT",
      path,
      query: {
        fieldManager: text(flags, "field-manager"),
        fieldValidation: fieldValidationOf(flags),
        ...dryRunQuery(dryRun),
      },
      body: version === undefined ? body : { ...body, metadata: { ...metadata, resourceVersion: version } },
    },
    `error when replacing "${source}"`,
  );
  announce(io, flags, { resource, object: response.body as JsonObject, operation: "replaced", dryRun });
}

const bodyOf = (flags: FlagValues, local: LocalObject): JsonObject =>
  flag(flags, "save-config") ? withLastApplied(local.object, local.namespace) : inNamespace(local);

async function makeAnew(
  io: KubectlIo,
  flags: FlagValues,
  objects: readonly LocalObject[],
  mode: DeletionMode,
  failed: Error[],
): Promise<void> {
  const gone: { local: LocalObject; uid: string | undefined }[] = [];
  for (const local of objects) {
    try {
      const uid = deleteObject(io, local, {
        policy: mode.policy,
        ...(mode.graceSeconds !== undefined && mode.graceSeconds >= 0 && { graceSeconds: mode.graceSeconds }),
        context: `error when deleting "${local.source}"`,
      });
      io.stdout(deletedLine(local, { ...mode, graceSeconds: -1 }, "none", text(flags, "output") === "name"));
      gone.push({ local, uid });
    } catch (error) {
      // What is not there need not be deleted.
      if (!(error instanceof StatusError && error.status.reason === "NotFound")) failed.push(error as Error);
    }
  }
  throwAll(failed);
  for (const { local, uid } of gone) await waitGone(io, local, uid, number(flags, "timeout") || 300_000);
  for (const local of objects) {
    const { resource, namespace, source } = local;
    const response = request(
      io,
      {
        method: "POST",
        path: resourcePath(resource, namespace),
        query: { fieldManager: text(flags, "field-manager"), fieldValidation: fieldValidationOf(flags) },
        body: withoutVersion(bodyOf(flags, local)),
      },
      `error when creating "${source}"`,
    );
    announce(io, flags, { resource, object: response.body as JsonObject, operation: "replaced" });
  }
}
