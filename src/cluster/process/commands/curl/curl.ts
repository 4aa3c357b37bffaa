// curl: transfers one after another on the virtual clock, with redirects, retries and cookies. What goes wrong on the
// way is worded by the HTTP client; this is the program around it.
import { encodeBase64 } from "#base/base64";
import type { Json } from "#base/json";
import { PUBLIC_AUTHORITY } from "../../../http-client/curl-texts.ts";
import { headerOf } from "../../../http-client/request.ts";
import type { HttpResult } from "../../../http-client/types.ts";
import { certificatesIn } from "../../../tls/pem.ts";
import { defineCommand, type CommandContext, type Outcome } from "../command.ts";
import { cookieHeader, keepCookies, readCookies, writeCookies, type Cookie } from "./cookies.ts";
import { expandUrls } from "./globs.ts";
import { parseCurl, type CurlOptions } from "./options.ts";
import {
  failureLines,
  requestLines,
  headerLines,
  progressLine,
  PROGRESS_BAR,
  PROGRESS_HEAD,
  verboseLines,
  writeOut,
  type Transfer,
} from "./output.ts";
import { absoluteUrl, hostOfUrl, redirected, withoutIpv6 } from "./reach.ts";
import { boundaryOf, multipart } from "./multipart.ts";

/** Where the program stands between two answers. */
interface State {
  urls: string[];
  index: number;
  /** The URL under way, which redirects change. */
  url: string;
  method: string;
  body: string | null;
  redirects: number;
  retries: number;
  connects: number;
  /** When the transfer and the whole command began. */
  startedAt: number;
  cookies: Cookie[];
  exit: number;
  next: "answer" | "start";
  connections: number;
}

const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

function version(context: CommandContext): string {
  return context.versions["curl"] ?? "7.88.1";
}

const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -O, --remote-name          Write output to a file named as the remote file
 -s, --silent               Silent mode
 -T, --upload-file <file>   Transfer local FILE to destination
 -u, --user <user:password> Server user and password
 -A, --user-agent <name>    Send User-Agent <name> to server
 -v, --verbose              Make the operation more talkative
 -V, --version              Show version number and quit

