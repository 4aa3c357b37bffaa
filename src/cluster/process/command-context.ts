// What a command of the table gets to see of its process, put together for one run.
import { imageOf } from "../images/registry.ts";
import type { CommandContext } from "./commands/command.ts";
import { filesOf } from "./command-files.ts";
import type { Caller } from "./kernel.ts";
import { findProgram } from "./programs.ts";
import { seenProcesses, signalSeen } from "./shared-processes.ts";
import { runAnswer } from "./answering.ts";
import { peekInput, takeInput, write } from "./streams.ts";

export interface RunningCommand extends CommandContext {
  /** Somebody stopped reading the output: SIGPIPE. */
  broken: boolean;
}

export function commandContext(
  caller: Caller,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  shell?: { flavour: "busybox" | "dash" | "bash"; name: string; line: number },
): RunningCommand {
  const { container, process, context } = caller;
  const image = imageOf(container.config.image);
  const put = (fd: number, text: string): void => {
    if (write(caller, fd, text) === "broken") running.broken = true;
  };
  const running: RunningCommand = {
    broken: false,
    argv,
    env,
    ...(shell ? { shell: shell.flavour, shellPlace: { name: shell.name, line: shell.line } } : {}),
    cwd: process.cwd,
    pid: process.pid,
    hostname: container.config.hostname,
    user: container.config.user ?? ROOT,
    host: container.config.host,
    container: container.id,
    ...(container.config.resolver === undefined ? {} : { resolver: container.config.resolver }),
    flavour: image.flavour === "busybox" ? "busybox" : "gnu",
    versions: image.versions ?? {},
    context,
    tty: isTerminal(caller),
    files: filesOf(caller, (fd, text) => put(fd, text)),
    out: (text) => put(1, text),
    err: (text) => put(2, text),
    spent: (steps) => void (container.steps.used += steps),
    input: () => peekInput(caller),
    take: (length) => takeInput(caller, length),
    processes: () => seenProcesses(caller, container),
    kill: (pid, signal) => signalSeen(caller, container, pid, signal),
    answerWith: (exchange, words, text) => runAnswer(caller, words, exchange, text),
    which: (name) => {
      const found = findProgram(caller, container, name, process.cwd, env["PATH"]);
      return "error" in found ? undefined : found.path;
    },
  };
  return running;
}

const ROOT = { uid: 0, groups: [0] };

function isTerminal({ process, state }: Caller): boolean {
  const fd = process.fds[1];
  return fd?.kind === "session" && state.sessions.get(fd.id)?.tty === true;
}
