// A container's environment as its kubelet puts it together: envFrom, then env with `$(VAR)`, then the variables of
// Services that nothing else has set.
// Kubernetes: makeEnvironmentVariables in pkg/kubelet/kubelet_pods.go (v1.35)
import type { Container, EnvFromSource, EnvVar } from "#api/pod/types";
import { decodeBytes } from "#base/base64";
import { define, emptyRecord } from "#base/json";
import { strictUtf8 } from "#base/utf8";
import type { Context } from "../machine/component.ts";
import { fieldValue, resourceValue } from "./downward.ts";
import { expand } from "./expansion.ts";
import type { ContainerConfig } from "../process/types.ts";
import { serviceEnvironment } from "./service-environment.ts";
import type { PodState } from "./state.ts";

export type Environment = ContainerConfig["env"];
type Made = { ok: true; env: Environment } | { ok: false; message: string };
type Value = { value: string | undefined } | { error: string };

export function makeEnvironment(context: Context, state: PodState, container: Container): Made {
  const links = state.pod.spec.enableServiceLinks !== false;
  const services = serviceEnvironment(context, state.namespace, links);
  if (!container.envFrom?.length && !container.env?.length) return { ok: true, env: services };
  const own = emptyRecord<string>();
  for (const source of container.envFrom ?? []) {
    const error = takeAll(context, state, source, own);
    if (error !== undefined) return { ok: false, message: error };
  }
  for (const variable of container.env ?? []) {
    const made = valueOf(context, state, container, variable, (name) => own[name] ?? valueIn(services, name));
    if ("error" in made) return { ok: false, message: made.error };
    if (made.value !== undefined) define(own, variable.name, made.value);
  }
  const env = Object.entries(own).map(([name, value]) => ({ name, value }));
  for (const variable of services) if (own[variable.name] === undefined) env.push(variable);
  return { ok: true, env };
}

export function valueIn(env: Environment, name: string): string | undefined {
  return env.find((variable) => variable.name === name)?.value;
}

function takeAll(
  context: Context,
  state: PodState,
  source: EnvFromSource,
  own: Record<string, string>,
): string | undefined {
  const reference = source.configMapRef ?? source.secretRef;
  if (!reference) return undefined;
  const name = reference.name ?? "";
  const data = source.configMapRef
    ? configMapData(context, state.namespace, name)
    : secretData(context, state.namespace, name);
  if (!data) {
    if (reference.optional) return undefined;
    return `${source.configMapRef ? "configmap" : "secret"} "${name}" not found`;
  }
  for (const key of Object.keys(data).sort()) define(own, `${source.prefix ?? ""}${key}`, data[key]!);
  return undefined;
}

function valueOf(
  context: Context,
  state: PodState,
  container: Container,
  variable: EnvVar,
  lookUp: (name: string) => string | undefined,
): Value {
  if (variable.value) return { value: expand(variable.value, lookUp) };
  const from = variable.valueFrom;
  if (!from) return { value: "" };
  if (from.fieldRef) return { value: fieldValue(context, state, from.fieldRef.fieldPath) };
  if (from.resourceFieldRef) {
    const { containerName } = from.resourceFieldRef;
    const all = [...state.pod.spec.containers, ...(state.pod.spec.initContainers ?? [])];
    const of = containerName ? all.find((item) => item.name === containerName) : container;
    return { value: resourceValue(context, state, of ?? container, from.resourceFieldRef) };
  }
  const reference = from.configMapKeyRef ?? from.secretKeyRef;
  if (!reference) return { value: "" };
  const kind = from.configMapKeyRef ? "ConfigMap" : "Secret";
  const name = reference.name ?? "";
  const data =
    kind === "ConfigMap"
      ? configMapData(context, state.namespace, name)
      : secretData(context, state.namespace, name);
  const value = data?.[reference.key];
  if (value !== undefined) return { value };
  if (reference.optional) return { value: undefined };
  if (!data) return { error: `${kind.toLowerCase()} "${name}" not found` };
  return { error: `couldn't find key ${reference.key} in ${kind} ${state.namespace}/${name}` };
}

export function configMapData(
  context: Context,
  namespace: string,
  name: string,
): Record<string, string> | undefined {
  const object = context.api.get("ConfigMap", namespace, name);
  if (!object) return undefined;
  const data = emptyRecord<string>();
  for (const [key, value] of Object.entries(object.data ?? {})) define(data, key, value);
  for (const [key, value] of Object.entries(object.binaryData ?? {})) define(data, key, fileText(value));
  return data;
}

export function secretData(
  context: Context,
  namespace: string,
  name: string,
): Record<string, string> | undefined {
  const object = context.api.get("Secret", namespace, name);
  if (!object) return undefined;
  const data = emptyRecord<string>();
  for (const [key, value] of Object.entries(object.data ?? {})) define(data, key, fileText(value));
  return data;
}

/** Files hold text: UTF-8, or else a character a byte. */
function fileText(base64: string): string {
  const bytes = decodeBytes(base64) ?? [];
  return strictUtf8(bytes) ?? bytes.map((byte) => String.fromCharCode(byte)).join("");
}