This is not the full help, this menu is stripped into categories.
Use "--help category" to get an overview of all categories.
For all options use the manual or "--help all".
`;

export const curl = defineCommand({
  name: "curl",
  run(context, resume) {
    const parsed = parseCurl(context.argv);
    if (!parsed.ok) {
      context.err(`${parsed.text}\n`);
      return { exit: parsed.exit };
    }
    const { options } = parsed;
    if (context.argv.includes("--help") || context.argv.includes("-h")) {
      context.out(HELP);
      return { exit: 0 };
    }
    if (context.argv.includes("--version") || context.argv.includes("-V")) {
      context.out(
        `curl ${version(context)} (x86_64-pc-linux-gnu) libcurl/${version(context)}\nProtocols: dict file ftp http https\n`,
      );
      return { exit: 0 };
    }
    if (resume) {
      const state = resume.state as unknown as State;
      if (state.next === "start") return begin(context, options, state);
      return answered(context, options, state, resume.answer as unknown as HttpResult);
    }
    if (options.urls.length === 0) {
      context.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return { exit: 2 };
    }
    const urls = options.urls.flatMap((url) => (options.noGlob ? [url] : expandUrls(url)));
    const cookies = options.cookies.flatMap((cookie) => readCookies(context, cookie));
    const state: State = {
      urls,
      index: 0,
      url: urls[0]!,
      method: "",
      body: null,
      redirects: 0,
      retries: 0,
      connects: 0,
      startedAt: context.context.now,
      cookies,
      exit: 0,
      next: "answer",
      connections: 0,
    };
    return begin(context, options, state);
  },
});

/** Starts the transfer of the state's index. */
function begin(context: CommandContext, options: CurlOptions, state: State): Outcome {
  let url = state.urls[state.index]!;
  const body = readBody(context, options);
  if (body !== null && options.asQuery) url += (url.includes("?") ? "&" : "?") + body;
  state.url = url;
  state.body = options.asQuery ? null : body;
  state.method =
    options.method ??
    (options.head ? "HEAD" : options.upload !== undefined ? "PUT" : state.body !== null ? "POST" : "GET");
  state.redirects = 0;
  state.startedAt = context.context.now;
  state.connects = 0;
  const unreachable = options.ipv6 ? withoutIpv6(url) : undefined;
  if (unreachable) return finish(context, options, state, failed(context, options, state, unreachable));
  if (!options.bar && showsMeter(context, options) && state.index === 0) context.err(PROGRESS_HEAD);
  return send(context, options, state);
}

function readBody(context: CommandContext, options: CurlOptions): string | null {
  if (options.form.length > 0) return multipart(context, options.form);
  const parts = options.upload === undefined ? options.data : [`@${options.upload}`];
  if (parts.length === 0) return null;
  return parts
    .map((part) => {
      if (part.startsWith("\0")) return part.slice(1);
      if (!part.startsWith("@")) return part;
      if (part === "@-") return context.input().text;
      const file = context.files.read(part.slice(1));
      return "text" in file ? file.text : "";
    })
    .join("&");
}

function requestHeaders(context: CommandContext, options: CurlOptions, state: State): [string, string][] {
  const host = /^(?:[a-z]+:\/\/)?(?:[^/@]*@)?([^/?#]*)/i.exec(state.url)?.[1] ?? "";
  const headers = new Map<string, [string, string]>();
  const set = (name: string, value: string): void => void headers.set(name.toLowerCase(), [name, value]);
  set("Host", host.replace(/:80$/, ""));
  if (options.user !== undefined) set("Authorization", `Basic ${encodeBase64(options.user)}`);
  set("User-Agent", options.userAgent ?? `curl/${version(context)}`);
  set("Accept", "*/*");
  if (options.referer !== undefined) set("Referer", options.referer);
  const cookie = cookieHeader(state.cookies, state.url);
  if (cookie !== "") set("Cookie", cookie);
  if (state.body !== null) {
    set("Content-Length", String(state.body.length));
    if (options.form.length > 0) set("Content-Type", `multipart/form-data; boundary=${boundaryOf(context)}`);
    else if (options.upload === undefined) set("Content-Type", "application/x-www-form-urlencoded");
  }
  for (const header of options.headers) {
    const at = header.indexOf(":");
    const name = (at < 0 ? header.replace(/;$/, "") : header.slice(0, at)).trim();
    const value = at < 0 ? "" : header.slice(at + 1).trim();
    if (value === "" && at >= 0) headers.delete(name.toLowerCase());
    else set(name, value);
  }
  return [...headers.values()];
}

function send(context: CommandContext, options: CurlOptions, state: State): Outcome {
  const headers: Record<string, string> = {};
  for (const [name, value] of requestHeaders(context, options, state)) headers[name.toLowerCase()] = value;
  const resolve: Record<string, string> = {};
  for (const entry of options.resolve) {
    const [host = "", port = "", address = ""] = entry.split(":");
    resolve[`${host}:${port}`] = address;
  }
  const authorities = trusted(context, options);
  if (authorities && "error" in authorities) return cannotTrust(context, options, authorities.error);
  state.next = "answer";
  const remaining =
    options.maxTimeMs === undefined ? undefined : options.maxTimeMs - (context.context.now - state.startedAt);
  return {
    wait: {
      for: "http",
      call: {
        program: "curl",
        method: state.method,
        url: redirected(state.url, options.connectTo),
        headers,
        ...(state.body === null ? {} : { body: state.body }),
        ...(options.connectTimeoutMs === undefined ? {} : { connectTimeoutMs: options.connectTimeoutMs }),
        ...(remaining === undefined ? {} : { maxTimeMs: Math.max(1, remaining) }),
        latency: "visible",
        traced: true,
        insecure: options.insecure,
        resolve,
        curlVersion: version(context),
        ...(authorities === undefined ? {} : { authorities }),
        ...(options.ipv4 ? { ipv4Only: true } : {}),
      },
    },
    state: state as unknown as Json,
  };
}

/** Subjects of the certificates that are trusted; undefined: those of the system. */
function trusted(context: CommandContext, options: CurlOptions): string[] | { error: string } | undefined {
  const { env } = context;
  const path = options.caFile ?? env["CURL_CA_BUNDLE"] ?? env["SSL_CERT_FILE"];
  if (path === undefined) return undefined;
  const file = context.files.read(path);
  const found = "text" in file ? certificatesIn(file.text) : [];
  if (found.length === 0) return { error: `error setting certificate file: ${path}` };
  // The directory of the system's certificates counts beside a file.
  return [PUBLIC_AUTHORITY, ...found.map(({ subject }) => subject)];
}

function cannotTrust(context: CommandContext, options: CurlOptions, text: string): Outcome {
  if (!options.silent || options.showErrors) context.err(`curl: (77) ${text}\n`);
  return { exit: 77 };
}

function answered(context: CommandContext, options: CurlOptions, state: State, result: HttpResult): Outcome {
  if (shouldRetry(options, state, result)) {
    const wait = options.retryDelayMs ?? 1000 * 2 ** state.retries;
    state.retries++;
    state.next = "start";
    const left = options.retries - state.retries;
    const problem = result.ok
      ? `HTTP error`
      : result.failure === "refused"
        ? "connection refused"
        : "timeout";
    if (!options.silent) {
      context.err(
        `Warning: Problem: ${problem}. Will retry in ${wait / 1000} seconds. ${left} retries left.\n`,
      );
    }
    return { wait: { for: "time", ms: wait }, state: state as unknown as Json };
  }
  if (!result.ok) return finish(context, options, state, failed(context, options, state, result));
  if (!result.reused) state.connects++;
  state.cookies = keepCookies(state.cookies, state.url, result.headers);
  const transfer = toTransfer(context, options, state, result);
  if (options.verbose) {
    const host = /^(?:[a-z]+:\/\/)?([^/:?#]*)/i.exec(state.url)?.[1] ?? "";
    if (!result.reused) state.connections++;
    const number = Math.max(0, state.connections - 1);
    const about = { host, reused: result.reused, number, insecure: options.insecure, tty: context.tty };
    context.err(verboseLines(transfer, about));
  }
  if (options.include || options.head) context.out(headerLines(transfer));
  if (options.headerFile === "-") context.out(headerLines(transfer));
  else if (options.headerFile !== undefined) context.files.write(options.headerFile, headerLines(transfer));
  const location = headerOf(result.headers, "location");
  if (options.follow && location !== undefined && result.status >= 300 && result.status < 400) {
    if (state.redirects >= options.maxRedirects) {
      const text = `Maximum (${options.maxRedirects}) redirects followed`;
      if (!options.silent || options.showErrors) context.err(`curl: (47) ${text}\n`);
      return finish(context, options, state, { ...transfer, exit: 47, error: text });
    }
    state.redirects++;
    state.url = absoluteUrl(state.url, location);
    if (state.method === "POST" && result.status <= 303 && options.method === undefined) {
      state.method = "GET";
      state.body = null;
    }
    return send(context, options, state);
  }
  if (options.fail !== "no" && result.status >= 400) {
    transfer.exit = 22;
    transfer.error = `The requested URL returned error: ${result.status}`;
    if (options.fail === "withBody") save(context, options, state, result.body);
    if (!options.silent || options.showErrors) context.err(`curl: (22) ${transfer.error}\n`);
  } else if (!options.head) save(context, options, state, result.body);
  if (showsMeter(context, options))
    context.err(options.bar ? PROGRESS_BAR : progressLine(transfer.size, result.elapsedMs));
  return finish(context, options, state, transfer);
}

function shouldRetry(options: CurlOptions, state: State, result: HttpResult): boolean {
  if (state.retries >= options.retries) return false;
  if (result.ok) return TRANSIENT.has(result.status);
  if (options.retryAll) return true;
  if (result.failure === "refused") return options.retryRefused;
  return result.exit === 28 || (result.failure === "dns" && result.exit === 6);
}

function toTransfer(
  context: CommandContext,
  options: CurlOptions,
  state: State,
  result: Extract<HttpResult, { ok: true }>,
): Transfer {
  return {
    url: state.url,
    method: state.method,
    requestHeaders: requestHeaders(context, options, state),
    status: result.status,
    headers: result.headers,
    size: state.method === "HEAD" ? 0 : result.body.length,
    remote: result.remote,
    local: result.local,
    totalMs: context.context.now - state.startedAt,
    ...(result.phases && { phases: result.phases }),
    uploaded: state.body?.length ?? 0,
    connects: state.connects,
    redirects: state.redirects,
    exit: 0,
    error: "",
    ...(result.certificate && !result.reused ? { certificate: result.certificate } : {}),
  };
}

function failed(
  context: CommandContext,
  options: CurlOptions,
  state: State,
  result: Extract<HttpResult, { ok: false }>,
): Transfer {
  if (result.body !== undefined && result.failure !== "garbage") save(context, options, state, result.body);
  if (options.verbose) {
    const headers = requestHeaders(context, options, state);
    const sent = requestLines({ url: state.url, method: state.method, requestHeaders: headers });
    context.err(failureLines(result, hostOfUrl(state.url), sent));
  }
  if (!options.bar && showsMeter(context, options)) context.err(progressLine(undefined, 0));
  if (!options.silent || options.showErrors) context.err(`curl: (${result.exit}) ${result.text}\n`);
  return {
    url: state.url,
    method: state.method,
    requestHeaders: [],
    status: 0,
    headers: {},
    size: 0,
    remote: "",
    local: "",
    totalMs: context.context.now - state.startedAt,
    ...(result.phases && { phases: result.phases }),
    uploaded: 0,
    connects: 0,
    redirects: state.redirects,
    exit: result.exit,
    error: result.text,
  };
}

/** Not where the body comes on the same screen. */
function showsMeter(context: CommandContext, options: CurlOptions): boolean {
  const toFile = (options.output ?? "-") !== "-" || options.remoteName;
  return !options.silent && (toFile || !context.tty);
}

function save(context: CommandContext, options: CurlOptions, state: State, body: string): void {
  const name = options.remoteName
    ? (/\/([^/?#]+)(?:[?#]|$)/.exec(state.url.replace(/^[a-z]+:\/\//, ""))?.[1] ?? "index.html")
    : options.output;
  if (name === undefined || name === "-") context.out(body);
  else if (name === "/dev/stderr") context.err(body);
  else if (name === "/dev/stdout") context.out(body);
  else if (name !== "/dev/null") context.files.write(name, body);
}

/** The transfer is over: -w is printed, and the next URL's turn comes. */
function finish(context: CommandContext, options: CurlOptions, state: State, transfer: Transfer): Outcome {
  if (options.writeOut !== "") writeOut(context, options.writeOut, transfer);
  state.exit = transfer.exit;
  state.index++;
  state.retries = 0;
  if (state.index >= state.urls.length) {
    if (options.cookieJar !== undefined) writeCookies(context, options.cookieJar, state.cookies);
    return { exit: state.exit };
  }
  const pause = options.rateMs === undefined ? 0 : state.startedAt + options.rateMs - context.context.now;
  if (pause <= 0) return begin(context, options, state);
  state.next = "start";
  return { wait: { for: "time", ms: pause }, state: state as unknown as Json };
}
