// Traffic policies, the health check's node port and the traffic distribution of a Service.
// Kubernetes: pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, notSupported, required } from "../field-error.ts";
import { oneOf } from "../labels.ts";
import { portNumber } from "../names.ts";
import { isExternallyAccessible, needsHealthCheck } from "./defaults.ts";
import type { ServiceSpec } from "./types.ts";

const POLICIES = ["Cluster", "Local"];
const DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"];

export function validateTrafficPolicies(spec: ServiceSpec): FieldError[] {
  return [
    ...validateExternal(spec),
    ...validateHealthCheck(spec),
    ...validateInternal(spec),
    ...validateDistribution(spec),
  ];
}

export function validateTrafficPoliciesUpdate(next: ServiceSpec, previous: ServiceSpec): FieldError[] {
  if (!needsHealthCheck(next) || !needsHealthCheck(previous)) return [];
  if (next.healthCheckNodePort === previous.healthCheckNodePort) return [];
  return [forbidden("spec.healthCheckNodePort", "field is immutable")];
}

function validateExternal(spec: ServiceSpec): FieldError[] {
  const field = "spec.externalTrafficPolicy";
  const { externalTrafficPolicy: policy } = spec;
  if (isExternallyAccessible(spec)) return policy ? oneOf(field, policy, POLICIES) : [required(field)];
  return policy ? [invalid(field, policy, "may only be set for externally-accessible services")] : [];
}

function validateHealthCheck(spec: ServiceSpec): FieldError[] {
  const field = "spec.healthCheckNodePort";
  const { healthCheckNodePort: port } = spec;
  if (needsHealthCheck(spec)) {
    return port ? portNumber(port).map((text) => invalid(field, port, text)) : [required(field)];
  }
  if (!port) return [];
  return [
    invalid(
      field,
      port,
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ),
  ];
}

function validateInternal({ type, internalTrafficPolicy: policy }: ServiceSpec): FieldError[] {
  const field = "spec.internalTrafficPolicy";
  if (policy !== undefined) return oneOf(field, policy, POLICIES);
  return type === "NodePort" || type === "LoadBalancer" || type === "ClusterIP" ? [required(field)] : [];
}

function validateDistribution({ trafficDistribution: value }: ServiceSpec): FieldError[] {
  if (value === undefined || DISTRIBUTIONS.includes(value)) return [];
  return [notSupported("spec.trafficDistribution", value, DISTRIBUTIONS, false)];
}
