// Running a command beside a container's main process: exec probes, lifecycle hooks, kubectl exec.
import { imageOf } from "../images/registry.ts";
import { execError, newId } from "./containers.ts";
import { resolvePath } from "./files.ts";
import type { Caller, Kernel } from "./kernel.ts";
import { exit, spawn } from "./processes.ts";
import { loadProgram } from "./programs.ts";
import { openStream } from "./streams.ts";
import type { Runtime } from "./types.ts";

export function startExec(kernel: Kernel, spec: Parameters<Runtime["exec"]>[0]): void {
  const { context } = kernel;
  const container = kernel.state.containers.get(spec.container);
  const fail = (message: string): void => context.reply(spec.replyTo, { outcome: "error", message });
  if (container?.status !== "running") {
    const name = container?.config.containerName;
    fail(name === undefined ? "container not found" : `container not found ("${name}")`);
    return;
  }
  const { config } = container;
  const cwd = resolvePath("/", config.workingDir ?? imageOf(config.image).workingDir ?? "/");
  const prefix = "failed to exec in container: failed to start exec";
  const loaded = loadProgram(kernel, container, spec.command, container.env, cwd);
  if ("error" in loaded) {
    const reason = execError(spec.command[0] ?? "", loaded.error);
    fail(
      `${prefix} "${newId(kernel)}": OCI runtime exec failed: exec failed: unable to start container process: ${reason}`,
    );
    return;
  }
  const stdin = spec.stdin === undefined ? undefined : openStream(container, false, spec.stdin);
  const stdout = openStream(container, true);
  const stderr = openStream(container, true);
  const process = spawn(kernel, container, {
    parent: 0,
    argv: loaded.argv,
    env: container.env,
    cwd,
    fds: {
      0: stdin === undefined ? { kind: "null" } : { kind: "stream", id: stdin },
      1: { kind: "stream", id: stdout },
      2: { kind: "stream", id: stderr },
    },
    program: loaded.program,
  });
  if (!process) {
    fail(`${prefix} "${newId(kernel)}": cannot fork: resource temporarily unavailable`);
    return;
  }
  const data = { container: container.id, pid: process.pid };
  const timer = spec.timeoutMs === undefined ? undefined : context.after(spec.timeoutMs, "execTimeout", data);
  container.execs.set(process.pid, {
    replyTo: spec.replyTo,
    stdout,
    stderr,
    ...(timer === undefined ? {} : { timer }),
  });
}

/** The time is over: the command is killed, and whoever asked learns that it took too long. */
export function timeOutExec(caller: Caller): void {
  const { container, process, context } = caller;
  const exec = container.execs.get(process.pid);
  if (!exec) return;
  container.execs.delete(process.pid);
  context.reply(exec.replyTo, { outcome: "timeout" });
  container.streams.delete(exec.stdout);
  container.streams.delete(exec.stderr);
  for (const child of container.processes.values()) {
    if (child.parent === process.pid) exit({ ...caller, process: child }, 137);
  }
  exit(caller, 137);
}
