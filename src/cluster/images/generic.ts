// Images that are not modelled: a server on the ports that the manifest declares or takes for granted, and on those
// that the image is known for. It says who it is.
import { goAnswer } from "./answers.ts";
import { defineImage, type Image, type ListenSpec, type ServerContext, type ServerProgram } from "./image.ts";
import { isPrompt, knownPorts, type KnownPort } from "./public.ts";
import { DEBIAN_COMMANDS, NETWORK_COMMANDS } from "./tools.ts";

const HEALTH_CHECK = "/grpc.health.v1.Health/Check";
/** How long a program runs that is there to end. */
const TASK_MS = 500;

const signal = (number: number): { exit: number } | undefined =>
  number === 15 || number === 2 ? { exit: 0 } : undefined;

function server(known: readonly KnownPort[]): ServerProgram {
  return {
    title: "server",
    start: (context) => {
      if (stressed(context.args) > (context.assumed.memoryBytes ?? Infinity))
        return { exit: 137, afterMs: TASK_MS, outOfMemory: true };
      if (context.assumed.ends) return { exit: 0, afterMs: TASK_MS };
      const listen = listeners(context, known);
      return { listen, startMs: 30, log: listen.map(({ port }) => `listening on port ${port}`) };
    },
    answer: (request, context) => {
      if (request.path === HEALTH_CHECK && request.headers["content-type"] === "application/grpc")
        return { answer: goAnswer(context, 200, "SERVING", { "grpc-status": "0" }) };
      return {
        answer: goAnswer(context, 200, `${context.hostname}\n`),
        log: [`${request.peerIp} ${request.method} ${request.path} 200`],
      };
    },
    datagram: (_text, _peer, context) => ({ answer: { datagram: `${context.hostname}\n` } }),
    signal,
  };
}

/** A port counts once; who says that it has TLS is believed. */
function listeners(context: ServerContext, known: readonly KnownPort[]): ListenSpec[] {
  const declared = context.declaredPorts.map((port): KnownPort => ({ port, protocol: "TCP" }));
  const { ports } = context.assumed;
  if (context.args.includes("http.server")) return [{ port: Number(context.args.find(isNumber) ?? 8000) }];
  const all = ports.length > 0 ? [...ports, ...known] : [...declared, ...known];
  const specs = new Map<string, ListenSpec>();
  for (const { port, protocol, tls } of all) {
    const key = `${port}/${protocol}`;
    const spec = specs.get(key) ?? { port, ...(protocol === "UDP" && { protocol }) };
    if (tls) spec.tls = selfSigned(context.hostname);
    specs.set(key, spec);
  }
  return [...specs.values()];
}

const UNITS: Record<string, number> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes that the program `stress` is told to take. */
function stressed(args: readonly string[]): number {
  const after = (flag: string): string => args[args.indexOf(flag) + 1] ?? "";
  const size = /^(\d+)([KMG]?)/i.exec(args.includes("--vm-bytes") ? after("--vm-bytes") : "");
  const workers = args.includes("--vm") ? Number(after("--vm")) : 1;
  return size ? Number(size[1]) * (UNITS[size[2]!.toUpperCase()] ?? 1) * workers : 0;
}

const isNumber = (word: string): boolean => /^\d+$/.test(word);

function selfSigned(name: string): NonNullable<ListenSpec["tls"]> {
  return { subject: `CN=${name}`, issuer: `CN=${name}`, names: [name] };
}

/** Docker's greeting, in our words. */
const hello: ServerProgram = {
  start: () => ({ exit: 0, log: ["", "Hello from Docker!", ""], afterMs: 20 }),
  signal,
};

/** Simplified: an unknown image has a shell and the usual tools, and stops on SIGTERM with exit code 0. */
export function genericImage(repository: string): Image {
  const program = repository.endsWith("library/hello-world") ? hello : server(knownPorts(repository));
  return defineImage({
    repository,
    sizeBytes: 120_000_000,
    ...(isPrompt(repository) ? { cmd: ["/bin/bash"] } : { entrypoint: ["/usr/local/bin/server"] }),
    flavour: "gnu",
    commands: [...DEBIAN_COMMANDS, ...NETWORK_COMMANDS],
    versions: { curl: "7.88.1" },
    servers: { server: program },
    files: { "/usr/local/bin/server": "" },
    generic: true,
  });
}
