// The example web application of "Kubernetes in Action" and its variants: it tells which pod answered.
import {
  defineImage,
  type Answer,
  type IncomingRequest,
  type ServerContext,
  type ServerProgram,
} from "./image.ts";
import { nodeAnswer } from "./answers.ts";
import { DEBIAN_COMMANDS } from "./tools.ts";

const VERSION_TAG = /^v([1-9])$/;

function greet(request: IncomingRequest, server: ServerContext): Answer {
  const log = [`Received request from ${request.peerIp}`];
  const version = VERSION_TAG.exec(server.tag)?.[1];
  const body = version
    ? `This is v${version} running in pod ${server.hostname}\n`
    : `You've hit ${server.hostname}\n`;
  return { answer: nodeAnswer(server, request, 200, body), log };
}

function greetFiveTimes(request: IncomingRequest, server: ServerContext): Answer {
  if (server.requests < 5) return greet(request, server);
  return {
    answer: nodeAnswer(server, request, 500, "I'm not well. Please restart me!"),
    log: [`Received request from ${request.peerIp}`],
  };
}

// No handler for SIGTERM: as PID 1 it does not even notice it, and serves on until it is killed.
function nodeServer(answer: NonNullable<ServerProgram["answer"]>): ServerProgram {
  return {
    title: "node app.js",
    start: (server) => {
      if (server.args[0] !== "app.js") {
        return { exit: 1, stderr: [`Error: Cannot find module '/${server.args[0] ?? ""}'`] };
      }
      return { listen: [{ port: 8080 }], startMs: 40, log: ["Kubia server starting..."] };
    },
    answer,
  };
}

const SOURCE = `const http = require('http');
const os = require('os');

console.log("Kubia server starting...");

http.createServer((request, response) => {
  console.log("Received request from " + request.connection.remoteAddress);
  response.writeHead(200);
  response.end("You've hit " + os.hostname() + "\\n");
}).listen(8080);
`;

const BASE = {
  sizeBytes: 263_000_000,
  entrypoint: ["node", "app.js"],
  flavour: "gnu",
  commands: [...DEBIAN_COMMANDS, "ping"],
  versions: { curl: "7.88.1" },
  files: { "/app.js": SOURCE },
} as const;

export const kubia = defineImage({
  ...BASE,
  repository: "docker.io/luksa/kubia",
  tags: (tag) => tag === "latest" || VERSION_TAG.test(tag),
  servers: { node: nodeServer(greet) },
});

export const kubiaUnhealthy = defineImage({
  ...BASE,
  repository: "docker.io/luksa/kubia-unhealthy",
  tags: ["latest"],
  servers: { node: nodeServer(greetFiveTimes) },
});
