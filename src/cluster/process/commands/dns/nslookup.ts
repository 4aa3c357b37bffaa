// nslookup: BIND's, which follows the search list, and busybox's, which asks for everything and prints all it got.
import type { Json } from "#base/json";
import type { DnsAnswer, RecordType } from "../../../dns/message.ts";
import { defineCommand, type CommandContext, type Outcome } from "../command.ts";
import { ask, candidates, nameOf, readReply, resolverOf } from "./ask.ts";

interface State {
  questions: { name: string; type: RecordType }[];
  index: number;
  server: string;
  attempt: number;
  /** Whether the head with the server's address was printed. */
  headed: boolean;
  found: string | null;
  failed: boolean;
  text: string;
}

interface Request {
  target: string;
  server?: string;
  type?: RecordType;
  timeoutMs: number;
  tries: number;
  debug: boolean;
}

function parse(context: CommandContext): Request {
  const words = context.argv.slice(1).filter((word) => !word.startsWith("-"));
  const options = context.argv.slice(1).filter((word) => word.startsWith("-"));
  const option = (pattern: RegExp): string | undefined =>
    options.map((word) => pattern.exec(word)?.[1]).find((value) => value !== undefined);
  const type = option(/^-(?:type|query|q|querytype)=(\w+)$/);
  const { timeoutMs = 5000, attempts = 2 } = resolverOf(context);
  const retry = option(/^-retry=(\d+)$/);
  const timeout = option(/^-timeout=(\d+)$/);
  return {
    target: words[0] ?? "",
    ...(words[1] === undefined ? {} : { server: words[1] }),
    ...(type === undefined ? {} : { type: type.toUpperCase() as RecordType }),
    timeoutMs: timeout === undefined ? timeoutMs : Number(timeout) * 1000,
    tries: retry === undefined ? attempts + 1 : Number(retry) + 1,
    debug: options.includes("-debug"),
  };
}

export const nslookup = defineCommand({
  name: "nslookup",
  run(context, resume) {
    const request = parse(context);
    if (request.target === "") {
      // Simplified: there is no interactive mode.
      return { exit: 0 };
    }
    const server = request.server ?? resolverOf(context).nameservers[0] ?? "127.0.0.1";
    const busybox = context.flavour === "busybox";
    if (!resume) {
      const { name, reverse } = nameOf(request.target);
      // busybox uses no search list for a name with a dot in it.
      const names = reverse
        ? [name]
        : busybox
          ? name.includes(".")
            ? [`${name.replace(/\.$/, "")}.`]
            : candidates(context, name, 1e9).slice(0, -1)
          : candidates(context, name);
      const types: RecordType[] = request.type
        ? [request.type]
        : reverse
          ? ["PTR"]
          : busybox
            ? ["A", "AAAA"]
            : ["A"];
      const list = names.length > 0 ? names : [`${name}.`];
      const questions = list.flatMap((item) => types.map((type) => ({ name: item, type })));
      return send(context, request, {
        questions,
        index: 0,
        server,
        attempt: 1,
        headed: false,
        found: null,
        failed: false,
        text: "",
      });
    }
    const state = resume.state as unknown as State;
    return busybox
      ? busyboxAnswer(context, request, state, resume.answer)
      : bindAnswer(context, request, state, resume.answer);
  },
});

function send(context: CommandContext, request: Request, state: State): Outcome {
  const question = state.questions[state.index]!;
  const wait = ask(context, { ...question, server: state.server, timeoutMs: request.timeoutMs });
  return { wait, state: state as unknown as Json };
}

