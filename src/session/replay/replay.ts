// Replays a scenario headless on virtual time, in a cluster of its own, and writes down what it prints, in the form of
// recordings of real clusters.
import { createCluster } from "#cluster/cluster";
import { COMPONENTS } from "#cluster/components";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { runKubectl } from "#kubectl/kubectl";
import { createClock } from "./clock.ts";
import type { RuntimeState } from "#cluster/process/runtime";
import { startJob, type Job } from "./jobs.ts";
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
import { createPlaces, type Places } from "./places.ts";
import { createScripts, type Scripts } from "./scripts.ts";
import { createHost, newRun, type Terminal } from "./terminal.ts";
import { lookAtNodes, lookAtWorld } from "./world.ts";

export interface ReplayOptions {
  /** The kubelets are stood in for, and there is no DNS, no load-balancer provider and no Ingress controller. */
  bare: boolean;
  startedAt?: string;
  /** kube-proxy's mode; iptables if absent. */
  proxyMode?: "iptables" | "nftables";
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
  bare: boolean;
  places: Places;
  scripts: Scripts;
  /** Commands in the background, by name. */
  jobs: Map<string, Job & { about: Outcome }>;
  /** When something but Events last changed. */
  changedAt: () => number;
}

export async function replay(scenario: ScenarioFile, options: ReplayOptions): Promise<Recording> {
  const own = begin(scenario, options);
  const steps: Recording["steps"] = [];
  let seen = "";
  for (const step of scenario.steps) {
    if (scenario.kubelet) equipDebian(own);
    const outcome = await runStep(step, own).catch((error: Error): Outcome => ({
      stderr: `${error.message}\n`,
      exit: 1,
    }));
    const world = lookAtWorld(own.cluster, scenario.kubelet ? own.namespace : undefined);
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
    ...(!options.bare && { places: { outside: ["198.51.100.7"], "outside-2": ["198.51.100.8"] } }),
    ...(scenario.kubelet && { kubelet: true }),
    files: scenario.files,
    steps,
  };
}

function begin(scenario: ScenarioFile, { bare, startedAt, proxyMode }: ReplayOptions): Replay {
  const settings = {
    ...DEFAULT_SETTINGS,
    seed: scenario.name,
    imagesPresent: true,
    // Recordings of real kubelets have two nodes.
    ...(scenario.kubelet && { nodeCount: 2 }),
    ...(startedAt && { startedAt }),
    ...(proxyMode && { proxyMode }),
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
  const places = createPlaces(cluster, namespace);
  const desk = createHost(cluster, config);
  const scripts = createScripts(cluster, config);
  const clock = createClock(cluster, {
    advance: () => [places.advance(), desk.remotes.advance(), scripts.advance()].includes(true),
    nextAt: scripts.nextAt,
  });
  const host = { ...desk, sleepers: clock.sleepers, touched: clock.touched };
  const files = new Map(Object.entries(scenario.files));
  return {
    cluster,
    clock,
    host,
    files,
    namespace,
    bare,
    places,
    scripts,
    jobs: new Map(),
    changedAt: () => changedAt,
  };
}

/** In the recordings the containers of Debian had the laboratory's own tools, curl among them. */
function equipDebian({ cluster }: Replay): void {
  const { state, context } = cluster.machine.enter<RuntimeState>("runtime");
  for (const { id, config } of state.containers.values())
    if (/^(docker\.io\/)?(library\/)?(debian|ubuntu):/.test(config.image)) context.runtime.provideTools(id);
}

async function runStep(step: Step, own: Replay): Promise<Outcome> {
  if (step.at !== undefined) return runAt(step, own);
  if (step.finish !== undefined) return finishJob(step.finish, own);
  if (step.sh !== undefined) return runScript(step.sh, step.timeout ?? RUN_SECONDS, own);
  if (step.settle !== undefined) return settle(own);
  if (step.sleep !== undefined) {
    await own.clock.pass(step.sleep * 1000);
    return { exit: 0 };
  }
  if (step.ready) return setReady(own, step.ready);
  if (step.lb) return setLoadBalancer(own, step.lb);
  return runLine(step, own);
}

async function runScript(script: string, seconds: number, own: Replay): Promise<Outcome> {
  if (own.bare) return { skipped: "needs containers" };
  const { clock, cluster, namespace, scripts, files } = own;
  const undo: (() => void)[] = [];
  const running = scripts.run(fillIn(script, cluster, namespace), files, (interrupt, kill) => {
    undo.push(clock.after(seconds * 1000, interrupt), clock.after((seconds + 5) * 1000, kill));
  });
  const outcome = await clock.run(running);
  for (const act of undo) act();
  return { ...outcome };
}

async function runAt(step: Step, own: Replay): Promise<Outcome> {
  if (own.bare) return { skipped: "needs containers" };
  const resolved = fillIn(step.run ?? "", own.cluster, own.namespace);
  const job = startJob(step, resolved, own.places, own.clock);
  const about = { at: step.at!, resolved };
  if (step.background === undefined) return { ...about, ...(await own.clock.run(job.result)) };
  own.jobs.set(step.background, { ...job, about: { ...about, background: step.background } });
  return { ...about, exit: 0 };
}

async function finishJob(name: string, { jobs, clock }: Replay): Promise<Outcome> {
  const job = jobs.get(name);
  if (!job) return { skipped: "needs containers" };
  job.finish();
  return { ...job.about, ...(await clock.run(job.result)) };
}

/** Until nothing but Events has changed for a while. */
async function settle({ cluster, clock, changedAt }: Replay): Promise<Outcome> {
  const start = cluster.now;
  while (cluster.now < start + SETTLE_MS) {
    if (cluster.now - Math.max(changedAt(), start) >= QUIET_MS) return { exit: 0 };
    await clock.pass(100);
  }
  throw new Error("a quiet cluster: not within 60 s");
}

async function setReady(own: Replay, wanted: NonNullable<Step["ready"]>): Promise<Outcome> {
  const { cluster, clock, namespace, bare, places } = own;
  const { name } = findPod(cluster, namespace, wanted.selector, wanted.index).metadata;
  if (bare) {
    const { context } = cluster.machine.enter("kubelet");
    context.after(0, "ready", { namespace, name, value: wanted.value });
  } else {
    const command = wanted.value ? "touch /var/ready" : "rm -f /var/ready";
    await clock.run(places.run(`pod ${name}`, command, () => undefined));
  }
  const end = cluster.now + SETTLE_MS;
  while (cluster.now < end) {
    await clock.pass(100);
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
  const { cluster, clock, namespace } = own;
  const line = fillIn(step.run ?? "", cluster, namespace);
  const words = splitWords(line).slice(1);
  await clock.pass(START_MS);
  const run = newRun(own, step.stdin ?? "", step.env ?? {});
  const undo = clock.after((step.timeout ?? RUN_SECONDS) * 1000, () => run.abort.abort());
  const exit = await clock.run(runKubectl(words, run.io));
  undo();
  await clock.pass(END_MS);
  // 130 is what a shell calls a program that Ctrl-C has ended.
  const killed = run.abort.signal.aborted && exit === 130;
  return { ...run.output, exit: killed ? null : exit, ...(line !== step.run && { resolved: line }) };
}
