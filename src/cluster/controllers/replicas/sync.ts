// Holds the number of pods of one ReplicaSet or ReplicationController at spec.replicas: adopts and releases pods,
// creates and deletes them, and reports the status. Both controllers differ only in the kind that they look after.
// Kubernetes: pkg/controller/replicaset/replica_set.go (v1.35)
import type { KindMap } from "#api/kinds";
import { controllerReference } from "#api/owners";
import { isActive } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { Context } from "../../machine/component.ts";
import { body, keyOf } from "../keys.ts";
import { claimPods } from "./claim.ts";
import { podsOf, type Orphans } from "./pods.ts";
import { rankForDeletion } from "./ranking.ts";
import { writeStatus, type PodFailure } from "./status.ts";

export type ReplicaKind = "ReplicaSet" | "ReplicationController";
export type ReplicaOwner = KindMap[ReplicaKind];

/** How many pods are created or deleted before the next look. */
const BURST = 500;

export interface ReplicaState {
  orphans: Orphans;
  /** Keys of owners by namespace, to find who may want an orphan. */
  owners: Map<string, Set<string>>;
}

export interface ReplicaSync {
  /** The API server refused a pod. */
  failed: boolean;
  /** After how many ms to look again without a change. */
  lookInMs: number | undefined;
}

export interface ReplicaController {
  kind: ReplicaKind;
  /** As Events name it. */
  component: string;
  matches(owner: ReplicaOwner, labels: Record<string, string> | undefined): boolean;
  /** Pods of the whole workload that share nodes with this owner's. */
  related(context: Context, state: ReplicaState, owner: ReplicaOwner, own: readonly Pod[]): readonly Pod[];
}

export function syncReplicas(
  context: Context,
  state: ReplicaState,
  controller: ReplicaController,
  owner: ReplicaOwner,
): ReplicaSync {
  let pods = claimPods(context, state, controller, owner);
  let failure: PodFailure | undefined;
  let more: number | undefined;
  const active = pods.filter(isActive);
  const missing = owner.spec.replicas - active.length;
  if (owner.metadata.deletionTimestamp === undefined && missing !== 0) {
    failure =
      missing > 0
        ? createPods(context, controller, owner, Math.min(missing, BURST))
        : deletePods(context, state, controller, owner, active, Math.min(-missing, BURST));
    if (!failure && Math.abs(missing) > BURST) more = 0;
    pods = podsOf(context, owner.metadata.uid);
  }
  const wait = writeStatus(context, controller.kind, owner, pods, failure);
  return { failed: failure !== undefined, lookInMs: more ?? wait };
}

function createPods(
  context: Context,
  controller: ReplicaController,
  owner: ReplicaOwner,
  count: number,
): PodFailure | undefined {
  const { template } = owner.spec;
  const prefix = `${owner.metadata.name}-`;
  for (let created = 0; created < count; created++) {
    const outcome = context.api.create(
      "Pod",
      owner.metadata.namespace,
      body({
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          ...(template.metadata.labels && { labels: template.metadata.labels }),
          ...(template.metadata.annotations && { annotations: template.metadata.annotations }),
          ...(template.metadata["finalizers"] !== undefined && {
            finalizers: template.metadata["finalizers"],
          }),
          generateName: prefix,
          ownerReferences: [controllerReference(owner)],
        },
        spec: template.spec,
      }),
    );
    if (!outcome.ok) {
      const message = outcome.status.message ?? "";
      event(context, controller, owner, "Warning", "FailedCreate", `Error creating: ${message}`);
      return { reason: "FailedCreate", message };
    }
    event(
      context,
      controller,
      owner,
      "Normal",
      "SuccessfulCreate",
      `Created pod: ${outcome.object.metadata.name}`,
    );
  }
  return undefined;
}

function deletePods(
  context: Context,
  state: ReplicaState,
  controller: ReplicaController,
  owner: ReplicaOwner,
  active: readonly Pod[],
  count: number,
): PodFailure | undefined {
  const related = controller.related(context, state, owner, active);
  const ranked = count < active.length ? rankForDeletion(active, related, context.timestamp()) : active;
  for (const pod of ranked.slice(0, count)) {
    const { namespace, name, uid } = pod.metadata;
    const outcome = context.api.delete("Pod", namespace, name, { uid });
    if (!outcome.ok && outcome.status.reason !== "NotFound") {
      const message = outcome.status.message ?? "";
      event(context, controller, owner, "Warning", "FailedDelete", `Error deleting: ${message}`);
      return { reason: "FailedDelete", message };
    }
    event(context, controller, owner, "Normal", "SuccessfulDelete", `Deleted pod: ${name}`);
  }
  return undefined;
}

function event(
  context: Context,
  controller: ReplicaController,
  involvedObject: ReplicaOwner,
  type: "Normal" | "Warning",
  reason: string,
  message: string,
): void {
  context.api.recordEvent({ involvedObject, type, reason, message, component: controller.component });
}

/** Owners of the namespace, for the orphans that they may adopt. */
export function rememberOwner(state: ReplicaState, owner: ReplicaOwner, gone: boolean): void {
  const namespace = owner.metadata.namespace ?? "";
  const keys = state.owners.get(namespace) ?? new Set<string>();
  if (gone) keys.delete(keyOf(owner));
  else keys.add(keyOf(owner));
  if (keys.size > 0) state.owners.set(namespace, keys);
  else state.owners.delete(namespace);
}
