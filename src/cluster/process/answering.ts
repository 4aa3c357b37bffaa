// Programs whose output is the answer to a request: agnhost's /shell, nc -e.
import type { HttpAnswer } from "../network/types.ts";
import type { Caller } from "./kernel.ts";
import { serverOf } from "./server-context.ts";
import { startProgram } from "./start-program.ts";
import type { Container } from "./state.ts";
import { openStream } from "./streams.ts";

/** Starts the program as a child; its end answers the exchange. `text` is its input, if it is to have one. */
export function runAnswer(caller: Caller, argv: string[], exchange: number, text?: string): void {
  const { container, process } = caller;
  const stdout = openStream(container, true);
  const stdin = text === undefined ? undefined : openStream(container, false, text);
  const output = { kind: "stream", id: stdout } as const;
  const child = startProgram(caller, argv, {
    0: stdin === undefined ? { kind: "null" } : { kind: "stream", id: stdin },
    1: output,
    2: text === undefined ? output : (process.fds[2] ?? { kind: "null" }),
  });
  const answering = {
    exchange,
    stdout,
    server: process.pid,
    ...(stdin === undefined ? {} : { stdin, given: text!.length }),
  };
  if (!("error" in child)) container.answering.set(child.pid, answering);
  else caller.context.network.respond(exchange, answerOf(container, answering, 127));
}

/** What the ended program's output makes of the answer. */
export function answerOf(
  container: Container,
  answering: NonNullable<ReturnType<Container["answering"]["get"]>>,
  status: number,
): HttpAnswer {
  const output = container.streams.get(answering.stdout)?.text ?? "";
  container.streams.delete(answering.stdout);
  const server = container.processes.get(answering.server);
  if (server?.program.kind === "server") {
    const program = serverOf(container, server.program.name);
    return program?.commandEnded?.(output, status) ?? { status: 200, body: output };
  }
  if (output !== "") return { raw: output };
  // Closing a socket with unread data resets the connection.
  const unread =
    answering.stdin === undefined ? 0 : (container.streams.get(answering.stdin)?.text.length ?? 0);
  return unread > 0 && unread === answering.given ? { reset: true } : { hangUp: true };
}
