// The file of preferences: where it lies and what it says. preferences.ts lays it over every line, and `kubectl alpha
// kuberc` shows and changes it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/config/v1beta1/types.go, pkg/kuberc/marshal.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import type { KubectlIo } from "./command.ts";
import { plainError } from "./errors.ts";
import { parseYaml } from "./manifests/parse.ts";

const OWN_FILE = "/root/.kube/kuberc";

export interface PreferenceOption {
  name: string;
  default: string;
}

export interface Preference {
  aliases: {
    name: string;
    command: string;
    prependArgs?: string[];
    appendArgs?: string[];
    options?: PreferenceOption[];
  }[];
  defaults: { command: string; options: PreferenceOption[] }[];
}

export interface KubercFile {
  /** "": turned off. */
  path: string;
  /** A flag or the environment named it, so that it must be there. */
  explicit: boolean;
}

/** Which file is meant: that of --kuberc, of KUBERC, or the usual one. */
export function kubercFile(asked: string, io: KubectlIo): KubercFile {
  const named = io.env["KUBERC"] ?? "";
  if (named === "off") {
    if (asked)
      throw plainError("disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive");
    return { path: "", explicit: false };
  }
  return { path: asked || named || OWN_FILE, explicit: Boolean(asked || named) };
}

/** Undefined where the text is no preferences. */
export function readPreference(content: string): Preference | undefined {
  const parsed = parseYaml(content);
  const value = parsed.ok ? parsed.parsed.value : undefined;
  if (!isObject(value)) return undefined;
  const items = (key: string): JsonObject[] =>
    Array.isArray(value[key]) ? (value[key] as unknown as JsonObject[]) : [];
  return {
    aliases: items("aliases").map(aliasOf),
    defaults: items("defaults").map((item) => ({
      command: String(item["command"]),
      options: optionsOf(item["options"]),
    })),
  };
}

/** Fields in Go's order. */
function aliasOf(item: JsonObject): Preference["aliases"][number] {
  const { prependArgs, appendArgs, options } = item;
  return {
    name: String(item["name"]),
    command: String(item["command"]),
    ...(Array.isArray(prependArgs) && { prependArgs: prependArgs.map(String) }),
    ...(Array.isArray(appendArgs) && { appendArgs: appendArgs.map(String) }),
    ...(Array.isArray(options) && { options: optionsOf(options) }),
  };
}

const optionsOf = (options: unknown): PreferenceOption[] =>
  ((options ?? []) as JsonObject[]).map((option) => ({
    name: String(option["name"]),
    default: String(option["default"]),
  }));

export const asObject = ({ aliases, defaults }: Preference): JsonObject => ({
  kind: "Preference",
  apiVersion: "kubectl.config.k8s.io/v1beta1",
  defaults: (defaults.length > 0 ? defaults : null) as never,
  aliases: (aliases.length > 0 ? aliases : null) as never,
});
