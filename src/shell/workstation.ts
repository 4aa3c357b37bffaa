// A workstation beside a cluster: terminals with a shell on it or in a container, kubectl and the other programs that
// run as promises, all on the cluster's virtual clock. Whoever owns the cluster calls advance() after every step.
import type { RuntimeState } from "#cluster/process/runtime";
import {
  exitOutside,
  filesOf,
  isAlive,
  takeCalls,
  writeOutside,
  type OutsideCall,
} from "#cluster/process/outside";
import {
  closeSession,
  interruptSession,
  isReading,
  openSession,
  takeSessionOutput,
  typeIntoSession,
} from "#cluster/process/session";
import type { ClusterSettings } from "#cluster/settings";
import type { KubectlConfig, PodTarget } from "#kubectl/command";
import { createAbort, type Abort } from "./abort.ts";
import { createBridge } from "./bridge.ts";
import { commandsOf } from "./commands.ts";
import type { ClusterDoor } from "./cluster-door.ts";
import { hostsOf } from "./hosts-file.ts";
import type { KubectlHost } from "./kubectl-io.ts";
import { createComputer, HOME } from "./machine.ts";
import { runOutside } from "./programs.ts";
import { createRemotes, type Remote } from "./remote.ts";
import { createSleepers } from "./sleepers.ts";
import { todaysCommand, type Hint } from "./todays-command.ts";

export interface TerminalOutput {
  terminal: string;
  text: string;
  /** Somebody waits for what is typed. */
  reading: boolean;
  /** In our own voice: what changed since an old book's line worked. */
  hints: Hint[];
  ended?: { exit: number } | { error: string };
}

export interface Workstation {
  /** Opens a shell on the workstation, or in a pod's container. */
  open(
    terminal: string,
    target?: PodTarget & { command: readonly string[] },
    command?: readonly string[],
  ): void;
  type(terminal: string, text: string): void;
  /** Ctrl-D */
  endInput(terminal: string): void;
  interrupt(terminal: string): void;
  close(terminal: string): void;
  /** After the cluster's clock has moved. */
  advance(): void;
  /** When something of the workstation is due. */
  nextAt(): number | undefined;
  /** It waits for the cluster's answers, so that these should be handed on as they come. */
  attentive(): boolean;
  /** Promises may be going on: time should wait for them once. Reading it takes it back. */
  takeUnsettled(): boolean;
  drain(): TerminalOutput[];
  readonly files: ReturnType<typeof filesOf>;
  readonly config: KubectlConfig;
  /** The shell's folder, and the names that it knows besides the commands on the disk. */
  place(terminal: string): ShellPlace | undefined;
  readonly door: ClusterDoor;
}

export interface ShellPlace {
  cwd: string;
  names: string[];
  /** In a pod instead of on the workstation. */
  pod?: { namespace: string; pod: string };
  files: ReturnType<typeof filesOf>;
  commands: string[];
}

export interface WorkstationOptions {
  settings: ClusterSettings;
  /** Opens the editor of the page on a text. */
  edit?(name: string, text: string): Promise<string | undefined>;
}

interface Running {
  call: OutsideCall;
  abort: Abort;
  remote?: Remote;
}

interface Terminal {
  /** A shell in a container, when it is none of the workstation. */
  remote?: Remote;
  target?: PodTarget;
  text: string;
  hints: Hint[];
  reading: boolean;
  ended?: TerminalOutput["ended"];
}

