// wget: GNU's and busybox's, which differ in almost every word.
import type { Json } from "#base/json";
import { headerOf } from "../../http-client/request.ts";
import { epochNow } from "../clock.ts";
import type { HttpResult, ResolveAnswer } from "../../http-client/types.ts";
import { defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { formatDate } from "./date.ts";
import { headerCase, reasonPhrase } from "./http-words.ts";
import { parseOptions, type Options } from "./options.ts";
import { statusLine } from "./curl/output.ts";

interface State {
  url: string;
  attempt: number;
  redirects: number;
  step: "answer" | "pause" | "name";
  failure: string;
}

const LONG = {
  quiet: "q",
  "output-document": "O=",
  timeout: "T=",
  tries: "t=",
  spider: "spider",
  "server-response": "S",
  header: "H=",
  "post-data": "post=",
  "no-check-certificate": "k",
  "no-verbose": "nv",
  "user-agent": "U=",
  "dns-timeout": "T=",
  "connect-timeout": "T=",
  "read-timeout": "T=",
  continue: "c",
  "retry-connrefused": "retryRefused",
  "max-redirect": "maxRedirect=",
  method: "method=",
  "body-data": "post=",
  "show-progress": "p",
  "no-proxy": "p",
};

export const wget = defineCommand({
  name: "wget",
  run(context, resume) {
    const argv = context.argv.map((word) => (word === "-nv" ? "--no-verbose" : word === "-nc" ? "-c" : word));
    const options = parseOptions(argv, "qSc46pNrkYx", "OTtUPo", LONG);
    const target = options.operands[0];
    if (target === undefined) {
      context.err(
        context.flavour === "busybox"
          ? "BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR] [-T SEC] URL...\n"
          : "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
      );
      return { exit: 1 };
    }
    const url = /^[a-z]+:\/\//i.test(target) ? target : `http://${target}`;
    if (!resume)
      return send(context, options, {
        url: withPath(url),
        attempt: 1,
        redirects: 0,
        step: "answer",
        failure: "",
      });
    const state = resume.state as unknown as State;
    if (state.step === "pause")
      return send(context, options, { ...state, step: "answer", attempt: state.attempt + 1 });
    if (state.step === "name")
      return refusedBy(context, options, state, resume.answer as unknown as ResolveAnswer);
    const result = resume.answer as unknown as HttpResult;
    return result.ok ? succeeded(context, options, state, result) : failed(context, options, state, result);
  },
});

function withPath(url: string): string {
  return /^[a-z]+:\/\/[^/]+$/i.test(url) ? `${url}/` : url;
}

function hostOf(url: string): { host: string; port: string } {
  const [, scheme = "", host = "", port] = /^([a-z]+):\/\/(?:[^/@]*@)?([^/:?#]*)(?::(\d+))?/i.exec(url) ?? [];
  return { host, port: port ?? (scheme === "https" ? "443" : "80") };
}

const isBusybox = (context: CommandContext): boolean => context.flavour === "busybox";
const quiet = (options: Options): boolean => options.values["q"] !== undefined;
const terse = (options: Options): boolean => options.values["nv"] !== undefined;
const stamp = (context: CommandContext): string => formatDate("%F %T", epochNow(context.context));

function send(context: CommandContext, options: Options, state: State): Outcome {
  const { values, all } = options;
  const headers: Record<string, string> = {
    "user-agent": values["U"] ?? (isBusybox(context) ? "Wget" : "Wget/1.21.3"),
  };
  if (!isBusybox(context)) Object.assign(headers, { accept: "*/*", "accept-encoding": "identity" });
  for (const [name, value] of all) {
    const at = value.indexOf(":");
    if (name === "H" && at > 0) headers[value.slice(0, at).toLowerCase()] = value.slice(at + 1).trim();
  }
  const body = values["post"];
  const limit = values["T"] === undefined ? undefined : Number(values["T"]) * 1000;
  return {
    wait: {
      for: "http",
      call: {
        program: "wget",
        method:
          values["method"] ??
          (values["spider"] !== undefined && !isBusybox(context)
            ? "HEAD"
            : body === undefined
              ? "GET"
              : "POST"),
        url: state.url,
        headers,
        ...(body === undefined ? {} : { body }),
        ...(limit ? { connectTimeoutMs: limit, maxTimeMs: limit } : {}),
        latency: "visible",
        traced: true,
        insecure: values["k"] !== undefined || isBusybox(context),
      },
    },
    state: state as unknown as Json,
  };
}

function succeeded(
  context: CommandContext,
  options: Options,
  state: State,
  result: Extract<HttpResult, { ok: true }>,
): Outcome {
  const { values } = options;
  const location = headerOf(result.headers, "location");
  announce(context, options, state, result);
  if (result.status >= 300 && result.status < 400 && location !== undefined && state.redirects < 20) {
    const origin = /^[a-z]+:\/\/[^/]*/i.exec(state.url)?.[0] ?? "";
    const url = /^[a-z]+:\/\//i.test(location)
      ? location
      : origin + (location.startsWith("/") ? "" : "/") + location;
    if (!isBusybox(context) && !quiet(options) && !terse(options))
      context.err(`Location: ${location} [following]\n`);
    return send(context, options, { ...state, url: withPath(url), redirects: state.redirects + 1 });
  }
  if (result.status >= 400) {
    if (isBusybox(context)) context.err(`wget: server returned error: ${statusLine(result.status)}\n`);
    else if (!quiet(options)) {
      if (terse(options)) context.err(`${state.url}:\n`);
      context.err(`${stamp(context)} ERROR ${result.status}: ${reasonPhrase(result.status)}.\n`);
      if (!terse(options)) context.err("\n");
    }
    return { exit: isBusybox(context) ? 1 : 8 };
  }
  if (values["spider"] !== undefined) {
    if (!quiet(options)) context.err(isBusybox(context) ? "remote file exists\n" : "Remote file exists.\n\n");
    return { exit: 0 };
  }
  save(context, options, state, result);
  return { exit: 0 };
}

function announce(
  context: CommandContext,
  options: Options,
  state: State,
  result: Extract<HttpResult, { ok: true }>,
): void {
  const { host, port } = hostOf(state.url);
  const ip = result.remote.slice(0, result.remote.lastIndexOf(":"));
  if (isBusybox(context)) {
    if (!quiet(options)) context.err(`Connecting to ${host} (${result.remote})\n`);
    if (options.values["S"] !== undefined) {
      context.err(`  ${statusLine(result.status)}\n`);
      for (const [name, value] of Object.entries(result.headers)) context.err(`  ${name}: ${value}\n`);
    }
    return;
  }
  if (quiet(options) || terse(options)) return;
  const isName = host !== ip;
  context.err(`--${stamp(context)}--  ${state.url}\n`);
  if (isName) context.err(`Resolving ${host} (${host})... ${ip}\n`);
  context.err(`Connecting to ${isName ? `${host} (${host})|${ip}|` : host}:${port}... connected.\n`);
  if (options.values["S"] === undefined) {
    context.err(`HTTP request sent, awaiting response... ${result.status} ${reasonPhrase(result.status)}\n`);
    return;
  }
  const lines = Object.entries(result.headers).map(([name, value]) => `  ${headerCase(name)}: ${value}\n`);
  context.err(`HTTP request sent, awaiting response... \n  ${statusLine(result.status)}\n${lines.join("")}`);
}

function save(
  context: CommandContext,
  options: Options,
  state: State,
  { body, headers }: { body: string; headers: Record<string, string> },
): void {
  const known = headerOf(headers, "content-length") !== undefined;
  const type = headerOf(headers, "content-type")?.split(";")[0];
  const path = /^[a-z]+:\/\/[^/]*\/([^?#]*)/i.exec(state.url)?.[1] ?? "";
  const name = options.values["O"] ?? (path.replace(/\/$/, "").split("/").at(-1) || "index.html");
  if (name === "-") context.out(body);
  else if (name !== "/dev/null") context.files.write(name, body);
  if (quiet(options)) return;
  const size = body.length;
  if (isBusybox(context)) {
    const shown = name === "-" ? "-" : name;
    context.err(name === "-" ? "writing to stdout\n" : `saving to '${name}'\n`);
    context.err(
      `${shown.slice(0, 20).padEnd(20)} 100% |${"*".repeat(32)}| ${String(size).padStart(5)}  0:00:00 ETA\n`,
    );
    context.err(name === "-" ? "written to stdout\n" : `'${name}' saved\n`);
  } else if (terse(options)) {
    context.err(
      `${stamp(context)} URL:${state.url} [${size}${known ? `/${size}` : ""}] -> "${name}" [${state.redirects + 1}]\n`,
    );
  } else {
    context.err(
      `Length: ${known ? size : "unspecified"}${type === undefined ? "" : ` [${type}]`}\nSaving to: '${name === "-" ? "STDOUT" : name}'\n\n`,
    );
    const done =
      name === "-"
        ? `written to stdout [${size}${known ? `/${size}` : ""}]`
        : `'${name}' saved [${size}${known ? `/${size}` : ""}]`;
    context.err(
      `     0K ${known ? "100% " : "     "}1.00M=0s\n\n${stamp(context)} (1.00 MB/s) - ${done}\n\n`,
    );
  }
}

type Failure = Extract<HttpResult, { ok: false }>;

const CONNECTING = new Set(["refused", "unreachable", "connectTimeout"]);

function failed(context: CommandContext, options: Options, state: State, result: Failure): Outcome {
  const { host } = hostOf(state.url);
  const { failure } = result;
  if (result.body !== undefined && failure !== "garbage" && (options.values["O"] ?? "") === "-")
    context.out(result.body);
  const connecting =
    CONNECTING.has(failure) || (failure === "timeout" && /^(Connection timed out|Failed)/.test(result.text));
  if (connecting && (isBusybox(context) || !(quiet(options) || terse(options)))) {
    return {
      wait: { for: "resolve", name: host },
      state: { ...state, step: "name", failure } as unknown as Json,
    };
  }
  if (isBusybox(context)) {
    context.err(`wget: ${busyboxWords(failure, host)}\n`);
    return { exit: 1 };
  }
  const words = gnuWords(failure, host, connecting);
  if (failure === "garbage") {
    if ((options.values["O"] ?? "") === "-") context.out(`${result.body ?? ""}`);
    return { exit: 0 };
  }
  if (!quiet(options) && words !== "") context.err(`${words}\n`);
  return again(options, state, failure) ?? { exit: failure === "tls" || failure === "tlsName" ? 5 : 4 };
}

/** GNU wget tries again after what may pass: time-outs and broken connections, 20 times unless -t says otherwise. */
function again(options: Options, state: State, failure: string): Outcome | undefined {
  const tries = Number(options.values["t"] ?? options.values["tries"] ?? 20);
  const fatal = ["dns", "tls", "tlsName", "notTls", "badUrl", "garbage"];
  if (fatal.includes(failure) || (failure === "refused" && options.values["retryRefused"] === undefined))
    return undefined;
  if (tries !== 0 && state.attempt >= tries) return undefined;
  const ms = Math.min(10, state.attempt) * 1000;
  return { wait: { for: "time", ms }, state: { ...state, step: "pause" } as unknown as Json };
}

/** The address that refused is known now. */
function refusedBy(context: CommandContext, options: Options, state: State, answer: ResolveAnswer): Outcome {
  const { host, port } = hostOf(state.url);
  const ip = answer.outcome === "resolved" ? (answer.addresses[0] ?? host) : host;
  const { failure } = state;
  if (isBusybox(context)) {
    const reason =
      failure === "refused"
        ? "Connection refused"
        : failure === "unreachable"
          ? "No route to host"
          : undefined;
    if (options.values["T"] !== undefined && reason === undefined) context.err("wget: download timed out\n");
    else context.err(`wget: can't connect to remote host (${ip}): ${reason ?? "Connection timed out"}\n`);
    return { exit: 1 };
  }
  const isName = host !== ip;
  context.err(`--${stamp(context)}--  ${state.url}\n`);
  if (isName) context.err(`Resolving ${host} (${host})... ${ip}\n`);
  const reason =
    failure === "refused"
      ? "Connection refused"
      : failure === "unreachable"
        ? "No route to host"
        : "Connection timed out";
  context.err(`Connecting to ${isName ? `${host} (${host})|${ip}|` : host}:${port}... failed: ${reason}.\n`);
  const retry = again(options, state, failure);
  if (retry) context.err("Retrying.\n\n");
  else if (failure !== "refused") context.err("Giving up.\n\n");
  return retry ?? { exit: 4 };
}

function busyboxWords(failure: string, host: string): string {
  if (failure === "dns") return `bad address '${host}'`;
  if (failure === "timeout") return "download timed out";
  if (failure === "reset") return "error getting response: Connection reset by peer";
  if (failure === "partial") return "connection closed prematurely";
  if (failure === "notTls") return "TLS error from peer (alert code 80): 80";
  if (failure === "badUrl") return `not an http or ftp url: ${host}`;
  return "error getting response";
}

function gnuWords(failure: string, host: string, connecting: boolean): string {
  if (failure === "dns") return `wget: unable to resolve host address '${host}'`;
  if (connecting)
    return `failed: ${failure === "refused" ? "Connection refused" : failure === "unreachable" ? "No route to host" : "Connection timed out"}.`;
  if (failure === "timeout") return "Read error (Connection timed out) in headers.";
  if (failure === "empty") return "No data received.";
  if (failure === "reset") return "Read error (Connection reset by peer) in headers.";
  if (failure === "notTls")
    return "OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.";
  if (failure === "tls") return `ERROR: The certificate of '${host}' is not trusted.`;
  if (failure === "tlsName")
    return `ERROR: no certificate subject alternative name matches\n\trequested host name '${host}'.\nTo connect to ${host} insecurely, use \`--no-check-certificate'.`;
  return "";
}
