// The API requests behind the controls, as kubectl would send them. Pure.
import type { Action } from "#cluster/actions";
import type { AnyObject } from "#api/kinds";
import { KINDS } from "#api/registry";
import { groupVersionPath } from "#kubectl/discovery";

/** The REST path of a stored object. */
export function pathOf(object: AnyObject): string {
  const kind = KINDS.find((item) => item.kind === object.kind)!;
  const { name, namespace } = object.metadata;
  const scope = kind.namespaced ? `/namespaces/${namespace}` : "";
  return `${groupVersionPath(kind.group, kind.version)}${scope}/${kind.plural}/${name}`;
}

export function deleteAction(object: AnyObject): Action {
  return {
    type: "api",
    request: { method: "DELETE", path: pathOf(object), body: { propagationPolicy: "Background" } },
  };
}

export function scaleAction(object: AnyObject, replicas: number): Action {
  return patchAction(object, { spec: { replicas } });
}

export function cordonAction(node: AnyObject, unschedulable: boolean): Action {
  return patchAction(node, { spec: { unschedulable: unschedulable || null } });
}

function patchAction(object: AnyObject, body: { spec: Record<string, number | boolean | null> }): Action {
  return {
    type: "api",
    request: { method: "PATCH", path: pathOf(object), contentType: "application/merge-patch+json", body },
  };
}

export function evictAction(namespace: string, pod: string): Action {
  return {
    type: "api",
    request: {
      method: "POST",
      path: `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`,
      body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod, namespace } },
    },
  };
}

const SHORT: Partial<Record<AnyObject["kind"], string>> = {
  ReplicationController: "rc",
  ReplicaSet: "rs",
  Service: "svc",
  Pod: "pod",
};

/** "rc kubia", "svc web -n shop". */
export function commandTarget(object: AnyObject): string {
  const { name, namespace } = object.metadata;
  const kind = SHORT[object.kind] ?? object.kind.toLowerCase();
  return `${kind} ${name}${namespace && namespace !== "default" ? ` -n ${namespace}` : ""}`;
}
