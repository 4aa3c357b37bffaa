// A Deployment with its ReplicaSets, sorted out.
import type { Deployment } from "#api/deployment/types";
import type { ReplicaSet } from "#api/replicaset/types";
import type { Context } from "../../machine/component.ts";
import { revisionOf } from "./annotations.ts";

export interface Sets {
  deployment: Deployment;
  /** The one whose template is the Deployment's. */
  current: ReplicaSet | undefined;
  /** Oldest first. */
  old: ReplicaSet[];
}

export function allSets(sets: Sets): ReplicaSet[] {
  return sets.current ? [...sets.old, sets.current] : sets.old;
}

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (x !== y) return x < y ? -1 : 1;
  return revisionOf(a) - revisionOf(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}

export function recordEvent(
  context: Context,
  involvedObject: Deployment,
  type: "Normal" | "Warning",
  reason: string,
  message: string,
): void {
  context.api.recordEvent({ involvedObject, type, reason, message, component: "deployment-controller" });
}
