// `kubectl set env`: sets, removes and lists environment variables of pod templates.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_env.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import type { Info } from "../../resources.ts";
import { writingMode } from "../../writing/announce.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import {
  checkSetWords,
  forEachItem,
  infosToSet,
  selectContainers,
  sendChange,
  SetError,
  shownName,
  withPodSpec,
} from "../../writing/pod-spec-change.ts";
import { envNameProblem } from "../../writing/env-name.ts";
import { SET_FLAGS } from "./flags.ts";
import { listEnv } from "./list-env.ts";

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: JsonObject;
}

export const setEnv = defineCommand({
  name: "set env",
  short: "Update environment variables on a pod template",
  long: "Update environment variables on a pod template.\n\n List variables with --list, set them with NAME=VALUE, remove them with NAME-.",
  examples:
    "kubectl set env deployment/web COLOR=blue\n\n# Shows them\nkubectl set env deployment/web --list\n\n# From a config map\nkubectl set env --from=configmap/settings deployment/web",
  usage: "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
  flags: [
    ...SET_FLAGS.filter(({ name }) => name !== "record"),
    aFlag("containers", "string", "*", "Names of the containers; may hold *", { short: "c" }),
    aFlag("env", "stringArray", "[]", "A variable as name=value", { short: "e" }),
    aFlag("from", "string", "", "A config map or secret whose keys become variables"),
    aFlag("keys", "stringList", "[]", "Of --from only these keys"),
    aFlag("list", "bool", "false", "Shows the variables"),
    aFlag("overwrite", "bool", "true", "Variables that are there may be changed"),
    aFlag("prefix", "string", "", "Put before the names of variables"),
    aFlag("resolve", "bool", "false", "With --list: shows what references stand for"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const first = args.findIndex(isEnvWord);
    const resources = first < 0 ? args : args.slice(0, first);
    const words = first < 0 ? [] : args.slice(first);
    if (words.some((word) => !isEnvWord(word)))
      throw plainError(`all resources must be specified before environment changes: ${args.join(" ")}`);
    checkSetWords(resources, flags, dryRun);
    if (flag(flags, "list") && text(flags, "output"))
      throw plainError("--list and --output may not be specified together");
    if (list(flags, "keys").length > 0 && !text(flags, "from"))
      throw plainError("when specifying --keys, a configmap or secret must be provided with --from");
    const { env, remove } = await parseEnv([...list(flags, "env"), ...words], io);
    env.push(...(await envFrom(flags, io)));
    const prefixed = env.map((one) => ({ ...one, name: text(flags, "prefix") + one.name }));
    forEachItem(await infosToSet(resources, flags, io, true), (info) => {
      const { copy, spec } = withPodSpec(info);
      change(io, flags, info, spec, { env: prefixed, remove });
      if (flag(flags, "list")) return;
      sendChange(io, flags, info, copy, {
        operation: "env updated",
        failure: "failed to patch env update to pod template: ",
        dryRun,
      });
    });
    return 0;
  },
});

const isEnvWord = (word: string): boolean => word === "-" || word.includes("=") || word.endsWith("-");

async function parseEnv(
  words: readonly string[],
  io: KubectlIo,
): Promise<{ env: EnvVar[]; remove: string[] }> {
  const env: EnvVar[] = [];
  const remove: string[] = [];
  const add = (word: string): void => {
    const equals = word.indexOf("=");
    const name = word.slice(0, equals);
    const problem = envNameProblem(name);
    if (problem) throw plainError(`${goQuote(name)} is not a valid key name: ${problem}`);
    const value = word.slice(equals + 1);
    env.push({ name, ...(value !== "" && { value }) });
  };
  for (const word of words) {
    if (word === "-") {
      for (const line of (await io.stdin()).split("\n")) if (line.includes("=")) add(line.trim());
    } else if (word.includes("=")) add(word);
    else if (word.endsWith("-")) remove.push(word.slice(0, -1));
    else throw plainError(`unknown environment variable: ${word}`);
  }
  const both = env.some(({ name }) => remove.includes(name));
  if (both)
    throw plainError("can not both modify and remove the same environment variable in the same command");
  return { env, remove };
}

async function envFrom(flags: FlagValues, io: KubectlIo): Promise<EnvVar[]> {
  const from = text(flags, "from");
  if (from === "") return [];
  const keys = list(flags, "keys");
  const infos = await infosToSet([from], { ...flags, filename: [], local: false }, io);
  return infos.flatMap(({ resource: { kind }, name, object }) => {
    if (kind !== "ConfigMap" && kind !== "Secret")
      throw plainError("unsupported resource specified in --from");
    const reference = kind === "ConfigMap" ? "configMapKeyRef" : "secretKeyRef";
    return Object.keys((object["data"] ?? {}) as JsonObject)
      .filter((key) => keys.length === 0 || keys.includes(key))
      .sort()
      .map((key) => {
        const own = key.replace(/[^a-zA-Z0-9_]/g, "_").toUpperCase();
        if (own !== key) io.stderr(`Warning: key ${key} transferred to ${own}\n`);
        return { name: own, valueFrom: { [reference]: { name, key } } };
      });
  });
}

function change(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  spec: JsonObject,
  { env, remove }: { env: readonly EnvVar[]; remove: readonly string[] },
): void {
  const pattern = text(flags, "containers");
  const containers = selectContainers(spec, pattern);
  if (containers.length === 0)
    io.stderr(
      `Warning: ${info.resource.kind}/${info.name} does not have any containers matching ${goQuote(pattern)}\n`,
    );
  for (const container of containers) {
    const before = (container["env"] ?? []) as unknown as EnvVar[];
    if (!flag(flags, "overwrite")) refuseOverwrites(info, before, env);
    const after = changed(before, env, remove);
    if (after.length > 0) container["env"] = after as unknown as JsonObject[];
    else delete container["env"];
    if (flag(flags, "list")) listEnv(io, flags, info, { container: String(container["name"]), env: after });
  }
}

function refuseOverwrites(info: Info, before: readonly EnvVar[], env: readonly EnvVar[]): void {
  for (const { name, value } of env) {
    const known = before.find((one) => one.name === name);
    if (known && known.value !== value)
      throw new SetError(
        `${shownName(info)} '${name}' already has a value (${known.value ?? ""}), and --overwrite is false\n`,
      );
  }
}

/** Known names keep their place, new ones follow. */
function changed(before: readonly EnvVar[], env: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
  const kept = before
    .filter(({ name }) => !remove.includes(name))
    .map((one) => env.find(({ name }) => name === one.name) ?? one);
  const added = env.filter(
    ({ name }, index) =>
      !before.some((one) => one.name === name) && env.findIndex((one) => one.name === name) === index,
  );
  return [...kept, ...added];
}
