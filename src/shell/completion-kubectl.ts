// Tab after kubectl: subcommands, flags, resource types, and live names from the API.
import type { Command, Flag } from "#kubectl/command";
import { childrenOf, findCommand, ownName } from "#kubectl/find";
import { GLOBAL_FLAGS } from "#kubectl/global-flags";
import { discoverResources, findResource, type ApiResource } from "#kubectl/mapper";
import { COMMANDS } from "#kubectl/registry";
import { filesAt } from "./completion.ts";
import { HOME } from "./machine.ts";
import type { Workstation } from "./workstation.ts";

interface Known {
  /** Letters of the word that stay as they are. */
  skip: number;
  candidates: string[];
}

const OUTPUTS =
  "json yaml kyaml wide name jsonpath= jsonpath-as-json= jsonpath-file= custom-columns= custom-columns-file= go-template= go-template-file=".split(
    " ",
  );

const POD_COMMANDS = new Set(["exec", "logs", "attach", "port-forward", "debug", "cp"]);
const TYPED_COMMANDS = new Set(
  "get describe delete edit label annotate patch scale expose autoscale wait taint".split(" "),
);

/** Undefined where only files make sense. */
export function completeKubectl(words: readonly string[], workstation: Workstation): Known | undefined {
  const word = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  if (before.includes("--")) return undefined;
  const { command, words: rest } = findCommand([...before], COMMANDS, GLOBAL_FLAGS);
  const flags = [...GLOBAL_FLAGS, ...(command?.flags ?? [])];
  const pick = (candidates: readonly string[], skip = 0): Known => ({
    skip,
    candidates: [...new Set(candidates)].filter((item) => item.startsWith(word.slice(skip))).sort(),
  });
  const last = before.at(-1) ?? "";
  if (/^(-f|--filename|-k|--patch-file|--from-file)$/.test(last))
    return pick(filesAt(word, { cwd: HOME, files: workstation.files }));
  const asked = valueOf(last, flags);
  const look = lookup(workstation, before);
  if (asked === "namespace") return pick(look.names("namespaces"));
  if (asked === "container") return pick(look.containers(operandsOf(rest, flags)[0]));
  if (asked === "output") return pick(OUTPUTS);
  if (asked === "selector") {
    const types = (operandsOf(rest, flags)[0] ?? "").split(",");
    return pick(types.flatMap((type) => look.labels(type)));
  }
  if (asked !== undefined) return undefined;
  if (word.startsWith("-")) return pick(flags.filter(({ hidden }) => !hidden).map(({ name }) => `--${name}`));
  const children = childrenOf(COMMANDS, command?.name).filter(({ hidden }) => !hidden);
  if (!command || children.length > 0) return pick(children.map(({ name }) => ownName(name)));
  return operand(command, operandsOf(rest, flags), word, look, pick);
}

function operand(
  command: Command,
  given: readonly string[],
  word: string,
  look: Lookup,
  pick: (candidates: readonly string[], skip?: number) => Known,
): Known | undefined {
  const slash = word.indexOf("/");
  if (slash > 0) return pick(look.names(word.slice(0, slash)), slash + 1);
  const [first] = command.name.split(" ");
  if (POD_COMMANDS.has(first!)) return given.length === 0 ? pick(look.names("pods")) : undefined;
  if (first === "rollout") return given.length === 0 ? pick(["deployment"]) : pick(look.names(given[0]!));
  if (first === "explain" || first === "create") return pick(look.types());
  if (first === "cordon" || first === "uncordon" || first === "drain") return pick(look.names("nodes"));
  if (first === "top") return pick(look.names(command.name.endsWith("node") ? "nodes" : "pods"));
  if (first === "set" || TYPED_COMMANDS.has(first!)) {
    if (given.length === 0) return pick(look.types());
    return pick(given[0]!.split(",").flatMap((type) => look.names(type)));
  }
  return undefined;
}

/** The flag whose value comes next. */
function valueOf(word: string, flags: readonly Flag[]): string | undefined {
  if (!word.startsWith("-") || word.includes("=")) return undefined;
  const found = flags.find(
    ({ name, short }) => word === `--${name}` || (short !== undefined && word === `-${short}`),
  );
  return found && found.type !== "bool" && found.bare === undefined ? found.name : undefined;
}

function operandsOf(words: readonly string[], flags: readonly Flag[]): string[] {
  return words.filter(
    (word, index) => !word.startsWith("-") && valueOf(words[index - 1] ?? "", flags) === undefined,
  );
}

interface Lookup {
  types(): string[];
  names(type: string): string[];
  containers(pod: string | undefined): string[];
  /** `key=value` of the type's objects. */
  labels(type: string): string[];
}

function lookup({ door, config }: Workstation, words: readonly string[]): Lookup {
  const io = { handle: door.cluster.handle };
  const at = words.findIndex((word) => word === "-n" || word === "--namespace");
  const joined = words
    .map((word) => /^(?:-n=?|--namespace=)(.+)$/.exec(word)?.[1])
    .find((value) => value !== undefined);
  const namespace =
    (at >= 0 ? words[at + 1] : joined) ?? config.contexts[config.currentContext]?.namespace ?? "default";
  const resources = (): ApiResource[] => discoverResources(io);
  const items = (
    type: string,
  ): {
    metadata: { name: string; labels?: Record<string, string> };
    spec?: { containers?: { name: string }[] };
  }[] => {
    const found = findResource(resources(), type);
    if (!found) return [];
    const group = found.group ? `/apis/${found.group}/${found.version}` : `/api/${found.version}`;
    const path = `${group}${found.namespaced ? `/namespaces/${namespace}` : ""}/${found.resource}`;
    const { body } = io.handle({ method: "GET", path });
    return (body as unknown as { items?: ReturnType<typeof items> }).items ?? [];
  };
  return {
    types: () => resources().map(({ resource }) => resource),
    names: (type) => items(type).map(({ metadata }) => metadata.name),
    labels: (type) =>
      items(type).flatMap(({ metadata }) =>
        Object.entries(metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`),
      ),
    containers: (pod) =>
      items("pods")
        .filter(({ metadata }) => metadata.name === pod)
        .flatMap(({ spec }) => (spec?.containers ?? []).map(({ name }) => name)),
  };
}
