// Keys and values from --from-literal, --from-file and --from-env-file, for ConfigMaps and Secrets.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_configmap.go, util/env_file.go, pkg/util/util.go (v1.35)
import { configMapKey } from "#api/names";
import { emptyRecord, ownValue } from "#base/json";
import type { Flag, FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { envNameProblem } from "../../writing/env-name.ts";
import { aFlag } from "../../writing/flag-sets.ts";

export const SOURCE_FLAGS: readonly Flag[] = [
  aFlag("from-literal", "stringArray", "[]", "A key and its value: key=value"),
  aFlag(
    "from-file",
    "stringList",
    "[]",
    "A file whose name is the key, key=file, or a folder with such files",
  ),
  aFlag("from-env-file", "stringList", "[]", "A file with lines key=value"),
  aFlag("append-hash", "bool", "false", "Adds a hash of the content to the name"),
];

type Kind = "ConfigMap" | "Secret";

export function readSources(
  kind: Kind,
  name: string,
  flags: FlagValues,
  io: KubectlIo,
): Record<string, string> {
  const [literals, files, envFiles] = [
    list(flags, "from-literal"),
    list(flags, "from-file"),
    list(flags, "from-env-file"),
  ];
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0))
    throw plainError("from-env-file cannot be combined with from-file or from-literal");
  const data = emptyRecord<string>();
  const add = (key: string, value: string): void => {
    checkKey(kind, name, key, data);
    data[key] = value;
  };
  for (const source of files) addFile(source, io, add);
  for (const source of literals) addLiteral(source, add);
  for (const source of envFiles) addEnvFile(source, io, add);
  return data;
}

type Add = (key: string, value: string) => void;

function checkKey(kind: Kind, name: string, key: string, data: Record<string, string>): void {
  const problems = configMapKey(key);
  if (problems.length > 0)
    throw plainError(`${goQuote(key)} is not a valid key name for a ${kind}: ${problems.join(",")}`);
  if (!Object.hasOwn(data, key)) return;
  throw plainError(
    kind === "ConfigMap"
      ? `cannot add key ${goQuote(key)}, another key by that name already exists in Data for ConfigMap ${goQuote(name)}`
      : `cannot add key ${key}, another key by that name already exists`,
  );
}

function addLiteral(source: string, add: Add): void {
  const equals = source.indexOf("=");
  if (equals < 1) throw plainError(`invalid literal source ${source}, expected key=value`);
  add(source.slice(0, equals), source.slice(equals + 1));
}

function addFile(source: string, io: KubectlIo, add: Add): void {
  const { key, path } = splitSource(source);
  const text = io.readFile(path);
  if (text !== undefined) return add(key, text);
  const names = io.listFolder(path);
  if (!names) throw plainError(`error reading ${path}: no such file or directory`);
  if (source.includes("=")) throw plainError("cannot give a key name for a directory path");
  for (const name of names.filter((item) => !item.includes("/"))) {
    const content = io.readFile(`${path.replace(/\/+$/, "")}/${name}`);
    if (content !== undefined) add(name, content);
  }
}

function splitSource(source: string): { key: string; path: string } {
  const separators = source.split("=").length - 1;
  if (separators === 0) return { key: source.replace(/\/+$/, "").split("/").at(-1)!, path: source };
  if (separators > 1) throw plainError("key names or file paths cannot contain '='");
  const [key = "", path = ""] = source.split("=");
  if (key === "") throw plainError(`key name for file path ${path} missing`);
  if (path === "") throw plainError(`file path for key name ${key} missing`);
  return { key, path };
}

function addEnvFile(path: string, io: KubectlIo, add: Add): void {
  const text = io.readFile(path);
  if (text === undefined)
    throw plainError(
      io.listFolder(path)
        ? "env config file cannot be a directory"
        : `error reading ${path}: no such file or directory`,
    );
  for (const raw of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const line = raw.trimStart();
    if (line === "" || line.startsWith("#")) continue;
    const equals = line.indexOf("=");
    const key = equals < 0 ? line : line.slice(0, equals);
    const problem = envNameProblem(key);
    if (problem) throw plainError(`${goQuote(key)} is not a valid key name: ${problem}`);
    // A name alone takes its value from kubectl's own environment.
    const value = equals < 0 ? ownValue(io.env, key) : line.slice(equals + 1);
    if (value !== undefined || equals < 0) add(key, value ?? "");
  }
}
