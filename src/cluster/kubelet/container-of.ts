// Finding a pod's container from outside the kubelet: for exec, logs, faults and crashes.
import type { HostId } from "../network/types.ts";
import type { KubeletState } from "./state.ts";

export interface FoundContainer {
  /** Name in the pod. */
  name: string;
  /** The runtime's id of the current or last container; absent before the first was created. */
  id?: string;
  /** The one before it, if it is still kept. */
  previousId?: string;
  running: boolean;
  restartCount: number;
  node: string;
  /** The pod's network namespace, once it has one. */
  host?: HostId;
}

const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/** The runtime's id of the container that runs now or ran last; undefined before the first was created. */
export function containerOf(
  state: KubeletState,
  namespace: string,
  podName: string,
  container?: string,
): string | undefined {
  return findContainer(state, namespace, podName, container)?.id;
}

/** Without a name the pod's default container is meant. */
export function findContainer(
  state: KubeletState,
  namespace: string,
  podName: string,
  container?: string,
): FoundContainer | undefined {
  const pod = state.pods.get(state.uids.get(`${namespace}/${podName}`) ?? "");
  if (!pod) return undefined;
  const wanted =
    container ?? pod.pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? pod.pod.spec.containers[0]?.name ?? "";
  const found = pod.containers.get(wanted);
  if (!found) return undefined;
  return {
    name: found.name,
    ...(found.id === undefined ? {} : { id: found.id }),
    ...(found.lastExit ? { previousId: found.lastExit.id } : {}),
    running: found.running,
    restartCount: found.attempt,
    node: pod.node,
    ...(pod.host === undefined ? {} : { host: pod.host }),
  };
}

/** Every container that runs, in the order in which its pods came. */
export function runningContainers(
  state: KubeletState,
): { namespace: string; pod: string; container: string; id: string }[] {
  return [...state.pods.values()].flatMap((pod) =>
    [...pod.containers.values()]
      .filter(({ running }) => running)
      .map(({ name, id }) => ({ namespace: pod.namespace, pod: pod.name, container: name, id: id! })),
  );
}

/** Names of nodes without power. */
export function stoppedNodes(state: KubeletState): string[] {
  return [...state.nodes.values()].filter(({ up }) => !up).map(({ name }) => name);
}
