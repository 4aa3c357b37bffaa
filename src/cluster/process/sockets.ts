// Listening sockets of processes: opened at the network, and opened again on 127.0.0.1 while a fault says so.
import type { ListenSpec } from "../images/image.ts";
import { imageOf } from "../images/registry.ts";
import type { Context } from "../machine/component.ts";
import { RUNTIME, type Caller } from "./kernel.ts";
import { serverOf } from "./server-context.ts";
import type { Process } from "./state.ts";

/** False if the address is in use. */
export function openSocket(caller: Caller, spec: ListenSpec): boolean {
  const { container, process, context } = caller;
  const address = spec.address ?? "0.0.0.0";
  const protocol = spec.protocol ?? "TCP";
  const local = container.faults.localhostOnly ? "127.0.0.1" : address;
  const opened = context.network.listen({
    host: container.config.host,
    address: local,
    port: spec.port,
    protocol,
    process: `${titleOf(caller)} (${container.config.containerName})`,
    ...(spec.tls ? { tls: spec.tls } : {}),
    ...(process.program.kind === "command" ? { takesBytes: true } : {}),
    owner: {
      to: RUNTIME,
      what: "incoming",
      data: { container: container.id, pid: process.pid, port: spec.port, secure: spec.tls !== undefined },
    },
  });
  if (!opened.ok) return false;
  process.sockets.push({
    listener: opened.id,
    port: spec.port,
    address,
    protocol,
    ...(spec.tls ? { tls: spec.tls } : {}),
  });
  return true;
}

/** The process accepts no more; the connections that it has live on until it ends. */
export function retireSockets(context: Context, process: Process): void {
  for (const { listener } of process.sockets) {
    context.network.close(listener);
    process.retired.push(listener);
  }
  process.sockets = [];
}

/** The process is over, and with it its connections. */
export function dropSockets(context: Context, process: Process): void {
  const listeners = [...process.retired, ...process.sockets.map(({ listener }) => listener)];
  for (const listener of listeners) context.network.close(listener, { reset: true });
  process.retired = [];
  process.sockets = [];
}

/** Binds all sockets of the container anew, after the fault localhostOnly was set or taken away. */
export function rebindSockets(caller: Omit<Caller, "process">): void {
  for (const process of caller.container.processes.values()) {
    const { sockets } = process;
    retireSockets(caller.context, process);
    for (const socket of sockets) openSocket({ ...caller, process }, socket);
  }
}

function titleOf(caller: Caller): string {
  const { container, process } = caller;
  const { program } = process;
  const title = program.kind === "server" ? serverOf(container, program.name)?.title : undefined;
  return title ?? (imageOf(container.config.image).generic ? "server" : process.argv.join(" ").slice(0, 60));
}
