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
  resourcesOf(io, flags);
}

export function prune(
  io: KubectlIo,
  flags: FlagValues,
  applied: readonly JsonObject[],
  dryRun: DryRun,
): void {
  const metadata = applied.map((object) => object["metadata"] as { uid?: string; namespace?: string });
  const kept = new Set(metadata.map(({ uid }) => uid));
  const namespaces = [...new Set(metadata.flatMap(({ namespace }) => namespace ?? []))];
  const resources = resourcesOf(io, flags);
  for (const namespace of namespaces)
    for (const resource of resources.filter(({ namespaced }) => namespaced))
      pruneIn(io, flags, resource, namespace, kept, dryRun);
  for (const resource of resources.filter(({ namespaced }) => !namespaced))
    pruneIn(io, flags, resource, undefined, kept, dryRun);
}

function resourcesOf(io: KubectlIo, flags: FlagValues): ApiResource[] {
  const known = discoverResources(io);
  const asked = list(flags, "prune-allowlist");
  if (asked.length === 0) {
    // A namespace on the line keeps what stands in none.
    const words = text(flags, "namespace") ? NAMESPACED : [...NAMESPACED, ...OTHERS];
    return words.flatMap((word) => {
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

function pruneIn(
  io: KubectlIo,
  flags: FlagValues,
  resource: ApiResource,
  namespace: string | undefined,
  kept: ReadonlySet<string | undefined>,
  dryRun: DryRun,
): void {
  const labelSelector = text(flags, "selector");
  const path = resourcePath(resource, namespace);
  const { body } = request(io, { method: "GET", path, ...(labelSelector && { query: { labelSelector } }) });
  const { policy, graceSeconds } = deletionMode(flags, io);
  for (const item of ((body as JsonObject)["items"] ?? []) as JsonObject[]) {
    const { uid, name, annotations } = item["metadata"] as {
      uid: string;
      name: string;
      annotations?: Record<string, string>;
    };
    if (kept.has(uid) || annotations?.[LAST_APPLIED] === undefined) continue;
    if (dryRun !== "client")
      deleteObject(
        io,
        { resource, namespace, name },
        { policy, ...(graceSeconds !== undefined && { graceSeconds }), dryRun },
      );
    const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
    const object = { apiVersion, kind: resource.kind, ...item };
    if (isStructured(flags)) printStructured(io, flags, object);
    else if (text(flags, "output") === "name") io.stdout(`${objectName(object)}\n`);
    else io.stdout(`${objectName(object)} pruned${dryRunSuffix(dryRun)}\n`);
  }
}
