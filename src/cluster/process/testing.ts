// A machine with nothing but the container runtime on it, for tests of this folder: network and HTTP client are
// stand-ins that note what they are asked and answer as the test says.
import type { Json } from "#base/json";
import {
  defineComponent,
  defineService,
  type Component,
  type Context,
  type Service,
} from "../machine/component.ts";
import { createMachine, type Machine } from "../machine/machine.ts";
import type { Certificate, HttpAnswer, HttpMessage, Listener } from "../network/types.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { runtime } from "./runtime.ts";
import type { ContainerConfig, ContainerExit, ExecAnswer, Runtime, StartResult } from "./types.ts";

export interface Lab {
  machine: Machine;
  runtime: Runtime;
  listeners: Map<number, Listener>;
  responses: { at: number; answer: HttpAnswer }[];
  exits: (ContainerExit & { at: number })[];
  /** Requests to the stand-ins, answered by `reply`. */
  asked: { what: string; spec: { [key: string]: unknown } }[];
  reply: (
    what: string,
    spec: { [key: string]: unknown },
  ) => { answer: { [key: string]: Json }; delayMs?: number } | undefined;
  /** What the server of an open connection shows. */
  certificate: (connection: number) => Certificate | undefined;
  create(config?: Partial<ContainerConfig>): string;
  /** Creates and starts. */
  run(config?: Partial<ContainerConfig>): { id: string; result: StartResult };
  advance(ms: number): void;
  /** Runs a command and returns its answer once it has come. */
  exec(
    container: string,
    command: string[],
    options?: { stdin?: string; timeoutMs?: number; maxMs?: number },
  ): ExecAnswer | undefined;
  sh(container: string, script: string, maxMs?: number, shell?: string): string;
  logs(container: string): string[];
  request(
    port: number,
    path?: string,
    options?: Partial<HttpMessage> & { peer?: string },
  ): HttpAnswer | undefined;
}

export function createLab(): Lab {
  const noted: { answers: ExecAnswer[] } = { answers: [] };
  const lab = {
    listeners: new Map(),
    responses: [],
    exits: [],
    asked: [],
    reply: () => undefined,
    certificate: () => undefined,
  } as unknown as Lab;
  const ask: Ask = (context, what, spec) => {
    lab.asked.push({ what, spec });
    const answered = lab.reply(what, spec);
    if (answered) context.reply(spec["replyTo"] as never, answered.answer, answered.delayMs ?? 1);
  };
  const network = standInNetwork(lab, ask);
  const http = defineService({
    name: "http",
    start: () => ({}),
    provide: (context) => ({
      call: (spec: { [key: string]: unknown }) => ask(context, "http", spec),
      resolve: (spec: { [key: string]: unknown }) => ask(context, "resolve", spec),
      forget: () => {},
    }),
  });
  const empty = (name: string): Service => defineService({ name, start: () => ({}), provide: () => ({}) });
  const watcher: Component = defineComponent({
    name: "watcher",
    start: () => ({}),
    timers: {
      exited: (context: Context, _state: unknown, data: ContainerExit) =>
        void lab.exits.push({ ...data, at: context.now }),
      answered: (_context: Context, _state: unknown, data: ExecAnswer) => void noted.answers.push(data),
    },
  });
  lab.machine = createMachine(
    DEFAULT_SETTINGS,
    { trace: empty("trace"), api: empty("api"), network, runtime: runtime as Service, http },
    [watcher],
  );
  lab.runtime = lab.machine.context.runtime;
  return addActions(lab, noted);
}

type Ask = (context: Context, what: string, spec: { [key: string]: unknown }) => void;

