// dig, as BIND 9.18 of Debian 12 prints it.
import type { Json } from "#base/json";
import {
  answerSize,
  reverseName,
  type DnsAnswer,
  type RecordType,
  type ResourceRecord,
} from "../../../dns/message.ts";
import type { ConnectAnswer } from "../../../network/types.ts";
import { epochNow } from "../../clock.ts";
import { defineCommand, type CommandContext, type Outcome } from "../command.ts";
import { formatDate } from "../date.ts";
import { ask, candidates, IPV4, readReply, resolverOf } from "./ask.ts";

interface Request {
  name: string;
  type: RecordType;
  server?: string;
  port?: number;
  sourcePort?: number;
  timeoutMs: number;
  tries: number;
  tcp: boolean;
  search: boolean;
  short: boolean;
  show: Record<"cmd" | "comments" | "question" | "answer" | "authority" | "additional" | "stats", boolean>;
}

interface State {
  step: "server" | "answer" | "connect";
  server: string;
  names: string[];
  index: number;
  attempt: number;
  startedAt: number;
  failures: string;
  connection: number;
}

const TYPES = new Set(["A", "AAAA", "CNAME", "SRV", "PTR", "NS", "SOA", "TXT", "MX", "ANY"]);

function parse(argv: readonly string[]): Request {
  const show = {
    cmd: true,
    comments: true,
    question: true,
    answer: true,
    authority: true,
    additional: true,
    stats: true,
  };
  const request: Request = {
    name: ".",
    type: "NS",
    timeoutMs: 5000,
    tries: 3,
    tcp: false,
    search: false,
    short: false,
    show,
  };
  let typed = false;
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (word.startsWith("@")) request.server = word.slice(1);
    else if (word.startsWith("+")) setOption(request, word.slice(1));
    else if (word === "-x") {
      request.name = reverseName(argv[++index] ?? "");
      request.type = "PTR";
      typed = true;
    } else if (word === "-p") request.port = Number(argv[++index]);
    else if (word === "-b") {
      const source = /#(\d+)$/.exec(argv[++index] ?? "")?.[1];
      if (source !== undefined) request.sourcePort = Number(source);
    } else if (word === "-t") {
      request.type = (argv[++index] ?? "A").toUpperCase() as RecordType;
      typed = true;
    } else if (word === "-4" || word === "-c" || word === "IN") continue;
    else if (TYPES.has(word.toUpperCase()) && (word === word.toUpperCase() || request.name !== ".")) {
      request.type = word.toUpperCase() as RecordType;
      typed = true;
    } else {
      request.name = word;
      if (!typed) request.type = "A";
    }
  }
  return request;
}

function setOption(request: Request, option: string): void {
  const on = !option.startsWith("no");
  const [name = "", value = ""] = option.replace(/^no/, "").split("=");
  if (name === "all")
    for (const key of Object.keys(request.show)) request.show[key as keyof Request["show"]] = on;
  else if (name in request.show) request.show[name as keyof Request["show"]] = on;
  else if (name === "short") request.short = on;
  else if (name === "tcp" || name === "vc") request.tcp = on;
  else if (name === "search") request.search = on;
  else if (/^(time|timeout)$/.test(name)) request.timeoutMs = Math.max(1, Number(value)) * 1000;
  else if (name === "tries") request.tries = Math.max(1, Number(value));
  else if (name === "retry") request.tries = Math.max(0, Number(value)) + 1;
}

export const dig = defineCommand({
  name: "dig",
  run(context, resume) {
    const request = parse(context.argv);
    if (!resume) {
      const resolver = resolverOf(context);
      const server = request.server ?? resolver.nameservers[0] ?? "127.0.0.1";
      const names = request.search ? candidates(context, request.name) : [request.name];
      const state: State = {
        step: "answer",
        server,
        names,
        index: 0,
        attempt: 1,
        startedAt: 0,
        failures: "",
        connection: 0,
      };
      if (IPV4.test(server)) return send(context, request, state);
      return {
        wait: { for: "resolve", name: server },
        state: { ...state, step: "server" } as unknown as Json,
      };
    }
    const state = resume.state as unknown as State;
    const answer = resume.answer as { outcome?: string; addresses?: string[] };
    if (state.step === "server") {
      if (answer.outcome !== "resolved") {
        context.out(`dig: couldn't get address for '${state.server}': not found\n`);
        return { exit: 10 };
      }
      return send(context, request, { ...state, server: answer.addresses![0]!, step: "answer" });
    }
    if (state.step === "connect") return overTcp(request, state, resume.answer as unknown as ConnectAnswer);
    return answered(context, request, state, resume.answer);
  },
});

function send(context: CommandContext, request: Request, state: State): Outcome {
  state.startedAt = context.context.now;
  const name = state.names[state.index]!;
  const question = {
    name,
    type: request.type,
    server: state.server,
    timeoutMs: request.timeoutMs,
    edns: true,
  };
  const wait = ask(context, {
    ...question,
    ...(request.port === undefined ? {} : { port: request.port }),
    ...(request.sourcePort === undefined ? {} : { sourcePort: request.sourcePort }),
  });
  if (!request.tcp || wait.for !== "datagram")
    return { wait, state: { ...state, step: "answer" } as unknown as Json };
  // The message is kept for the connection that it goes over.
  const pending = { ...state, step: "connect", failures: wait.spec.payload };
  const { to, latency, timeoutMs } = wait.spec;
  return {
    wait: { for: "connect", spec: { to, latency, protocol: "TCP", timeoutMs: timeoutMs ?? 5000 } },
    state: pending as unknown as Json,
  };
}

