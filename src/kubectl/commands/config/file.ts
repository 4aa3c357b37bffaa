// A kubeconfig as its file holds it: lists of named entries, sorted. Called by `config view` and for --kubeconfig.
// Kubernetes: staging/src/k8s.io/client-go/tools/clientcmd/api/v1/conversion.go, api/helpers.go (v1.35)
import { isObject, ownValue, type Json, type JsonObject } from "#base/json";
import type { KubectlConfig } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { parseYaml } from "../../manifests/parse.ts";
import { ALWAYS_SHOWN, usersIn } from "./fields.ts";

/** Shown in place of what is secret or long. */
const HIDDEN: Record<string, string> = {
  token: "REDACTED",
  password: "REDACTED",
  "certificate-authority-data": "DATA+OMITTED",
  "client-certificate-data": "DATA+OMITTED",
  "client-key-data": "DATA+OMITTED",
};

export function kubeconfig(config: KubectlConfig, hides = false): JsonObject {
  const { contexts, clusters, currentContext, preferences } = config;
  const shown = (entry: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(entry).flatMap(([key, value]): [string, Json][] => {
        if ((value === "" && !ALWAYS_SHOWN.has(key)) || value === false) return [];
        return [[key, (hides && value !== "" && HIDDEN[key]) || value]];
      }),
    );
  const list = (entries: Record<string, JsonObject>, field: string): Json =>
    Object.keys(entries).length === 0
      ? null
      : Object.keys(entries)
          .sort()
          .map((name) => ({ name, [field]: shown(entries[name]!) }));
  return {
    kind: "Config",
    apiVersion: "v1",
    ...(preferences && Object.keys(preferences).length > 0 && { preferences }),
    clusters: list(clusters, "cluster"),
    users: list(usersIn(config), "user"),
    contexts: list(contexts as unknown as Record<string, JsonObject>, "context"),
    "current-context": currentContext,
  };
}

/** Only what the current context needs. */
export function minified(config: KubectlConfig): KubectlConfig {
  const { currentContext, contexts, clusters } = config;
  if (currentContext === "") throw plainError("current-context must exist in order to minify");
  const context = ownValue(contexts, currentContext);
  if (!context) throw plainError(`cannot locate context ${currentContext}`);
  const only = <T>(what: string, entries: Record<string, T>, name: string): Record<string, T> => {
    if (!name) return {};
    const entry = ownValue(entries, name);
    if (!entry) throw plainError(`cannot locate ${what} ${name}`);
    return { [name]: entry };
  };
  return {
    ...config,
    contexts: { [currentContext]: context },
    clusters: only("cluster", clusters, context.cluster),
    users: only("user", usersIn(config), context.user),
  };
}

/** The other way round, for a file that --kubeconfig names. */
export function readConfig(content: string, file: string): KubectlConfig {
  const parsed = parseYaml(content);
  if (!parsed.ok)
    throw plainError(`error loading config file ${JSON.stringify(file)}: ${parsed.problem.text}`);
  const value = (isObject(parsed.parsed.value) ? parsed.parsed.value : {}) as JsonObject;
  const entries = (list: string, field: string): Record<string, JsonObject> =>
    Object.fromEntries(
      ((value[list] ?? []) as JsonObject[]).map((entry) => [
        String(entry["name"]),
        (entry[field] ?? {}) as JsonObject,
      ]),
    );
  return {
    currentContext: String(value["current-context"] ?? ""),
    contexts: entries("contexts", "context") as unknown as KubectlConfig["contexts"],
    clusters: entries("clusters", "cluster") as unknown as KubectlConfig["clusters"],
    users: entries("users", "user"),
  };
}
