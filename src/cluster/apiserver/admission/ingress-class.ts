// An Ingress that names no class gets the default one, if there is one.
// Kubernetes: plugin/pkg/admission/network/defaultingressclass/admission.go (v1.35)
import type { KindMap } from "#api/kinds";
import type { JsonObject } from "#base/json";
import { asJson, type Server } from "../server.ts";
import { listObjects } from "../store.ts";

const IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";
const OLD_ANNOTATION = "kubernetes.io/ingress.class";

export function admitIngress(server: Server, object: JsonObject): JsonObject {
  const ingress = object as unknown as KindMap["Ingress"];
  const { metadata, spec } = ingress;
  if (spec.ingressClassName !== undefined || metadata.annotations?.[OLD_ANNOTATION] !== undefined)
    return object;
  const classes = listObjects(server.state.store, "IngressClass") as readonly KindMap["IngressClass"][];
  const [newest] = classes
    .filter((candidate) => candidate.metadata.annotations?.[IS_DEFAULT] === "true")
    .toSorted((a, b) => compare(b.metadata.creationTimestamp, a.metadata.creationTimestamp));
  if (!newest) return object;
  return asJson({ ...ingress, spec: { ...spec, ingressClassName: newest.metadata.name } });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
