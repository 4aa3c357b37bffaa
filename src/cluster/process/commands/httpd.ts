// busybox httpd and python3 -m http.server: files over HTTP.
import type { HttpAnswer, HttpMessage, Incoming } from "../../network/types.ts";
import { contentType, splitTarget } from "../../images/answers.ts";
import { epochNow } from "../clock.ts";
import { complain, defineCommand, type CommandContext, type Outcome, type Resume } from "./command.ts";
import { formatDate } from "./date.ts";
import { parseOptions } from "./options.ts";
import { reasonPhrase } from "./http-words.ts";

export const httpd = defineCommand({
  name: "httpd",
  run(context, resume) {
    const { values } = parseOptions(context.argv, "fvi", "phcurdem");
    const [port = "80", address] = (values["p"] ?? "80").split(":").reverse();
    const wait = {
      for: "incoming",
      port: Number(port),
      address: address ?? "0.0.0.0",
      protocol: "TCP",
    } as const;
    // Without -f the server goes to the background, and the command is over.
    const { argv, context: clock } = context;
    if (values["f"] === undefined) {
      if (resume) return { exit: 0 };
      return { wait: { for: "child", argv: [...argv, "-f"], timeoutMs: 0 }, state: clock.now };
    }
    return serve(context, wait, resume, (request) => {
      const answer = fileAnswer(context, values["h"] ?? ".", request);
      const extra = {
        Date: formatDate("%a, %d %b %Y %H:%M:%S GMT", epochNow(context.context)),
        Connection: "close",
      };
      return { ...answer, headers: { ...extra, ...answer.headers }, close: true };
    });
  },
  signals: {},
});

export const python3 = defineCommand({
  name: "python3",
  run(context, resume) {
    const { argv } = context;
    const at = argv.indexOf("http.server");
    if (at < 0) {
      complain(context, "only -m http.server is available in this playground");
      return { exit: 1 };
    }
    const rest = argv.slice(at + 1);
    const option = (name: string, short: string): string | undefined => {
      const index = rest.findIndex((word) => word === name || word === short);
      return index < 0 ? undefined : rest[index + 1];
    };
    const port = Number(rest.find((word) => /^\d+$/.test(word)) ?? 8000);
    const address = option("--bind", "-b") ?? "0.0.0.0";
    const wait = { for: "incoming", port, address, protocol: "TCP" } as const;
    return serve(context, wait, resume, (request, peer) => {
      const answer = fileAnswer(context, option("--directory", "-d") ?? ".", request);
      const time = formatDate("%d/%b/%Y %H:%M:%S", epochNow(context.context));
      context.err(
        `${peer.replace(/:\d+$/, "")} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${answer.status} -\n`,
      );
      const date = formatDate("%a, %d %b %Y %H:%M:%S GMT", epochNow(context.context));
      return {
        ...answer,
        headers: { Server: "SimpleHTTP/0.6 Python/3.11.2", Date: date, ...answer.headers },
        close: true,
      };
    });
  },
});

type Wait = Extract<Extract<Outcome, { wait: unknown }>["wait"], { for: "incoming" }>;
type Page = Extract<HttpAnswer, { status: number }>;

function serve(
  context: CommandContext,
  wait: Wait,
  resume: Resume | undefined,
  answer: (request: HttpMessage, peer: string) => Page,
): Outcome {
  const incoming = resume?.answer as unknown as (Incoming & { failed?: string }) | null | undefined;
  if (incoming?.failed) {
    complain(
      context,
      context.argv[0] === "httpd"
        ? "bind: Address already in use"
        : "OSError: [Errno 98] Address already in use",
    );
    return { exit: 1 };
  }
  if (incoming && "method" in incoming.request) {
    context.context.network.respond(incoming.exchange, answer(incoming.request, incoming.peer));
  }
  return { wait, state: null };
}

function fileAnswer(context: CommandContext, root: string, request: HttpMessage): Page {
  const { path } = splitTarget(request.path);
  const full = `${root}${path}`;
  const entry = context.files.stat(full);
  const isPython = context.argv[0] !== "httpd";
  const index = entry?.kind === "directory" ? `${full}/index.html` : full;
  const file = context.files.read(index);
  if ("text" in file) {
    const type = contentType(index);
    const headers = {
      "Content-Type": isPython && type === "application/octet-stream" ? "text/plain" : type,
      "Content-Length": String(file.text.length),
    };
    return { status: 200, headers, body: request.method === "HEAD" ? "" : file.text };
  }
  if (entry?.kind === "directory" && isPython) {
    const items = context.files.list(full).map((name) => `<li><a href="${name}">${name}</a></li>\n`);
    const title = `Directory listing for ${path}`;
    const body = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items.join("")}</ul>\n<hr>\n</body>\n</html>\n`;
    return {
      status: 200,
      headers: { "Content-Type": "text/html; charset=utf-8", "Content-Length": String(body.length) },
      body,
    };
  }
  const reason = reasonPhrase(404);
  const body = isPython
    ? `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<title>Error response</title>\n</head>\n<body>\n<h1>Error response</h1>\n<p>Error code: 404</p>\n<p>Message: File not found.</p>\n</body>\n</html>\n`
    : `<HTML><HEAD><TITLE>404 ${reason}</TITLE></HEAD>\n<BODY><H1>404 ${reason}</H1>\nThe requested URL was not found\n</BODY></HTML>\n`;
  return {
    status: 404,
    headers: { "Content-Type": "text/html", "Content-Length": String(body.length) },
    body,
  };
}
