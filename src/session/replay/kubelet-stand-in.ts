// A stand-in for the kubelets, for replays of recordings in which no container ran: it writes the status of nodes and
// pods, calls every pod ready at once, and lets an exec probe of `ls /var/ready` follow what a scenario says.
import type { Condition } from "#api/meta";
import type { Pod, PodStatus } from "#api/pod/types";
import { isObject } from "#base/json";
import { qosClass } from "#api/pod/qos";
import { defineComponent, isKind, type Component, type Context } from "#cluster/machine/component";
import { WORLD } from "#cluster/settings";

interface StandInState {
  /** Pods, by UID, whose file /var/ready exists. */
  ready: Set<string>;
  /** The last address given on each node. */
  lastIp: Map<string, number>;
  // What asks after containers finds none.
  nodes: Map<string, never>;
  pods: Map<string, never>;
  uids: Map<string, never>;
}

const START_MS = 20;
/** From the status that says that containers are being created to the one that says how they are. */
const CREATE_MS = 200;
const REMOVE_MS = 300;
const HEARTBEAT_MS = 10_000;

const definition: Component<StandInState> = {
  name: "kubelet",
  start: (context) => {
    context.after(HEARTBEAT_MS, "heartbeat");
    return {
      ready: new Set(),
      lastIp: new Map(),
      nodes: new Map<string, never>(),
      pods: new Map<string, never>(),
      uids: new Map<string, never>(),
    };
  },
  watches: ["Pod"],
  onChanges: (context, _state, changes) => {
    for (const change of changes) {
      if (!isKind(change, "Pod") || change.type === "DELETED" || !change.object.spec.nodeName) continue;
      const { namespace = "", name, deletionTimestamp, uid } = change.object.metadata;
      const pod = { namespace, name, uid };
      if (deletionTimestamp === undefined) {
        if (!change.old?.spec.nodeName) context.after(START_MS, "sync", pod);
        else if (change.object.metadata.generation !== change.old.metadata.generation)
          context.after(START_MS, "sync", pod);
      } else if (change.old?.metadata.deletionTimestamp === undefined)
        context.after(REMOVE_MS, "remove", pod);
    }
  },
  timers: {
    heartbeat: (context) => {
      context.after(HEARTBEAT_MS, "heartbeat");
      for (const node of context.api.list("Node")) {
        const conditions = (node.status.conditions ?? []).map((condition) => ({
          ...condition,
          lastHeartbeatTime: context.timestamp(),
        }));
        context.api.updateStatus("Node", { ...node, status: { ...node.status, conditions } });
      }
    },
    sync: (context, state, ref: PodRef) => {
      const pod = context.api.get("Pod", ref.namespace, ref.name);
      if (pod?.metadata.uid !== ref.uid) return;
      if (pod.status.podIP) return writeStatus(context, state, pod);
      writeCreating(context, pod);
      context.after(CREATE_MS, "run", { ...ref });
    },
    run: (context, state, { namespace, name, uid }: PodRef) => {
      const pod = context.api.get("Pod", namespace, name);
      if (pod?.metadata.uid === uid) writeStatus(context, state, pod);
    },
    ready: (context, state, { namespace, name, value }: PodRef & { value: boolean }) => {
      const pod = context.api.get("Pod", namespace, name);
      if (!pod) return;
      if (value) state.ready.add(pod.metadata.uid);
      else state.ready.delete(pod.metadata.uid);
      writeStatus(context, state, pod);
    },
    remove: (context, _state, { namespace, name, uid }: PodRef) => {
      context.api.delete("Pod", namespace, name, { gracePeriodSeconds: 0, uid });
    },
  },
};

export const kubeletStandIn: Component = defineComponent(definition);

interface PodRef {
  namespace: string;
  name: string;
  uid: string;
}

function writeStatus(context: Context, state: StandInState, pod: Pod): void {
  const { phase } = pod.status;
  if (phase === "Succeeded" || phase === "Failed") return;
  context.api.updateStatus("Pod", { ...pod, status: statusOf(context, state, pod) });
}

/** A kubelet's first status says that nothing is ready yet; controllers take the time of that from it. */
function writeCreating(context: Context, pod: Pod): void {
  const names = pod.spec.containers.map(({ name }) => name);
  const { generation } = pod.metadata;
  const status = {
    ...pod.status,
    conditions: conditions(pod, "Pending", names, context.timestamp()),
    ...(generation !== undefined && { observedGeneration: generation }),
    qosClass: pod.status.qosClass ?? qosClass(pod.spec),
    startTime: context.timestamp(),
  } as PodStatus;
  context.api.updateStatus("Pod", { ...pod, status });
}

