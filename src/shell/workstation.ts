// A workstation beside a cluster: terminals with a shell on it or in a container, kubectl and the other programs that
// run as promises, all on the cluster's virtual clock. Whoever owns the cluster calls advance() after every step.
import { filesOf } from "#cluster/process/outside";
import {
  closeSession,
  interruptSession,
  suspendSession,
  isReading,
  openSession,
  takeSessionOutput,
  typeIntoSession,
} from "#cluster/process/session";
import type { ClusterSettings } from "#cluster/settings";
import type { KubectlConfig, PodTarget } from "#kubectl/command";
import { createBridge } from "./bridge.ts";
import type { ClusterDoor } from "./cluster-door.ts";
import { hostsOf } from "./hosts-file.ts";
import type { Inside, Terminal } from "./inside.ts";
import { createComputer } from "./machine.ts";
import { placeOf, type ShellPlace } from "./place.ts";
import { createRemotes } from "./remote.ts";
import { followPrograms, joinedBy } from "./running.ts";
import { createSleepers } from "./sleepers.ts";
import type { Hint } from "./todays-command.ts";

export interface TerminalOutput {
  terminal: string;
  text: string;
  /** Somebody waits for what is typed. */
  reading: boolean;
  /** In our own voice: what changed since an old book's line worked. */
  hints: Hint[];
  ended?: { exit: number } | { error: string };
}

export type ShellTarget = PodTarget & { command: readonly string[] };

export interface Workstation {
  /** Opens a shell on the workstation, or in a pod's container. */
  open(terminal: string, target?: ShellTarget): void;
  type(terminal: string, text: string): void;
  /** Ctrl-D */
  endInput(terminal: string): void;
  interrupt(terminal: string): void;
  /** Ctrl-Z. */
  suspend(terminal: string): void;
  close(terminal: string): void;
  /** After the cluster's clock has moved. */
  advance(): void;
  /** When something of the workstation is due. */
  nextAt(): number | undefined;
  /** It waits for what happens in the cluster, which should be handed on as it happens. */
  attentive(): boolean;
  /** Promises may be going on: time should wait for them once. Reading it takes it back. */
  takeUnsettled(): boolean;
  drain(): TerminalOutput[];
  place(terminal: string): ShellPlace | undefined;
  readonly files: ReturnType<typeof filesOf>;
  readonly config: KubectlConfig;
  readonly door: ClusterDoor;
}

export interface WorkstationOptions {
  settings: ClusterSettings;
  /** Opens the editor of the page on a text. */
  edit?: (name: string, text: string) => Promise<string | undefined>;
  /** Descriptions of kinds and fields, for `kubectl explain`. */
  typeDocs?: () => Promise<unknown>;
}

const SERVER = "https://192.168.8.10:6443";

export function createWorkstation(door: ClusterDoor, options: WorkstationOptions): Workstation {
  const inside = build(door, options);
  const { computer, sleepers, bridge } = inside;
  const after = (act: (terminal: string, inside: Inside) => void) => (terminal: string) => {
    act(terminal, inside);
    advance(inside);
  };
  return {
    door,
    files: inside.files,
    config: inside.config,
    open: (terminal, target) => after(() => open(inside, terminal, target))(terminal),
    type: (terminal, text) => after(() => type(inside, terminal, text))(terminal),
    endInput: after(endInput),
    interrupt: after(interrupt),
    suspend: after(suspend),
    close: after(close),
    advance: () => advance(inside),
    nextAt: () => {
      const next = Math.min(computer.machine.nextAt() ?? Infinity, sleepers.nextAt() ?? Infinity);
      return next === Infinity ? undefined : next;
    },
    attentive: () => bridge.waiting() > 0 || inside.running.size > 0,
    takeUnsettled: () => {
      const was = inside.unsettled || inside.held > 0;
      inside.unsettled = false;
      return was;
    },
    drain: () => [...inside.terminals].flatMap(([name, terminal]) => drain(inside, name, terminal) ?? []),
    place: (terminal) => placeOf(inside, terminal),
  };
}

