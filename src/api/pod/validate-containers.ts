// Containers, init containers and sidecars of a pod.
// Kubernetes: validateContainers and validateInitContainers in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notSupported, required } from "../field-error.ts";
import { oneOf } from "../labels.ts";
import { dns1123Label, portName, portNumber } from "../names.ts";
import type { Container, ContainerPort, PodSpec } from "./types.ts";
import { validateEnv, validateEnvFrom } from "./validate-env.ts";
import { validateLifecycle, validateProbes } from "./validate-probes.ts";
import { validateResizePolicy, validateResources } from "./validate-resources.ts";
import { validateContainerSecurity } from "./validate-security.ts";
import { validateMounts } from "./validate-mounts.ts";
import { validateInitRestart, validateRestart } from "./validate-restart.ts";
import type { VolumeSources } from "./validate-volumes.ts";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const ONLY_SIDECARS = "may not be set for init containers without restartPolicy=Always";

export function validateContainers(spec: PodSpec, volumes: VolumeSources, field: string): FieldError[] {
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [required(field)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, index) => {
    const path = `${field}[${index}]`;
    const found = validateCommon(container, volumes, path, spec);
    if (names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
    names.add(container.name);
    const grace = spec.terminationGracePeriodSeconds;
    found.push(...validateLifecycle(container, grace, `${path}.lifecycle`));
    found.push(...validateProbes(container, grace, path));
    return [...found, ...validateRestart(container, path)];
  });
  return [...errors, ...validateHostPorts(containers, field)];
}

const claimNames = (spec: PodSpec): string[] =>
  ((spec as { resourceClaims?: { name?: string }[] }).resourceClaims ?? []).flatMap(({ name }) => name || []);

export function validateInitContainers(spec: PodSpec, volumes: VolumeSources, field: string): FieldError[] {
  const names = new Set((spec.containers ?? []).map(({ name }) => name));
  return (spec.initContainers ?? []).flatMap((container, index) => {
    const path = `${field}[${index}]`;
    const errors = validateCommon(container, volumes, path, spec);
    errors.push(...validateInitRestart(container, path));
    if (names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    else if (container.name) names.add(container.name);
    errors.push(...validateHostPorts([container], field));
    if (container.restartPolicy === "Always") {
      const grace = spec.terminationGracePeriodSeconds;
      return [
        ...errors,
        ...validateLifecycle(container, grace, `${path}.lifecycle`),
        ...validateProbes(container, grace, path),
      ];
    }
    const alien = (["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const).filter(
      (name) => container[name] !== undefined,
    );
    return [...errors, ...alien.map((name) => forbidden(`${path}.${name}`, ONLY_SIDECARS))];
  });
}

export function validateCommon(
  container: Container,
  volumes: VolumeSources,
  path: string,
  spec: PodSpec,
): FieldError[] {
  const { name, image, imagePullPolicy, terminationMessagePolicy } = container;
  const errors = name
    ? dns1123Label(name).map((text) => invalid(`${path}.name`, name, text))
    : [required(`${path}.name`)];
  if (!image) errors.push(required(`${path}.image`));
  const messagePolicies = ["File", "FallbackToLogsOnError"];
  if (!messagePolicies.includes(terminationMessagePolicy ?? "")) {
    errors.push(
      notSupported(`${path}.terminationMessagePolicy`, terminationMessagePolicy, messagePolicies, false),
    );
  }
  return [
    ...errors,
    ...validatePorts(container.ports ?? [], `${path}.ports`),
    ...validateEnv(container.env ?? [], `${path}.env`),
    ...validateEnvFrom(container.envFrom ?? [], `${path}.envFrom`),
    ...validateMounts(container, volumes, path),
    ...oneOf(`${path}.imagePullPolicy`, imagePullPolicy, ["Always", "IfNotPresent", "Never"]),
    ...validateResources(container.resources ?? {}, `${path}.resources`, claimNames(spec)),
    ...validateResizePolicy(container, spec.restartPolicy, `${path}.resizePolicy`),
    ...validateContainerSecurity(container.securityContext, `${path}.securityContext`),
  ];
}

function validatePorts(ports: readonly ContainerPort[], field: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap(({ name, containerPort, hostPort, protocol }, index) => {
    const path = `${field}[${index}]`;
    const errors: FieldError[] = [];
    if (name) {
      const texts = portName(name);
      errors.push(...texts.map((text) => invalid(`${path}.name`, name, text)));
      if (texts.length === 0 && names.has(name)) errors.push(duplicate(`${path}.name`, name));
      if (texts.length === 0) names.add(name);
    }
    if (!containerPort) errors.push(required(`${path}.containerPort`));
    else
      errors.push(
        ...portNumber(containerPort).map((text) => invalid(`${path}.containerPort`, containerPort, text)),
      );
    if (hostPort)
      errors.push(...portNumber(hostPort).map((text) => invalid(`${path}.hostPort`, hostPort, text)));
    return [...errors, ...oneOf(`${path}.protocol`, protocol, PROTOCOLS)];
  });
}

/** A port of the node can be taken once. */
function validateHostPorts(containers: readonly Container[], field: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, at) =>
    ports.flatMap(({ protocol, hostIP = "", hostPort }, index) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${field}[${at}].ports[${index}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}
