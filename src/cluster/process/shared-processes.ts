// Which processes a container sees: its own, those of the container that it targets, or, where the pod shares its
// process namespace, everybody's below the pod's first process. Asked by ps, top and kill.
// Simplified: every container numbers its processes for itself; seen from outside, the numbers of the second container
// go on where those of the first end, and /proc shows a container its own only.
import type { ProcessRow } from "./commands/command.ts";
import type { Kernel } from "./kernel.ts";
import { signalProcess } from "./processes.ts";
import type { Container } from "./state.ts";

/** The pod's own process, which holds the namespaces. */
const PAUSE = { pid: 1, parent: 0, argv: ["/pause"], startedAt: 0 };

interface Group {
  container: Container;
  /** What its processes' numbers are raised by. */
  offset: number;
}

function groupsOf({ state }: Pick<Kernel, "state">, container: Container): Group[] {
  const { config } = container;
  const running = [...state.containers.values()].filter(
    (other) => other.config.podUid === config.podUid && other.status === "running",
  );
  const seen = config.sharesProcesses
    ? running
    : running.filter((other) => other.id === config.targets || other === container);
  let offset = config.sharesProcesses ? PAUSE.pid : 0;
  return seen.map((other) => {
    const group = { container: other, offset };
    offset += Math.max(0, ...other.processes.keys());
    return group;
  });
}

const sharesAny = ({ config }: Container): boolean =>
  config.sharesProcesses === true || config.targets !== undefined;

export function seenProcesses(kernel: Pick<Kernel, "state">, container: Container): ProcessRow[] {
  const shares = sharesAny(container);
  const groups = shares ? groupsOf(kernel, container) : [{ container, offset: 0 }];
  const rows = groups.flatMap(({ container: { processes }, offset }) =>
    [...processes.values()].map(({ pid, parent, argv, startedAt }) => ({
      pid: pid + offset,
      parent: parent === 0 ? 0 : parent + offset,
      argv,
      startedAt,
    })),
  );
  const all = container.config.sharesProcesses ? [PAUSE, ...rows] : rows;
  return all.sort((a, b) => a.pid - b.pid);
}

/** False if nobody with this number is seen. */
export function signalSeen(kernel: Kernel, container: Container, pid: number, signal: number): boolean {
  if (!sharesAny(container)) return signalProcess(kernel, container, pid, signal);
  const found = groupsOf(kernel, container).find(({ container: { processes }, offset }) =>
    processes.has(pid - offset),
  );
  return found !== undefined && signalProcess(kernel, found.container, pid - found.offset, signal);
}
