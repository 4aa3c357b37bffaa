// Shells in containers: which containers one can be opened in, and what is run there.
import type { Pod } from "#api/pod/types";
import type { TerminalTarget } from "./messages.ts";

/** bash where there is one. */
const SHELL = ["sh", "-c", "command -v bash > /dev/null && exec bash || exec sh"];

/** The running containers of a pod, the one that kubectl would take first. */
export function openContainers(pod: Pod): string[] {
  const { containerStatuses = [], ephemeralContainerStatuses = [] } = pod.status;
  const names = [...containerStatuses, ...ephemeralContainerStatuses]
    .filter(({ state }) => state.running !== undefined)
    .map(({ name }) => name);
  const first = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  return first !== undefined && names.includes(first)
    ? [first, ...names.filter((name) => name !== first)]
    : names;
}

export function shellIn(pod: Pod, container: string): TerminalTarget {
  const { name, namespace = "default" } = pod.metadata;
  return { namespace, pod: name, container, command: SHELL };
}
