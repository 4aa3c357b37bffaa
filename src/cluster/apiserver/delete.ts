// Deleting: at once, or as a mark with a time that the kubelet or the owners of finalizers act upon.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go, pkg/registry/core/pod/strategy.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject, KindMap } from "#api/kinds";
import type { ObjectMeta } from "#api/meta";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import { releaseFor } from "./allocate/service.ts";
import type { DeleteOptions } from "./client.ts";
import { forgetNamespace } from "./event-correlator.ts";
import { commit, expunge, type Server, type WriteOptions } from "./server.ts";
import { conflict, forbidden } from "./status.ts";
import { getObject } from "./store.ts";

export interface Deleted {
  object: AnyObject;
  /** It is gone; otherwise it is only marked. */
  gone: boolean;
}

export interface DeletePreconditions extends DeleteOptions {
  resourceVersion?: string;
}

export function deleteObject(
  server: Server,
  definition: KindDefinition,
  object: AnyObject,
  options: DeletePreconditions = {},
  write: WriteOptions = {},
): Deleted {
  checkPreconditions(definition, object, options);
  if (object.kind === "Namespace") return deleteNamespace(server, definition, object, write);
  const { metadata } = object;
  const asked = options.gracePeriodSeconds;
  const finalizers = finalizersFor(metadata, options.propagationPolicy);
  if (metadata.deletionTimestamp !== undefined) {
    // What needs no grace can still be orphaned, or not.
    if (object.kind !== "Pod" && finalizers !== (metadata.finalizers ?? NONE))
      return markOrRemove(server, object, 0, finalizers, write);
    // A deletion that is under way can only be hurried.
    const left = metadata.deletionGracePeriodSeconds ?? 0;
    if (asked === undefined || asked >= left) return { object, gone: false };
    return markOrRemove(server, object, Math.max(asked, 0), metadata.finalizers ?? [], write);
  }
  return markOrRemove(server, object, gracePeriod(object, asked), finalizers, write);
}

function markOrRemove(
  server: Server,
  object: AnyObject,
  grace: number,
  finalizers: readonly string[],
  write: WriteOptions,
): Deleted {
  if (grace === 0 && finalizers.length === 0) {
    if (write.dryRun) return { object, gone: true };
    // Pods are marked before they go, even without grace: a watch shows them a last time.
    const last = object.kind === "Pod" ? commit(server, mark(server, object, 0, []), object) : object;
    remove(server, last);
    return { object: last, gone: true };
  }
  const marked = mark(server, object, grace, finalizers);
  if (write.dryRun) return { object: marked, gone: false };
  return { object: commit(server, marked, object), gone: false };
}

/** After a replacement: an object that is being deleted goes when its last finalizer and its grace period are gone. */
export function finishDeletion(server: Server, next: AnyObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = next.metadata;
  if (deletionTimestamp === undefined || (finalizers?.length ?? 0) > 0) return false;
  if (next.kind === "Namespace" && (next.spec.finalizers?.length ?? 0) > 0) return false;
  if ((deletionGracePeriodSeconds ?? 0) !== 0) return false;
  remove(server, next);
  return true;
}

function remove(server: Server, object: AnyObject): void {
  expunge(server, object);
  if (object.kind === "Namespace") forgetNamespace(server.state.events, object.metadata.name);
  if (object.kind !== "Service") return;
  releaseFor(server, object);
  // Kubernetes: pkg/registry/core/service/storage/storage.go afterDelete (v1.35): the Endpoints go with their Service.
  const { namespace = "", name } = object.metadata;
  const endpoints = getObject(server.state.store, "Endpoints", namespace, name);
  if (endpoints) expunge(server, endpoints);
}

function checkPreconditions(
  definition: KindDefinition,
  object: AnyObject,
  options: DeletePreconditions,
): void {
  const { name, uid, resourceVersion } = object.metadata;
  // This refusal alone names the kind instead of the resource.
  const refuse = (why: string): never => {
    throw conflict({ ...definition, plural: definition.kind }, name, why);
  };
  if (options.uid !== undefined && options.uid !== uid)
    refuse(
      `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion)
    refuse(
      `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
}

/** Only pods have one; those that no kubelet knows, and those that have ended, need none. */
function gracePeriod(object: AnyObject, asked: number | undefined): number {
  if (object.kind !== "Pod") return 0;
  const { spec, status } = object as KindMap["Pod"];
  if (!spec.nodeName || status.phase === "Failed" || status.phase === "Succeeded") return 0;
  const period = asked ?? spec.terminationGracePeriodSeconds;
  return period < 0 ? 1 : period;
}

function finalizersFor(metadata: ObjectMeta, policy: DeleteOptions["propagationPolicy"]): readonly string[] {
  const now = metadata.finalizers ?? NONE;
  const without = now.filter((finalizer) => finalizer !== "orphan" && finalizer !== "foregroundDeletion");
  if (policy === undefined) return now;
  if (policy === "Background") return without.length === now.length ? now : without;
  const wanted = policy === "Orphan" ? "orphan" : "foregroundDeletion";
  return now.includes(wanted) && without.length === now.length - 1 ? now : [...without, wanted];
}

const NONE: readonly string[] = [];

function mark(server: Server, object: AnyObject, grace: number, finalizers: readonly string[]): AnyObject {
  const { metadata } = object;
  const nowMs = parseRfc3339(server.context.timestamp())!;
  const startMs =
    metadata.deletionTimestamp === undefined
      ? nowMs
      : parseRfc3339(metadata.deletionTimestamp)! - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  const first = metadata.deletionTimestamp === undefined;
  return {
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: formatRfc3339(startMs + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...(finalizers.length > 0 && { finalizers: [...finalizers] }),
      ...(first && metadata.generation !== undefined && { generation: metadata.generation + 1 }),
    },
  } as AnyObject;
}

/** Kubernetes: staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go (v1.35) */
const IMMORTAL: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);

function deleteNamespace(
  server: Server,
  definition: KindDefinition,
  object: KindMap["Namespace"],
  write: WriteOptions,
): Deleted {
  const { name } = object.metadata;
  if (IMMORTAL.has(name)) throw forbidden(definition, name, "this namespace may not be deleted");
  if (object.metadata.deletionTimestamp !== undefined) {
    const held = (object.spec.finalizers?.length ?? 0) > 0 || (object.metadata.finalizers?.length ?? 0) > 0;
    if (!held && !write.dryRun) remove(server, object);
    return { object, gone: !held };
  }
  const marked: KindMap["Namespace"] = {
    ...object,
    metadata: { ...object.metadata, deletionTimestamp: server.context.timestamp() },
    status: { ...object.status, phase: "Terminating" },
  };
  if (write.dryRun) return { object: marked, gone: false };
  return { object: commit(server, marked, object), gone: false };
}
