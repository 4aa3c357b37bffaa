// lab/echo: a configurable echo server for experiments: --port, --bind, --slow, --term-delay, --close, --ignore-term.
import { headerOf } from "../http-client/request.ts";
import { flagsOf, goAnswer } from "./answers.ts";
import { defineImage, type ServerProgram } from "./image.ts";
import { BUSYBOX_COMMANDS } from "./tools.ts";

const program: ServerProgram = {
  title: "echo",
  start: (server) => {
    const flags = flagsOf(server.args);
    const address = flags["bind"] ?? "0.0.0.0";
    return { listen: [{ port: Number(flags["port"] ?? 8080), address }], startMs: 20 };
  },
  answer: (request, server) => {
    const flags = flagsOf(server.args);
    const host = headerOf(request.headers, "host") ?? "";
    const body = `${server.hostname} client=${request.peerIp} host=${host}\n`;
    return { answer: goAnswer(server, 200, body), delayMs: Number(flags["slow"] ?? 0) * 1000 };
  },
  signal: (signal, server) => {
    if (signal !== 15) return undefined;
    const flags = flagsOf(server.args);
    if (flags["ignore-term"] !== undefined) return "ignore";
    const delay = Number(flags["term-delay"] ?? 0) * 1000;
    return delay > 0
      ? { exit: 0, afterMs: delay, closeListeners: flags["close"] !== undefined }
      : { exit: 0 };
  },
};

export const labEcho = defineImage({
  repository: "docker.io/lab/echo",
  sizeBytes: 5_000_000,
  entrypoint: ["/echo"],
  flavour: "busybox",
  commands: [...BUSYBOX_COMMANDS, "curl"],
  versions: { curl: "7.88.1" },
  servers: { echo: program },
  files: { "/echo": "" },
});
