// `kubectl apply set-last-applied`: writes the annotation as if the file had just been applied, and nothing else.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_set_last_applied.go (v1.35)
import type { JsonObject } from "#base/json";
import { goJson, LAST_APPLIED } from "../../apply/last-applied.ts";
import { defineCommand } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { flag, list } from "../../flags.ts";
import { MISSING_RESOURCE } from "../../selection.ts";
import { request } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import { aFlag, fileFlags, WRITING_FLAGS } from "../../writing/flag-sets.ts";
import { inNamespace } from "../../writing/in-namespace.ts";
import { readManifests } from "../../writing/manifest-check.ts";

export const setLastApplied = defineCommand({
  name: "apply set-last-applied",
  short: "Set the last-applied-configuration annotation on a live object to match the contents of a file",
  long: "Set the latest last-applied-configuration annotations by setting it to match the contents of a file.",
  examples: "kubectl apply set-last-applied -f kubia-svc.yaml",
  usage: "apply set-last-applied -f FILENAME",
  flags: [
    ...fileFlags("with the configuration").filter(({ name }) => name === "filename"),
    ...WRITING_FLAGS,
    aFlag("create-annotation", "bool", "false", "Makes the annotation where there is none"),
  ],
  run: async (_args, flags, io) => {
    const dryRun = writingMode(flags, io);
    if (list(flags, "filename").length === 0) throw plainError(MISSING_RESOURCE);
    const { objects, errors } = await readManifests(io, { ...flags, validate: "ignore" });
    throwAll(errors);
    // Nothing is written before all have been found to have the annotation.
    const changes = objects.map((local) => changeFor(io, flags, local));
    for (const change of changes) setOne(io, flags, change, dryRun);
    return 0;
  },
});

interface Change {
  local: LocalObject;
  path: string;
  live: JsonObject;
  /** The text of the annotation; undefined if it stands there already. */
  after: string | undefined;
}

function changeFor(io: KubectlIo, flags: FlagValues, local: LocalObject): Change {
  const { resource, namespace, name } = local;
  const path = resourcePath(resource, namespace, name);
  const live = request(io, { method: "GET", path }).body as JsonObject;
  const before = annotationOf(live);
  if (before === undefined && !flag(flags, "create-annotation"))
    throw plainError(
      `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
    );
  // Unlike apply's own, this text holds no empty annotations.
  const after = `${goJson(inNamespace(local))}\n`;
  return { local, path, live, after: before === after ? undefined : after };
}

function setOne(
  io: KubectlIo,
  flags: FlagValues,
  { local: { resource, name }, path, live, after }: Change,
  dryRun: DryRun,
): void {
  if (after === undefined) return io.stdout(`set-last-applied ${name}: no changes required.\n`);
  if (dryRun === "client")
    return announce(io, flags, { resource, object: live, operation: "configured", dryRun });
  const response = io.handle({
    method: "PATCH",
    path,
    contentType: "application/merge-patch+json",
    query: dryRunQuery(dryRun),
    body: { metadata: { annotations: { [LAST_APPLIED]: after } } },
  });
  if (response.status >= 300) throw new StatusError(response.body as never);
  announce(io, flags, { resource, object: response.body as JsonObject, operation: "configured", dryRun });
}

function annotationOf(object: JsonObject): string | undefined {
  const { annotations } = object["metadata"] as { annotations?: Record<string, string> };
  return annotations?.[LAST_APPLIED];
}
