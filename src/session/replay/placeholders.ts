// `{{pod app=x 0}}`, `{{clusterip NAME}}` and the like, filled in with what the API says at that moment.
import type { Pod } from "#api/pod/types";
import type { Cluster } from "#cluster/cluster";
import { WORLD } from "#cluster/settings";

const PLACEHOLDER = /\{\{(pod|ip|clusterip|nodeport|nodeip|lbip)((?: [^\s{}]+)+)\}\}/g;

export function fillIn(text: string, cluster: Cluster, namespace: string): string {
  return text.replace(PLACEHOLDER, (whole, kind: string, words: string) => {
    const value = valueOf(kind, words.trim().split(" "), cluster, namespace);
    if (value === undefined) throw new Error(`${whole} has no value`);
    return value;
  });
}

/** A pod by name, "namespace/name", or selector and index among those that are not being deleted. */
export function findPod(cluster: Cluster, namespace: string, what: string, index = 0): Pod {
  const { api } = cluster.machine.context;
  if (!what.includes("=")) {
    const [space, name] = split(what, namespace);
    const pod = api.get("Pod", space, name);
    if (!pod) throw new Error(`no pod ${what}`);
    return pod;
  }
  const labels = Object.fromEntries(what.split(",").map((part) => part.split("=") as [string, string]));
  const pods = api
    .list("Pod", { namespace, labels })
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const sorted = [...pods].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const pod = sorted[index];
  if (!pod) throw new Error(`no pod ${index} of ${what}: there are ${pods.length}`);
  return pod;
}

const split = (name: string, namespace: string): [string, string] =>
  name.includes("/") ? (name.split("/") as [string, string]) : [namespace, name];

function valueOf(
  kind: string,
  words: readonly string[],
  cluster: Cluster,
  namespace: string,
): string | undefined {
  const [first = "", second, third] = words;
  const service = (): ReturnType<typeof get> => get(first);
  const get = (what: string) => {
    const [space, name] = split(what, namespace);
    return cluster.machine.context.api.get("Service", space, name);
  };
  switch (kind) {
    case "pod":
      return findPod(cluster, namespace, first, Number(second ?? 0)).metadata.name;
    case "ip":
      return findPod(cluster, namespace, second ?? "", Number(third ?? 0)).status.podIP;
    case "clusterip":
      return service()?.spec.clusterIP;
    case "nodeport": {
      const port = service()?.spec.ports?.find(
        ({ name }) => second === undefined || name === second,
      )?.nodePort;
      return port === undefined ? undefined : String(port);
    }
    case "lbip":
      return service()?.status?.loadBalancer?.ingress?.[0]?.ip;
    default:
      return WORLD.nodeInternalIp(Number(first));
  }
}
