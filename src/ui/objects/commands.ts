// The commands that show an object as the panels do, or work on it as their buttons do. Pure.
import type { AnyObject, KindMap } from "#api/kinds";
import type { Pod } from "#api/pod/types";
import { commandTarget } from "./requests.ts";

const namespaceFlag = (object: AnyObject): string => {
  const { namespace } = object.metadata;
  return namespace && namespace !== "default" ? ` -n ${namespace}` : "";
};

export function shellCommand(pod: Pod, container: string): string {
  const which = pod.spec.containers.length > 1 || container !== pod.spec.containers[0]?.name;
  return `kubectl exec -it ${pod.metadata.name}${namespaceFlag(pod)}${which ? ` -c ${container}` : ""} -- sh`;
}

export function eventsCommand(object: AnyObject): string {
  const [kind, name] = commandTarget(object).split(" ");
  return `kubectl events --for ${kind}/${name}${namespaceFlag(object)}`;
}

export const slicesCommand = (service: KindMap["Service"]): string =>
  `kubectl get endpointslices -l kubernetes.io/service-name=${service.metadata.name}${namespaceFlag(service)}`;

/** Where no command makes a pod's program answer its probe with an error: out of the Service all the same. */
export function unlabelCommand(pod: Pod, services: Iterable<KindMap["Service"]>): string | undefined {
  const { labels = {} } = pod.metadata;
  const keys = [...services]
    .filter(({ metadata }) => metadata.namespace === pod.metadata.namespace)
    .flatMap(({ spec }) => Object.entries(spec.selector ?? {}))
    .filter(([key, value]) => labels[key] === value)
    .map(([key]) => key);
  return keys[0] === undefined ? undefined : `kubectl label ${commandTarget(pod)} ${keys[0]}-`;
}
