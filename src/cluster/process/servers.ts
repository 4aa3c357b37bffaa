// Server processes: their start, the requests that reach their sockets, and their end.
import type { Json } from "#base/json";
import type { Answer, IncomingRequest, ServerProgram } from "../images/image.ts";
import type { HttpAnswer, Incoming } from "../network/types.ts";
import type { Caller } from "./kernel.ts";
import { runAnswer } from "./answering.ts";
import { exit } from "./processes.ts";
import { serverContext, serverOf } from "./server-context.ts";
import { openSocket } from "./sockets.ts";
import type { Program } from "./state.ts";
import { write, writeLogLine } from "./streams.ts";
import { wake, waitForTime } from "./wake.ts";

type Server = Extract<Program, { kind: "server" }>;

export function runServer(caller: Caller, program: Server): void {
  const definition = serverOf(caller.container, program.name)!;
  if (program.phase === "new") begin(caller, program, definition);
  else if (program.phase === "starting") listen(caller, program);
  else caller.process.waiting = "answer";
}

function begin(caller: Caller, program: Server, definition: ServerProgram): void {
  const start = definition.start(serverContext(caller, program));
  write(caller, 1, lines(start.log));
  write(caller, 2, lines(start.stderr));
  program.phase = "starting";
  if ("exit" in start) {
    program.listen = [];
    program.state = { exit: start.exit };
    if (start.outOfMemory) caller.container.outOfMemory = true;
    if (start.afterMs) waitForTime(caller, start.afterMs);
    else exit(caller, start.exit);
    return;
  }
  program.listen = start.listen;
  program.state = start.state ?? null;
  waitForTime(caller, start.startMs ?? 10);
}

function listen(caller: Caller, program: Server): void {
  const ending = program.state as { exit?: number } | null;
  if (program.listen.length === 0 && typeof ending?.exit === "number") {
    exit(caller, ending.exit);
    return;
  }
  for (const spec of program.listen) {
    if (openSocket(caller, spec)) continue;
    const address = `${spec.address ?? "0.0.0.0"}:${spec.port}`;
    write(caller, 2, `Error: listen ${address}: bind: address already in use\n`);
    exit(caller, 1);
    return;
  }
  program.phase = "serving";
  caller.process.waiting = "answer";
}

/** The machine's timer "incoming": a request or datagram reached one of the process's sockets. */
export function onIncoming(caller: Caller, data: { port: number; secure: boolean } & Incoming): void {
  const { process, container, context } = caller;
  const { program } = process;
  if (program.kind !== "server") {
    if (process.waiting === "answer") wake(caller, container, process, data as unknown as Json);
    else context.network.respond(data.exchange, { hangUp: true });
    return;
  }
  const definition = serverOf(container, program.name)!;
  const answer = answerTo(caller, program, definition, data);
  program.requests++;
  if (answer.state !== undefined) program.state = answer.state;
  if (answer.log) writeLines(caller, 1, answer.log);
  if (answer.stderr) writeLines(caller, 2, answer.stderr);
  const slow = container.faults.slowMs ?? 0;
  if (answer.run) runAnswer(caller, answer.run, data.exchange);
  else context.network.respond(data.exchange, spoiled(caller, answer.answer), (answer.delayMs ?? 0) + slow);
  if (answer.exit !== undefined) {
    context.after(1, "serverEnds", { container: container.id, pid: process.pid, exit: answer.exit });
  }
}

/** Simplified: web servers all say it as Node's does. */
const BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

function answerTo(
  caller: Caller,
  program: Server,
  definition: ServerProgram,
  data: { port: number; secure: boolean } & Incoming,
): Answer {
  const server = serverContext(caller, program);
  if ("datagram" in data.request) {
    return definition.datagram?.(data.request.datagram, data.peer, server) ?? { answer: { hangUp: true } };
  }
  if (data.request.method === "" && !definition.plainText) return { answer: { raw: BAD_REQUEST } };
  const request: IncomingRequest = {
    method: data.request.method,
    path: data.request.path,
    headers: data.request.headers,
    body: data.request.body,
    peer: data.peer,
    peerIp: data.peer.slice(0, data.peer.lastIndexOf(":")),
    local: data.local,
    port: data.port,
    tls: data.secure,
  };
  return definition.answer?.(request, server) ?? { answer: { hangUp: true } };
}

/** The fault failStatus replaces whatever the program would have said. */
function spoiled(caller: Caller, answer: HttpAnswer): HttpAnswer {
  const status = caller.container.faults.failStatus;
  return status === undefined || "datagram" in answer
    ? answer
    : { status, body: `fault: status ${status}\n` };
}

function writeLines(caller: Caller, fd: number, texts: readonly string[]): void {
  if (texts.length === 1 && writeLogLine(caller, fd, texts[0]!)) return;
  write(caller, fd, lines(texts));
}

function lines(texts: readonly string[] | undefined): string {
  return texts && texts.length > 0 ? `${texts.join("\n")}\n` : "";
}
