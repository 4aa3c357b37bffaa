// agnhost, the swiss army knife of Kubernetes' own tests: netexec, serve-hostname, porter, test-webserver, liveness,
// pause. Kubernetes: test/images/agnhost (v1.35)
import { headerOf } from "../http-client/request.ts";
import { formatDate } from "../process/commands/date.ts";
import { contentType, flagsOf, goAnswer, goNotFound, GO_SIGNALS, splitTarget } from "./answers.ts";
import {
  defineImage,
  type Answer,
  type IncomingRequest,
  type ServerContext,
  type ServerProgram,
} from "./image.ts";
import { BUSYBOX_COMMANDS } from "./tools.ts";

function klog(server: ServerContext, text: string): string {
  return `${formatDate("I%m%d %H:%M:%S", server.epochNow)}.${String(Math.floor(server.epochNow % 1000)).padStart(3, "0")}000       1 log.go:245] ${text}`;
}

const port = (flags: Record<string, string>, name: string, preset: number): number =>
  Number(flags[name] ?? preset);

function startNetexec(server: ServerContext): ReturnType<ServerProgram["start"]> {
  const flags = flagsOf(server.args.slice(1));
  const http = port(flags, "http-port", 8080);
  const udp = port(flags, "udp-port", 8081);
  const listen = [
    ...(http > 0 ? [{ port: http }] : []),
    ...(udp > 0 ? [{ port: udp, protocol: "UDP" as const }] : []),
  ];
  const log = [klog(server, `Started HTTP server on port ${http}`)];
  if (udp > 0) log.push(klog(server, `Started UDP server on port  ${udp}`));
  return { listen, startMs: 20, log };
}

function netexec(request: IncomingRequest, server: ServerContext): Answer {
  const { path, query } = splitTarget(request.path);
  const say = (body: string, status = 200, headers: Record<string, string> = {}): Answer => ({
    answer: goAnswer(server, status, body, headers),
    stderr: [klog(server, `${request.method} ${path}`)],
  });
  switch (path) {
    case "/": {
      const time = formatDate("%Y-%m-%d %H:%M:%S.%N", server.epochNow);
      return say(`NOW: ${time} +0000 UTC m=+${(server.uptimeMs / 1000).toFixed(9)}`);
    }
    case "/hostname":
    case "/hostName":
      return say(server.hostname);
    case "/clientip":
      return say(request.peer);
    case "/healthz":
      return say("");
    case "/header":
      return say(headerOf(request.headers, (query["key"] ?? "").toLowerCase()) ?? "");
    case "/echo":
      return say(query["msg"] ?? "", Number(query["code"] ?? 200) || 200);
    case "/redirect": {
      const location = query["location"] ?? "/";
      const status = Number(query["code"] ?? 302) || 302;
      const headers = { Location: location, "Content-Type": "text/html; charset=utf-8" };
      return say(`<a href="${location}">${REDIRECTS[status] ?? "Found"}</a>.\n\n`, status, headers);
    }
    case "/shell":
    case "/shutdown":
    case "/exit":
      return { ...say(""), ...effect(path, query) };
    default:
      return { ...say(""), answer: goNotFound(server) };
  }
}

const REDIRECTS: Record<number, string> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
};

function effect(path: string, query: Record<string, string>): Partial<Answer> {
  if (path === "/shell") return { run: ["/bin/sh", "-c", query["cmd"] ?? query["shellCommand"] ?? ""] };
  return { exit: path === "/exit" ? Number(query["code"] ?? 0) : 0 };
}

function webServer(request: IncomingRequest, server: ServerContext): Answer {
  const { path } = splitTarget(request.path);
  const text = server.file(path);
  const names = text === undefined ? server.list(path) : undefined;
  const log = [klog(server, `${request.method} ${path}`)];
  if (text !== undefined) {
    const type =
      contentType(path) === "application/octet-stream" ? "text/plain; charset=utf-8" : contentType(path);
    return { answer: goAnswer(server, 200, text, { "Content-Type": type }), stderr: log };
  }
  if (!names) return { answer: goNotFound(server), stderr: log };
  const links = names.map((name) => `<a href="${name}">${name}</a>\n`).join("");
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  return {
    answer: goAnswer(
      server,
      200,
      `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${links}</pre>\n`,
      headers,
    ),
    stderr: log,
  };
}