function bindAnswer(context: CommandContext, request: Request, state: State, answer: Json): Outcome {
  const reply = readReply(answer);
  if (!reply.ok) {
    context.out(`;; communications error to ${state.server}#53: ${reply.reason}\n`);
    if (state.attempt < request.tries)
      return send(context, request, { ...state, attempt: state.attempt + 1 });
    context.out(";; no servers could be reached\n\n");
    return { exit: 1 };
  }
  const { message } = reply;
  if (!message.flags.ra && request.server === undefined)
    context.out(`;; Got recursion not available from ${state.server}\n`);
  if (request.debug)
    context.out(
      `------------\n    QUESTIONS:\n\t${message.question.name.replace(/\.$/, "")}, type = ${message.question.type}, class = IN\n`,
    );
  // An empty answer ends the search as well: only a name that does not exist leads on.
  if (state.found === null && message.rcode !== "NOERROR" && state.index + 1 < state.questions.length) {
    return send(context, request, { ...state, index: state.index + 1, attempt: 1 });
  }
  const isReverse = message.question.type === "PTR";
  if (!state.headed && !isReverse) {
    context.out(`Server:\t\t${state.server}\nAddress:\t${state.server}#53\n\n`);
    state.headed = true;
  }
  if (message.rcode !== "NOERROR") {
    const asked = isReverse ? message.question.name : request.target;
    context.out(`** server can't find ${asked}: ${message.rcode}\n\n`);
    return { exit: 1 };
  }
  if (message.answer.length === 0 && state.found === null)
    context.out(`*** Can't find ${request.target}: No answer\n`);
  for (const record of message.answer) context.out(bindRecord(record.name, record.type, record.data));
  const first = state.questions[state.index]!;
  if (first.type === "A" && request.type === undefined) {
    const next = { name: message.answer.at(-1)?.name ?? first.name, type: "AAAA" as const };
    return send(context, request, { ...state, questions: [next], index: 0, found: next.name, attempt: 1 });
  }
  context.out("\n");
  return { exit: 0 };
}

function bindRecord(name: string, type: RecordType, data: string): string {
  const plain = name.replace(/\.$/, "");
  if (type === "A" || type === "AAAA") return `Name:\t${plain}\nAddress: ${data}\n`;
  if (type === "CNAME") return `${plain}\tcanonical name = ${data}\n`;
  if (type === "PTR") return `${plain}\tname = ${data}\n`;
  if (type === "SRV") return `${plain}\tservice = ${data}\n`;
  return `${plain}\t${type === "TXT" ? "text" : type.toLowerCase()} = ${data}\n`;
}

function busyboxAnswer(context: CommandContext, request: Request, state: State, answer: Json): Outcome {
  const reply = readReply(answer);
  if (!reply.ok) {
    if (reply.reason === "timed out" && state.attempt < request.tries) {
      return send(context, request, { ...state, attempt: state.attempt + 1 });
    }
    context.out(";; connection timed out; no servers could be reached\n\n");
    return { exit: 1 };
  }
  const { message } = reply;
  const failed = message.rcode !== "NOERROR";
  const text = state.text + busyboxText(message, state.questions[state.index]!.name);
  const next: State = { ...state, index: state.index + 1, attempt: 1, failed: state.failed || failed, text };
  if (next.index < state.questions.length) return send(context, request, next);
  context.out(`Server:\t\t${state.server}\nAddress:\t${state.server}:53\n\n${text}`);
  return { exit: next.failed ? 1 : 0 };
}

function busyboxText(message: DnsAnswer, name: string): string {
  if (message.rcode !== "NOERROR")
    return `** server can't find ${name.replace(/\.$/, "")}: ${message.rcode}\n\n`;
  let text = "";
  for (const record of message.answer) {
    const plain = record.name.replace(/\.$/, "");
    const data = record.data.replace(/\.$/, "");
    if (record.type === "A" || record.type === "AAAA") text += `Name:\t${plain}\nAddress: ${data}\n`;
    else if (record.type === "PTR") text += `${plain}\tname = ${data}\n`;
    else if (record.type === "CNAME") text += `${plain}\tcanonical name = ${data}\n`;
    else if (record.type === "SRV") text += `${plain}\tservice = ${data}\n`;
    else text += `${plain}\t${record.type.toLowerCase()} = ${data}\n`;
  }
  return `${text}\n`;
}
