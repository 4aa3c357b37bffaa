// The life of programs that run outside of the workstation's machine: started when the machine calls for them, told of
// Ctrl-C, and their exit codes handed back.
import {
  exitOutside,
  hasInput,
  isAlive,
  takeCalls,
  writeOutside,
  type OutsideCall,
} from "#cluster/process/outside";
import type { RuntimeState } from "#cluster/process/runtime";
import { createAbort } from "./abort.ts";
import type { Inside, Running, Terminal } from "./inside.ts";
import type { KubectlHost } from "./kubectl-io.ts";
import { runOutside } from "./programs.ts";
import type { Remote } from "./remote.ts";
import type { Hint } from "./todays-command.ts";

/** Starts what the machine called for since, and stops what it has ended. */
export function followPrograms(inside: Inside): void {
  const { computer, running, waiters } = inside;
  for (const call of takeCalls(computer.kernel())) start(inside, call);
  for (const [key, { call, abort }] of running) {
    if (isAlive(computer.kernel(), call)) continue;
    running.delete(key);
    abort.abort();
    inside.unsettled = true;
  }
  // Whoever has nothing to read yet stays asleep: time goes on only while nobody is at work.
  for (const waiter of waiters.splice(0)) {
    if (!hasInput(computer.kernel(), waiter.call)) {
      waiters.push(waiter);
      continue;
    }
    waiter.wake();
    inside.unsettled = true;
  }
}

function start(inside: Inside, call: OutsideCall): void {
  const { computer, running } = inside;
  const abort = createAbort();
  const key = `${call.container}/${call.pid}`;
  const own: Running = { call, abort };
  running.set(key, own);
  inside.unsettled = true;
  const seat = {
    call,
    kernel: computer.kernel,
    signal: abort.signal,
    files: inside.files,
    joined: (remote: Remote) => void (own.remote = remote),
    hint: (hint: Hint) => void terminalAt(inside, call)?.hints.push(hint),
    ...(inside.edit && { edit: inside.edit }),
  };
  void runOutside(hostOf(inside, call), seat)
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      writeOutside(computer.kernel(), call, 2, `${call.argv[0]}: ${text}\n`);
      return 1;
    })
    .then((exit) => {
      exitOutside(computer.kernel(), call, exit);
      running.delete(key);
      inside.unsettled = true;
    });
}

function hostOf(inside: Inside, call: OutsideCall): KubectlHost {
  const { door, sleepers, remotes, config, nextId, waiters } = inside;
  return {
    door,
    sleepers,
    remotes,
    config,
    nextId,
    touched: () => {
      inside.unsettled = true;
    },
    holding: (work) => {
      inside.held++;
      return work.finally(() => {
        inside.held--;
        inside.unsettled = true;
      });
    },
    inputCame: () => new Promise((wake) => void waiters.push({ call, wake })),
    ...(inside.typeDocs && { typeDocs: inside.typeDocs }),
  };
}

function terminalAt({ computer, terminals }: Inside, call: OutsideCall): Terminal | undefined {
  const name = terminalOf(computer.kernel().state, call);
  return name === undefined ? undefined : terminals.get(name);
}

/** The command in a pod that the programs of a terminal have joined. */
export function joinedBy({ computer, running }: Inside, terminal: string): Remote | undefined {
  for (const { call, remote } of running.values()) {
    if (remote && terminalOf(computer.kernel().state, call) === terminal) return remote;
  }
  return undefined;
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
