// Images that are not modelled: a server on the ports that the manifest declares, which says who it is.
import { goAnswer } from "./answers.ts";
import { defineImage, type Image, type ServerProgram } from "./image.ts";
import { DEBIAN_COMMANDS, NETWORK_COMMANDS } from "./tools.ts";

const server: ServerProgram = {
  title: "server",
  start: (context) => ({
    listen: [...new Set(context.declaredPorts)].map((port) => ({ port })),
    startMs: 30,
    log: context.declaredPorts.map((port) => `listening on port ${port}`),
  }),
  answer: (request, context) => ({
    answer: goAnswer(context, 200, `${context.hostname}\n`),
    log: [`${request.peerIp} ${request.method} ${request.path} 200`],
  }),
  datagram: (_text, _peer, context) => ({ answer: { datagram: `${context.hostname}\n` } }),
  signal: (signal) => (signal === 15 || signal === 2 ? { exit: 0 } : undefined),
};

/** Simplified: an unknown image has a shell and the usual tools, and stops on SIGTERM with exit code 0. */
export function genericImage(repository: string): Image {
  return defineImage({
    repository,
    sizeBytes: 120_000_000,
    entrypoint: ["/usr/local/bin/server"],
    flavour: "gnu",
    commands: [...DEBIAN_COMMANDS, ...NETWORK_COMMANDS],
    versions: { curl: "7.88.1" },
    servers: { server },
    files: { "/usr/local/bin/server": "" },
    generic: true,
  });
}
