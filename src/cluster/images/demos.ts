// Small demonstration servers that say who answered: whoami, http-echo, hello-app, node-hello, echoserver.
import { headerOf } from "../http-client/request.ts";
import { formatDate } from "../process/commands/date.ts";
import { flagsOf, goAnswer, GO_SIGNALS, nodeAnswer, splitTarget } from "./answers.ts";
import { defineImage, type IncomingRequest, type ServerContext, type ServerProgram } from "./image.ts";
import { BUSYBOX_COMMANDS, DEBIAN_COMMANDS } from "./tools.ts";

const stamp = (server: ServerContext): string => formatDate("%Y/%m/%d %H:%M:%S", server.epochNow);

function requestText(request: IncomingRequest): string {
  const host = headerOf(request.headers, "host") ?? "";
  const others = Object.entries(request.headers)
    .filter(([name]) => name.toLowerCase() !== "host")
    .map(
      ([name, value]) =>
        `${name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())}: ${value}\n`,
    )
    .sort();
  return `${request.method} ${request.path} HTTP/1.1\nHost: ${host}\n${others.join("")}\n`;
}

const whoamiProgram: ServerProgram = {
  title: "whoami",
  start: (server) => {
    const port = Number(flagsOf(server.args)["port"] ?? server.env["WHOAMI_PORT_NUMBER"] ?? 80);
    return { listen: [{ port }], startMs: 15, stderr: [`${stamp(server)} Starting up on port ${port}`] };
  },
  answer: (request, server) => {
    const { path, query } = splitTarget(request.path);
    if (path === "/health") return { answer: goAnswer(server, 200, "") };
    if (path === "/api") {
      const body = {
        hostname: server.hostname,
        ip: ["127.0.0.1", server.ip],
        headers: request.headers,
        url: request.path,
        method: request.method,
      };
      return {
        answer: goAnswer(server, 200, `${JSON.stringify(body)}\n`, { "Content-Type": "application/json" }),
      };
    }
    const name = flagsOf(server.args)["name"] ?? server.env["WHOAMI_NAME"];
    const lines = [
      `Hostname: ${server.hostname}`,
      "IP: 127.0.0.1",
      `IP: ${server.ip}`,
      `RemoteAddr: ${request.peer}`,
    ];
    const body = `${name === undefined ? "" : `Name: ${name}\n`}${lines.join("\n")}\n${requestText(request)}`;
    const wait = /^(\d+)(ms|s)$/.exec(query["wait"] ?? "");
    const delayMs = wait ? Number(wait[1]) * (wait[2] === "s" ? 1000 : 1) : 0;
    return { answer: goAnswer(server, 200, body), delayMs };
  },
  signal: GO_SIGNALS,
};

const WHOAMI = {
  repository: "docker.io/traefik/whoami",
  sizeBytes: 3_000_000,
  entrypoint: ["/whoami"],
  flavour: "none",
  commands: [],
  servers: { whoami: whoamiProgram },
  files: { "/whoami": "" },
} as const;

export const whoami = defineImage(WHOAMI);
export const whoamiOld = defineImage({ ...WHOAMI, repository: "docker.io/containous/whoami" });

const httpEchoProgram: ServerProgram = {
  title: "http-echo",
  start: (server) => {
    const flags = flagsOf(server.args);
    const listen = flags["listen"] ?? ":5678";
    if ((flags["text"] ?? server.env["ECHO_TEXT"]) === undefined)
      return { exit: 127, stderr: ["Missing -text option!"] };
    const [address = "", port = "5678"] = listen.split(/:(?=\d+$)/);
    return {
      listen: [{ port: Number(port), ...(address === "" ? {} : { address }) }],
      startMs: 15,
      stderr: [`${stamp(server)} [INFO] server is listening on ${listen}`],
    };
  },
  answer: (request, server) => {
    const flags = flagsOf(server.args);
    const isHealth = splitTarget(request.path).path === "/health";
    const text = `${flags["text"] ?? server.env["ECHO_TEXT"] ?? ""}\n`;
    const headers = { "X-App-Name": "http-echo", "X-App-Version": "1.0.0" };
    const host = headerOf(request.headers, "host") ?? "";
    const agent = headerOf(request.headers, "user-agent") ?? "";
    const body = isHealth ? '{"status":"ok"}\n' : text;
    const log = `${stamp(server)} ${host} ${request.peer} "${request.method} ${request.path} HTTP/1.1" 200 ${body.length} "${agent}" 20.5µs`;
    return {
      answer: goAnswer(server, Number(flags["status-code"] ?? 200), body, headers),
      log: isHealth ? [] : [log],
    };
  },
  signal: (signal) => (signal === 15 || signal === 2 ? { exit: 0, afterMs: 5 } : undefined),
};

