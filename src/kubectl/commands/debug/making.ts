// What the ways of debugging share: the line that was typed, names of containers and pods, and the container that its
// flags describe.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Pod } from "#api/pod/types";
import { fnv1a } from "#base/hash";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { flag, list, text } from "../../flags.ts";
import { request } from "../../resources.ts";

export interface Making {
  io: KubectlIo;
  flags: FlagValues;
  /** What stood behind `--`. */
  command: readonly string[];
  /** The partial container of --custom. */
  custom: JsonObject | undefined;
}

/** A pod before it is sent. */
export type Draft = JsonObject & {
  metadata: JsonObject;
  spec: JsonObject & {
    containers: JsonObject[];
    initContainers?: JsonObject[];
    ephemeralContainers?: JsonObject[];
  };
};

export const pairsOf = (flags: FlagValues, name: string): [string, string][] =>
  list(flags, name).map((pair) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });

export function containerFromFlags({ flags, command }: Making, name: string): JsonObject {
  const env = pairsOf(flags, "env").map(([key, value]) => ({ name: key, ...(value && { value }) }));
  const pull = text(flags, "image-pull-policy");
  return {
    name,
    image: text(flags, "image"),
    ...(command.length > 0 && { [flag(flags, "arguments-only") ? "args" : "command"]: [...command] }),
    ...(env.length > 0 && { env }),
    resources: {},
    ...(pull && { imagePullPolicy: pull }),
    ...(flag(flags, "stdin") && { stdin: true }),
    ...(flag(flags, "tty") && { tty: true }),
    terminationMessagePolicy: "File",
  };
}

/** The name that was asked for, or one that no container has yet, which is said aloud. */
export function debuggerName({ io, flags }: Making, pod: Pod | Draft): string {
  const asked = text(flags, "container");
  if (asked) return asked;
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const taken = new Set(
    [...containers, ...initContainers, ...ephemeralContainers].map((item) => item["name"]),
  );
  let name = "";
  for (let turn = 0; name === "" || taken.has(name); turn++)
    name = `debugger-${suffixOf(`${String(pod.metadata["name"])} ${io.nowMs()} ${turn}`)}`;
  if (!flag(flags, "quiet")) io.stdout(`Defaulting debug container name to ${name}.\n`);
  return name;
}

/** Five letters and digits, as generated names end. */
export function suffixOf(seed: string): string {
  const digits = "bcdfghjklmnpqrstvwxz2456789";
  let rest = fnv1a(seed);
  let suffix = "";
  for (let index = 0; index < 5; index++) {
    suffix += digits[rest % digits.length]!;
    rest = Math.floor(rest / digits.length);
  }
  return suffix;
}

export const podPath = (namespace: string, name: string): string =>
  `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;

export function createPod(io: KubectlIo, namespace: string, pod: Draft): Pod {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  return request(io, { method: "POST", path, body: pod }).body as unknown as Pod;
}

/** What a profile gives to a container helps little where the whole pod runs as somebody else than root. */
export function warnOfUser(io: KubectlIo, container: JsonObject | undefined, pod: Pod | Draft): void {
  const shared = (pod.spec["securityContext"] ?? {}) as JsonObject;
  const own = container?.["securityContext"] as JsonObject | undefined;
  if (!shared["runAsUser"] || !own || own["runAsUser"] === 0) return;
  const added = (own["capabilities"] as JsonObject | undefined)?.["add"];
  if (own["privileged"] !== true && !(Array.isArray(added) && added.length > 0)) return;
  io.stderr(
    'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
  );
}