function build(door: ClusterDoor, { settings, edit, typeDocs }: WorkstationOptions): Inside {
  // Numbers of calls must not meet those of an earlier run that a link replays.
  let id = Math.floor(door.cluster.now * 1000) + 1;
  const nextId = (): number => id++;
  let readHosts = (): string => "";
  const bridge = createBridge(door, nextId, () => hostsOf(readHosts()));
  const computer = createComputer(settings, bridge);
  const files = filesOf(computer.kernel(), computer.host);
  readHosts = () => files.read("/", "/etc/hosts") ?? "";
  computer.machine.runUntil(door.cluster.now);
  return {
    door,
    bridge,
    computer,
    files,
    remotes: createRemotes(door, nextId),
    sleepers: createSleepers(),
    config: {
      currentContext: "kubelanes",
      contexts: { kubelanes: { cluster: "kubelanes", user: "kubernetes-admin" } },
      clusters: { kubelanes: { server: SERVER } },
    },
    terminals: new Map(),
    running: new Map(),
    waiters: [],
    unsettled: false,
    held: 0,
    nextId,
    ...(edit && { edit }),
    ...(typeDocs && { typeDocs }),
  };
}

function advance(inside: Inside): void {
  const { door, sleepers, remotes, bridge, computer } = inside;
  if (sleepers.wake(door.cluster.now)) inside.unsettled = true;
  if (remotes.size() > 0 && remotes.advance()) inside.unsettled = true;
  // Some answers come at once, such as names of /etc/hosts.
  for (let round = 0; round < 3; round++) {
    const replies = bridge.takeReplies();
    if (round > 0 && replies.length === 0) break;
    for (const { to, answer } of replies) computer.reply(to, answer);
    computer.machine.runUntil(Math.max(door.cluster.now, computer.machine.state.now));
  }
  followPrograms(inside);
}

function open(inside: Inside, name: string, target?: ShellTarget): void {
  const terminal: Terminal = { text: "", hints: [], reading: false };
  inside.terminals.set(name, terminal);
  if (!target) {
    const { computer } = inside;
    openSession(computer.kernel(), name, {
      container: computer.host,
      command: ["bash"],
      stdin: true,
      tty: true,
    });
    return;
  }
  terminal.target = target;
  const remote = inside.remotes.open(
    { ...target, stdin: true, tty: true },
    (_stream, text) => void (terminal.text += text),
  );
  terminal.remote = remote;
  void remote.connection.ended.then((ended) => (terminal.ended = ended));
}

function type(inside: Inside, name: string, text: string): void {
  const { remote } = inside.terminals.get(name) ?? {};
  if (remote) remote.connection.write(text);
  else typeIntoSession(inside.computer.kernel(), name, text, false);
}

function endInput(name: string, inside: Inside): void {
  const remote = inside.terminals.get(name)?.remote ?? joinedBy(inside, name);
  if (remote) remote.endInput();
  else typeIntoSession(inside.computer.kernel(), name, "", true);
}

function interrupt(name: string, inside: Inside): void {
  const joined = joinedBy(inside, name);
  const remote = inside.terminals.get(name)?.remote ?? (joined?.tty ? joined : undefined);
  if (remote) remote.interrupt();
  else interruptSession(inside.computer.kernel(), name);
}

function suspend(name: string, inside: Inside): void {
  const joined = joinedBy(inside, name);
  const remote = inside.terminals.get(name)?.remote ?? (joined?.tty ? joined : undefined);
  if (remote) remote.suspend();
  else suspendSession(inside.computer.kernel(), name);
}

function close(name: string, inside: Inside): void {
  const terminal = inside.terminals.get(name);
  if (terminal?.remote) terminal.remote.connection.stop();
  else closeSession(inside.computer.kernel(), name);
  inside.terminals.delete(name);
}

/** What a terminal shows since the last call; undefined if nothing changed. */
function drain(inside: Inside, name: string, terminal: Terminal): TerminalOutput | undefined {
  const kernel = inside.computer.kernel();
  if (!terminal.remote) {
    const { output, ended } = takeSessionOutput(kernel, name);
    for (const { text } of output) terminal.text += text;
    if (ended) terminal.ended = ended;
  }
  const { text, hints, ended } = terminal;
  const remote = terminal.remote ?? joinedBy(inside, name);
  const reading = !ended && (remote ? remote.reading() : isReading(kernel, name));
  if (text === "" && hints.length === 0 && !ended && reading === terminal.reading) return undefined;
  Object.assign(terminal, { text: "", hints: [], reading });
  if (ended) inside.terminals.delete(name);
  return { terminal: name, text, hints, reading, ...(ended && { ended }) };
}
