// fieldSelector: equality of the few fields that each kind lets one ask for.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/fields/selector.go, pkg/apis/core/v1/conversion.go (v1.35)
import type { AnyObject, KindName } from "#api/kinds";
import { isObject } from "#base/json";
import { badRequest } from "./status.ts";

const COMMON = ["metadata.name", "metadata.namespace"];

const FIELDS: Partial<Record<KindName, readonly string[]>> = {
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
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
  ReplicaSet: ["status.replicas"],
};

interface Term {
  field: string;
  equal: boolean;
  value: string;
}

export function fieldMatcher(kind: KindName, selector: string): (object: AnyObject) => boolean {
  const terms = parse(selector);
  for (const { field } of terms) {
    if (COMMON.includes(field) || FIELDS[kind]?.includes(field)) continue;
    throw badRequest(
      FIELDS[kind]
        ? `field label not supported: ${field}`
        : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return (object) => terms.every(({ field, equal, value }) => (read(object, field) === value) === equal);
}

function parse(selector: string): Term[] {
  return selector
    .split(/(?<!\\),/)
    .filter((part) => part !== "")
    .map((part) => {
      const match = /^([^=!]*)(!=|==|=)(.*)$/.exec(part);
      if (!match) {
        throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
      }
      const [, field = "", operator, value = ""] = match;
      return { field, equal: operator !== "!=", value: value.replace(/\\(.)/g, "$1") };
    });
}

function read(object: AnyObject, field: string): string {
  if (object.kind === "Event" && field === "source")
    return object.source.component || object.reportingComponent;
  let value: unknown = object;
  for (const key of field.split(".")) value = isObject(value) ? value[key] : undefined;
  if (value === undefined || value === null) return DEFAULTS[field] ?? "";
  return String(value);
}

/** Fields that Go prints although nobody set them. */
const DEFAULTS: Record<string, string> = { "spec.unschedulable": "false", "spec.hostNetwork": "false" };
