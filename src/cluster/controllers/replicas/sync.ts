// Holds the number of pods of one ReplicaSet or ReplicationController at spec.replicas: adopts and releases pods,
// creates and deletes them, and reports the status. Both controllers differ only in the kind that they look after.
// Kubernetes: pkg/controller/replicaset/replica_set.go (v1.35)
import type { KindMap } from "#api/kinds";
import { isActive } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { parseRfc3339 } from "#base/time";
import type { Context } from "../../machine/component.ts";
import { keyOf } from "../keys.ts";
import type { Pace } from "../pace.ts";
import { claimPods } from "./claim.ts";
import type { Orphans } from "./pods.ts";
import { rankForDeletion } from "./ranking.ts";
import { creation, deletion, type Work } from "./work.ts";

export type ReplicaKind = "ReplicaSet" | "ReplicationController";
export type ReplicaOwner = KindMap[ReplicaKind];

/** How many pods are created or deleted before the next look. */
const BURST = 500;

export interface ReplicaState {
  orphans: Orphans;
  /** Keys of owners by namespace, to find who may want an orphan. */
  owners: Map<string, Set<string>>;
  /** Of the controller's client. */
  pace: Pace;
}

export interface ReplicaController {
  kind: ReplicaKind;
  /** As Events name it. */
  component: string;
  matches(owner: ReplicaOwner, labels: Record<string, string> | undefined): boolean;
  /** Pods of the whole workload that share nodes with this owner's. */
  related(context: Context, state: ReplicaState, owner: ReplicaOwner, own: readonly Pod[]): readonly Pod[];
}

/**
 * Adopts and releases, and says what has to be made or deleted; undefined where the number is right.
 */
export function neededWork(
  context: Context,
  state: ReplicaState,
  controller: ReplicaController,
  owner: ReplicaOwner,
): Work | undefined {
  const active = claimPods(context, state, controller, owner).filter(isActive);
  const missing = owner.spec.replicas - active.length;
  if (owner.metadata.deletionTimestamp !== undefined || missing === 0) return undefined;
  if (missing > 0) return creation(owner, Math.min(missing, BURST));
  const count = Math.min(-missing, BURST);
  if (count >= active.length) return deletion(context, state.pace, owner, active);
  const related = controller.related(context, state, owner, active);
  const now = (parseRfc3339(context.settings.startedAt) ?? 0) + context.now;
  const ranked = rankForDeletion(active, related, now);
  return deletion(context, state.pace, owner, ranked.slice(0, count));
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
