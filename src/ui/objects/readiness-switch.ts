// How to make a pod's own readiness probe fail or pass, read from the probe itself: a file for exec probes, the
// answer for httpGet, the listening address for tcpSocket. Pure.
import type { Action } from "#cluster/actions";
import type { Container, Pod } from "#api/pod/types";

export interface ReadinessSwitch {
  /** What is done, as the action and as a command; a fault of the simulated process has no command. */
  fail: { action: Action; command?: string };
  pass: { action: Action; command?: string };
}

/** The switch of the first container with a readiness probe; undefined where none can be switched. */
export function readinessSwitch(pod: Pod): ReadinessSwitch | undefined {
  const container = pod.spec.containers.find((item) => item.readinessProbe);
  const probe = container?.readinessProbe;
  if (!container || !probe) return undefined;
  const target = {
    namespace: pod.metadata.namespace ?? "default",
    pod: pod.metadata.name,
    container: container.name,
  };
  const file = probedFile(probe.exec?.command);
  if (file) {
    const run = (command: string[]): { action: Action; command: string } => ({
      action: { type: "exec", ...target, command },
      command: `kubectl exec ${execTarget(pod, container)} -- ${command.join(" ")}`,
    });
    return { fail: run(["rm", "-f", file]), pass: run(["touch", file]) };
  }
  const fault = probe.httpGet
    ? { failStatus: 500 }
    : probe.tcpSocket || probe.grpc
      ? { localhostOnly: true }
      : undefined;
  if (!fault) return undefined;
  return {
    fail: { action: { type: "setFaults", ...target, faults: fault } },
    pass: { action: { type: "setFaults", ...target, faults: {} } },
  };
}

/** The file whose existence an exec probe asks for: `ls F`, `cat F`, `test -f F`, `stat F`, also by sh -c. */
export function probedFile(command: readonly string[] | undefined): string | undefined {
  if (!command) return undefined;
  const words =
    /^(ba|da)?sh$/.test(command[0]?.split("/").at(-1) ?? "") && command[1] === "-c"
      ? (command[2] ?? "").split(/\s+/)
      : command;
  const [program = "", ...rest] = words;
  if (!["ls", "cat", "test", "stat", "["].includes(program.split("/").at(-1) ?? "")) return undefined;
  return rest.find((word) => word.startsWith("/"));
}

/** "kubia-x", "kubia-x -n shop", "kubia-x -c main". */
export function execTarget(pod: Pod, container?: Container): string {
  const namespace =
    pod.metadata.namespace && pod.metadata.namespace !== "default" ? ` -n ${pod.metadata.namespace}` : "";
  const which = container && pod.spec.containers.length > 1 ? ` -c ${container.name}` : "";
  return `${pod.metadata.name}${namespace}${which}`;
}
