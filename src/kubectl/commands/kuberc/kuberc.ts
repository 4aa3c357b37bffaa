// `kubectl alpha kuberc`: shows and changes the file of preferences, which preferences.ts lays over every line.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/kuberc (v1.35)
import { defineCommand, type Command, type FlagValues, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { defineGroup, definePatientGroup } from "../../group.ts";
import {
  asObject,
  kubercFile,
  readPreference,
  type Preference,
  type PreferenceOption,
} from "../../kuberc-file.ts";
import { printerFor, TEMPLATE_FLAGS } from "../../printers/print.ts";
import { toYaml } from "../../printers/yaml.ts";
import { confirmed } from "../../writing/confirm.ts";

const alpha = definePatientGroup({
  name: "alpha",
  short: "Commands for features in alpha",
  long: "These commands correspond to alpha features that are not enabled in Kubernetes clusters by default.",
  examples: "",
  usage: "",
  offline: true,
});

const kuberc = defineGroup({
  name: "alpha kuberc",
  short: "Manage kuberc configuration files",
  long: "Shows and changes the file that holds your preferences: aliases of commands, and defaults of their flags.",
  examples: `# What it says
kubectl alpha kuberc view

# Another default
kubectl alpha kuberc set --section defaults --command get --option output=wide

# A command of your own
kubectl alpha kuberc set --section aliases --name getn --command get --prependarg nodes --option output=wide`,
  usage: "alpha kuberc SUBCOMMAND",
});

/** As all commands have it, but shown in the help of these. */
const KUBERC_FLAG = string("kuberc", "Path of the kuberc file with preferences");

/** The file's path; with KUBERC=off there is none. */
function pathFor(flags: FlagValues, io: KubectlIo): { path: string; explicit: boolean } {
  const file = kubercFile(text(flags, "kuberc"), io);
  if (file.path === "") throw plainError("KUBERC is disabled via KUBERC=off environment variable");
  return file;
}

function load(io: KubectlIo, path: string): Preference {
  const content = io.readFile(path) ?? "";
  if (content === "") return { aliases: [], defaults: [] };
  const preference = readPreference(content);
  if (!preference) throw plainError("error parsing kuberc file: no preferences in it");
  return preference;
}

function save(io: KubectlIo, path: string, preference: Preference): number {
  io.writeFile(path, toYaml(asObject(preference)));
  io.stdout(`Updated ${path}\n`);
  return 0;
}

const set = defineCommand({
  name: "alpha kuberc set",
  short: "Set values in the kuberc configuration",
  long: "Sets the defaults of a command's flags, or an alias of a command.",
  examples: `# Another default
kubectl alpha kuberc set --section defaults --command get --option output=wide

# An alias
kubectl alpha kuberc set --section aliases --name runx --command run --option image=nginx

# In place of the one that is there
kubectl alpha kuberc set --section defaults --command get --option output=json --overwrite`,
  usage: "alpha kuberc set --section (defaults|aliases) --command COMMAND",
  offline: true,
  flags: [
    { ...string("command", "The command, such as 'get' or 'set env'"), required: true },
    { ...string("section", "What to change: 'defaults' or 'aliases'"), required: true },
    { name: "appendarg", type: "stringArray", default: "[]", help: "An argument behind those of an alias" },
    KUBERC_FLAG,
    string("name", "Name of an alias"),
    { name: "option", type: "stringArray", default: "[]", help: "A flag as flag=value" },
    bool("overwrite", "What is there may be changed"),
    { name: "prependarg", type: "stringArray", default: "[]", help: "An argument before those of an alias" },
  ],
  run: async (_args, flags, io) => {
    const { path } = pathFor(flags, io);
    checkSection(flags);
    const preference = load(io, path);
    const options = list(flags, "option").map(optionOf);
    const changed = text(flags, "section") === "defaults" ? withDefault : withAlias;
    return Promise.resolve(save(io, path, changed(preference, flags, options)));
  },
});

function checkSection(flags: FlagValues): void {
  const [section, name] = [text(flags, "section"), text(flags, "name")];
  if (section !== "defaults" && section !== "aliases")
    throw plainError(`--section must be "defaults" or "aliases", got: ${section}`);
  if (section === "aliases" && name === "") throw plainError("--name is required when --section=aliases");
  if (section === "defaults" && name !== "")
    throw plainError("--name should not be specified when --section=defaults");
  if (section === "defaults" && list(flags, "prependarg").length + list(flags, "appendarg").length > 0)
    throw plainError("--prependarg and --appendarg are only valid for --section=aliases");
}

function optionOf(word: string): PreferenceOption {
  const equals = word.indexOf("=");
  if (equals < 0) throw plainError(`invalid option format ${JSON.stringify(word)}, expected flag=value`);
  return { name: word.slice(0, equals).replace(/^-+/, ""), default: word.slice(equals + 1) };
}

/** In place of an entry of the same name, if that is allowed, or behind the others. */
function placed<T>(
  items: readonly T[],
  same: (item: T) => boolean,
  item: T,
  taken: string,
  flags: FlagValues,
): T[] {
  const at = items.findIndex(same);
  if (at < 0) return [...items, item];
  if (!flag(flags, "overwrite")) throw plainError(`${taken}, use --overwrite to replace`);
  return items.map((known, index) => (index === at ? item : known));
}

function withDefault(preference: Preference, flags: FlagValues, options: PreferenceOption[]): Preference {
  const command = text(flags, "command");
  const taken = `defaults for command ${JSON.stringify(command)} already exist`;
  const item = { command, options };
  const defaults = placed(preference.defaults, (known) => known.command === command, item, taken, flags);
  return { ...preference, defaults };
}

function withAlias(preference: Preference, flags: FlagValues, options: PreferenceOption[]): Preference {
  const name = text(flags, "name");
  const [prependArgs, appendArgs] = [list(flags, "prependarg"), list(flags, "appendarg")];
  const item = {
    name,
    command: text(flags, "command"),
    ...(prependArgs.length > 0 && { prependArgs }),
    ...(appendArgs.length > 0 && { appendArgs }),
    ...(options.length > 0 && { options }),
  };
  const taken = `alias ${JSON.stringify(name)} already exists`;
  return {
    ...preference,
    aliases: placed(preference.aliases, (known) => known.name === name, item, taken, flags),
  };
}

/** What `view` offers to write where there is no file. */
const SUGGESTED: Preference = {
  aliases: [],
  defaults: [
    { command: "apply", options: [{ name: "server-side", default: "true" }] },
    { command: "delete", options: [{ name: "interactive", default: "true" }] },
  ],
};

const view = defineCommand({
  name: "alpha kuberc view",
  short: "Display the current kuberc configuration",
  long: "Shows the aliases and defaults of the file.",
  examples: "# As YAML\nkubectl alpha kuberc view\n\n# As JSON\nkubectl alpha kuberc view --output json",
  usage: "alpha kuberc view",
  offline: true,
  flags: [KUBERC_FLAG, string("output", "Output format", { short: "o", default: "yaml" }), ...TEMPLATE_FLAGS],
  run: async (_args, flags, io) => {
    const { path, explicit } = pathFor(flags, io);
    if (io.readFile(path) === undefined) {
      if (explicit) throw plainError(`kuberc file not found at ${path}`);
      const question = `kuberc file not found at ${path}\nWould you like to generate a default kuberc file with recommended options?`;
      return (await confirmed(io, question)) ? save(io, path, SUGGESTED) : 0;
    }
    const { aliases, defaults } = load(io, path);
    const whole = { ...asObject({ aliases, defaults }), defaults, aliases } as never;
    const output = text(flags, "output");
    const print = printerFor(flags, io)!;
    // Go prints a struct's fields in their own order.
    if (output === "json") io.stdout(`${JSON.stringify(whole, null, 4)}\n`);
    else io.stdout(output === "name" ? "preference.kubectl.config.k8s.io/<unknown>\n" : print(whole));
    return 0;
  },
});

export const KUBERC_COMMANDS: readonly Command[] = [alpha, kuberc, set, view];
