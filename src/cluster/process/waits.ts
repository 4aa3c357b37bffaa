// Starts what a command waits for: time, input, and everything that goes over the network.
import type { Json } from "#base/json";
import type { Address } from "../machine/component.ts";
import type { Wait } from "./commands/command.ts";
import type { Caller } from "./kernel.ts";
import { keepAliveKey } from "./processes.ts";
import { openSocket } from "./sockets.ts";
import { startProgram } from "./start-program.ts";
import { copyFds } from "./streams.ts";
import { hasWriter, replyAddress, wake, waitForTime } from "./wake.ts";

export function beginWait(caller: Caller, wait: Wait): void {
  const { container, process } = caller;
  process.waiting = "answer";
  process.answer = undefined;
  const replyTo = replyAddress(caller);
  switch (wait.for) {
    case "time":
      waitForTime(caller, wait.ms);
      return;
    case "input": {
      process.waiting = "input";
      const fd = process.fds[0];
      // Asking again at the end of the input is answered at once.
      if (fd?.kind !== "stream" || !hasWriter(container, fd.id)) wake(caller, container, process);
      return;
    }
    case "signal":
      return;
    case "child":
      waitForChild(caller, wait);
      return;
    default:
      beginTraffic(caller, wait, replyTo);
  }
}

type Traffic = Exclude<Wait, { for: "time" | "input" | "signal" | "child" }>;

/** What goes over the network. */
function beginTraffic(caller: Caller, wait: Traffic, replyTo: Address): void {
  const { container, process, context } = caller;
  const from = container.config.host;
  const resolver = container.config.resolver === undefined ? {} : { resolver: container.config.resolver };
  switch (wait.for) {
    case "http":
      context.http.call({
        keepAliveKey: keepAliveKey(container, process),
        ...wait.call,
        from,
        ...resolver,
        replyTo,
      });
      return;
    case "resolve":
      context.http.resolve({
        from,
        ...resolver,
        name: wait.name,
        ...(wait.timeoutMs === undefined ? {} : { timeoutMs: wait.timeoutMs }),
        replyTo,
      });
      return;
    case "connect":
      context.network.connect({ ...wait.spec, from, replyTo });
      return;
    case "exchange":
      context.network.exchange({ ...wait.spec, replyTo });
      return;
    case "datagram":
      context.network.datagram({ ...wait.spec, from, replyTo });
      return;
    case "ping":
      context.network.ping({
        from,
        ip: wait.ip,
        timeoutMs: wait.timeoutMs,
        replyTo,
        ...(wait.echo === undefined ? {} : { echo: wait.echo }),
      });
      return;
    case "packets":
      context.network.watchPackets({ key: keepAliveKey(container, process), host: from, replyTo });
      return;
    case "incoming": {
      const open = process.sockets.some(
        (socket) => socket.port === wait.port && socket.protocol === wait.protocol,
      );
      if (!open && !openSocket(caller, wait)) wake(caller, container, process, { failed: "addressInUse" });
    }
  }
}

function waitForChild(caller: Caller, wait: Extract<Wait, { for: "child" }>): void {
  const { container, process } = caller;
  if (wait.argv) {
    const child = startProgram(caller, wait.argv, copyFds(process.fds));
    if ("error" in child) {
      const exit = child.error === "permission denied" ? 126 : 127;
      wake(caller, container, process, { exit, missing: true });
      return;
    }
  }
  if (!wait.argv && ![...container.processes.values()].some((other) => other.parent === process.pid)) {
    // The signal that the command has just sent ended its child at once.
    wake(caller, container, process, { exit: 143, signal: 15 });
    return;
  }
  if (wait.timeoutMs !== undefined) waitForTime(caller, wait.timeoutMs);
  process.waiting = "child";
}

/** The machine's timer "answer": what a process waited for has come. */
export function onAnswer(
  caller: Caller,
  data: { container: string; pid: number; token: number } & { [key: string]: Json },
): void {
  if (caller.process.token !== data.token || !/answer|child/.test(caller.process.waiting)) return;
  caller.process.timer = undefined;
  const { container: _container, pid: _pid, token: _token, ...answer } = data;
  wake(caller, caller.container, caller.process, answer);
}
