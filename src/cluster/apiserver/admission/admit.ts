// Admission: what may enter a namespace, and what the server adds to objects on their way in.
// Kubernetes: pkg/kubeapiserver/options/plugins.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject } from "#api/kinds";
import type { JsonObject } from "#base/json";
import type { Server } from "../server.ts";
import { admitIngress } from "./ingress-class.ts";
import { admitToNamespace } from "./namespace-lifecycle.ts";
import { admitPod, admitPodUpdate } from "./pod.ts";

export function admitCreate(
  server: Server,
  definition: KindDefinition,
  namespace: string,
  name: string,
  object: JsonObject,
): JsonObject {
  if (definition.namespaced) admitToNamespace(server, definition, namespace, name);
  if (definition.kind === "Pod") return admitPod(server, definition, namespace, name, object);
  if (definition.kind === "Ingress") return admitIngress(server, object);
  return object;
}

export function admitUpdate(object: JsonObject, previous: AnyObject): JsonObject {
  return previous.kind === "Pod" ? admitPodUpdate(object, previous) : object;
}
