// kube-scheduler: gives every new pod a node. One pod a turn, filter, score, bind; pods that fit nowhere stay Pending
// with a condition and an Event that say why, and are tried again when something changes.
// Kubernetes: pkg/scheduler/schedule_one.go (v1.35)
import { withCondition } from "#api/conditions";
import type { Node } from "#api/node/types";
import { controllerOf } from "#api/owners";
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod, PodSpec } from "#api/pod/types";
import { deepEqual } from "#base/json";
import { nextInt } from "#base/random";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import { keyOf, splitKey } from "../controllers/keys.ts";
import { createCache, dropNode, dropPod, putNode, putPod, type Cache, type NodeInfo } from "./cache.ts";
import { failureMessage, NOT_NAMED, reject, type Rejection } from "./filter.ts";
import { namedNodes } from "./node-affinity.ts";
import {
  createSchedulingQueue,
  enqueue,
  forget,
  moveParked,
  park,
  releaseDue,
  type SchedulingQueue,
} from "./queue.ts";
import { requestsOf, type PodRequests } from "./requests.ts";
import { scoreNodes } from "./score.ts";
import { hardConstraints } from "./topology-spread.ts";

const NAME = "default-scheduler";
/** With the name of the machine that it runs on. */
const INSTANCE = "default-scheduler-vm";
/** How long one pod takes. */
const TURN_MS = 1;
/** How often parked pods are looked at. */
const LOOK_MS = 1000;

interface State {
  cache: Cache;
  queue: SchedulingQueue;
  /** A turn is coming. */
  busy: boolean;
  /** The timer that takes back parked pods, and when it comes. */
  wake: { timer: number; at: number } | undefined;
  /** Why such pods of an owner fitted nowhere, at that version of the cache. */
  refusals: Map<string, { version: number; message: string }>;
}

export const scheduler = defineComponent<State>({
  name: "scheduler",
  start: () => ({
    cache: createCache(),
    queue: createSchedulingQueue(),
    busy: false,
    wake: undefined,
    refusals: new Map(),
  }),
  watches: ["Pod", "Node"],
  watchDelayMs: () => 2,
  onChanges(context, state, changes) {
    const { version } = state.cache;
    let placed = false;
    for (const change of changes) {
      if (isKind(change, "Node")) onNode(state.cache, change);
      else if (isKind(change, "Pod")) placed = onPod(state, change) || placed;
    }
    if (state.cache.version !== version) moveParked(state.queue, () => true);
    else if (placed) moveParked(state.queue, (key) => hasPodAffinity(context, key));
    run(context, state);
  },
  timers: {
    turn(context, state) {
      state.busy = false;
      run(context, state);
    },
    wake(context, state) {
      state.wake = undefined;
      run(context, state);
    },
  },
});

function onNode(cache: Cache, change: Change & { object: Node; old?: Node }): void {
  const { object, old } = change;
  if (change.type === "DELETED") dropNode(cache, object.metadata.name);
  else if (!old || matters(old, object)) putNode(cache, object);
  else cache.nodes.get(object.metadata.name)!.node = object;
}

function matters(old: Node, node: Node): boolean {
  return (
    !deepEqual(old.spec, node.spec) ||
    !deepEqual(old.metadata.labels, node.metadata.labels) ||
    !deepEqual(old.status.allocatable, node.status.allocatable)
  );
}

/** True if the pod newly stands on a node. */
function onPod(state: State, change: Change & { object: Pod; old?: Pod }): boolean {
  const pod = change.object;
  const key = keyOf(pod);
  if (change.type === "DELETED") {
    forget(state.queue, key);
    dropPod(state.cache, key);
    return false;
  }
  if (pod.spec.nodeName || hasEnded(pod)) {
    forget(state.queue, key);
    putPod(state.cache, pod);
    return !change.old?.spec.nodeName;
  }
  if (!isOurs(pod)) return false;
  if (change.old && change.old.spec !== pod.spec) moveParked(state.queue, (other) => other === key);
  if (!change.old || !isOurs(change.old) || change.old.spec !== pod.spec) enqueue(state.queue, key);
  return false;
}

function isOurs(pod: Pod): boolean {
  // Simplified: there are no ResourceClaims, so a pod that names one is never looked at.
  const { schedulingGates = [], resourceClaims = [] } = pod.spec as PodSpec & {
    schedulingGates?: unknown[];
    resourceClaims?: unknown[];
  };
  const ours = (pod.spec.schedulerName ?? NAME) === NAME;
  const waits = schedulingGates.length > 0 || resourceClaims.length > 0;
  return ours && !waits && pod.metadata.deletionTimestamp === undefined;
}

function hasPodAffinity(context: Context, key: string): boolean {
  return context.api.get("Pod", ...splitKey(key))?.spec.affinity?.["podAffinity"] !== undefined;
}

