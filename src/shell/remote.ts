// Commands in pods that somebody here watches: opened, typed to and interrupted by actions, their output taken from the
// cluster after every step of its clock.
import { isReading, takeSessionOutput } from "#cluster/process/session";
import type { RuntimeState } from "#cluster/process/runtime";
import type { PodConnection, PodTarget } from "#kubectl/command";
import type { ClusterDoor } from "./cluster-door.ts";

export interface Remote {
  session: string;
  tty: boolean;
  connection: PodConnection;
  interrupt(): void;
  /** Ctrl-D */
  endInput(): void;
  reading(): boolean;
}

type Output = (stream: "stdout" | "stderr", text: string) => void;
type Ended = { exit: number } | { error: string };

interface Open {
  remote: Remote;
  output: Output;
  end(how: Ended): void;
  input?: () => { text: string; ended: boolean };
}

export interface Remotes {
  open(
    target: PodTarget & { command?: readonly string[]; stdin: boolean; tty: boolean },
    output: Output,
  ): Remote;
  /** Passes on what is typed, as it comes. */
  pump(remote: Remote, input: () => { text: string; ended: boolean }): void;
  /** Hands on what has been written and typed since; true if a promise may go on. */
  advance(): boolean;
  size(): number;
}

export function createRemotes(door: ClusterDoor, nextId: () => number): Remotes {
  const opened = new Map<string, Open>();
  const kernel = (): { state: RuntimeState } => door.cluster.machine.enter<RuntimeState>("runtime");
  const close = (session: string): void => {
    if (opened.delete(session)) door.act({ type: "closeSession", session });
  };
  return {
    open: ({ namespace, pod, container, command, stdin, tty }, output) => {
      const session = `terminal-${nextId()}`;
      const at = { namespace, pod, ...(container === undefined ? {} : { container }) };
      door.act({
        type: "openSession",
        session,
        ...at,
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
        endInput: () => type("", true),
        reading: () => isReading(kernel(), session),
        connection: {
          write: (text) => type(text ?? "", text === undefined),
          ended,
          stop: () => {
            close(session);
            settle({ exit: 130 });
          },
        },
      };
      opened.set(session, { remote, output, end: settle });
      return remote;
    },
    pump: ({ session }, input) => {
      const open = opened.get(session);
      if (open) open.input = input;
    },
    advance: () => {
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
    },
    size: () => opened.size,
  };
}
