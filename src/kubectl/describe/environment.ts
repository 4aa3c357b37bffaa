// A container's environment as its pod states it: values, and where the others come from. Of the pod's own fields only
// name and namespace are resolved; kubectl knows no others.
// Kubernetes: describeContainerEnvVars in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Container, EnvFromSource, EnvVar, Pod } from "#api/pod/types";
import { parseQuantity } from "#api/quantity";
import { line, type Lines } from "./lines.ts";

const LEVEL = 3;

export function environmentLines(container: Container, pod: Pod | undefined): Lines {
  const { env = [], envFrom = [] } = container;
  return [
    ...(envFrom.length > 0 ? [line(2, "Environment Variables from:"), ...envFrom.map(sourceLine)] : []),
    ...(env.length > 0 ? [line(2, "Environment:")] : [line(2, "Environment:", "<none>")]),
    ...env.flatMap((variable) => variableLines(variable, container, pod)),
  ];
}

const optionalText = (source: { optional?: boolean }): string => `Optional: ${source.optional === true}`;

function sourceLine({ prefix, configMapRef, secretRef }: EnvFromSource): string {
  const source = configMapRef ?? secretRef ?? {};
  const kind = configMapRef ? "ConfigMap" : secretRef ? "Secret" : "";
  const text = prefix ? `${kind} with prefix '${prefix}'` : kind;
  return line(LEVEL, source.name ?? "", text, optionalText(source));
}

function variableLines(
  { name, value = "", valueFrom }: EnvVar,
  container: Container,
  pod: Pod | undefined,
): Lines {
  if (!valueFrom) {
    const [first = "", ...rest] = value.split("\n");
    return [line(LEVEL, `${name}:`, first), ...rest.map((part) => line(LEVEL, "", part))];
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const { apiVersion = "v1", fieldPath } = fieldRef;
    return [line(LEVEL, `${name}:`, `${resolveField(pod, fieldPath)} (${apiVersion}:${fieldPath})`)];
  }
  if (resourceFieldRef) {
    const { resource, divisor } = resourceFieldRef;
    return [line(LEVEL, `${name}:`, `${resourceText(container, resource, divisor)} (${resource})`)];
  }
  if (secretKeyRef) {
    const text = `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ""}'>`;
    return [line(LEVEL, `${name}:`, text, optionalText(secretKeyRef))];
  }
  if (configMapKeyRef) {
    const text = `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ""}'>`;
    return [line(LEVEL, `${name}:`, text, optionalText(configMapKeyRef))];
  }
  return [];
}

function resolveField(pod: Pod | undefined, path: string): string {
  if (path === "metadata.name") return pod?.metadata.name ?? "";
  return path === "metadata.namespace" ? (pod?.metadata.namespace ?? "") : "";
}

/** A container's own limit or request, in units of the divisor and rounded up. */
function resourceText({ resources }: Container, resource: string, divisor = "0"): string {
  const [list = "", name = ""] = resource.split(/\.(.*)/);
  const amounts =
    list === "limits" ? resources?.limits : list === "requests" ? resources?.requests : undefined;
  if (!amounts && list !== "limits" && list !== "requests") return "";
  const amount = parseQuantity(String(amounts?.[name] ?? 0)) ?? 0;
  const unit = parseQuantity(divisor) || 1;
  const units = Math.ceil(Number((amount / unit).toFixed(6)));
  return units === 0 && list === "limits" && (name === "cpu" || name === "memory")
    ? "node allocatable"
    : String(units);
}