/** Tries the next pod, unless a turn is coming anyway. */
function run(context: Context, state: State): void {
  if (state.busy) return;
  const wakeAt = state.queue.active.size > 0 ? undefined : releaseDue(state.queue, context.now);
  const [key] = state.queue.active;
  if (key !== undefined) {
    state.queue.active.delete(key);
    scheduleOne(context, state, key);
    state.busy = true;
    context.after(TURN_MS, "turn");
  } else if (wakeAt !== undefined && (!state.wake || wakeAt < state.wake.at)) {
    if (state.wake) context.cancel(state.wake.timer);
    const at = Math.ceil(wakeAt / LOOK_MS) * LOOK_MS;
    state.wake = { timer: context.after(at - context.now, "wake"), at };
  }
}

function scheduleOne(context: Context, state: State, key: string): void {
  const pod = context.api.get("Pod", ...splitKey(key));
  if (!pod || pod.spec.nodeName || hasEnded(pod) || !isOurs(pod)) {
    forget(state.queue, key);
    return;
  }
  const found = findNode(context, state, pod);
  if (found.node === undefined) {
    refuse(context, state, pod, found.message);
    return;
  }
  const { namespace = "", name } = pod.metadata;
  const outcome = context.api.bind(namespace, name, found.node);
  if (!outcome.ok) {
    park(state.queue, key, context.now);
    return;
  }
  forget(state.queue, key);
  putPod(state.cache, outcome.object, found.requests);
  context.api.recordEvent({
    involvedObject: outcome.object,
    type: "Normal",
    reason: "Scheduled",
    message: `Successfully assigned ${namespace}/${name} to ${found.node}`,
    component: NAME,
    host: INSTANCE,
    action: "Binding",
  });
}

type Found = { node: string; requests: PodRequests } | { node: undefined; message: string };

function findNode(context: Context, state: State, pod: Pod): Found {
  const { cache, refusals } = state;
  const claim = claimProblem(pod);
  if (claim !== undefined)
    return { node: undefined, message: `0/${cache.nodes.size} nodes are available: ${claim}. not found` };
  const requests = requestsOf(pod);
  const known = refusals.size === 0 ? undefined : refusals.get(sortOf(pod, requests) ?? "");
  if (known?.version === cache.version) return { node: undefined, message: known.message };
  const hard = hardConstraints(cache, pod);
  const feasible: NodeInfo[] = [];
  const rejections: Rejection[] = [];
  const named = namedNodes(pod);
  for (const info of cache.nodes.values()) {
    const rejection =
      named && !named.has(info.node.metadata.name) ? NOT_NAMED : reject(cache, info, pod, requests, hard);
    if (rejection) rejections.push(rejection);
    else feasible.push(info);
  }
  if (feasible.length === 0) {
    const message = failureMessage(rejections);
    const sort = sortOf(pod, requests);
    if (sort !== undefined) refusals.set(sort, { version: cache.version, message });
    return { node: undefined, message };
  }
  if (feasible.length === 1) return { node: feasible[0]!.node.metadata.name, requests };
  return { node: pickBest(context, feasible, scoreNodes(context, cache, pod, requests, feasible)), requests };
}

/** Pods of one sort fit or do not fit alike; undefined for pods that look at other pods. */
function sortOf(pod: Pod, requests: PodRequests): string | undefined {
  const owner = controllerOf(pod)?.uid;
  const { nodeSelector, tolerations, affinity, topologySpreadConstraints } = pod.spec;
  if (owner === undefined || affinity || topologySpreadConstraints) return undefined;
  return JSON.stringify([owner, nodeSelector, tolerations, requests.resources, requests.hostPorts]);
}

/** The best node; chance decides between equals. */
function pickBest(context: Context, feasible: readonly NodeInfo[], scores: readonly number[]): string {
  const best = Math.max(...scores);
  const equals = feasible.filter((_, index) => scores[index] === best);
  return equals[nextInt(context.random, equals.length)]!.node.metadata.name;
}

// Simplified: there are no PersistentVolumeClaims, so a pod that names one, or has one made, waits for it.
function claimProblem(pod: Pod): string | undefined {
  for (const { name, ...volume } of pod.spec.volumes ?? []) {
    const { persistentVolumeClaim: claim, ephemeral } = volume as ClaimingVolume;
    if (claim?.claimName !== undefined) return `persistentvolumeclaim "${claim.claimName}" not found`;
    if (!ephemeral) continue;
    const made = `${pod.metadata.name}-${name}`;
    return `waiting for ephemeral volume controller to create the persistentvolumeclaim "${made}"`;
  }
  return undefined;
}

interface ClaimingVolume {
  persistentVolumeClaim?: { claimName?: string };
  ephemeral?: object;
}

function refuse(context: Context, state: State, pod: Pod, message: string): void {
  park(state.queue, keyOf(pod), context.now);
  context.api.recordEvent({
    involvedObject: pod,
    type: "Warning",
    reason: "FailedScheduling",
    message,
    component: NAME,
    host: INSTANCE,
    action: "Scheduling",
  });
  const conditions = withCondition(pod.status.conditions, {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    lastProbeTime: null,
    lastTransitionTime: context.timestamp(),
    observedGeneration: pod.metadata.generation ?? 1,
  });
  if (conditions && conditions !== pod.status.conditions) {
    context.api.updateStatus("Pod", { ...pod, status: { ...pod.status, conditions } });
  }
}
