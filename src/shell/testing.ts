// A workstation beside a small cluster, driven event by event, for tests and for whoever runs commands headless.
import { createCluster, type Cluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS, type ClusterSettings } from "#cluster/settings";
import type { PodTarget } from "#kubectl/command";
import { openDoor } from "./cluster-door.ts";
import type { Hint } from "./todays-command.ts";
import { createWorkstation, type Workstation } from "./workstation.ts";

export interface Desk {
  cluster: Cluster;
  workstation: Workstation;
  /** Opens a terminal. */
  open(name: string, target?: PodTarget & { command: readonly string[] }): Promise<string>;
  /** Types a line and returns what the terminal shows until it waits for the next one. */
  run(line: string, terminal?: string, maxMs?: number): Promise<string>;
  /** Lets virtual time pass; returns what the terminals showed. */
  pass(ms: number, terminal?: string): Promise<string>;
  hints: Hint[];
}

/** `pause` lets promises go on. */
export function createDesk(settings: Partial<ClusterSettings>, pause: () => Promise<void>): Desk {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, imagesPresent: true, ...settings });
  cluster.advance(2000);
  const workstation = createWorkstation(openDoor(cluster), { settings: cluster.machine.context.settings });
  const shown = new Map<string, string>();
  const reading = new Map<string, boolean>();
  const hints: Hint[] = [];
  const collect = (): void => {
    for (const output of workstation.drain()) {
      shown.set(output.terminal, (shown.get(output.terminal) ?? "") + output.text);
      reading.set(output.terminal, output.reading || output.ended !== undefined);
      hints.push(...output.hints);
    }
  };
  const settle = async (): Promise<void> => {
    while (workstation.takeUnsettled()) {
      await pause();
      workstation.advance();
    }
    collect();
  };
  const until = async (time: number, done: () => boolean): Promise<void> => {
    for (;;) {
      await settle();
      if (done()) return;
      const next = Math.min(cluster.nextAt() ?? Infinity, workstation.nextAt() ?? Infinity);
      if (next > time) return cluster.runUntil(time);
      cluster.runUntil(Math.max(next, cluster.now));
      workstation.advance();
    }
  };
  const take = (terminal: string): string => {
    const text = shown.get(terminal) ?? "";
    shown.set(terminal, "");
    return text;
  };
  return desk({ cluster, workstation, hints, reading, until, settle, take });
}

interface Driven extends Pick<Desk, "cluster" | "workstation" | "hints"> {
  reading: Map<string, boolean>;
  until(time: number, done: () => boolean): Promise<void>;
  settle(): Promise<void>;
  take(terminal: string): string;
}

function desk({ cluster, workstation, hints, reading, until, settle, take }: Driven): Desk {
  return {
    cluster,
    workstation,
    hints,
    open: async (name, target) => {
      workstation.open(name, target);
      await until(cluster.now + 1000, () => reading.get(name) === true);
      return take(name);
    },
    run: async (line, terminal = "one", maxMs = 60_000) => {
      take(terminal);
      reading.set(terminal, false);
      workstation.type(terminal, `${line}\n`);
      await until(cluster.now + maxMs, () => reading.get(terminal) === true);
      return take(terminal);
    },
    pass: async (ms, terminal = "one") => {
      const end = cluster.now + ms;
      await until(end, () => false);
      workstation.advance();
      await settle();
      return take(terminal);
    },
  };
}

const RC = `apiVersion: v1
kind: ReplicationController
metadata: {name: kubia}
spec:
  replicas: 2
  selector: {app: kubia}
  template:
    metadata: {labels: {app: kubia}}
    spec:
      containers: [{name: kubia, image: luksa/kubia, ports: [{containerPort: 8080}]}]
`;

/** The workstation's prompt. */
export const P = "workstation:~$ ";

/** A desk with one terminal; `turn` lets promises go on. */
export async function openDesk(turn: () => Promise<void>): Promise<Desk> {
  const made = createDesk({}, turn);
  await made.open("one");
  return made;
}

/** With two pods of a ReplicationController that are ready. */
export async function openDeskWithKubia(turn: () => Promise<void>): Promise<Desk> {
  const made = await openDesk(turn);
  made.workstation.files.write("/root", "kubia-rc.yaml", RC);
  await made.run("kubectl create -f kubia-rc.yaml && sleep 10");
  return made;
}
