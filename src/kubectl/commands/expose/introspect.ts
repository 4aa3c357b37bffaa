// What expose learns from an object: the selector, ports and protocols that a Service for it needs.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/polymorphichelpers (v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";
import { plainError } from "../../errors.ts";
import type { Info } from "../../resources.ts";

const EXPOSABLE = new Set(["ReplicationController", "Service", "Pod", "Deployment", "ReplicaSet"]);

export function checkExposable({ resource: { kind, group } }: Info): void {
  if (!EXPOSABLE.has(kind)) throw plainError(`cannot expose a ${group ? `${kind}.${group}` : kind}`);
}

const field = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, key) => (isObject(inner) ? (inner as JsonObject)[key] : undefined),
    value,
  );

const entries = (value: Json | undefined): [string, string][] =>
  isObject(value) ? Object.entries(value as Record<string, string>) : [];

export function selectorOf({ resource: { kind }, object }: Info): Record<string, string> {
  const fail = (why: string): never => {
    throw plainError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  };
  if (kind === "Pod") {
    const labels = entries(field(object, "metadata", "labels"));
    return labels.length > 0
      ? Object.fromEntries(labels)
      : fail("the pod has no labels and cannot be exposed");
  }
  if (kind === "ReplicationController") return Object.fromEntries(entries(field(object, "spec", "selector")));
  if (kind === "Service") {
    const selector = entries(field(object, "spec", "selector"));
    return selector.length > 0 ? Object.fromEntries(selector) : fail("the service has no pod selector set");
  }
  const labels = entries(field(object, "spec", "selector", "matchLabels"));
  if (labels.length === 0)
    return fail(`invalid ${kind.toLowerCase()}: no selectors, therefore cannot be exposed`);
  const expressions = field(object, "spec", "selector", "matchExpressions");
  if (Array.isArray(expressions) && expressions.length > 0)
    return fail(`couldn't convert expressions - "${goList(expressions)}" to map-based selector format`);
  return Object.fromEntries(labels);
}

function goList(expressions: readonly Json[]): string {
  const items = expressions.map((item) => {
    const {
      key = "",
      operator = "",
      values = [],
    } = item as { key?: string; operator?: string; values?: string[] };
    return `{Key:${key} Operator:${operator} Values:[${values.join(" ")}]}`;
  });
  return `[${items.join(" ")}]`;
}

export interface ExposedPort {
  port: number;
  protocol: string;
}

/** Ports that the containers declare, or that the Service has. */
export function portsOf({ resource: { kind }, object }: Info): ExposedPort[] {
  if (kind === "Service") {
    const ports = (field(object, "spec", "ports") ?? []) as { port: number; protocol?: string }[];
    return ports.map(({ port, protocol = "TCP" }) => ({ port, protocol }));
  }
  const spec = kind === "Pod" ? field(object, "spec") : field(object, "spec", "template", "spec");
  const containers = (field(spec, "containers") ?? []) as {
    ports?: { containerPort: number; protocol?: string }[];
  }[];
  return containers.flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol = "TCP" }) => ({ port: containerPort, protocol })),
  );
}
