// What a server program of an image gets to see, put together for one call.
import { imageOf } from "../images/registry.ts";
import { parseReference } from "../images/reference.ts";
import type { ServerContext, ServerProgram } from "../images/image.ts";
import { epochNow } from "./clock.ts";
import { listDirectory, readFile, resolvePath, stat } from "./files.ts";
import type { Caller } from "./kernel.ts";
import type { Container, Program } from "./state.ts";

export function serverOf(container: Container, name: string): ServerProgram | undefined {
  const { servers } = imageOf(container.config.image);
  return servers && Object.hasOwn(servers, name) ? servers[name] : undefined;
}

export function serverContext(caller: Caller, program: Extract<Program, { kind: "server" }>): ServerContext {
  const { container, process, context } = caller;
  const { config } = container;
  return {
    args: process.argv.slice(1),
    env: process.env,
    hostname: config.hostname,
    get tag() {
      return parseReference(config.image)?.tag ?? "latest";
    },
    declaredPorts: config.declaredPorts,
    now: context.now,
    get epochNow() {
      return epochNow(context);
    },
    uptimeMs: context.now - process.startedAt,
    get ip() {
      return context.network.ipOf(config.host);
    },
    state: program.state,
    requests: program.requests,
    cwd: process.cwd,
    file: (path) => {
      const file = readFile(caller, container, resolvePath(process.cwd, path));
      return "text" in file ? file.text : undefined;
    },
    list: (path) => {
      const at = resolvePath(process.cwd, path);
      return stat(caller, container, at)?.kind === "directory"
        ? listDirectory(caller, container, at)
        : undefined;
    },
  };
}
