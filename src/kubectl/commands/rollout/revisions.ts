// The revisions of a workload: a Deployment's ReplicaSets, or the ControllerRevisions of others.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/history.go, util/deployment (v1.35)
import type { PodTemplateSpec } from "#api/pod/types";
import { isObject, type JsonObject } from "#base/json";
import type { KubectlIo } from "../../command.ts";
import { request, type Info } from "../../resources.ts";
import { selectorText } from "../../writing/pod-for.ts";

export interface Revision {
  number: number;
  cause: string;
  template: PodTemplateSpec;
  annotations: Record<string, string>;
  /** The ReplicaSet itself. */
  object?: JsonObject;
  /** The patch that brings the workload back to it, where there is one. */
  data?: JsonObject;
}

const REVISION = "deployment.kubernetes.io/revision";
const CHANGE_CAUSE = "kubernetes.io/change-cause";

export function revisionsOf(io: KubectlIo, info: Info): Revision[] {
  const isDeployment = info.resource.kind === "Deployment";
  const plural = isDeployment ? "replicasets" : "controllerrevisions";
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(info.namespace ?? "")}/${plural}`;
  const body = request(io, { method: "GET", path, query: { labelSelector: selectorText(info) } })
    .body as JsonObject;
  const { uid } = info.object["metadata"] as { uid: string };
  const own = ((body["items"] ?? []) as JsonObject[]).filter((item) => ownedBy(item, uid));
  return own.flatMap(isDeployment ? fromReplicaSet : fromRevision);
}

function ownedBy(item: JsonObject, uid: string): boolean {
  const { ownerReferences = [] } = item["metadata"] as {
    ownerReferences?: { uid: string; controller?: boolean }[];
  };
  return ownerReferences.some((owner) => owner.controller && owner.uid === uid);
}

function fromReplicaSet(item: JsonObject): Revision[] {
  const { annotations = {} } = item["metadata"] as { annotations?: Record<string, string> };
  const number = Number(annotations[REVISION]);
  if (!Number.isInteger(number)) return [];
  const template = (item["spec"] as JsonObject)["template"] as unknown as PodTemplateSpec;
  return [{ number, cause: annotations[CHANGE_CAUSE] ?? "", template, annotations, object: item }];
}

function fromRevision(item: JsonObject): Revision[] {
  const { annotations = {} } = item["metadata"] as { annotations?: Record<string, string> };
  const data = item["data"] as JsonObject;
  const spec = isObject(data) ? (data["spec"] as JsonObject | undefined) : undefined;
  const { $patch: _, ...template } = (spec?.["template"] ?? {}) as JsonObject;
  return [
    {
      number: Number(item["revision"]),
      cause: annotations[CHANGE_CAUSE] ?? "",
      template: template as unknown as PodTemplateSpec,
      annotations,
      data,
    },
  ];
}
