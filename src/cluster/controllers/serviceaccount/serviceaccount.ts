// The ServiceAccount controller and the root CA publisher: every namespace has a ServiceAccount `default` and a
// ConfigMap with the cluster's CA, and gets them back when they are deleted or changed.
// Kubernetes: pkg/controller/serviceaccount/serviceaccounts_controller.go (v1.35)
import { deepEqual } from "#base/json";
import { defineComponent, type Context } from "../../machine/component.ts";
import { ROOT_CA_NAME, rootCaConfigMap } from "./root-ca.ts";

export const serviceAccountController = defineComponent<Record<string, never>>({
  name: "serviceaccount-controller",
  start: () => ({}),
  watches: ["Namespace", "ServiceAccount", "ConfigMap"],
  watchDelayMs: () => 5,
  onChanges(context, _state, changes) {
    const namespaces = new Set<string>();
    for (const { kind, type, object } of changes) {
      const { name, namespace } = object.metadata;
      if (kind === "Namespace" && type !== "DELETED") namespaces.add(name);
      if (kind === "ServiceAccount" && type === "DELETED" && name === "default")
        namespaces.add(namespace ?? "");
      if (kind === "ConfigMap" && name === ROOT_CA_NAME) namespaces.add(namespace ?? "");
    }
    for (const namespace of namespaces) provide(context, namespace);
  },
});

function provide(context: Context, name: string): void {
  const namespace = context.api.get("Namespace", undefined, name);
  if (!namespace || namespace.status.phase === "Terminating") return;
  if (!context.api.get("ServiceAccount", name, "default")) {
    context.api.create("ServiceAccount", name, {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace: name },
    });
  }
  const wanted = rootCaConfigMap(name);
  const found = context.api.get("ConfigMap", name, ROOT_CA_NAME);
  if (!found) context.api.create("ConfigMap", name, wanted);
  else if (!deepEqual(found.data, wanted["data"])) {
    context.api.update("ConfigMap", { ...found, data: wanted["data"] as Record<string, string> });
  }
}