/** Healthy for ten seconds, then never again. */
function liveness(request: IncomingRequest, server: ServerContext): Answer {
  const seconds = server.uptimeMs / 1000;
  if (splitTarget(request.path).path !== "/healthz") return { answer: goAnswer(server, 200, "ok") };
  return { answer: seconds > 10 ? goAnswer(server, 500, `error: ${seconds}`) : goAnswer(server, 200, "ok") };
}

const program: ServerProgram = {
  title: "agnhost",
  start: (server) => {
    const [mode = ""] = server.args;
    const flags = flagsOf(server.args.slice(1));
    if (mode === "netexec") return startNetexec(server);
    if (mode === "serve-hostname") {
      const number = port(flags, "port", 9376);
      const log = [klog(server, `Serving on port ${number}.`)];
      return {
        listen: [{ port: number, protocol: flags["udp"] === undefined ? "TCP" : "UDP" }],
        startMs: 20,
        stderr: log,
      };
    }
    if (mode === "test-webserver") return { listen: [{ port: port(flags, "port", 80) }], startMs: 20 };
    if (mode === "liveness") return { listen: [{ port: 8080 }], startMs: 20 };
    if (mode === "porter") {
      const ports = Object.keys(server.env).map((name) => Number(/^SERVE_PORT_(\d+)$/.exec(name)?.[1] ?? 0));
      return {
        listen: ports.filter((number) => number > 0).map((number) => ({ port: number })),
        startMs: 20,
      };
    }
    if (mode === "pause" || mode === "") return { listen: [], stderr: ["Paused"] };
    return { exit: 1, stderr: [`Error: unknown command "${mode}" for "app"`, "Run 'app --help' for usage."] };
  },
  answer: (request, server) => {
    const [mode = ""] = server.args;
    if (mode === "netexec") return netexec(request, server);
    if (mode === "test-webserver") return webServer(request, server);
    if (mode === "liveness") return liveness(request, server);
    if (mode === "porter")
      return { answer: goAnswer(server, 200, server.env[`SERVE_PORT_${request.port}`] ?? "") };
    return { answer: goAnswer(server, 200, server.hostname) };
  },
  datagram: (text, peer, server) => {
    const [command = "", ...words] = text.trim().split(/\s+/);
    const stderr = [klog(server, `Received UDP packet: ${text.trim()}`)];
    if (command === "echo") return { answer: { datagram: words.join(" ") }, stderr };
    if (command === "clientip") return { answer: { datagram: peer }, stderr };
    if (command === "hostname" || server.args[0] === "serve-hostname")
      return { answer: { datagram: server.hostname }, stderr };
    return { answer: { hangUp: true }, stderr };
  },
  signal: (signal, server) => {
    if (server.args[0] === "pause" || server.args.length === 0)
      return signal === 15 || signal === 2 ? { exit: 0 } : undefined;
    const seconds = Number(flagsOf(server.args)["delay-shutdown"] ?? 0);
    if (signal !== 15 || !(seconds > 0)) return GO_SIGNALS(signal);
    return { exit: 0, afterMs: seconds * 1000, closeListeners: false };
  },
  commandEnded: (output, exit) => {
    const result = exit === 0 ? { output } : { error: `exit status ${exit}`, output };
    return {
      status: 200,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: JSON.stringify(result),
    };
  },
};

export const agnhost = defineImage({
  repository: "registry.k8s.io/e2e-test-images/agnhost",
  sizeBytes: 54_000_000,
  entrypoint: ["/agnhost"],
  cmd: ["pause"],
  flavour: "busybox",
  commands: [...BUSYBOX_COMMANDS, "curl", "dig", "host", "iperf"],
  versions: { curl: "8.5.0", busybox: "1.36.1" },
  servers: { agnhost: program },
  files: { "/agnhost": "" },
});

const pauseProgram: ServerProgram = {
  title: "pause",
  start: () => ({ listen: [] }),
  signal: (signal) =>
    signal === 15 || signal === 2 ? { exit: 0, log: "Shutting down, got signal: Terminated" } : undefined,
};

export const pause = defineImage({
  repository: "registry.k8s.io/pause",
  sizeBytes: 320_000,
  entrypoint: ["/pause"],
  flavour: "none",
  commands: [],
  servers: { pause: pauseProgram },
  files: { "/pause": "" },
});
