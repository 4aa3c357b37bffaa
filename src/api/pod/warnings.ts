// Texts of the warnings that come with pods and templates that are accepted.
// Kubernetes: pkg/api/pod/warnings.go (v1.35)
import { warnOfIp } from "../ip.ts";
import type { IntOrString } from "../meta.ts";
import { dns1123Label } from "../names.ts";
import { quantityOf } from "../quantity.ts";
import { appArmorWarnings } from "./app-armor.ts";
import type { Container, ContainerPort, EnvVar, Pod, PodSpec, PodTemplateSpec } from "./types.ts";
import { annotationWarnings, seccompWarnings } from "./warnings-annotations.ts";
import { affinityWarnings, nodeLabelWarnings } from "./warnings-scheduling.ts";
import { volumeWarnings } from "./warnings-volumes.ts";

/** Only new pods are worth a warning: what changes later is seldom a person's doing. */
export function podWarnings(pod: Pod, previous?: Pod): string[] {
  if (previous) return [];
  const name = nameWarning(pod.metadata.name, "the Pod's hostname");
  return [...name, ...specWarnings(pod, "")];
}

/** Of a Deployment, ReplicaSet or ReplicationController. */
export function controllerWarnings(
  name: string,
  template: PodTemplateSpec | undefined,
  isNew: boolean,
): string[] {
  return [
    ...(isNew ? nameWarning(name, "Pod names and hostnames") : []),
    ...(template ? specWarnings(template, "spec.template.") : []),
  ];
}

function nameWarning(name: string, use: string): string[] {
  const texts = dns1123Label(name);
  if (texts.length === 0) return [];
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${texts.join(" ")}]`,
  ];
}

function allContainers(spec: PodSpec, prefix: string): { container: Container; path: string }[] {
  const lists = ["initContainers", "containers", "ephemeralContainers"] as const;
  return lists.flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: `${prefix}spec.${list}[${index}]` })),
  );
}

/** A pod, or a template, which may come without metadata. */
interface Templated {
  metadata?: { annotations?: Record<string, string> };
  spec: PodSpec;
}

function specWarnings({ metadata = {}, spec }: Templated, prefix: string): string[] {
  const containers = allContainers(spec, prefix);
  const isTemplate = prefix !== "";
  const path = `${prefix}spec`;
  const grace = spec.terminationGracePeriodSeconds;
  return [
    ...nodeLabelWarnings(spec, path),
    ...annotationWarnings(metadata.annotations, prefix),
    ...volumeWarnings(spec, path),
    ...duplicates(spec.hostAliases ?? [], "ip", `${path}.hostAliases`),
    ...duplicates(spec.imagePullSecrets ?? [], "name", `${path}.imagePullSecrets`),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) =>
      name ? [] : [`${path}.imagePullSecrets[${index}].name: invalid empty name ""`],
    ),
    ...overheadWarnings(spec, path),
    ...seccompWarnings(metadata.annotations, spec.securityContext, undefined, prefix),
    ...containers.flatMap(({ container, path: at }) => [
      ...seccompWarnings(metadata.annotations, container.securityContext, container.name, prefix),
      ...(isTemplate ? appArmorWarnings({ metadata, spec }, container, prefix) : []),
      ...fractionWarnings(container, at),
      ...envWarnings(container.env ?? [], `${at}.env`),
    ]),
    ...portWarnings(containers),
    ...(grace < 0
      ? [
          `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...affinityWarnings(spec.affinity, `${path}.affinity`),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip, index) =>
      warnOfIp(`${path}.dnsConfig.nameservers[${index}]`, ip),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip }, index) => warnOfIp(`${path}.hostAliases[${index}].ip`, ip)),
  ];
}

function duplicates<K extends string>(
  items: readonly { [key in K]?: string }[],
  key: K,
  path: string,
): string[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const value = item[key] ?? "";
    if (seen.has(value)) return [`${path}[${index}].${key}: duplicate ${key} ${JSON.stringify(value)}`];
    seen.add(value);
    return [];
  });
}

const BYTES = ["memory", "ephemeral-storage"] as const;

function fractionWarnings({ resources }: Container, path: string): string[] {
  return BYTES.flatMap((name) =>
    (["limits", "requests"] as const).flatMap((list) =>
      fractionWarning(resources?.[list]?.[name], `${path}.resources.${list}[${name}]`),
    ),
  );
}

function overheadWarnings(spec: PodSpec, path: string): string[] {
  const { overhead } = spec as PodSpec & { overhead?: Record<string, string> };
  return BYTES.flatMap((name) => fractionWarning(overhead?.[name], `${path}.overhead[${name}]`));
}

function fractionWarning(amount: IntOrString | undefined, path: string): string[] {
  if (Number.isInteger(quantityOf(amount))) return [];
  return [`${path}: fractional byte value "${amount}" is invalid, must be an integer`];
}

/** A later variable of the same name wins; it is fine only if it builds on the earlier one. */
function envWarnings(variables: readonly EnvVar[], path: string): string[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name, value = "", valueFrom }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const reference = `$(${name})`;
    if (!valueFrom && value !== reference && value.includes(reference)) return [];
    return [
      `${path}[${index}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
    ];
  });
}

interface KnownPort extends ContainerPort {
  path: string;
}

function portWarnings(containers: readonly { container: Container; path: string }[]): string[] {
  const warnings: string[] = [];
  const byPort = new Map<string, KnownPort[]>();
  const byName = new Map<string, { path: string; container: string }>();
  for (const { container, path } of containers) {
    for (const [index, port] of (container.ports ?? []).entries()) {
      const known: KnownPort = { ...port, path: `${path}.ports[${index}]` };
      const { name = "", containerPort, protocol, hostIP, hostPort } = port;
      if (hostIP && !hostPort) {
        const shown = `{Name:${name} HostPort:0 ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
        warnings.push(`${known.path}: hostIP set without hostPort: ${shown}`);
      }
      const key = `${containerPort}/${protocol}`;
      const others = byPort.get(key) ?? [];
      warnings.push(...others.flatMap((other) => clashOf(known, other)));
      byPort.set(key, [...others, known]);
    }
  }
  for (const { container, path } of containers) {
    for (const [index, { name }] of (container.ports ?? []).entries()) {
      if (!name) continue;
      const at = `${path}.ports[${index}]`;
      const other = byName.get(name);
      if (!other) byName.set(name, { path: at, container: path });
      else if (other.container !== path) {
        warnings.push(
          `${at}: duplicate port name ${JSON.stringify(name)} with ${other.path}, services and probes that select ports by name will use ${other.path}`,
        );
      }
    }
  }
  return warnings;
}

function clashOf(port: KnownPort, other: KnownPort): string[] {
  const [ip, otherIp] = [port.hostIP ?? "", other.hostIP ?? ""];
  const [number, otherNumber] = [port.hostPort ?? 0, other.hostPort ?? 0];
  const say = (what: string): string[] => [`${port.path}: ${what} port definition with ${other.path}`];
  if (ip === otherIp && number === otherNumber) return say("duplicate");
  if (number === 0 || otherNumber === 0) return say("overlapping");
  const isOneOpen = (ip === "") !== (otherIp === "");
  return number === otherNumber && isOneOpen ? say("dangerously ambiguous") : [];
}
