// Commands in pods that somebody here watches: opened, typed to and interrupted by actions, their output taken from the
// cluster after every step of its clock.
import { isReading, takeSessionOutput } from "#cluster/process/session";
import type { RuntimeState } from "#cluster/process/runtime";
import type { PodConnection, PodTarget } from "#kubectl/command";
import { WORKSTATION } from "#cluster/workstation/types";
import {
  takeForwardEvents,
  type ForwardEvent,
  type WorkstationState,
} from "#cluster/workstation/workstation";
import type { ClusterDoor } from "./cluster-door.ts";

export interface Remote {
  session: string;
  tty: boolean;
  connection: PodConnection;
  interrupt(): void;
  /** Ctrl-Z. */
  suspend(): void;
  /** Ctrl-D */
  endInput(): void;
  reading(): boolean;
}

export type RemoteTarget = PodTarget & { command?: readonly string[]; stdin: boolean; tty: boolean };

type Output = (stream: "stdout" | "stderr", text: string) => void;
type Ended = { exit: number } | { error: string };

interface Open {
  remote: Remote;
  output: Output;
  end(how: Ended): void;
  input?: () => { text: string; ended: boolean };
}

export interface Remotes {
  open(target: RemoteTarget, output: Output): Remote;
  /** Passes on what is typed, as it comes. */
  pump(remote: Remote, input: () => { text: string; ended: boolean }): void;
  /** Calls back with what happens at a forwarded port, until the function returned is called. */
  listen(forward: number, hear: (event: ForwardEvent) => void): () => void;
  /** Hands on what has been written and typed since; true if a promise may go on. */
  advance(): boolean;
  size(): number;
}

interface Line {
  door: ClusterDoor;
  opened: Map<string, Open>;
  forwards: Map<number, (event: ForwardEvent) => void>;
  kernel(): { state: RuntimeState };
}

export function createRemotes(door: ClusterDoor, nextId: () => number): Remotes {
  const line: Line = {
    door,
    opened: new Map(),
    forwards: new Map(),
    kernel: () => door.cluster.machine.enter<RuntimeState>("runtime"),
  };
  return {
    open: (target, output) => openRemote(line, `terminal-${nextId()}`, target, output),
    pump: ({ session }, input) => {
      const open = line.opened.get(session);
      if (open) open.input = input;
    },
    listen: (forward, hear) => {
      line.forwards.set(forward, hear);
      return () => void line.forwards.delete(forward);
    },
    advance: () => {
      const heard = hearForwards(line);
      return advance(line) || heard;
    },
    size: () => line.opened.size + line.forwards.size,
  };
}

function openRemote(line: Line, session: string, target: RemoteTarget, output: Output): Remote {
  const { door, opened, kernel } = line;
  const { namespace, pod, container, command, stdin, tty } = target;
  door.act({
    type: "openSession",
    session,
    namespace,
    pod,
    ...(container !== undefined && container !== "" && { container }),
    ...(command && { command: [...command] }),
    stdin,
    tty,
  });
  let settle: (how: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => (settle = resolve));
  const type = (text: string, end: boolean): void =>
    door.act({ type: "typeIntoSession", session, text, ...(end && { end }) });
  const remote: Remote = {
    session,
    tty,
    interrupt: () => door.act({ type: "interruptSession", session }),
    suspend: () => door.act({ type: "interruptSession", session, suspend: true }),
    endInput: () => type("", true),
    reading: () => isReading(kernel(), session),
    connection: {
      write: (text) => type(text ?? "", text === undefined),
      ended,
      stop: () => {
        if (opened.delete(session)) door.act({ type: "closeSession", session });
        settle({ exit: 130 });
      },
    },
  };
  opened.set(session, { remote, output, end: settle });
  return remote;
}

function advance({ opened, kernel }: Line): boolean {
  let moved = false;
  for (const [session, open] of opened) {
    const typed = open.input?.();
    if (typed && typed.text !== "") open.remote.connection.write(typed.text);
    const { output, ended } = takeSessionOutput(kernel(), session);
    for (const { to, text } of output) open.output(to, text);
    moved ||= output.length > 0 || ended !== undefined;
    if (!ended) continue;
    opened.delete(session);
    open.end(ended);
  }
  return moved;
}

function hearForwards({ door, forwards }: Line): boolean {
  if (forwards.size === 0) return false;
  const { state } = door.cluster.machine.enter<WorkstationState>(WORKSTATION);
  let heard = false;
  for (const [id, hear] of forwards) {
    for (const event of takeForwardEvents(state, id)) {
      heard = true;
      hear(event);
    }
  }
  return heard;
}
