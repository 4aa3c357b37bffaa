// Answers as the usual HTTP stacks give them: which headers Go's, Node's and nginx's servers add.
import { headerOf } from "../http-client/request.ts";
import { formatDate } from "../process/commands/date.ts";
import type { HttpAnswer } from "../network/types.ts";
import type { IncomingRequest, ServerContext } from "./image.ts";

/** The last second that was written out: servers write the same one again and again. */
let written = { second: -1, text: "" };

export function httpDate(server: ServerContext): string {
  const ms = server.epochNow;
  const second = Math.floor(ms / 1000);
  if (second !== written.second) written = { second, text: formatDate("%a, %d %b %Y %H:%M:%S GMT", ms) };
  return written.text;
}

/** Length of a text as UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

export function goAnswer(
  server: ServerContext,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): HttpAnswer {
  const type = "text/plain; charset=utf-8";
  const length = String(byteLength(body));
  return {
    status,
    headers: {
      ...headers,
      Date: httpDate(server),
      "Content-Length": length,
      "Content-Type": headers["Content-Type"] ?? type,
    },
    body,
  };
}

export function goNotFound(server: ServerContext): HttpAnswer {
  return goAnswer(server, 404, "404 page not found\n", { "X-Content-Type-Options": "nosniff" });
}

/** Node's http module; a body without a length is chunked. */
export function nodeAnswer(
  server: ServerContext,
  request: IncomingRequest,
  status: number,
  body: string,
): HttpAnswer {
  const headers: Record<string, string> = {
    Date: httpDate(server),
    Connection: "keep-alive",
    "Keep-Alive": "timeout=5",
  };
  if (request.method !== "HEAD") headers["Transfer-Encoding"] = "chunked";
  return { status, headers, body };
}

/** The path and the decoded query of a request's target. */
export function splitTarget(target: string): { path: string; query: Record<string, string>; search: string } {
  const mark = target.indexOf("?");
  const search = mark < 0 ? "" : target.slice(mark + 1);
  const query: Record<string, string> = {};
  for (const pair of search.split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    query[decode(at < 0 ? pair : pair.slice(0, at))] = at < 0 ? "" : decode(pair.slice(at + 1));
  }
  return { path: decode(mark < 0 ? target : target.slice(0, mark)), query, search };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}

/** An access log line in the combined format of nginx and httpd. */
export function accessLog(
  request: IncomingRequest,
  server: ServerContext,
  status: number,
  size: number,
): string {
  const time = formatDate("%d/%b/%Y:%H:%M:%S +0000", server.epochNow);
  const agent = headerOf(request.headers, "user-agent") ?? "-";
  return `${request.peerIp} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${status} ${size} "-" "${agent}"`;
}

const TYPES: Record<string, string> = {
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  js: "application/javascript",
  json: "application/json",
  txt: "text/plain",
  xml: "text/xml",
  svg: "image/svg+xml",
  png: "image/png",
};

export function contentType(path: string): string {
  return TYPES[/\.(\w+)$/.exec(path)?.[1] ?? ""] ?? "application/octet-stream";
}

/** --name=value, --name value and --flag; single dashes count as well. */
export function flagsOf(args: readonly string[]): Record<string, string> {
  const flags: Record<string, string> = {};
  args.forEach((word, index) => {
    const match = /^--?([\w-]+)(?:=([^]*))?$/.exec(word);
    if (!match) return;
    const next = args[index + 1];
    flags[match[1]!] = match[2] ?? (next !== undefined && !/^-\D/.test(next) ? next : "");
  });
  return flags;
}

/** Go programs without a handler exit with 2: as PID 1 they survive the signal itself. */
export const GO_SIGNALS = (signal: number): { exit: number } | undefined =>
  signal === 15 || signal === 2 ? { exit: 2 } : undefined;
