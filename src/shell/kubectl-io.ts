// kubectl's surroundings on a workstation: the cluster's API, pods to exec into, the folder and the terminal in which it
// was started. Shared by everything that runs kubectl on virtual time.
import type { ProxyRules } from "#cluster/workstation/proxy";
import type { ForwardEvent, KubectlConfig, KubectlIo, PodConnection, PodTarget } from "#kubectl/command";
import type { OutdatedForm } from "#kubectl/outdated";
import type { Signal } from "./abort.ts";
import type { ClusterDoor } from "./cluster-door.ts";
import type { Remote, Remotes } from "./remote.ts";
import type { Sleepers } from "./sleepers.ts";

/** What differs from terminal to terminal and from run to run. */
export interface Seat {
  stdout(text: string): void;
  stderr(text: string): void;
  /** What can be read now; `ended` once nothing more will come. */
  readInput(): { text: string; ended: boolean };
  /** Standard input is a terminal. */
  typed: boolean;
  tty: boolean;
  signal: Signal;
  env: Readonly<Record<string, string>>;
  readFile(path: string): string | undefined;
  writeFile(path: string, content: string): void;
  listFolder(path: string): string[] | undefined;
  edit?(name: string, text: string): Promise<string | undefined>;
  hint?(form: OutdatedForm): void;
  /** The terminal now belongs to a command in a pod: what is typed and Ctrl-C go there. */
  joined?(remote: Remote): void;
}

export interface KubectlHost {
  door: ClusterDoor;
  sleepers: Sleepers;
  remotes: Remotes;
  config: KubectlConfig;
  nextId(): number;
  /** Descriptions of kinds and fields, for explain; fetched when first asked for. */
  typeDocs?(): Promise<unknown>;
  /** A promise may now go on: virtual time has to wait until it has. */
  touched(): void;
  /** The same until the promise is settled, however long it takes: for work that knows no virtual time. */
  holding<T>(work: Promise<T>): Promise<T>;
  /** Resolves when more input may have come. */
  inputCame(): Promise<void>;
}

export function createKubectlIo(host: KubectlHost, seat: Seat): KubectlIo {
  const { door, sleepers } = host;
  const { cluster } = door;
  let pumping = false;
  const connect = (
    target: PodTarget & { command?: readonly string[]; stdin: boolean; tty: boolean; ownInput?: boolean },
    output: (stream: "stdout" | "stderr", text: string) => void,
  ): PodConnection => {
    const opened = host.remotes.open(target, output);
    seat.signal.addEventListener("abort", () => opened.connection.stop());
    if (target.stdin && seat.typed && !target.ownInput) {
      pumping = true;
      host.remotes.pump(opened, () => seat.readInput());
      seat.joined?.(opened);
      return { ...opened.connection, write: () => undefined };
    }
    return opened.connection;
  };
  return {
    handle: (request) => door.request(request),
    watch: (request, listener) =>
      cluster.watch(request, (event) => {
        host.touched();
        listener(event);
      }),
    stdout: seat.stdout,
    stderr: seat.stderr,
    stdin: async () => {
      let text = "";
      for (;;) {
        const input = pumping ? { text: "", ended: false } : seat.readInput();
        text += input.text;
        if (input.ended || seat.signal.aborted) return text;
        await host.inputCame();
      }
    },
    sleep: async (ms) => {
      if (seat.signal.aborted) return;
      const stopped = new Promise<void>((resolve) => seat.signal.addEventListener("abort", resolve));
      await Promise.race([sleepers.sleepUntil(cluster.now + Math.max(0, ms)), stopped]);
    },
    nowMs: () => cluster.wallMs(),
    signal: seat.signal,
    readFile: seat.readFile,
    writeFile: seat.writeFile,
    listFolder: seat.listFolder,
    env: seat.env,
    config: host.config,
    tty: seat.tty,
    exec: (target, output) => connect(target, output),
    attach: (target, output) => connect(target, output),
    ...(seat.edit && { edit: seat.edit }),
    forward: (target, hear) => forward(host, seat, target, hear),
    serve: (port, rules) => serve(host, port, rules),
    ...(seat.hint && { hint: seat.hint }),
    ...(host.typeDocs && { typeDocs: () => host.holding(host.typeDocs!()) }),
  };
}

/** Ports of the workstation that somebody listens at. */
const portsInUse = ({ door }: KubectlHost): Set<number> =>
  new Set(door.cluster.machine.context.network.listeners("outside:workstation").map(({ port }) => port));

function serve(
  host: KubectlHost,
  wanted: number,
  rules: ProxyRules,
): ReturnType<NonNullable<KubectlIo["serve"]>> {
  const used = portsInUse(host);
  let port = wanted;
  if (port === 0) for (port = 40_000; used.has(port);) port++;
  if (used.has(port)) return { ok: false, error: "bind: address already in use" };
  const id = host.nextId();
  host.door.act({ type: "workstation", do: "proxy", id, localPort: port, rules });
  return {
    ok: true,
    port,
    stop: () => host.door.act({ type: "workstation", do: "stopForward", id }),
  };
}

function forward(
  host: KubectlHost,
  seat: Pick<Seat, "stderr">,
  target: PodTarget & { localPort: number; port: number },
  hear: ((event: ForwardEvent) => void) | undefined,
): ReturnType<KubectlIo["forward"]> {
  const { act } = host.door;
  const id = host.nextId();
  const used = portsInUse(host);
  let { localPort } = target;
  if (localPort === 0) for (localPort = 40_000; used.has(localPort);) localPort++;
  const { namespace, pod, port } = target;
  if (used.has(localPort)) {
    const taken = (version: 4 | 6, address: string): string =>
      `unable to create listener: Error listen tcp${version} ${address}:${localPort}: bind: address already in use`;
    seat.stderr(
      `Unable to listen on port ${localPort}: Listeners failed to create with the following errors: [${taken(4, "127.0.0.1")} ${taken(6, "[::1]")}]\n`,
    );
    return { ok: false, error: `unable to listen on any of the requested ports: [{${localPort} ${port}}]` };
  }
  act({ type: "workstation", do: "forward", id, namespace, pod, localPort, port });
  const unlisten = host.remotes.listen(id, (event) =>
    hear?.(event.type === "connection" ? { type: "connection", localPort } : event),
  );
  return {
    ok: true,
    localPort,
    stop: () => {
      unlisten();
      act({ type: "workstation", do: "stopForward", id });
    },
  };
}
