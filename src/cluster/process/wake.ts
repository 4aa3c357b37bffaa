// Who waits for what in a container: ending waits, and telling readers and writers of pipes about each other.
import type { Json } from "#base/json";
import { RUNTIME, type Caller, type Kernel } from "./kernel.ts";
import type { Container, Process } from "./state.ts";

/** Ends the process's wait; it goes on with `answer`. */
export function wake(kernel: Kernel, container: Container, process: Process, answer: Json = null): void {
  if (process.waiting === "nothing") return;
  if (process.timer !== undefined) kernel.context.cancel(process.timer);
  process.timer = undefined;
  process.waitsOn = undefined;
  process.waiting = "nothing";
  process.token = kernel.state.nextToken++;
  process.answer = answer;
  kernel.state.ready.push({ container: container.id, pid: process.pid });
}

/** Wakes those who wait for input of a stream that was written to, or of any whose last writer is gone. */
export function wakeReaders(kernel: Kernel, container: Container, written?: number): void {
  for (const process of container.processes.values()) {
    if (process.waiting !== "input") continue;
    const fd = process.fds[0];
    const id = process.waitsOn ?? (fd?.kind === "stream" ? fd.id : undefined);
    if (id === undefined) continue;
    if (id === written || (written === undefined && !hasWriter(container, id)))
      wake(kernel, container, process);
  }
}

/** Whether somebody can still write to the stream. */
export function hasWriter(container: Container, id: number): boolean {
  if (container.input === id || container.typed?.includes(id)) return true;
  for (const process of container.processes.values()) if (holds(process, id, "write")) return true;
  return false;
}

export function hasReader(container: Container, id: number): boolean {
  for (const process of container.processes.values()) if (holds(process, id, "read")) return true;
  return false;
}

function holds(process: Process, id: number, side: "read" | "write"): boolean {
  const isHeld = (fds: Process["fds"]): boolean =>
    Object.entries(fds).some(
      ([number, fd]) =>
        fd.kind === "stream" && fd.id === id && (number === "0" || fd.reads === true) === (side === "read"),
    );
  if (isHeld(process.fds)) return true;
  // Redirections of a compound command hide a descriptor that comes back at its end.
  return (
    process.program.kind === "shell" && process.program.shell.frames.some((frame) => frame.saved.some(isHeld))
  );
}

/** Forgets the pipes among these descriptors that nobody holds any more. */
export function dropStreams(container: Container, fds: Process["fds"]): void {
  for (const fd of Object.values(fds)) {
    if (fd.kind !== "stream" || container.streams.get(fd.id)?.kept !== false) continue;
    if (!hasReader(container, fd.id) && !hasWriter(container, fd.id)) container.streams.delete(fd.id);
  }
}

/** The address under which the answer to the process's present wait comes back. */
export function replyAddress(caller: Caller): { to: string; what: string; data: Json } {
  const { container, process } = caller;
  const data = { container: container.id, pid: process.pid, token: process.token };
  return { to: RUNTIME, what: "answer", data };
}

/** Lets the process wait for virtual time. */
export function waitForTime(caller: Caller, ms: number): void {
  caller.process.waiting = "answer";
  caller.process.timer = caller.context.after(ms, "answer", replyAddress(caller).data);
}
