// Which Services the API server accepts, in the order in which it complains.
// Kubernetes: ValidateService in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, NIL, required } from "../field-error.ts";
import { checkCidr, checkIp, checkSpecialIp } from "../ip.ts";
import { checkLabels, oneOf } from "../labels.ts";
import { dns1123Label, dns1123Subdomain, portNumber, qualifiedName, withoutTrailingDot } from "../names.ts";
import { checkPortOrName } from "../ports.ts";
import { isHeadless } from "./defaults.ts";
import type { Service, ServicePort, ServiceSpec } from "./types.ts";
import { validateClusterIps, validateClusterIpsUpdate } from "./validate-cluster-ips.ts";
import { validateTrafficPolicies, validateTrafficPoliciesUpdate } from "./validate-traffic.ts";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const KUBELET_PORT = 10_250;
const MAX_AFFINITY_SECONDS = 86_400;
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const HINTS = "service.kubernetes.io/topology-aware-hints";
const MODE = "service.kubernetes.io/topology-mode";

export function validateService(service: Service): FieldError[] {
  const { spec } = service;
  return [
    ...validateTopology(service),
    ...validateType(spec),
    ...validatePorts(spec),
    ...(spec.selector ? checkLabels(spec.selector, "spec.selector") : []),
    ...validateAffinity(spec),
    ...validateClusterIps(spec),
    ...(spec.externalIPs ?? []).flatMap((ip, index) => checkExternalIp(`spec.externalIPs[${index}]`, ip)),
    ...oneOf("spec.type", spec.type, ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]),
    ...validatePortPairs(spec),
    ...validateBalancer(service),
    ...validateBalancerClass(spec, undefined),
    ...validateTrafficPolicies(spec),
  ];
}

export function validateServiceUpdate(next: Service, previous: Service): FieldError[] {
  return [
    ...validateClusterIpsUpdate(next.spec, previous.spec),
    ...validateBalancerClass(next.spec, previous.spec),
    ...validateTrafficPoliciesUpdate(next.spec, previous.spec),
    ...validateService(next),
  ];
}

function validateTopology({ metadata }: Service): FieldError[] {
  const { [HINTS]: hints, [MODE]: mode } = metadata.annotations ?? {};
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const field = `metadata.annotations[${MODE}]`;
  return [invalid(field, mode, `must match annotations[${HINTS}] when both are specified`)];
}

