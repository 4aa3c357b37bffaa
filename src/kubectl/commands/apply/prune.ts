// apply --prune: what was applied once and is no longer named is deleted.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/prune.go (v1.35)
// Simplified: no --applyset; kinds of the list that this server has not are passed over.
import type { JsonObject } from "#base/json";
import { LAST_APPLIED } from "../../apply/last-applied.ts";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { discoverResources, findKind, type ApiResource } from "../../mapper.ts";
import { request } from "../../resources.ts";
import { objectName } from "../../printers/print.ts";
import { isStructured } from "../../writing/announce.ts";
import { deletionMode } from "../../writing/delete-flags.ts";
import { deleteObject } from "../../writing/delete-object.ts";
import { dryRunSuffix, type DryRun } from "../../writing/dry-run.ts";
import { klogLine } from "../../writing/klog.ts";
import { printStructured } from "../../writing/structured.ts";

const NAMESPACED = [
  "v1/ConfigMap",
  "v1/Endpoints",
  "v1/PersistentVolumeClaim",
  "v1/Pod",
  "v1/ReplicationController",
  "v1/Secret",
  "v1/Service",
  "batch/v1/Job",
  "batch/v1/CronJob",
  "networking.k8s.io/v1/Ingress",
  "apps/v1/DaemonSet",
  "apps/v1/Deployment",
  "apps/v1/ReplicaSet",
  "apps/v1/StatefulSet",
];
const OTHERS = ["v1/Namespace", "v1/PersistentVolume"];

export function checkPrune(flags: FlagValues, io: KubectlIo): void {
  const fail = (why: string): never => {
    throw plainError(why);
  };
  const [all, selector] = [flag(flags, "all"), text(flags, "selector")];
  if (all && selector) fail("cannot set --all and --selector at the same time");
  if (!flag(flags, "prune")) return;
  if (flag(flags, "force")) fail("--force cannot be used with --prune");
  if (!all && !selector)
    fail(
      "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector",
    );
  if (flag(flags, "server-side"))
    fail("--prune is in alpha and doesn't currently work on objects created by server-side apply");
  checkAllowlist(io, flags);
}

/** --prune-allowlist names resources that exist. */
export function checkAllowlist(io: KubectlIo, flags: FlagValues): void {
  resourcesOf(io, flags);
}

const NO_LONGER =
  "Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.";

export interface Prunable {
  resource: ApiResource;
  namespace: string | undefined;
  object: JsonObject;
}

/** What was applied once, in the namespaces of what is named now, and is not among it. */
export function* prunable(
  io: KubectlIo,
  flags: FlagValues,
  named: readonly JsonObject[],
): Generator<Prunable> {
  const metadata = named.map((object) => object["metadata"] as { uid?: string; namespace?: string });
  const kept = new Set(metadata.map(({ uid }) => uid));
  const namespaces = [...new Set(metadata.flatMap(({ namespace }) => namespace ?? []))];
  if (list(flags, "prune-allowlist").length === 0) io.stderr(klogLine(io, "W", "prune.go:71", NO_LONGER));
  const resources = resourcesOf(io, flags);
  for (const namespace of namespaces)
    for (const resource of resources.filter(({ namespaced }) => namespaced))
      yield* prunableIn(io, flags, resource, namespace, kept);
  for (const resource of resources.filter(({ namespaced }) => !namespaced))
    yield* prunableIn(io, flags, resource, undefined, kept);
}

function* prunableIn(
  io: KubectlIo,
  flags: FlagValues,
  resource: ApiResource,
  namespace: string | undefined,
  kept: ReadonlySet<string | undefined>,
): Generator<Prunable> {
  const labelSelector = text(flags, "selector");
  const path = resourcePath(resource, namespace);
  const { body } = request(io, { method: "GET", path, ...(labelSelector && { query: { labelSelector } }) });
  const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
  for (const item of ((body as JsonObject)["items"] ?? []) as JsonObject[]) {
    const { uid, annotations } = item["metadata"] as {
      uid: string;
      annotations?: Record<string, string>;
    };
    if (kept.has(uid) || annotations?.[LAST_APPLIED] === undefined) continue;
    yield { resource, namespace, object: { apiVersion, kind: resource.kind, ...item } };
  }
}

export function prune(
  io: KubectlIo,
  flags: FlagValues,
  applied: readonly JsonObject[],
  dryRun: DryRun,
): void {
  const { policy, graceSeconds } = deletionMode(flags, io);
  for (const { resource, namespace, object } of prunable(io, flags, applied)) {
    const { name } = object["metadata"] as { name: string };
    if (dryRun !== "client")
      deleteObject(
        io,
        { resource, namespace, name },
        { policy, ...(graceSeconds !== undefined && { graceSeconds }), dryRun },
      );
    if (isStructured(flags)) printStructured(io, flags, object);
    else if (text(flags, "output") === "name") io.stdout(`${objectName(object)}\n`);
    else io.stdout(`${objectName(object)} pruned${dryRunSuffix(dryRun)}\n`);
  }
}

function resourcesOf(io: KubectlIo, flags: FlagValues): ApiResource[] {
  const known = discoverResources(io);
  const asked = list(flags, "prune-allowlist");
  if (asked.length === 0) {
    return [...NAMESPACED, ...OTHERS].flatMap((word) => {
      const at = word.lastIndexOf("/");
      return findKind(known, word.slice(0, at), word.slice(at + 1)) ?? [];
    });
  }
  return asked.map((word) => {
    const parts = word.split("/");
    if (parts.length !== 3)
      throw plainError(`invalid GroupVersionKind format: ${word}, please follow <group/version/kind>`);
    const [group, version, kind] = parts as [string, string, string];
    const apiVersion = group === "core" || group === "" ? version : `${group}/${version}`;
    const found = findKind(known, apiVersion, kind);
    if (!found)
      throw plainError(
        `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
      );
    return found;
  });
}
