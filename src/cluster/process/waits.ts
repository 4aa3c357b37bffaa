// Starts what a command waits for: time, input, and everything that goes over the network.
import type { Json } from "#base/json";
import type { Wait } from "./commands/command.ts";
import type { Caller } from "./kernel.ts";
import { keepAliveKey } from "./processes.ts";
import { openSocket } from "./sockets.ts";
import { hasWriter, replyAddress, wake, waitForTime } from "./wake.ts";

export function beginWait(caller: Caller, wait: Wait): void {
  const { container, process, context } = caller;
  const from = container.config.host;
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
    case "http":
      context.http.call({ keepAliveKey: keepAliveKey(container, process), ...wait.call, from, replyTo });
      return;
    case "resolve":
      context.http.resolve({
        from,
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
      context.network.ping({ from, ip: wait.ip, timeoutMs: wait.timeoutMs, replyTo });
      return;
    case "incoming": {
      const open = process.sockets.some(
        (socket) => socket.port === wait.port && socket.protocol === wait.protocol,
      );
      if (!open && !openSocket(caller, wait)) wake(caller, container, process, { failed: "addressInUse" });
    }
  }
}

/** The machine's timer "answer": what a process waited for has come. */
export function onAnswer(
  caller: Caller,
  data: { container: string; pid: number; token: number } & { [key: string]: Json },
): void {
  if (caller.process.token !== data.token || caller.process.waiting !== "answer") return;
  caller.process.timer = undefined;
  const { container: _container, pid: _pid, token: _token, ...answer } = data;
  wake(caller, caller.container, caller.process, answer);
}
