// The pods that an owner lacks or has too many of, made or deleted at the pace of the controller's client. Pods are made
// in waves of 1, 2, 4 ..., so that what the API server refuses is asked for once and not a hundred times; a wave begins
// when the one before it has been answered.
// Kubernetes: pkg/controller/replicaset/replica_set.go, manageReplicas and slowStartBatch (v1.35)
import { controllerReference } from "#api/owners";
import type { Pod } from "#api/pod/types";
import type { Context } from "../../machine/component.ts";
import { body } from "../keys.ts";
import { CONTROLLER_RATE, gapMs, reserve, type Pace } from "../pace.ts";
import type { PodFailure } from "./status.ts";
import type { ReplicaController, ReplicaOwner } from "./sync.ts";

/** Requests that wait leave in groups, several in a wake-up. */
const GROUP_MS = 200;
const GAP_MS = gapMs(CONTROLLER_RATE);

export interface Work {
  /** As it was when the work began. */
  owner: ReplicaOwner;
  /** Pods to delete, the next one last; absent where pods are made. */
  doomed?: Pod[];
  /** Pods that no wave has taken yet. */
  left: number;
  wave: number;
  /** What the present wave has still to send, and when the next of it may leave. */
  waiting: number;
  nextAt: number;
  failure?: PodFailure;
}

export function creation(owner: ReplicaOwner, count: number): Work {
  return { owner, left: count, wave: 0, waiting: 0, nextAt: 0 };
}

/** All of them stand in line at once. */
export function deletion(context: Context, pace: Pace, owner: ReplicaOwner, pods: readonly Pod[]): Work {
  const nextAt = reserve(pace, CONTROLLER_RATE, context.now, pods.length);
  return { owner, doomed: pods.toReversed(), left: 0, wave: pods.length, waiting: pods.length, nextAt };
}

/** Does what may be done by now, and says in how many ms to go on; undefined when nothing is left. */
export function proceed(
  context: Context,
  pace: Pace,
  controller: ReplicaController,
  work: Work,
): number | undefined {
  do {
    if (work.waiting === 0) beginWave(context, pace, work);
    for (; work.waiting > 0 && work.nextAt <= context.now; work.waiting--, work.nextAt += GAP_MS) {
      const failure = work.doomed
        ? deletePod(context, controller, work.owner, work.doomed.pop()!)
        : createPod(context, controller, work.owner);
      work.failure ??= failure;
    }
    if (work.waiting > 0) {
      const last = work.nextAt + (work.waiting - 1) * GAP_MS;
      return Math.min(last, Math.max(work.nextAt, context.now + GROUP_MS)) - context.now;
    }
  } while (work.left > 0 && !work.failure);
  return undefined;
}

/**
 * Simplified: of the Events of a wave one stands in line behind its pods, as many as get in between; the others, which
 * are written when the pods are made, count as nothing, and adoptions and statuses neither.
 */
function beginWave(context: Context, pace: Pace, work: Work): void {
  work.wave = Math.min(work.left, 2 * work.wave || 1);
  work.left -= work.wave;
  work.waiting = work.wave;
  work.nextAt = reserve(pace, CONTROLLER_RATE, context.now, work.wave);
  reserve(pace, CONTROLLER_RATE, context.now, 1);
}

function createPod(
  context: Context,
  controller: ReplicaController,
  owner: ReplicaOwner,
): PodFailure | undefined {
  const { metadata, spec } = owner.spec.template;
  const outcome = context.api.create(
    "Pod",
    owner.metadata.namespace,
    body({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...(metadata.labels && { labels: metadata.labels }),
        ...(metadata.annotations && { annotations: metadata.annotations }),
        ...(metadata["finalizers"] !== undefined && { finalizers: metadata["finalizers"] }),
        generateName: `${owner.metadata.name}-`,
        ownerReferences: [controllerReference(owner)],
      },
      spec,
    }),
  );
  if (!outcome.ok) return fail(context, controller, owner, "FailedCreate", outcome.status.message);
  succeed(context, controller, owner, "SuccessfulCreate", `Created pod: ${outcome.object.metadata.name}`);
  return undefined;
}

function deletePod(
  context: Context,
  controller: ReplicaController,
  owner: ReplicaOwner,
  pod: Pod,
): PodFailure | undefined {
  const { namespace, name, uid } = pod.metadata;
  const outcome = context.api.delete("Pod", namespace, name, { uid });
  if (outcome.ok) succeed(context, controller, owner, "SuccessfulDelete", `Deleted pod: ${name}`);
  else if (outcome.status.reason !== "NotFound")
    return fail(context, controller, owner, "FailedDelete", outcome.status.message);
  return undefined;
}

function succeed(
  context: Context,
  { component }: ReplicaController,
  involvedObject: ReplicaOwner,
  reason: string,
  message: string,
): void {
  context.api.recordEvent({ involvedObject, type: "Normal", reason, message, component });
}

function fail(
  context: Context,
  { component }: ReplicaController,
  involvedObject: ReplicaOwner,
  reason: PodFailure["reason"],
  why = "",
): PodFailure {
  const message = `Error ${reason === "FailedCreate" ? "creating" : "deleting"}: ${why}`;
  context.api.recordEvent({ involvedObject, type: "Warning", reason, message, component });
  return { reason, message: why };
}
