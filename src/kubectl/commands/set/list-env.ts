// `kubectl set env --list`: the variables of a container, and with --resolve what their references stand for.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/env/env_resolve.go (v1.35)
import { decodeBytes } from "#base/base64";
import { decodeUtf8 } from "#base/utf8";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag } from "../../flags.ts";
import type { Info } from "../../resources.ts";
import type { EnvVar } from "./env.ts";

export function listEnv(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  { container, env }: { container: string; env: readonly EnvVar[] },
): void {
  io.stdout(`# ${info.resource.kind} ${info.name}, container ${container}\n`);
  const failed = new Map<string, string[]>();
  for (const { name, value = "", valueFrom } of env) {
    if (!valueFrom) {
      io.stdout(`${name}=${value}\n`);
      continue;
    }
    const found = flag(flags, "resolve") ? resolve(io, info, valueFrom) : undefined;
    if (found?.ok) io.stdout(`${name}=${found.value}\n`);
    else io.stdout(`# ${name} from ${referenceText(valueFrom)}\n`);
    if (found && !found.ok) failed.set(found.error, [...(failed.get(found.error) ?? []), name]);
  }
  const lines = [...failed].map(
    ([error, names]) => `error retrieving reference for ${names.sort().join(", ")}: ${error}`,
  );
  for (const line of lines.sort()) io.stderr(`${line}\n`);
  if (lines.length > 0) throw plainError("failed to retrieve valueFrom references");
}

interface Reference {
  name?: string;
  key?: string;
  fieldPath?: string;
  resource?: string;
  containerName?: string;
}

function referenceText(from: JsonObject): string {
  const [[kind, value] = ["", {}]] = Object.entries(from);
  const { name, key, fieldPath, resource, containerName } = value as Reference;
  switch (kind) {
    case "configMapKeyRef":
      return `configmap ${name}, key ${key}`;
    case "secretKeyRef":
      return `secret ${name}, key ${key}`;
    case "fieldRef":
      return `field path ${fieldPath}`;
    case "resourceFieldRef":
      return containerName ? `resource field ${containerName}/${resource}` : `resource field ${resource}`;
    default:
      return "invalid valueFrom";
  }
}

type Found = { ok: true; value: string } | { ok: false; error: string };

function resolve(io: KubectlIo, { namespace = "", object }: Info, from: JsonObject): Found {
  const [[kind, value] = ["", {}]] = Object.entries(from);
  const { name = "", key = "", fieldPath = "" } = value as Reference;
  if (kind === "fieldRef") {
    const found = fieldPath
      .split(".")
      .reduce<unknown>((inner, part) => (inner as JsonObject | undefined)?.[part], object);
    return { ok: true, value: String(found ?? "") };
  }
  const resource =
    kind === "secretKeyRef" ? "secrets" : kind === "configMapKeyRef" ? "configmaps" : undefined;
  if (!resource) return { ok: false, error: "invalid valueFrom" };
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(name)}`;
  const { status, body } = io.handle({ method: "GET", path });
  if (status !== 200) return { ok: false, error: String((body as JsonObject)["message"] ?? "") };
  const data = ((body as JsonObject)["data"] ?? {}) as Record<string, string>;
  if (!Object.hasOwn(data, key))
    return {
      ok: false,
      error: `key ${key} not found in ${resource === "secrets" ? "secret" : "config map"} ${name}`,
    };
  return { ok: true, value: resource === "secrets" ? decodeUtf8(decodeBytes(data[key]!) ?? []) : data[key]! };
}