function standInNetwork(lab: Lab, ask: Ask): Service {
  let nextListener = 1;
  return defineService({
    name: "network",
    start: () => ({}),
    provide: (context) => ({
      listen: (listener: Listener) => {
        const used = [...lab.listeners.values()].some(
          (other) => other.port === listener.port && other.protocol === listener.protocol,
        );
        if (used) return { ok: false, reason: "addressInUse" };
        lab.listeners.set(nextListener, listener);
        return { ok: true, id: nextListener++ };
      },
      close: (id: number) => void lab.listeners.delete(id),
      listeners: () => [...lab.listeners.values()],
      connections: () => [],
      respond: (_exchange: number, answer: HttpAnswer, delayMs = 0) =>
        void lab.responses.push({ at: context.now + delayMs, answer }),
      connect: (spec: { [key: string]: unknown }) => ask(context, "connect", spec),
      exchange: (spec: { [key: string]: unknown }) => ask(context, "exchange", spec),
      datagram: (spec: { [key: string]: unknown }) => ask(context, "datagram", spec),
      ping: (spec: { [key: string]: unknown }) => ask(context, "ping", spec),
      watchPackets: (spec: { [key: string]: unknown }) => ask(context, "packets", spec),
      endWatch: () => {},
      isOpen: () => true,
      certificate: (connection: number) => lab.certificate(connection),
      disconnect: () => {},
      ipOf: () => "10.244.1.5",
      resolverOf: () => ({
        nameservers: ["10.96.0.10"],
        searches: ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"],
        ndots: 5,
        hosts: {},
      }),
    }),
  });
}

function addActions(lab: Lab, noted: { answers: ExecAnswer[] }): Lab {
  lab.advance = (ms) => lab.machine.runUntil(lab.machine.state.now + ms);
  lab.create = (config) =>
    lab.runtime.create({
      podUid: "uid-1",
      namespace: "default",
      podName: "web",
      containerName: "main",
      host: "pod:uid-1",
      hostname: "web",
      image: "busybox:1.36",
      env: [],
      mounts: [],
      files: {},
      declaredPorts: [],
      ...config,
    });
  lab.run = (config) => {
    const id = lab.create(config);
    return { id, result: lab.runtime.start(id, { to: "watcher", what: "exited", data: {} }) };
  };
  lab.exec = (container, command, options = {}) => {
    noted.answers = [];
    const { maxMs = 100_000, ...rest } = options;
    lab.runtime.exec({ container, command, ...rest, replyTo: { to: "watcher", what: "answered", data: {} } });
    const end = lab.machine.state.now + maxMs;
    while (noted.answers.length === 0) {
      const next = lab.machine.nextAt();
      if (next === undefined || next > end) return undefined;
      lab.machine.runUntil(next);
    }
    return noted.answers[0];
  };
  lab.sh = (container, script, maxMs, shell = "sh") => {
    const answer = lab.exec(container, [shell, "-c", script], maxMs === undefined ? {} : { maxMs });
    if (answer?.outcome !== "exited") return JSON.stringify(answer ?? "no answer");
    const stderr = answer.stderr === "" ? "" : `[stderr] ${answer.stderr}`;
    return `${answer.stdout}${stderr}${answer.exit === 0 ? "" : `[exit ${answer.exit}]`}`;
  };
  lab.logs = (container) => lab.runtime.logs(container).map((line) => line.text);
  lab.request = (port, path = "/", options = {}) => {
    const listener = [...lab.listeners.values()].find((item) => item.port === port);
    if (!listener) return undefined;
    const { peer = "10.244.2.7:40000", ...message } = options;
    const before = lab.responses.length;
    const request = { method: "GET", path, headers: { host: "web" }, body: "", ...message };
    const incoming = { exchange: 1, connection: 1, peer, local: `10.244.1.5:${port}`, request };
    lab.machine.enter("watcher").context.reply(listener.owner, incoming as never);
    const end = lab.machine.state.now + 60_000;
    while (lab.responses.length === before) {
      const next = lab.machine.nextAt();
      if (next === undefined || next > end) return undefined;
      lab.machine.runUntil(next);
    }
    return lab.responses.at(-1)!.answer;
  };
  return lab;
}

/** Runs scripts in a container of an image; what they print, or that they were killed. */
export function shellOf(image: string, command = "sh"): (script: string) => string {
  const lab = createLab();
  const { id } = lab.run({ image, command: ["sleep", "1000000"] });
  return (script) => lab.sh(id, script, 20_000, command);
}
