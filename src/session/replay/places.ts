// Where the commands of a scenario run besides kubectl: in pods, on nodes, on machines outside. Each place is a
// container with all tools, and a command is a session in it.
import type { Cluster } from "#cluster/cluster";
import { findContainer } from "#cluster/kubelet/container-of";
import type { KubeletState } from "#cluster/kubelet/state";
import type { RuntimeState } from "#cluster/process/runtime";
import { closeSession, openSession, takeSessionOutput } from "#cluster/process/session";
import { findPod } from "./placeholders.ts";

const OUTSIDE: Record<string, string> = { outside: "198.51.100.7", "outside-2": "198.51.100.8" };
const NAME_SERVER = "198.51.100.53";

export interface Outcome {
  stdout: string;
  stderr: string;
  /** null if it had to be stopped. */
  exit: number | null;
}

interface Open {
  outcome: Outcome;
  end(outcome: Outcome): void;
}

export interface Places {
  /** Runs a command by `sh -c` at a place; stopped when `stop` says so. */
  run(place: string, command: string, stop: (interrupt: () => void) => void): Promise<Outcome>;
  /** After every step of virtual time; true if something has come. */
  advance(): boolean;
}

export function createPlaces(cluster: Cluster, namespace: string): Places {
  const opened = new Map<string, Open>();
  const made = new Map<string, string>();
  let count = 0;
  const kernel = () => cluster.machine.enter<RuntimeState>("runtime");
  const { runtime } = cluster.machine.context;
  const containerAt = (place: string): string => {
    if (place.startsWith("pod ")) return podContainer(cluster, namespace, place);
    const known = made.get(place) ?? makePlace(cluster, place);
    made.set(place, known);
    return known;
  };
  const advance = (): boolean => {
    let moved = false;
    for (const [session, open] of opened) {
      const { output, ended } = takeSessionOutput(kernel(), session);
      for (const { to, text } of output) open.outcome[to] += text;
      if (!ended) continue;
      moved = true;
      opened.delete(session);
      const failed = "error" in ended;
      open.end({
        ...open.outcome,
        ...(failed && { stderr: `${open.outcome.stderr}error: ${ended.error}\n` }),
        exit: failed ? 1 : ended.exit,
      });
    }
    return moved;
  };
  return {
    advance,
    run: (place, command, stop) =>
      new Promise((resolve) => {
        const container = containerAt(place);
        runtime.provideTools(container);
        const session = `replay-${++count}`;
        const outcome: Outcome = { stdout: "", stderr: "", exit: null };
        opened.set(session, { outcome, end: resolve });
        stop(() => {
          if (!opened.has(session)) return;
          advance();
          if (!opened.delete(session)) return;
          closeSession(kernel(), session);
          resolve({ ...outcome, exit: null });
        });
        openSession(kernel(), session, {
          container,
          command: ["sh", "-c", command],
          stdin: false,
          tty: false,
        });
        advance();
      }),
  };
}

function podContainer(cluster: Cluster, namespace: string, place: string): string {
  const [, what = "", index] = place.split(" ");
  const { metadata } = findPod(cluster, namespace, what, Number(index ?? 0));
  const { state } = cluster.machine.enter<KubeletState>("kubelet");
  const found = findContainer(state, metadata.namespace ?? namespace, metadata.name);
  if (found?.id === undefined) throw new Error(`container of ${metadata.name} does not run`);
  return found.id;
}

/** A container on a node's network, or one of a machine outside. */
function makePlace(cluster: Cluster, place: string): string {
  const { network, runtime } = cluster.machine.context;
  const ip = OUTSIDE[place];
  const host = ip === undefined ? `node:${place}` : network.addOutsideHost(place, ip);
  const hosts = { localhost: "127.0.0.1" };
  if (ip !== undefined)
    network.setResolver(host, { nameservers: [NAME_SERVER], searches: [], ndots: 1, hosts });
  const container = runtime.create({
    podUid: `place-${place}`,
    namespace: "",
    podName: place,
    containerName: place,
    host,
    hostname: place,
    image: "ubuntu:24.04",
    command: ["sleep", "infinity"],
    env: [],
    mounts: [],
    files: {
      "/etc/hosts": "127.0.0.1\tlocalhost\n",
      "/etc/hostname": `${place}\n`,
      "/etc/resolv.conf": `nameserver ${NAME_SERVER}\n`,
    },
    declaredPorts: [],
  });
  runtime.start(container, { to: "actions", what: "exited", data: {} });
  return container;
}
