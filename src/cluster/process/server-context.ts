// What a server program of an image gets to see, put together for one call.
import { imageOf } from "../images/registry.ts";
import { parseReference } from "../images/reference.ts";
import type { ServerContext, ServerProgram } from "../images/image.ts";
import { epochNow } from "./clock.ts";
import { listDirectory, readFile, resolvePath, stat } from "./files.ts";
import type { Caller } from "./kernel.ts";
import type { Container, Program } from "./state.ts";
import type { Assumed } from "./types.ts";

const NOTHING_ASSUMED: Assumed = { ports: [], programs: [] };

export function serverOf(container: Container, name: string): ServerProgram | undefined {
  const { servers } = imageOf(container.config.image);
  return servers && Object.hasOwn(servers, name) ? servers[name] : undefined;
}

type Server = Extract<Program, { kind: "server" }>;

export function serverContext(caller: Caller, program: Server): ServerContext {
  return new ServerView(caller, program);
}

/** Made for every request that is answered, so it holds nothing but where to look. */
class ServerView implements ServerContext {
  readonly #caller: Caller;
  readonly #program: Server;

  constructor(caller: Caller, program: Server) {
    this.#caller = caller;
    this.#program = program;
  }

  get args(): readonly string[] {
    return this.#caller.process.argv.slice(1);
  }
  get env(): Readonly<Record<string, string>> {
    return this.#caller.process.env;
  }
  get hostname(): string {
    return this.#caller.container.config.hostname;
  }
  get tag(): string {
    return parseReference(this.#caller.container.config.image)?.tag ?? "latest";
  }
  get declaredPorts(): readonly number[] {
    return this.#caller.container.config.declaredPorts;
  }
  get assumed(): Assumed {
    return this.#caller.container.config.assumed ?? NOTHING_ASSUMED;
  }
  get now(): number {
    return this.#caller.context.now;
  }
  get epochNow(): number {
    return epochNow(this.#caller.context);
  }
  get uptimeMs(): number {
    return this.now - this.#caller.process.startedAt;
  }
  get ip(): string {
    return this.#caller.context.network.ipOf(this.#caller.container.config.host);
  }
  get state(): ServerContext["state"] {
    return this.#program.state;
  }
  get requests(): number {
    return this.#program.requests;
  }
  get cwd(): string {
    return this.#caller.process.cwd;
  }

  file(path: string): string | undefined {
    const file = readFile(this.#caller, this.#caller.container, resolvePath(this.cwd, path));
    return "text" in file ? file.text : undefined;
  }

  list(path: string): string[] | undefined {
    const { container } = this.#caller;
    const at = resolvePath(this.cwd, path);
    const isDirectory = stat(this.#caller, container, at)?.kind === "directory";
    return isDirectory ? listDirectory(this.#caller, container, at) : undefined;
  }
}
