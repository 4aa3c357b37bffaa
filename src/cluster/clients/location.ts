// Where a client's requests start: an outside machine, a node, or a running pod found by name or by labels.
import type { Pod } from "#api/pod/types";
import type { Context } from "../machine/component.ts";
import type { HostId } from "../network/types.ts";
import type { Place } from "../trace/types.ts";
import type { ClientState } from "./state.ts";

export type Located =
  /** A pod on its node's network has a resolver of its own. */
  { ok: true; host: HostId; resolver?: HostId } | { ok: false; place: Place; problem: string };

export function locate(context: Context, client: ClientState): Located {
  const { location } = client.spec;
  switch (location.kind) {
    case "outside":
      return { ok: true, host: client.host };
    case "node":
      return locateNode(context, location.name);
    case "pod":
      return location.name === undefined
        ? locateByLabels(context, client, location.namespace, location.labels ?? {})
        : locateByName(context, location.namespace, location.name);
  }
}

function locateNode(context: Context, name: string): Located {
  const place: Place = { kind: "node", name };
  if (!context.api.get("Node", undefined, name)) {
    return { ok: false, place, problem: `Error from server (NotFound): nodes "${name}" not found` };
  }
  if (!context.network.isNodeUp(name)) return { ok: false, place, problem: `Node ${name} is switched off` };
  return { ok: true, host: `node:${name}` };
}

function locateByName(context: Context, namespace: string, name: string): Located {
  const pod = context.api.get("Pod", namespace, name);
  const place: Place = { kind: "pod", namespace, name };
  if (!pod) return { ok: false, place, problem: `Error from server (NotFound): pods "${name}" not found` };
  if (isRunning(pod)) return inside(pod);
  const { phase } = pod.status;
  const problem =
    phase === "Succeeded" || phase === "Failed"
      ? `error: cannot exec into a container in a completed pod; current phase is ${phase}`
      : `Pod ${namespace}/${name} is not running: ${phase}`;
  return { ok: false, place, problem };
}

/** Keeps to the pod that it picked until that one no longer runs. */
function locateByLabels(
  context: Context,
  client: ClientState,
  namespace: string,
  labels: Record<string, string>,
): Located {
  const known = client.pod === undefined ? undefined : context.api.get("Pod", namespace, client.pod);
  if (known && isRunning(known) && !known.metadata.deletionTimestamp) return inside(known);
  const running = context.api.list("Pod", { namespace, labels }).filter(isRunning);
  const pod = running.find(({ metadata }) => !metadata.deletionTimestamp) ?? running[0];
  if (pod) {
    client.pod = pod.metadata.name;
    return inside(pod);
  }
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const place: Place = { kind: "pod", namespace, name: client.pod ?? "" };
  return {
    ok: false,
    place,
    problem: `No running pod in namespace ${namespace} has the labels ${selector.join(",")}`,
  };
}

function isRunning(pod: Pod): boolean {
  const containers = pod.status.containerStatuses ?? [];
  return pod.status.phase === "Running" && containers.some(({ state }) => state.running !== undefined);
}

function inside({ metadata, spec }: Pod): Located {
  const own = `pod:${metadata.uid}`;
  return spec.hostNetwork
    ? { ok: true, host: `node:${spec.nodeName}`, resolver: own }
    : { ok: true, host: own };
}