export function createWorkstation(door: ClusterDoor, options: WorkstationOptions): Workstation {
  // Numbers of calls must not meet those of an earlier run that a link replays.
  let id = Math.floor(door.cluster.now * 1000) + 1;
  const nextId = (): number => id++;
  const terminals = new Map<string, Terminal>();
  const running = new Map<string, Running>();
  const waiters: (() => void)[] = [];
  let unsettled = false;
  let held = 0;
  const touch = (): void => void (unsettled = true);
  const sleepers = createSleepers();
  const remotes = createRemotes(door, nextId);
  const bridge = createBridge(door, nextId, () => hostsOf(files.read("/", "/etc/hosts") ?? ""));
  const computer = createComputer(options.settings, bridge);
  const kernel = computer.kernel;
  const files = filesOf(kernel(), computer.host);
  const config: KubectlConfig = {
    currentContext: "kubelanes",
    contexts: { kubelanes: { cluster: "kubelanes", user: "kubernetes-admin" } },
    clusters: { kubelanes: { server: "https://192.168.8.10:6443" } },
  };
  computer.machine.runUntil(door.cluster.now);
  files.write(HOME, "/etc/hostname", "workstation\n");
  const host: KubectlHost = {
    door,
    sleepers,
    remotes,
    config,
    nextId,
    touched: touch,
    holding: (work) => {
      held++;
      return work.finally(() => {
        held--;
        touch();
      });
    },
    inputCame: () => new Promise((resolve) => void waiters.push(resolve)),
  };

  const start = (call: OutsideCall): void => {
    const abort = createAbort();
    const key = `${call.container}/${call.pid}`;
    const own: Running = { call, abort };
    running.set(key, own);
    const terminal = (): Terminal | undefined => {
      const name = terminalOf(kernel().state, call);
      return name === undefined ? undefined : terminals.get(name);
    };
    touch();
    const seat = {
      call,
      kernel,
      signal: abort.signal,
      files,
      joined: (remote: Remote) => void (own.remote = remote),
      hint: (text: string) => {
        const command = todaysCommand(call.argv);
        terminal()?.hints.push({ text, ...(command !== undefined && { command }) });
      },
      ...(options.edit && { edit: options.edit }),
    };
    void runOutside(host, seat)
      .catch((error: unknown) => {
        writeOutside(
          kernel(),
          call,
          2,
          `${call.argv[0]}: ${String(error instanceof Error ? error.message : error)}\n`,
        );
        return 1;
      })
      .then((exit) => {
        exitOutside(kernel(), call, exit);
        running.delete(key);
        touch();
      });
  };

  const handOn = (): void => {
    for (const { to, answer } of bridge.takeReplies()) computer.reply(to, answer);
    computer.machine.runUntil(Math.max(door.cluster.now, computer.machine.state.now));
    for (const call of takeCalls(kernel())) start(call);
    for (const [key, { call, abort }] of running) {
      if (isAlive(kernel(), call)) continue;
      running.delete(key);
      abort.abort();
      touch();
    }
    // Programs ask again whether there is more for them to read; most of the time there is.
    if (waiters.length > 0) {
      for (const wake of waiters.splice(0)) wake();
      touch();
    }
  };

  const advance = (): void => {
    if (sleepers.wake(door.cluster.now)) touch();
    if (remotes.size() > 0 && remotes.advance()) touch();
    handOn();
    if (bridge.takeReplies.length > 0) handOn();
  };

  /** The command in a pod that a terminal's foreground has joined. */
  const joined = (name: string): Remote | undefined => {
    for (const { call, remote } of running.values()) {
      if (remote && terminalOf(kernel().state, call) === name) return remote;
    }
    return undefined;
  };

  const openHere = (name: string, command: readonly string[]): void => {
    terminals.set(name, { text: "", hints: [], reading: false });
    openSession(kernel(), name, { container: computer.host, command, stdin: true, tty: true });
  };

  return {
    door,
    files,
    config,
    open: (name, target, command = ["bash"]) => {
      if (!target) openHere(name, command);
      else {
        const own: Terminal = { text: "", hints: [], reading: false, target };
        terminals.set(name, own);
        own.remote = remotes.open(
          { ...target, stdin: true, tty: true },
          (_stream, text) => void (own.text += text),
        );
        void own.remote.connection.ended.then((ended) => (own.ended = ended));
      }
      advance();
    },
    type: (name, text) => {
      const { remote } = terminals.get(name) ?? {};
      if (remote) remote.connection.write(text);
      else typeIntoSession(kernel(), name, text, false);
      advance();
    },
    endInput: (name) => {
      const remote = terminals.get(name)?.remote ?? joined(name);
      if (remote) remote.endInput();
      else typeIntoSession(kernel(), name, "", true);
      advance();
    },
    interrupt: (name) => {
      const far = joined(name);
      const remote = terminals.get(name)?.remote ?? (far?.tty ? far : undefined);
      if (remote) remote.interrupt();
      else interruptSession(kernel(), name);
      advance();
    },
    close: (name) => {
      const terminal = terminals.get(name);
      if (terminal?.remote) terminal.remote.connection.stop();
      else closeSession(kernel(), name);
      terminals.delete(name);
      advance();
    },
    advance,
    nextAt: () => earliest(computer.machine.nextAt(), sleepers.nextAt()),
    attentive: () => bridge.waiting() > 0 || remotes.size() > 0,
    takeUnsettled: () => {
      const was = unsettled || held > 0;
      unsettled = false;
      return was;
    },
    drain: () => {
      const drained: TerminalOutput[] = [];
      for (const [name, terminal] of terminals) {
        if (!terminal.remote) {
          const { output, ended } = takeSessionOutput(kernel(), name);
          for (const { text } of output) terminal.text += text;
          if (ended) terminal.ended = ended;
        }
        const reading =
          !terminal.ended &&
          (terminal.remote ?? joined(name))?.reading() !== false &&
          (terminal.remote !== undefined || joined(name) !== undefined || isReading(kernel(), name));
        const { text, hints, ended } = terminal;
        if (text === "" && hints.length === 0 && !ended && reading === terminal.reading) continue;
        Object.assign(terminal, { text: "", hints: [], reading });
        drained.push({ terminal: name, text, hints, reading, ...(ended && { ended }) });
        if (ended) terminals.delete(name);
      }
      return drained;
    },
    place: (name) => {
      const terminal = terminals.get(name);
      return terminal && placeOf(name, terminal);
    },
  };

  function placeOf(name: string, terminal: Terminal): ShellPlace | undefined {
    const { remote, target } = terminal;
    const { state } = remote ? door.cluster.machine.enter<RuntimeState>("runtime") : kernel();
    const session = state.sessions.get(remote?.session ?? name);
    const container = session && state.containers.get(session.container);
    const process = container?.processes.get(session?.pid ?? 1);
    if (!container || !process) return undefined;
    const { program } = process;
    const shell = program.kind === "shell" ? program.shell : undefined;
    return {
      cwd: process.cwd,
      names: [...Object.keys(shell?.functions ?? {}), ...Object.keys(shell?.aliases ?? {})],
      ...(target && { pod: { namespace: target.namespace, pod: target.pod } }),
      files: filesOf(remote ? { ...kernel(), state } : kernel(), container.id),
      commands: commandsOf(
        container.config.image,
        container.allTools === true,
        container.config.outside ?? [],
      ),
    };
  }
}

/** The session whose command started the program. */
function terminalOf(state: RuntimeState, { container, pid }: OutsideCall): string | undefined {
  const processes = state.containers.get(container)?.processes;
  const leaders = new Map([...state.sessions].map(([name, session]) => [session.pid, name]));
  for (let at = processes?.get(pid); at; at = processes?.get(at.parent)) {
    const name = leaders.get(at.pid);
    if (name !== undefined) return name;
  }
  return undefined;
}

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
