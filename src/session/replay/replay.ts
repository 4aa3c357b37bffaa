// Replays a scenario headless on virtual time, in a cluster of its own, and writes down what it prints, in the form of
// recordings of real clusters.
import { createCluster, type Cluster } from "#cluster/cluster";
import { COMPONENTS } from "#cluster/components";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { runKubectl } from "#kubectl/kubectl";
import { openDoor } from "#shell/cluster-door";
import { createRemotes } from "#shell/remote";
import { createClock, type Clock } from "./clock.ts";
import { kubeletStandIn } from "./kubelet-stand-in.ts";
import { fillIn, findPod } from "./placeholders.ts";
import {
  splitWords,
  titleOf,
  type Outcome,
  type Recording,
  type ScenarioFile,
  type Step,
} from "./scenario.ts";
import { newRun, type Terminal } from "./terminal.ts";
import { lookAtNodes, lookAtWorld } from "./world.ts";

export interface ReplayOptions {
  /** The kubelets are stood in for, and there is no DNS, no load-balancer provider and no Ingress controller. */
  bare: boolean;
  startedAt?: string;
}

const SERVER = "https://127.0.0.1:6443";
// Starting the program, reading the configuration, discovery.
const START_MS = 60;
const END_MS = 20;
const RUN_SECONDS = 60;
const QUIET_MS = 1500;
const SETTLE_MS = 60_000;

interface Replay extends Terminal {
  namespace: string;
  /** When something but Events last changed. */
  changedAt: () => number;
}

export async function replay(scenario: ScenarioFile, options: ReplayOptions): Promise<Recording> {
  const own = begin(scenario, options);
  const steps: Recording["steps"] = [];
  let seen = "";
  for (const step of scenario.steps) {
    const outcome = await runStep(step, own).catch((error: Error): Outcome => ({
      stderr: `${error.message}\n`,
      exit: 1,
    }));
    const world = lookAtWorld(own.cluster);
    const state = JSON.stringify(world);
    steps.push({
      cmd: titleOf(step),
      ...(step.stdin !== undefined && { stdin: step.stdin }),
      ...(outcome.skipped === undefined ? { stdout: "", stderr: "", ...outcome } : outcome),
      ...(state !== seen && { world }),
    });
    seen = state;
  }
  return {
    name: scenario.name,
    version: "v1.35.4",
    kubectl: "v1.35.2",
    about: scenario.about,
    namespace: own.namespace,
    server: SERVER,
    nodes: lookAtNodes(own.cluster),
    ...(scenario.kubelet && { kubelet: true }),
    files: scenario.files,
    steps,
  };
}

function begin(scenario: ScenarioFile, { bare, startedAt }: ReplayOptions): Replay {
  const settings = {
    ...DEFAULT_SETTINGS,
    seed: scenario.name,
    imagesPresent: true,
    ...(startedAt && { startedAt }),
    loadBalancerProvider: false,
    ingressController: false,
    dns: !bare,
  };
  const components = bare
    ? COMPONENTS.map((component) => (component.name === "kubelet" ? kubeletStandIn : component))
    : COMPONENTS;
  const cluster = createCluster(settings, components);
  let changedAt = 0;
  cluster.onPublish(({ kind }) => {
    if (kind !== "Event" && kind !== "Node") changedAt = cluster.now;
  });
  cluster.advance(60_000);
  const namespace = scenario.namespace ?? `t-${scenario.name}`;
  if (!scenario.namespace) {
    const metadata = { name: namespace };
    cluster.handle({
      method: "POST",
      path: "/api/v1/namespaces",
      body: { apiVersion: "v1", kind: "Namespace", metadata },
    });
    cluster.advance(1000);
  }
  const config = {
    currentContext: "oracle",
    contexts: { oracle: { cluster: "oracle", user: "oracle", namespace } },
    clusters: { oracle: { server: SERVER } },
  };
  const files = new Map(Object.entries(scenario.files));
  const own = { cluster, files, config, namespace, changedAt: () => changedAt };
  if (bare) return { ...own, clock: createClock(cluster) };
  let sessions = 0;
  const remotes = createRemotes(openDoor(cluster), () => ++sessions);
  return { ...own, remotes, clock: createClock(cluster, () => void remotes.advance()) };
}

async function runStep(step: Step, own: Replay): Promise<Outcome> {
  if (step.at !== undefined || step.finish !== undefined || step.sh !== undefined)
    return { skipped: "needs a shell" };
  if (step.settle !== undefined) return settle(own);
  if (step.sleep !== undefined) return pass(own, step.sleep * 1000);
  if (step.ready) return setReady(own, step.ready);
  if (step.lb) return setLoadBalancer(own, step.lb);
  return runLine(step, own);
}

async function pass({ cluster }: Replay, ms: number): Promise<Outcome> {
  cluster.advance(ms);
  return Promise.resolve({ exit: 0 });
}

/** Until nothing but Events has changed for a while. */
async function settle({ cluster, changedAt }: Replay): Promise<Outcome> {
  const start = cluster.now;
  const end = start + SETTLE_MS;
  while (cluster.now < end) {
    const quietSince = Math.max(changedAt(), start);
    if (cluster.now - quietSince >= QUIET_MS) return Promise.resolve({ exit: 0 });
    cluster.advance(100);
  }
  throw new Error("a quiet cluster: not within 60 s");
}

function setReady({ cluster, namespace }: Replay, wanted: NonNullable<Step["ready"]>): Outcome {
  const { name } = findPod(cluster, namespace, wanted.selector, wanted.index).metadata;
  const { context } = cluster.machine.enter("kubelet");
  context.after(0, "ready", { namespace, name, value: wanted.value });
  const end = cluster.now + SETTLE_MS;
  while (cluster.now < end) {
    cluster.advance(100);
    const pod = cluster.machine.context.api.get("Pod", namespace, name);
    const ready = pod?.status.conditions?.find(({ type }) => type === "Ready")?.status === "True";
    if (ready === wanted.value) return { exit: 0 };
  }
  throw new Error(`${name} ready=${wanted.value}: not within 60 s`);
}

function setLoadBalancer({ cluster, namespace }: Replay, { service, ip }: NonNullable<Step["lb"]>): Outcome {
  cluster.handle({
    method: "PATCH",
    path: `/api/v1/namespaces/${namespace}/services/${service}/status`,
    contentType: "application/merge-patch+json",
    body: { status: { loadBalancer: { ingress: [{ ip }] } } },
  });
  return { exit: 0 };
}

async function runLine(step: Step, own: Replay): Promise<Outcome> {
  const line = fillIn(step.run ?? "", own.cluster, own.namespace);
  const words = splitWords(line).slice(1);
  own.cluster.advance(START_MS);
  const run = newRun(own, step.stdin ?? "", step.env ?? {});
  const undo = interruptLater(own.cluster, own.clock, run.abort, step.timeout ?? RUN_SECONDS);
  const exit = await own.clock.run(runKubectl(words, run.io));
  undo();
  own.cluster.advance(END_MS);
  // 130 is what a shell calls a program that Ctrl-C has ended.
  const killed = run.abort.signal.aborted && exit === 130;
  return { ...run.output, exit: killed ? null : exit, ...(line !== step.run && { resolved: line }) };
}

function interruptLater(cluster: Cluster, clock: Clock, abort: AbortController, seconds: number): () => void {
  return clock.at(cluster.now + seconds * 1000, () => abort.abort());
}
