// fieldSelector: equality of the few fields that each kind lets one ask for.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/fields/selector.go, pkg/apis/core/v1/conversion.go (v1.35)
import type { AnyObject, KindName } from "#api/kinds";
import { isObject } from "#base/json";
import { badRequest } from "./status.ts";

const NAME = ["metadata.name"];
const COMMON = [...NAME, "metadata.namespace"];

/** What kinds let one ask for beside the name, and the namespace where they have one. */
const FIELDS: Partial<Record<KindName, readonly string[]>> = {
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
  Service: ["spec.clusterIP", "spec.type"],
  Event: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  Node: ["spec.unschedulable"],
  Namespace: ["status.phase"],
  Secret: ["type"],
  ReplicationController: ["status.replicas"],
};

interface Term {
  field: string;
  equal: boolean;
  value: string;
}

/** These have converters of their own, and the converters know of no namespace. */
const WITHOUT_NAMESPACE = new Set<KindName>(["Namespace", "Node"]);

export function fieldMatcher(kind: KindName, selector: string): (object: AnyObject) => boolean {
  const terms = parse(selector);
  const common = WITHOUT_NAMESPACE.has(kind) ? NAME : COMMON;
  for (const { field } of terms) {
    if (common.includes(field) || FIELDS[kind]?.includes(field)) continue;
    throw badRequest(
      FIELDS[kind]
        ? `field label not supported: ${field}`
        : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return (object) => terms.every(({ field, equal, value }) => (read(object, field) === value) === equal);
}

function parse(selector: string): Term[] {
  const parts = selector.match(/(?:\\.|[^,\\])+\\?|\\/gs) ?? [];
  const terms = parts.map((part) => {
    const match = /^([^=!]*)(!=|==|=)(.*)$/s.exec(part);
    if (!match) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
    const [, field = "", operator, value = ""] = match;
    return { field, equal: operator !== "!=", value: unescaped(value) };
  });
  // Nothing that equals nothing selects everything.
  return terms.filter(({ field, value }) => field !== "" || value !== "");
}

/** A backslash protects itself, commas and equals signs, which stand nowhere without one. */
function unescaped(value: string): string {
  return value.replace(/\\(.?)|[,=]/gs, (found, sign: string | undefined) => {
    if (sign === undefined)
      throw badRequest(`invalid field selector: unescaped character in value: ${found.charCodeAt(0)}`);
    if (sign !== "" && "\\,=".includes(sign)) return sign;
    throw badRequest(`invalid field selector: invalid escape sequence: ${found}`);
  });
}

function read(object: AnyObject, field: string): string {
  if (object.kind === "Event" && field === "source")
    return object.source.component || object.reportingComponent;
  let value: unknown = object;
  for (const key of field.split(".")) value = isObject(value) ? value[key] : undefined;
  // Lists may be asked for, but are like nothing.
  if (value === undefined || value === null || typeof value === "object") return DEFAULTS[field] ?? "";
  return String(value);
}

/** Fields that Go prints although nobody set them. */
const DEFAULTS: Record<string, string> = { "spec.unschedulable": "false", "spec.hostNetwork": "false" };
