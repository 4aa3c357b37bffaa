// `kubectl scale`: sets the number of replicas, if wanted only when the present state is the expected one.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go, pkg/scale/scale.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, throwAll } from "../../errors.ts";
import { number, text } from "../../flags.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  ALL_FLAG,
  aFlag,
  fileFlags,
  RECORD_FLAG,
  SELECTOR_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { recordPatch } from "../../writing/record.ts";
import { waitUntil } from "../../writing/wait-until.ts";

export const scaleCommand = defineCommand({
  name: "scale",
  short: "Set a new size for a deployment, replica set, or replication controller",
  long: "Set a new size for a deployment, replica set, replication controller, or stateful set.\n\n Preconditions on the present size or version are checked before anything is changed.",
  examples:
    "kubectl scale --replicas=3 rc/kubia\n\n# Only if there are 2 now\nkubectl scale --current-replicas=2 --replicas=3 deployment/web",
  usage:
    "scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  flags: [
    ...fileFlags("with what to scale"),
    ...WRITING_FLAGS,
    ALL_FLAG,
    SELECTOR_FLAG,
    RECORD_FLAG,
    aFlag("current-replicas", "int", "-1", "Scales only if there are so many now; -1 means no condition"),
    aFlag("replicas", "int", "0", "The new number", { required: true }),
    aFlag("resource-version", "string", "", "Scales only an object of this version"),
    aFlag("timeout", "duration", "0s", "How long to wait until so many are there; 0 means not at all"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    if (number(flags, "replicas") < 0)
      throw plainError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
    if (number(flags, "current-replicas") < -1)
      throw plainError("The --current-replicas must specify an integer of -1 or greater");
    const { targets, errors } = await targetsOf(args, flags, io);
    const fetched = fetchInfos(io, targets);
    const failed = [...errors, ...fetched.errors];
    if (text(flags, "resource-version") && fetched.infos.length > 1)
      throw plainError("cannot use --resource-version with multiple resources");
    if (fetched.infos.length === 0) {
      throwAll(failed);
      throw plainError("no objects passed to scale");
    }
    for (const info of fetched.infos) await scaleOne(io, flags, info, dryRun);
    throwAll(failed);
    return 0;
  },
});

async function scaleOne(io: KubectlIo, flags: FlagValues, info: Info, dryRun: DryRun): Promise<void> {
  const { resource, namespace, name, object } = info;
  const replicas = number(flags, "replicas");
  const after = { ...object, spec: { ...(object["spec"] as JsonObject | undefined), replicas } };
  const announcement = { resource, object: after, operation: "scaled", dryRun };
  if (dryRun === "client") return announce(io, flags, announcement);
  const path = `${resourcePath(resource, namespace, name)}/scale`;
  sendScale(io, flags, path, replicas, dryRun);
  if (number(flags, "timeout") > 0 && dryRun === "none") await waitScaled(io, path, number(flags, "timeout"));
  const record = dryRun === "none" ? recordPatch(flags) : undefined;
  const contentType = "application/merge-patch+json";
  if (record)
    io.handle({ method: "PATCH", path: resourcePath(resource, namespace, name), contentType, body: record });
  announce(io, flags, announcement);
}

interface Scale {
  metadata: { resourceVersion: string; name: string; namespace?: string };
  spec: { replicas?: number };
  status: { replicas?: number };
}

function sendScale(io: KubectlIo, flags: FlagValues, path: string, replicas: number, dryRun: DryRun): void {
  const expected = number(flags, "current-replicas");
  const version = text(flags, "resource-version");
  const query = dryRunQuery(dryRun);
  if (expected === -1 && version === "") {
    const contentType = "application/merge-patch+json";
    request(io, { method: "PATCH", path, contentType, query, body: { spec: { replicas } } });
    return;
  }
  const scale = request(io, { method: "GET", path }).body as unknown as Scale;
  const now = scale.spec.replicas ?? 0;
  if (expected !== -1 && now !== expected)
    throw plainError(`Expected replicas to be ${expected}, was ${now}`);
  if (version !== "" && scale.metadata.resourceVersion !== version)
    throw plainError(`Expected resource version to be ${version}, was ${scale.metadata.resourceVersion}`);
  // kubectl cuts the number to the 32 bits of the field itself; a patch takes it as it is.
  const body = { ...scale, spec: { replicas: replicas | 0 } } as unknown as JsonObject;
  request(io, { method: "PUT", path, query, body });
}

async function waitScaled(io: KubectlIo, path: string, timeoutMs: number): Promise<void> {
  const done = await waitUntil(io, timeoutMs, () => {
    const { spec, status } = request(io, { method: "GET", path }).body as unknown as Scale;
    return (spec.replicas ?? 0) === (status.replicas ?? 0) ? true : undefined;
  });
  if (!done) throw plainError("timed out waiting for the condition");
}