function statusOf(context: Context, state: StandInState, pod: Pod): PodStatus {
  const { spec, metadata, status: before } = pod;
  const node = Number(/\d+$/.exec(spec.nodeName ?? "")?.[0] ?? 1);
  const hostIp = WORLD.nodeInternalIp(node);
  const ip = before.podIP ?? (spec.hostNetwork ? hostIp : nextIp(state, node));
  const exits = spec.containers.map((container) =>
    spec.restartPolicy === "Always" ? undefined : exitCode(container),
  );
  const ended = exits.every((exit) => exit !== undefined);
  const failed = exits.some((exit) => exit !== undefined && exit !== 0);
  const unready = spec.containers.filter((container) => probed(container) && !state.ready.has(metadata.uid));
  const names = unready.map(({ name }) => name);
  const phase = ended ? (failed ? "Failed" : "Succeeded") : "Running";
  const now = context.timestamp();
  const containerStatuses = spec.containers.map((container, index) => ({
    containerID: `containerd://${pseudoId(metadata.uid + container.name)}`,
    image: container.image ?? "",
    imageID: `${container.image}@sha256:${pseudoId(container.image ?? "")}`,
    lastState: {},
    name: container.name,
    ready: exits[index] === undefined && !names.includes(container.name),
    restartCount: 0,
    started: exits[index] === undefined,
    state: containerState(exits[index], before.startTime ?? now, metadata.uid),
  }));
  const { generation } = metadata;
  return {
    ...before,
    conditions: conditions(pod, phase, names, now),
    containerStatuses,
    hostIP: hostIp,
    hostIPs: [{ ip: hostIp }],
    ...(generation !== undefined && { observedGeneration: generation }),
    phase,
    podIP: ip,
    podIPs: [{ ip }],
    qosClass: before.qosClass ?? qosClass(spec),
    startTime: before.startTime ?? now,
  } as PodStatus;
}

function nextIp(state: StandInState, node: number): string {
  const last = (state.lastIp.get(`node-${node}`) ?? 1) + 1;
  state.lastIp.set(`node-${node}`, last);
  return `10.244.${node}.${last}`;
}

function containerState(exit: number | undefined, at: string, uid: string): object {
  if (exit === undefined) return { running: { startedAt: at } };
  const reason = exit === 0 ? "Completed" : "Error";
  const containerID = `containerd://${pseudoId(uid)}`;
  return { terminated: { containerID, exitCode: exit, finishedAt: at, reason, startedAt: at } };
}

type Container = Pod["spec"]["containers"][number];

/** Does readiness depend on the scenario? */
function probed(container: Container): boolean {
  const probe: unknown = container.readinessProbe;
  const exec = isObject(probe) ? probe["exec"] : undefined;
  const command = isObject(exec) ? (exec["command"] as string[]) : [];
  return command.join(" ") === "ls /var/ready";
}

/** The commands of containers that end by themselves; all others run on. */
function exitCode({ command = [], args = [] }: Container): number | undefined {
  const words = [...command, ...args];
  const script = words.at(-1) ?? "";
  if (words.length === 0 || /sleep|while|server/.test(script)) return undefined;
  const exit = /\bexit (\d+)/.exec(script);
  if (exit) return Number(exit[1]);
  if (words[0] === "false") return 1;
  return ["true", "echo", "date", "perl"].includes(words[0]!) || /^(sh|\/bin\/sh)$/.test(words[0]!)
    ? 0
    : undefined;
}

function conditions(pod: Pod, phase: string, unready: readonly string[], now: string): Condition[] {
  const before = pod.status.conditions ?? [];
  const ended = phase === "Succeeded" || phase === "Failed";
  const ready: Part =
    phase === "Succeeded"
      ? { status: "False", reason: "PodCompleted" }
      : phase === "Failed"
        ? { status: "False", reason: "PodFailed" }
        : unready.length > 0
          ? {
              status: "False",
              reason: "ContainersNotReady",
              message: `containers with unready status: [${unready.join(" ")}]`,
            }
          : { status: "True" };
  const gate = (pod.spec.readinessGates ?? []).find(
    ({ conditionType }) => before.find(({ type }) => type === conditionType)?.status !== "True",
  );
  const parts: [string, Part][] = [
    ["PodReadyToStartContainers", { status: ended ? "False" : "True" }],
    ["Initialized", { status: "True", ...(phase === "Succeeded" && { reason: "PodCompleted" }) }],
    ["Ready", gate && ready.status === "True" ? gateMissing(gate.conditionType) : ready],
    ["ContainersReady", ready],
    ["PodScheduled", { status: "True" }],
  ];
  const { generation } = pod.metadata;
  const own = parts.map(([type, part]): Condition => {
    const old = before.find((condition) => condition.type === type);
    return {
      lastProbeTime: null,
      lastTransitionTime: old?.status === part.status ? old.lastTransitionTime! : now,
      ...(generation !== undefined && { observedGeneration: generation }),
      ...part,
      type,
    };
  });
  return [...before.filter(({ type }) => !parts.some(([mine]) => mine === type)), ...own];
}

type Part = Pick<Condition, "status" | "reason" | "message">;

const gateMissing = (type: string): Part => ({
  status: "False",
  reason: "ReadinessGatesNotReady",
  message: `corresponding condition of pod readiness gate "${type}" does not exist.`,
});

/** 64 hexadecimal digits that depend on the text alone. */
function pseudoId(text: string): string {
  let digits = "";
  for (let round = 0; digits.length < 64; round++) {
    let hash = 2166136261 ^ round;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    digits += (hash >>> 0).toString(16).padStart(8, "0");
  }
  return digits.slice(0, 64);
}
