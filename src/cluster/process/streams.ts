// Open files, pipes and the container's log: where a process's output goes and where its input comes from.
import {
  LETTERS_A_STEP,
  MAX_LOG_LINES,
  MAX_STREAM_CHARS,
  MAX_WRITE_CHARS,
  type Caller,
  type Kernel,
} from "./kernel.ts";
import { readFile, stat, writeFile } from "./files.ts";
import type { LogLine } from "./types.ts";
import type { Container, Fd, Stream } from "./state.ts";
import { hasReader, hasWriter, wakeReaders } from "./wake.ts";

export function openStream(container: Container, kept: boolean, text = ""): number {
  const id = container.nextStream++;
  container.streams.set(id, { text, kept });
  return id;
}

/** Writes; "broken" means that nobody reads the pipe any more (SIGPIPE). */
export function write(caller: Caller, number: number, text: string): "ok" | "broken" {
  if (text === "") return "ok";
  if (text.length > MAX_WRITE_CHARS) throw new RangeError("more text than a container has memory for");
  const { container, process } = caller;
  container.steps.used += text.length / LETTERS_A_STEP;
  const fd = process.fds[number] ?? { kind: "null" };
  if (fd.kind === "log") {
    appendLog(caller, container, fd.to, text);
    for (const id of container.attached ?? []) show(caller, id, fd.to, text);
  } else if (fd.kind === "session") show(caller, fd.id, fd.to, text);
  else if (fd.kind === "file") {
    const before = readFile(caller, container, fd.path);
    const old = "text" in before ? before.text : "";
    if (old.length < MAX_STREAM_CHARS) writeFile(caller, container, fd.path, old + text);
  } else if (fd.kind === "stream") {
    const stream = container.streams.get(fd.id);
    if (!stream || (!stream.kept && !hasReader(container, fd.id))) return "broken";
    if (stream.text.length < MAX_STREAM_CHARS) stream.text += text;
    wakeReaders(caller, container, fd.id);
  }
  return "ok";
}

/** One whole line, as most answers log; false if it is not that simple. */
export function writeLogLine(caller: Caller, number: number, line: string): boolean {
  const { container, process, context } = caller;
  const fd = process.fds[number];
  if (fd?.kind !== "log" || container.attached || container.partial[fd.to] !== "") return false;
  if (line.includes("\n")) return false;
  container.logs.push(new WholeLine(context.now, fd.to, line));
  trimLog(container);
  return true;
}

/** Output that nobody takes is bounded: the oldest goes. */
const MAX_SESSION_PIECES = 4000;

function show({ state }: Kernel, id: string, to: "stdout" | "stderr", text: string): void {
  const session = state.sessions.get(id);
  if (!session) return;
  const { output } = session;
  const last = output.at(-1);
  if (last?.to === to && last.text.length < 4096) last.text += text;
  else output.push({ to, text });
  if (output.length > MAX_SESSION_PIECES) output.splice(0, MAX_SESSION_PIECES / 4);
}

export function streamOf(container: Container, fd: Fd | undefined): Stream | undefined {
  return fd?.kind === "stream" ? container.streams.get(fd.id) : undefined;
}

/** What can be read from standard input now, without taking it. */
export function peekInput(caller: Caller): { text: string; ended: boolean } {
  const { container, process } = caller;
  const fd = process.fds[0];
  if (fd?.kind === "stream") {
    const stream = container.streams.get(fd.id);
    const ended = stream?.ended === true || !hasWriter(container, fd.id);
    return { text: stream?.text ?? "", ended };
  }
  if (fd?.kind === "file") {
    const file = readFile(caller, container, fd.path);
    return { text: "text" in file ? file.text.slice(fd.offset) : "", ended: true };
  }
  return { text: "", ended: true };
}

export function takeInput(caller: Caller, length: number): void {
  const { container, process } = caller;
  container.steps.used += length / LETTERS_A_STEP;
  const fd = process.fds[0];
  if (fd?.kind === "file") fd.offset += length;
  const stream = streamOf(container, fd);
  if (stream) stream.text = stream.text.slice(length);
}

/** A file's offset is of its own in each process. */
export function copyFds(fds: Record<number, Fd>): Record<number, Fd> {
  return Object.fromEntries(Object.entries(fds).map(([number, fd]) => [number, { ...fd }]));
}

/** Opens a path for a redirection or a command; special files lead where they lead in Linux. */
export function openPath(
  caller: Caller,
  path: string,
  mode: "read" | "write" | "append",
): { fd: Fd } | { error: string } {
  const { container, process } = caller;
  if (path === "/dev/null") return { fd: { kind: "null" } };
  if (/^\/(dev\/(stdout|fd\/1)|proc\/self\/fd\/1)$/.test(path))
    return { fd: process.fds[1] ?? { kind: "null" } };
  if (/^\/(dev\/(stderr|fd\/2)|proc\/self\/fd\/2)$/.test(path))
    return { fd: process.fds[2] ?? { kind: "null" } };
  const main = /^\/proc\/1\/fd\/([12])$/.exec(path);
  if (main) return { fd: container.processes.get(1)?.fds[Number(main[1])] ?? { kind: "null" } };
  const other =
    /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path) ?? (path === "/dev/stdin" ? [path, "0"] : null);
  if (other) {
    const fd = process.fds[Number(other[1])];
    return fd ? { fd } : { error: "No such file or directory" };
  }
  if (mode === "read") {
    const file = readFile(caller, container, path);
    return "error" in file && file.error !== "Is a directory"
      ? { error: file.error }
      : { fd: { kind: "file", path, offset: 0 } };
  }
  const old = stat(caller, container, path);
  if (mode === "write" || !old) {
    const failed = writeFile(caller, container, path, "");
    if (failed) return { error: failed };
  }
  if (old?.kind === "directory") return { error: "Is a directory" };
  return { fd: { kind: "file", path, offset: 0 } };
}

/** By a constructor, for the reason that trace/records.ts gives: lines stay as long as their container. */
class WholeLine implements LogLine {
  declare at: number;
  declare stream: LogLine["stream"];
  declare text: string;

  constructor(at: number, stream: LogLine["stream"], text: string) {
    this.at = at;
    this.stream = stream;
    this.text = text;
  }
}

/** Cuts output into log lines; what no newline ends waits for the rest. */
export function appendLog(kernel: Kernel, container: Container, to: "stdout" | "stderr", text: string): void {
  if (text === "") return;
  const { partial } = container;
  // Mostly whole lines, one at a time.
  if (partial[to] === "" && text.indexOf("\n") === text.length - 1) {
    container.logs.push(new WholeLine(kernel.context.now, to, text.slice(0, -1)));
    trimLog(container);
    return;
  }
  const lines = (partial[to] + text).split("\n");
  partial[to] = lines.pop()!;
  for (const line of lines) container.logs.push({ at: kernel.context.now, stream: to, text: line });
  trimLog(container);
}

/** At the container's end what no newline ended becomes a line of its own. */
export function flushLog(kernel: Kernel, container: Container): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const text = container.partial[stream];
    container.partial[stream] = "";
    if (text !== "") container.logs.push({ at: kernel.context.now, stream, text, partial: true });
  }
  trimLog(container);
}

function trimLog(container: Container): void {
  // Trimmed in gulps: taking one line off at a time would copy the rest for each line.
  if (container.logs.length > MAX_LOG_LINES * 1.25) container.logs = container.logs.slice(-MAX_LOG_LINES);
}
