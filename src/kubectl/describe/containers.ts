// Containers of a pod or of a template, each with what its status says of it, if there is one.
// Kubernetes: describeContainers in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Container, ContainerPort, ContainerState, ContainerStatus, Pod } from "#api/pod/types";
import { formatQuantity } from "#api/quantity";
import type { IntOrString } from "#api/meta";
import { environmentLines } from "./environment.ts";
import { boolText, dateText, line, noneIfEmpty, type Lines } from "./lines.ts";
import { probeText } from "./probe-text.ts";

export interface ContainersOf {
  title: string;
  containers: readonly Container[];
  statuses?: readonly ContainerStatus[] | undefined;
  /** The pod whose fields the environment may name. */
  pod?: Pod;
  /** In a template everything stands two blanks further in, except that names stand one. */
  inTemplate?: boolean;
}

export function containersLines({
  title,
  containers,
  statuses,
  pod,
  inTemplate = false,
}: ContainersOf): Lines {
  const byName = new Map((statuses ?? []).map((status) => [status.name, status]));
  const indent = inTemplate ? "  " : "";
  return [
    `${indent}${title}:${containers.length === 0 ? " <none>" : ""}`,
    ...containers.flatMap((container) => [
      line(1, `${inTemplate ? " " : ""}${container.name}:`),
      ...containerLines(container, byName.get(container.name), pod),
    ]),
  ];
}

function containerLines(
  container: Container,
  status: ContainerStatus | undefined,
  pod: Pod | undefined,
): Lines {
  return [
    ...(status ? [line(2, "Container ID:", status.containerID ?? "")] : []),
    line(2, "Image:", container.image),
    ...(status ? [line(2, "Image ID:", status.imageID ?? "")] : []),
    portsLine("Port", container.ports, ({ containerPort }) => containerPort),
    portsLine("Host Port", container.ports, ({ hostPort }) => hostPort ?? 0),
    ...seccompLines(container.securityContext),
    ...wordLines("Command", container.command),
    ...wordLines("Args", container.args),
    ...(status ? statusLines(status) : []),
    ...resourceLines(container.resources, 2),
    ...probeLines(container),
    ...environmentLines(container, pod),
    ...mountLines(container),
  ];
}

function portsLine(
  title: string,
  ports: readonly ContainerPort[] | undefined,
  numberOf: (port: ContainerPort) => number,
): string {
  const texts = (ports ?? []).map((port) => {
    const text = `${numberOf(port)}/${port.protocol}`;
    return port.name ? `${text} (${port.name})` : text;
  });
  return line(2, texts.length > 1 ? `${title}s:` : `${title}:`, noneIfEmpty(texts.join(", ")));
}

type SecurityContext = { seccompProfile?: { type?: string; localhostProfile?: string } };

function seccompLines(securityContext: Container["securityContext"]): Lines {
  const profile = (securityContext as SecurityContext | undefined)?.seccompProfile;
  if (!profile) return [];
  const lines = [line(2, "SeccompProfile:", profile.type ?? "")];
  return profile.type === "Localhost"
    ? [...lines, line(3, "LocalhostProfile:", profile.localhostProfile ?? "")]
    : lines;
}

function wordLines(title: string, words: readonly string[] | undefined): Lines {
  if (!words?.length) return [];
  return [line(2, `${title}:`), ...words.flatMap((word) => word.split("\n").map((part) => line(3, part)))];
}

function statusLines({ state, lastState, ready, restartCount }: ContainerStatus): Lines {
  return [
    ...stateLines("State", state),
    ...(lastState?.terminated ? stateLines("Last State", lastState) : []),
    line(2, "Ready:", boolText(ready)),
    line(2, "Restart Count:", String(restartCount)),
  ];
}

function stateLines(title: string, { running, waiting, terminated }: ContainerState): Lines {
  if (running) return [line(2, `${title}:`, "Running"), line(3, "Started:", dateText(running.startedAt))];
  if (!terminated) {
    const reason = waiting?.reason ? [line(3, "Reason:", waiting.reason)] : [];
    return [line(2, `${title}:`, "Waiting"), ...reason];
  }
  const { reason, message, exitCode, signal = 0, startedAt, finishedAt } = terminated;
  return [
    line(2, `${title}:`, "Terminated"),
    ...(reason ? [line(3, "Reason:", reason)] : []),
    ...(message ? [line(3, "Message:", message)] : []),
    line(3, "Exit Code:", String(exitCode)),
    ...(signal > 0 ? [line(3, "Signal:", String(signal))] : []),
    line(3, "Started:", dateText(startedAt)),
    line(3, "Finished:", dateText(finishedAt)),
  ];
}

/** Limits, then requests, each sorted by name. */
export function resourceLines(resources: Container["resources"], level: number): Lines {
  return [
    ...amountLines("Limits", resources?.limits, level),
    ...amountLines("Requests", resources?.requests, level),
  ];
}

function amountLines(title: string, amounts: Record<string, IntOrString> | undefined, level: number): Lines {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length === 0) return [];
  return [
    line(level, `${title}:`),
    ...names.map((name) => line(level + 1, `${name}:`, formatQuantity(String(amounts?.[name])))),
  ];
}

function probeLines({ livenessProbe, readinessProbe, startupProbe }: Container): Lines {
  return [
    ...(livenessProbe ? [line(2, "Liveness:", probeText(livenessProbe))] : []),
    ...(readinessProbe ? [line(2, "Readiness:", probeText(readinessProbe))] : []),
    ...(startupProbe ? [line(2, "Startup:", probeText(startupProbe))] : []),
  ];
}

function mountLines(container: Container): Lines {
  const { volumeMounts = [] } = container;
  const { volumeDevices = [] } = container as { volumeDevices?: { name: string; devicePath: string }[] };
  const mounts = volumeMounts.toSorted((a, b) =>
    a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0,
  );
  const none = mounts.length === 0 ? ["<none>"] : [];
  return [
    line(2, "Mounts:", ...none),
    ...mounts.map(({ name, mountPath, readOnly, subPath }) => {
      const flags = [readOnly ? "ro" : "rw", ...(subPath ? [`path=${JSON.stringify(subPath)}`] : [])];
      return line(3, `${mountPath} from ${name} (${flags.join(",")})`);
    }),
    ...(volumeDevices.length > 0 ? [line(2, "Devices:", ...none)] : []),
    ...volumeDevices.map(({ name, devicePath }) => line(3, `${devicePath} from ${name}`)),
  ];
}