function overTcp(request: Request, state: State, answer: ConnectAnswer): Outcome {
  if (answer.outcome !== "connected") return { exit: 9 };
  const body = { method: "", path: "", headers: {}, body: state.failures };
  const next: State = { ...state, step: "answer", failures: "", connection: answer.connection };
  return {
    wait: {
      for: "exchange",
      spec: { connection: answer.connection, request: body, timeoutMs: request.timeoutMs },
    },
    state: next as unknown as Json,
  };
}

function answered(context: CommandContext, request: Request, state: State, answer: Json): Outcome {
  const reply = readReply(answer);
  if (state.connection > 0) context.context.network.disconnect(state.connection);
  if (!reply.ok) {
    context.out(`;; communications error to ${state.server}#${request.port ?? 53}: ${reply.reason}\n`);
    if (state.attempt < request.tries)
      return send(context, request, { ...state, attempt: state.attempt + 1 });
    if (!request.short) context.out(`${head(context, request)}`);
    context.out(";; no servers could be reached\n\n");
    return { exit: 9 };
  }
  const { message } = reply;
  if (request.search && message.answer.length === 0 && state.index + 1 < state.names.length) {
    return send(context, request, { ...state, index: state.index + 1 });
  }
  if (request.short) {
    for (const record of message.answer) context.out(`${record.data}\n`);
    return { exit: 0 };
  }
  context.out(head(context, request) + body(request, message));
  if (request.show.stats) {
    const time = Math.floor(context.context.now - state.startedAt);
    context.out(
      `;; Query time: ${time} msec\n;; SERVER: ${state.server}#${request.port ?? 53}(${state.server}) (${request.tcp ? "TCP" : "UDP"})\n`,
    );
    context.out(
      `;; WHEN: ${formatDate("%a %b %d %H:%M:%S UTC %Y", epochNow(context.context))}\n;; MSG SIZE  rcvd: ${answerSize(message)}\n\n`,
    );
  }
  return { exit: 0 };
}

function head(context: CommandContext, request: Request): string {
  if (!request.show.cmd) return "";
  const found = request.server === undefined ? "" : "; (1 server found)\n";
  return `\n; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> ${context.argv.slice(1).join(" ")}\n${found};; global options: +cmd\n`;
}

function body(request: Request, message: DnsAnswer): string {
  const { show } = request;
  let text = "";
  if (show.comments) text += comments(message);
  if (show.question) {
    text += `${show.comments ? ";; QUESTION SECTION:\n" : ""}${columns(`;${message.question.name}`, "", message.question.type, "")}\n\n`;
  }
  const sections: [string, boolean, ResourceRecord[]][] = [
    ["ANSWER", show.answer, message.answer],
    ["AUTHORITY", show.authority, message.authority],
    ["ADDITIONAL", show.additional, message.additional],
  ];
  for (const [title, shown, records] of sections) {
    if (!shown || records.length === 0) continue;
    if (show.comments) text += `;; ${title} SECTION:\n`;
    for (const record of records)
      text += `${columns(record.name, String(record.ttl), record.type, record.data)}\n`;
    if (show.comments || show.stats) text += "\n";
  }
  return text;
}

function comments(message: DnsAnswer): string {
  const { flags, edns } = message;
  const shown = ["qr", ...(["aa", "rd", "ra"] as const).filter((flag) => flags[flag])].join(" ");
  const lines = [";; Got answer:"];
  if (message.question.name.endsWith(".local.")) {
    lines.push(";; WARNING: .local is reserved for Multicast DNS");
    lines.push(";; You are currently testing what happens when an mDNS query is leaked to DNS");
  }
  const additional = message.additional.length + (edns ? 1 : 0);
  lines.push(`;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}`);
  lines.push(
    `;; flags: ${shown}; QUERY: 1, ANSWER: ${message.answer.length}, AUTHORITY: ${message.authority.length}, ADDITIONAL: ${additional}`,
  );
  if (flags.rd && !flags.ra) lines.push(";; WARNING: recursion requested but not available");
  lines.push("");
  if (edns) {
    lines.push(";; OPT PSEUDOSECTION:", `; EDNS: version: 0, flags:; udp: ${edns.udp}`);
    if (edns.cookie !== undefined) lines.push(`; COOKIE: ${edns.cookie} (echoed)`);
  }
  return `${lines.join("\n")}\n`;
}

/** Columns at 24, 32, 40 and 48, reached by tabs; past a column one space has to do. */
export function columns(name: string, ttl: string, type: string, data: string): string {
  let text = name;
  const put = (column: number, word: string): void => {
    if (text.length + tabsWidth(text) >= column) text += " ";
    else while (text.length + tabsWidth(text) < column) text += "\t";
    text += word;
  };
  if (ttl !== "") put(24, ttl);
  put(32, "IN");
  put(40, type);
  if (data !== "") put(48, data);
  return text;
}

/** What the tabs in a text add to its length on screen. */
function tabsWidth(text: string): number {
  let column = 0;
  for (const char of text) column = char === "\t" ? column - (column % 8) + 8 : column + 1;
  return column - text.length;
}
