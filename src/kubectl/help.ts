// The help of kubectl and of each command, laid out as `kubectl help` prints it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/util/templates (v1.35)
import type { Command, Flag } from "./command.ts";
import { childrenOf, ownName } from "./find.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";

const GROUPS: readonly [title: string, names: readonly string[]][] = [
  ["Basic Commands (Beginner)", ["create", "expose", "run", "set"]],
  ["Basic Commands (Intermediate)", ["explain", "get", "edit", "delete"]],
  ["Deploy Commands", ["rollout", "scale", "autoscale"]],
  [
    "Cluster Management Commands",
    ["certificate", "cluster-info", "top", "cordon", "uncordon", "drain", "taint"],
  ],
  [
    "Troubleshooting and Debugging Commands",
    ["describe", "logs", "attach", "exec", "port-forward", "proxy", "cp", "auth", "debug", "events"],
  ],
  ["Advanced Commands", ["diff", "apply", "patch", "replace", "wait", "kustomize"]],
  ["Settings Commands", ["label", "annotate", "completion"]],
];

/** The commands in the order in which kubectl knows them, and so suggests them. */
export const ROOT_ORDER: readonly string[] = [
  ...GROUPS.flatMap(([, names]) => names),
  "alpha",
  "config",
  "plugin",
  "version",
  "api-versions",
  "api-resources",
];

const GLOBAL_HINT =
  'Use "kubectl options" for a list of global command-line options (applies to all commands).';

/** `kubectl` and `kubectl help`: the commands, by group. */
export function rootHelp(commands: readonly Command[]): string {
  const top = childrenOf(commands, undefined).filter(({ name }) => name !== "options" && name !== "help");
  const width = Math.max(...top.map(({ name }) => name.length)) + 2;
  const line = ({ name, short }: Command): string => `  ${name.padEnd(width)} ${short}`;
  const grouped = new Set(GROUPS.flatMap(([, names]) => names));
  const parts = GROUPS.map(([title, names]) => {
    const own = names.flatMap((name) => top.find((command) => command.name === name) ?? []);
    return own.length === 0 ? [] : [`${title}:`, ...own.map(line), ""];
  });
  const others = top.filter(({ name }) => !grouped.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${[
    "kubectl controls the Kubernetes cluster manager.",
    "",
    " Find more information at: https://kubernetes.io/docs/reference/kubectl/",
    "",
    ...parts.flat(),
    "Subcommands provided by plugins:",
    "",
    "Other Commands:",
    ...others.map(line),
    "",
    "Usage:",
    "  kubectl [flags] [options]",
    "",
    'Use "kubectl <command> --help" for more information about a given command.',
    GLOBAL_HINT,
  ].join("\n")}\n`;
}

/** `kubectl help get`, `kubectl get --help`. */
export function helpOf(command: Command, commands: readonly Command[]): string {
  const children = childrenOf(commands, command.name).sort((a, b) => (a.name < b.name ? -1 : 1));
  const sections = [command.long.trim()];
  if (command.aliases?.length)
    sections.push(`Aliases:\n${[ownName(command.name), ...command.aliases].join(", ")}`);
  if (command.examples) sections.push(`Examples:\n${indented(command.examples)}`);
  if (children.length > 0) {
    const width = Math.max(11, ...children.map(({ name }) => ownName(name).length)) + 2;
    const lines = children.map(({ name, short }) => `  ${ownName(name).padEnd(width)} ${short}`);
    sections.push(`Available Commands:\n${lines.join("\n")}`);
  }
  const options = optionsText(command.flags);
  if (options) sections.push(`Options:\n${options}`);
  const line = `Usage:\n  kubectl ${command.usage}`;
  if (command.usage) sections.push(line.includes("[options]") ? line : `${line} [options]`);
  const more =
    children.length > 0
      ? [`Use "kubectl ${command.name} <command> --help" for more information about a given command.`]
      : [];
  const hints = command.usage ? [...more, GLOBAL_HINT] : more;
  return `${sections.join("\n\n")}\n\n${hints.join("\n")}\n`;
}

/** `kubectl options`. */
export function globalOptions(): string {
  return `The following options can be passed to any command:\n\n${optionsText(GLOBAL_FLAGS)}\n\n`;
}

const indented = (text: string): string =>
  text
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");

function optionsText(flags: readonly Flag[]): string {
  return flags
    .filter(({ hidden, deprecated }) => !hidden && !deprecated)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => {
      const preset = flag.type === "string" ? `'${flag.default}'` : flag.default;
      return `    ${flag.short ? `-${flag.short}, ` : ""}--${flag.name}=${preset}:\n\t${flag.help}`;
    })
    .join("\n\n");
}