function validateType(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const headless = isHeadless(spec);
  if (!spec.ports?.length && !headless && spec.type !== "ExternalName") errors.push(required("spec.ports"));
  if (spec.type === "LoadBalancer") {
    for (const [index, { port }] of (spec.ports ?? []).entries()) {
      if (port !== KUBELET_PORT) continue;
      const detail = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
      errors.push(invalid(`spec.ports[${index}]`, port, detail));
    }
  }
  if (headless && (spec.type === "LoadBalancer" || spec.type === "NodePort")) {
    errors.push(invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${spec.type} services`));
  }
  if (spec.type !== "ExternalName") return errors;
  const alien = "may not be set for ExternalName services";
  if (spec.clusterIPs?.length) errors.push(forbidden("spec.clusterIPs", alien));
  if (spec.ipFamilies?.length) errors.push(forbidden("spec.ipFamilies", alien));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden("spec.ipFamilyPolicy", alien));
  const name = withoutTrailingDot(spec.externalName ?? "");
  if (name === "") errors.push(required("spec.externalName"));
  else errors.push(...dns1123Subdomain(name).map((text) => invalid("spec.externalName", name, text)));
  return errors;
}

function validatePorts({ ports = [] }: ServiceSpec): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => validatePort(port, `spec.ports[${index}]`, ports.length > 1, names));
}

function validatePort(
  port: ServicePort,
  field: string,
  needsName: boolean,
  names: Set<string>,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!port.name) {
    if (needsName) errors.push(required(`${field}.name`));
  } else {
    const { name } = port;
    errors.push(...dns1123Label(name).map((text) => invalid(`${field}.name`, name, text)));
    if (names.has(name)) errors.push(duplicate(`${field}.name`, name));
    names.add(name);
  }
  errors.push(...portNumber(port.port).map((text) => invalid(`${field}.port`, port.port, text)));
  errors.push(...oneOf(`${field}.protocol`, port.protocol, PROTOCOLS));
  errors.push(...checkPortOrName(`${field}.targetPort`, port.targetPort));
  if (port.appProtocol !== undefined) {
    errors.push(
      ...qualifiedName(port.appProtocol).map((text) =>
        invalid(`${field}.appProtocol`, port.appProtocol, text),
      ),
    );
  }
  return errors;
}

function validateAffinity(spec: ServiceSpec): FieldError[] {
  const errors = oneOf("spec.sessionAffinity", spec.sessionAffinity, ["ClientIP", "None"]);
  const field = "spec.sessionAffinityConfig";
  if (spec.sessionAffinity === "None" && spec.sessionAffinityConfig) {
    errors.push(forbidden(field, "must not be set when session affinity is None"));
  }
  if (spec.sessionAffinity !== "ClientIP") return errors;
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined) {
    errors.push(required(field, "when session affinity type is ClientIP"));
  } else if (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS) {
    const detail = `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`;
    errors.push(invalid(`${field}.clientIP.timeoutSeconds`, seconds, detail));
  }
  return errors;
}

function checkExternalIp(field: string, ip: string): FieldError[] {
  const errors = checkIp(field, ip);
  return errors.length > 0 ? errors : checkSpecialIp(field, ip);
}

/** No node port may be there twice with the same protocol, and no port. */
function validatePortPairs({ type, ports = [] }: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, { nodePort }] of ports.entries()) {
    if (type === "ClusterIP" && nodePort) {
      errors.push(forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  const seen = new Set<string>();
  for (const [index, { protocol, nodePort }] of ports.entries()) {
    if (!nodePort) continue;
    const key = `${protocol}/node/${nodePort}`;
    if (seen.has(key)) errors.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
    seen.add(key);
  }
  for (const [index, { protocol, port }] of ports.entries()) {
    const key = `${protocol}/${port}`;
    // Go compares, and prints, a key that has only these two fields set.
    const pair = { Name: "", Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    if (seen.has(key)) errors.push(duplicate(`spec.ports[${index}]`, pair));
    seen.add(key);
  }
  return errors;
}

function validateBalancer({ metadata, spec }: Service): FieldError[] {
  const onlyBalancer = "may only be used when `type` is 'LoadBalancer'";
  const errors: FieldError[] = [];
  const isBalancer = spec.type === "LoadBalancer";
  const annotation = metadata.annotations?.[SOURCE_RANGES];
  if (spec.loadBalancerSourceRanges?.length) {
    const field = "spec.LoadBalancerSourceRanges";
    if (!isBalancer) errors.push(forbidden(field, onlyBalancer));
    for (const [index, range] of spec.loadBalancerSourceRanges.entries()) {
      errors.push(...checkCidr(`${field}[${index}]`, range.trim()));
    }
  } else if (annotation !== undefined) {
    const field = `metadata.annotations[${SOURCE_RANGES}]`;
    if (!isBalancer) errors.push(forbidden(field, onlyBalancer));
    if (annotation.trim() !== "") {
      for (const range of annotation.trim().split(",")) errors.push(...checkCidr(field, range.trim()));
    }
  }
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isBalancer) {
    errors.push(forbidden("spec.allocateLoadBalancerNodePorts", onlyBalancer));
  }
  return errors;
}

function validateBalancerClass(spec: ServiceSpec, previous: ServiceSpec | undefined): FieldError[] {
  const field = "spec.loadBalancerClass";
  const { loadBalancerClass: name } = spec;
  if (
    previous?.type === "LoadBalancer" &&
    spec.type === "LoadBalancer" &&
    previous.loadBalancerClass !== name
  ) {
    return [invalid(field, name ?? NIL, "may not change once set")];
  }
  if (previous || name === undefined) return [];
  if (spec.type !== "LoadBalancer")
    return [forbidden(field, "may only be used when `type` is 'LoadBalancer'")];
  return qualifiedName(name).map((text) => invalid(field, name, text));
}
