// Walks through objects to the fields that kustomize changes: pod templates, containers and selectors of every workload.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/konfig/builtinpluginconsts (kubectl v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";

export function mapAt(object: JsonObject, ...path: string[]): JsonObject | undefined {
  let value: Json | undefined = object;
  for (const key of path) value = isObject(value) ? (value as JsonObject)[key] : undefined;
  return isObject(value) ? (value as JsonObject) : undefined;
}

/** The same, but missing maps on the way are made. */
export function makeMapAt(object: JsonObject, ...path: string[]): JsonObject {
  let value = object;
  for (const key of path) value = (isObject(value[key]) ? value[key] : (value[key] = {})) as JsonObject;
  return value;
}

/** Of a CronJob the template stands one level further in. */
const TEMPLATE_PATHS = [
  ["spec", "template"],
  ["spec", "jobTemplate", "spec", "template"],
];

/** Pod templates that an object has; a pod is none. */
export function templatesOf(object: JsonObject): JsonObject[] {
  return TEMPLATE_PATHS.map((path) => mapAt(object, ...path)).filter((template) => template !== undefined);
}

/** Specs of the pods that an object is or makes. */
export function podSpecsOf(object: JsonObject): JsonObject[] {
  const holders = object["kind"] === "Pod" ? [object] : templatesOf(object);
  return holders.map((holder) => mapAt(holder, "spec")).filter((spec) => spec !== undefined);
}

export function listAt(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item): item is JsonObject => isObject(item)) : [];
}

export function containersOf(spec: JsonObject): JsonObject[] {
  return ["containers", "initContainers"].flatMap((key) => listAt(spec, key));
}