export const httpEcho = defineImage({
  repository: "docker.io/hashicorp/http-echo",
  sizeBytes: 3_500_000,
  entrypoint: ["/http-echo"],
  flavour: "none",
  commands: [],
  servers: { "http-echo": httpEchoProgram },
  files: { "/http-echo": "" },
});

const helloProgram: ServerProgram = {
  title: "hello-app",
  start: (server) => {
    const port = Number(server.env["PORT"] ?? 8080);
    return { listen: [{ port }], startMs: 15, stderr: [`${stamp(server)} Server listening on port ${port}`] };
  },
  answer: (request, server) => {
    const version = server.tag.startsWith("2") ? "2.0.0" : "1.0.0";
    const body = `Hello, world!\nVersion: ${version}\nHostname: ${server.hostname}\n`;
    const log = `${stamp(server)} Serving request: ${splitTarget(request.path).path}`;
    return { answer: goAnswer(server, 200, body), stderr: [log] };
  },
  signal: GO_SIGNALS,
};

const HELLO = {
  tags: ["1.0", "2.0", "latest"],
  sizeBytes: 13_600_000,
  entrypoint: ["./hello-app"],
  flavour: "none",
  commands: [],
  servers: { "hello-app": helloProgram },
  files: { "/hello-app": "" },
} as const;

export const helloApp = defineImage({ ...HELLO, repository: "gcr.io/google-samples/hello-app" });
export const helloAppUs = defineImage({
  ...HELLO,
  repository: "us-docker.pkg.dev/google-samples/containers/gke/hello-app",
});

const nodeHelloProgram: ServerProgram = {
  title: "node server.js",
  start: () => ({ listen: [{ port: 8080 }], startMs: 40 }),
  answer: (request, server) => ({
    answer: nodeAnswer(server, request, 200, "Hello Kubernetes!"),
    log: [`Received request for URL: ${request.path}`],
  }),
};

export const nodeHello = defineImage({
  repository: "gcr.io/google-samples/node-hello",
  sizeBytes: 265_000_000,
  cmd: ["/bin/sh", "-c", "node server.js"],
  flavour: "gnu",
  commands: DEBIAN_COMMANDS,
  versions: { curl: "7.38.0" },
  servers: { node: nodeHelloProgram },
});

function echoedHeaders(request: IncomingRequest): string[] {
  return Object.entries(request.headers)
    .map(([name, value]) => `${name.toLowerCase()}=${value}`)
    .sort();
}

const echoserverProgram: ServerProgram = {
  title: "nginx",
  start: () => ({
    listen: [{ port: 8080 }, { port: 8443 }],
    startMs: 60,
    log: ["Generating self-signed cert", "Starting nginx"],
  }),
  answer: (request, server) => {
    const { path, search } = splitTarget(request.path);
    const host = headerOf(request.headers, "host") ?? "";
    const uri = `http://${host.replace(/:\d+$/, "")}:8080${request.path}`;
    const body = server.tag.startsWith("1.4")
      ? [
          "CLIENT VALUES:",
          `client_address=${request.peerIp}`,
          `command=${request.method}`,
          `real path=${path}`,
          `query=${search || "nil"}`,
          "request_version=1.1",
          `request_uri=${uri}`,
          "",
          "SERVER VALUES:",
          "server_version=nginx: 1.10.0 - lua: 10001",
          "",
          "HEADERS RECEIVED:",
          ...echoedHeaders(request),
          "BODY:",
          request.body === "" ? "-no body in request-" : request.body,
        ].join("\n")
      : [
          "\n",
          `Hostname: ${server.hostname}`,
          "\nPod Information:\n\t-no pod information available-",
          "\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015",
          "\nRequest Information:",
          `\tclient_address=${request.peerIp}`,
          `\tmethod=${request.method}`,
          `\treal path=${path}`,
          `\tquery=${search}`,
          "\trequest_version=1.1",
          "\trequest_scheme=http",
          `\trequest_uri=${uri}`,
          "\nRequest Headers:",
          ...echoedHeaders(request).map((line) => `\t${line}`),
          "\nRequest Body:",
          `\t${request.body === "" ? "-no body in request-" : request.body}`,
          "",
        ].join("\n");
    return { answer: { ...goAnswer(server, 200, body, { "Content-Type": "text/plain" }) } };
  },
  signal: (signal) => (signal === 15 ? { exit: 0 } : undefined),
};

const ECHOSERVER = {
  sizeBytes: 46_000_000,
  cmd: ["/usr/local/bin/run.sh"],
  flavour: "busybox",
  commands: BUSYBOX_COMMANDS,
  servers: { "run.sh": echoserverProgram },
  files: { "/usr/local/bin/run.sh": "" },
} as const;

export const echoserver = defineImage({ ...ECHOSERVER, repository: "registry.k8s.io/echoserver" });
export const echoserverTest = defineImage({
  ...ECHOSERVER,
  repository: "registry.k8s.io/e2e-test-images/echoserver",
});
