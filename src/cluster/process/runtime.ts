// The service "runtime": containers on the simulated nodes, as containerd and runc run them for the kubelets.
import type { JsonObject } from "#base/json";
import { imageOf } from "../images/registry.ts";
import { resolveImage } from "../images/resolve.ts";
import { defineService, type Address, type ServiceContext } from "../machine/component.ts";
import type { Incoming } from "../network/types.ts";
import {
  attachInput,
  createContainer,
  endMain,
  fileOf,
  putFile,
  removeContainer,
  startContainer,
} from "./containers.ts";
import { startExec, timeOutExec } from "./exec.ts";
import type { Caller, Kernel } from "./kernel.ts";
import { signalNumber } from "./kernel.ts";
import { exit, signalProcess } from "./processes.ts";
import { drain } from "./run.ts";
import { onIncoming } from "./servers.ts";
import { rebindSockets } from "./sockets.ts";
import { createState, type Container, type RuntimeState } from "./state.ts";
import type { Runtime } from "./types.ts";
import { provideFolder, removeVolume, setVolume } from "./volumes.ts";
import { onAnswer } from "./waits.ts";

type ProcessData = { container: string; pid: number };

export type { RuntimeState };

export const runtime = defineService<RuntimeState, Runtime>({
  name: "runtime",
  start: createState,
  provide: (context, state) => provide({ context, state }),
  timers: {
    answer: (context, state, data: Parameters<typeof onAnswer>[1]) => {
      if (!hold(state, "answer", data))
        forProcess({ context, state }, data, (caller) => onAnswer(caller, data));
    },
    incoming: (context, state, data: ProcessData & { port: number; secure: boolean } & Incoming) => {
      if (hold(state, "incoming", data)) return;
      const served = forProcess({ context, state }, data, (caller) => onIncoming(caller, data));
      if (!served) context.network.respond(data.exchange, { hangUp: true });
    },
    serverEnds: (context, state, data: ProcessData & { exit: number }) => {
      if (!hold(state, "serverEnds", data))
        forProcess({ context, state }, data, (caller) => exit(caller, data.exit));
    },
    execTimeout: (context, state, data: ProcessData) => {
      if (!hold(state, "execTimeout", data)) forProcess({ context, state }, data, timeOutExec);
    },
    exec: (context, state, data: Parameters<Runtime["exec"]>[0]) => {
      if (hold(state, "exec", data)) return;
      startExec({ context, state }, data);
      drain({ context, state });
    },
  },
});

/** True if the container stands still: what came due happens when it goes on. */
function hold(state: RuntimeState, what: string, data: { container: string }): boolean {
  const held = state.containers.get(data.container)?.held;
  held?.push({ what, data: data as unknown as JsonObject });
  return held !== undefined;
}

// Simplified: a node whose power comes back goes on where it stood; a real one boots and starts its containers anew.
function setPaused(kernel: Kernel, id: string, paused: boolean): void {
  const container = kernel.state.containers.get(id);
  if (!container) return;
  const { held } = container;
  if (paused) container.held = held ?? [];
  else if (held) {
    delete container.held;
    for (const { what, data } of held) kernel.context.after(0, what, data);
    for (const { pid, waiting } of container.processes.values()) {
      if (waiting === "nothing") kernel.state.ready.push({ container: container.id, pid });
    }
    drain(kernel);
  }
}

function forProcess(kernel: Kernel, data: ProcessData, act: (caller: Caller) => void): boolean {
  const container = kernel.state.containers.get(data.container);
  const process = container?.processes.get(data.pid);
  if (!container || !process) return false;
  act({ context: kernel.context, state: kernel.state, container, process });
  drain(kernel);
  return true;
}

function provide(kernel: { context: ServiceContext; state: RuntimeState }): Runtime {
  const { context, state } = kernel;
  const find = (id: string): Container | undefined => state.containers.get(id);
  return {
    resolveImage,
    create: (config) => createContainer(kernel, config),
    start: (id: string, watcher: Address) => {
      const result = startContainer(kernel, id, watcher);
      drain(kernel);
      return result;
    },
    signal: (id, signal) => {
      const container = find(id);
      if (!container) return;
      // The runtime stops a container with the signal that its image asks for.
      const asked = container.config.stopSignal ?? imageOf(container.config.image).stopSignal;
      const name = signal === "SIGTERM" && asked !== undefined ? asked : signal;
      signalProcess(kernel, container, 1, signalNumber(name) ?? 15, true);
      drain(kernel);
    },
    crash: (id) => {
      endMain(kernel, id, 1);
      drain(kernel);
    },
    remove: (id) => {
      removeContainer(kernel, id);
      drain(kernel);
    },
    setPaused: (id, paused) => setPaused(kernel, id, paused),
    exists: (id) => find(id) !== undefined,
    isRunning: (id) => find(id)?.status === "running",
    exec: (spec) => void context.after(EXEC_DELAY_MS, "exec", spec as never),
    attach: (id, text, end) => {
      attachInput(kernel, id, text, end);
      drain(kernel);
    },
    logs: (id) => find(id)?.logs ?? [],
    environment: (id) => Object.entries(find(id)?.env ?? {}).map(([name, value]) => `${name}=${value}`),
    setFaults: (id, faults) => {
      const container = find(id);
      if (!container) return;
      const rebinds = (container.faults.localhostOnly ?? false) !== (faults.localhostOnly ?? false);
      container.faults = faults;
      if (rebinds) rebindSockets({ ...kernel, container });
    },
    faults: (id) => find(id)?.faults ?? {},
    setVolume: (volume, files) => setVolume(kernel, volume, files),
    provideFolder: (volume, path) => provideFolder(kernel, volume, path),
    removeVolume: (volume) => removeVolume(kernel, volume),
    provideTools: (id) => {
      const container = find(id);
      if (container) container.allTools = true;
    },
    readFile: (id, path) => fileOf(kernel, id, path),
    writeFile: (id, path, content) => putFile(kernel, id, path, content),
  };
}

/** Simplified: starting an exec in a container takes this long, whatever the load. */
const EXEC_DELAY_MS = 10;
