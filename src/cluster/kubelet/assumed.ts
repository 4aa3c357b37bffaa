// What a container's manifest takes for granted of its image: which ports something listens on, which programs there
// are, and whether it ends by itself. Images that are not modelled are taken to be so.
import type { Container, LifecycleHandler, PodSpec, Probe } from "#api/pod/types";
import { quantityOf } from "#api/quantity";
import type { Assumed } from "../process/types.ts";

type AssumedPort = Assumed["ports"][number];

export function assumedOf(spec: PodSpec, container: Container): Assumed {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const probes = [startupProbe, readinessProbe, livenessProbe].filter((probe) => probe !== undefined);
  const hooks = [lifecycle?.postStart, lifecycle?.preStop].filter((hook) => hook !== undefined);
  const declared = (container.ports ?? []).map(({ name, containerPort, protocol }): AssumedPort => {
    const tls = protocol === "TCP" && name?.startsWith("https") ? { tls: true as const } : {};
    return { port: containerPort, protocol: protocol === "UDP" ? "UDP" : "TCP", ...tls };
  });
  const ports = [...declared, ...[...probes, ...hooks].flatMap((handler) => probedPort(container, handler))];
  const programs = [...probes, ...hooks].flatMap(({ exec }) => programsOf(exec?.command ?? []));
  const memory = container.resources?.limits?.["memory"];
  return {
    ports,
    programs,
    ...(isTask(spec, container) && { ends: true as const }),
    ...(memory !== undefined && { memoryBytes: quantityOf(memory) }),
  };
}

/** A check of another host, or of a name that is none of the container's, says nothing about it. */
function probedPort(container: Container, handler: Probe | LifecycleHandler): AssumedPort[] {
  const { httpGet, tcpSocket, grpc } = handler;
  const check = httpGet ?? tcpSocket ?? (grpc && { port: grpc.port, host: undefined });
  if (!check || check.host) return [];
  const named = container.ports?.find(({ name }) => name === check.port)?.containerPort;
  const port = typeof check.port === "number" ? check.port : named;
  if (port === undefined) return [];
  return [{ port, protocol: "TCP", ...(httpGet?.scheme === "HTTPS" && { tls: true as const }) }];
}

/** Of `sh -c "a && b"` all that stands where a command stands. */
function programsOf(command: readonly string[]): string[] {
  const [first = "", flag = "", script = ""] = command;
  if (!/^(\/bin\/)?(ba|da|a)?sh$/.test(first) || !/^-\w*c$/.test(flag)) return first === "" ? [] : [first];
  const words = script.matchAll(
    /(?<=^\s*|[;&|(!]\s*|\b(?:if|then|do|exec|timeout \d+)\s+)[A-Za-z/][\w./-]*/gm,
  );
  return [...words].map(([word]) => word).filter((word) => !SHELL_WORDS.has(word));
}

const SHELL_WORDS = new Set(
  "case cd do done echo elif else esac eval exec exit export false fi for function if in kill local read return set shift test then trap true until wait while".split(
    " ",
  ),
);

/** Init containers, and what pods run once, end; a sidecar, and whoever declares a port, does not. */
function isTask(spec: PodSpec, container: Container): boolean {
  if (container.ports?.length || container.restartPolicy === "Always") return false;
  if (spec.initContainers?.some(({ name }) => name === container.name)) return true;
  const isToldWhat = Boolean(container.command?.length || container.args?.length);
  return spec.restartPolicy !== "Always" && isToldWhat;
}
