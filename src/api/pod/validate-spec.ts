// What a pod's spec, or a template's, must look like, in the order in which the API server complains.
// Kubernetes: ValidatePodSpec in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, invalid, notSupported, required } from "../field-error.ts";
import { checkLabels } from "../labels.ts";
import { dns1123Label, dns1123Subdomain, qualifiedName } from "../names.ts";
import type { PodSpec } from "./types.ts";
import { validateContainers, validateInitContainers } from "./validate-containers.ts";
import { validateEphemeralContainers } from "./validate-ephemeral.ts";
import { validateDnsConfig, validateHostAliases } from "./validate-dns.ts";
import { validateAffinity, validateSpread, validateTolerations } from "./validate-scheduling.ts";
import { validatePodSecurity } from "./validate-security.ts";
import { validateVolumes } from "./validate-volumes.ts";

const MAX_INT32 = 2_147_483_647;
const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

/** A pod must have host ports that equal its ports in the node's network; a template may leave them out. */
export function validatePodSpec(spec: PodSpec, field: string, isPod = false): FieldError[] {
  const { errors, names } = validateVolumes(spec.volumes ?? [], `${field}.volumes`);
  const { activeDeadlineSeconds: deadline } = spec;
  const deadlineField = `${field}.activeDeadlineSeconds`;
  const isWrongDeadline = deadline !== undefined && (deadline < 1 || deadline > MAX_INT32);
  return [
    ...errors,
    ...validateContainers(spec, names, `${field}.containers`),
    ...validateInitContainers(spec, names, `${field}.initContainers`),
    ...validateEphemeralContainers(spec, names, `${field}.ephemeralContainers`),
    ...validateHostNetworkPorts(spec, `${field}.containers`, isPod),
    ...checkChoice(`${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...checkChoice(`${field}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...checkLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...validatePodSecurity(spec, `${field}.securityContext`),
    ...validateAffinity(spec.affinity, `${field}.affinity`),
    ...validateDnsConfig(spec, `${field}.dnsConfig`),
    ...validateGates(spec, field),
    ...validateSpread(spec.topologySpreadConstraints ?? [], `${field}.topologySpreadConstraints`),
    ...checkName(`${field}.serviceAccountName`, spec.serviceAccountName, dns1123Subdomain),
    ...checkName(`${field}.nodeName`, spec.nodeName, dns1123Subdomain),
    ...(isWrongDeadline
      ? [invalid(deadlineField, deadline, `must be between 1 and ${MAX_INT32}, inclusive`)]
      : []),
    ...checkName(`${field}.hostname`, spec.hostname, dns1123Label),
    ...checkName(`${field}.subdomain`, spec.subdomain, dns1123Label),
    ...validateTolerations(spec.tolerations ?? [], `${field}.tolerations`),
    ...validateHostAliases(spec.hostAliases ?? [], `${field}.hostAliases`),
    ...checkName(`${field}.priorityClassName`, priorityClassOf(spec), dns1123Subdomain),
    ...(spec.preemptionPolicy === undefined
      ? []
      : checkChoice(`${field}.preemptionPolicy`, spec.preemptionPolicy, ["PreemptLowerPriority", "Never"])),
    ...validateOs(spec, `${field}.os`),
  ];
}

function validateOs(spec: PodSpec, field: string): FieldError[] {
  const { os } = spec as { os?: { name?: string } };
  if (!os) return [];
  if (!os.name) return [required(`${field}.name`)];
  const supported = ["linux", "windows"];
  return supported.includes(os.name) ? [] : [notSupported(field, os.name, supported)];
}

const priorityClassOf = (spec: PodSpec): string | undefined =>
  (spec as { priorityClassName?: string }).priorityClassName;

function checkChoice(field: string, value: string, supported: readonly string[]): FieldError[] {
  return supported.includes(value) ? [] : [notSupported(field, value, supported, false)];
}

function checkName(field: string, name: string | undefined, rule: (name: string) => string[]): FieldError[] {
  return name ? rule(name).map((text) => invalid(field, name, text)) : [];
}

function validateHostNetworkPorts(
  { hostNetwork, containers = [] }: PodSpec,
  field: string,
  isPod: boolean,
): FieldError[] {
  if (!hostNetwork) return [];
  return containers.flatMap(({ ports = [] }, at) =>
    ports.flatMap(({ hostPort = 0, containerPort }, index) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return [];
      const detail = "must match `containerPort` when `hostNetwork` is true";
      return [invalid(`${field}[${at}].ports[${index}].hostPort`, hostPort, detail)];
    }),
  );
}

function validateGates(spec: PodSpec, field: string): FieldError[] {
  const readiness = (spec.readinessGates ?? []).flatMap(({ conditionType }, index) =>
    qualifiedName(conditionType).map((text) =>
      invalid(`${field}.readinessGates[${index}].conditionType`, conditionType, text),
    ),
  );
  const seen = new Set<string>();
  const { schedulingGates = [] } = spec as { schedulingGates?: { name: string }[] };
  const scheduling = schedulingGates.flatMap(({ name }, index) => {
    const path = `${field}.schedulingGates[${index}]`;
    const errors = qualifiedName(name).map((text) => invalid(path, name, text));
    if (seen.has(name)) errors.push(duplicate(path, name));
    seen.add(name);
    return errors;
  });
  return [...readiness, ...scheduling];
}
