// What stands in a fresh cluster before anybody applies anything: namespaces, nodes, the kubernetes Service, cluster
// DNS and the default IngressClass. In Kubernetes kubeadm, the kubelets and the API server itself make these.
import { SERVICE_NAME } from "#api/endpointslice/by-service";
import type { KindName } from "#api/kinds";
import { assert } from "#base/assert";
import type { JsonObject } from "#base/json";
import { defineComponent, type Context } from "../machine/component.ts";
import { WORLD } from "../settings.ts";
import { coreDnsObjects } from "./coredns.ts";
import { nodeObject } from "./node-object.ts";
import { ROOT_CA_NAME, rootCaConfigMap } from "../controllers/serviceaccount/root-ca.ts";

const SYSTEM_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

export const bootstrap = defineComponent<Record<string, never>>({
  name: "bootstrap",
  start(context) {
    for (const namespace of SYSTEM_NAMESPACES) {
      create(context, "Namespace", undefined, {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: namespace },
      });
      create(context, "ServiceAccount", namespace, {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "default", namespace },
      });
      if (!context.api.get("ConfigMap", namespace, ROOT_CA_NAME)) {
        create(context, "ConfigMap", namespace, rootCaConfigMap(namespace));
      }
    }
    createNodes(context);
    for (const [kind, object] of kubernetesService()) create(context, kind, "default", object);
    if (context.settings.dns) {
      for (const [kind, object] of coreDnsObjects()) create(context, kind, "kube-system", object);
    }
    if (context.settings.ingressController) create(context, "IngressClass", undefined, nginxClass());
    return {};
  },
});

function create(context: Context, kind: KindName, namespace: string | undefined, object: JsonObject): void {
  const outcome = context.api.create(kind, namespace, object);
  assert(outcome.ok, `bootstrap creates ${kind}: ${outcome.ok ? "" : outcome.status.message}`);
}

function createNodes(context: Context): void {
  for (let index = 1; index <= context.settings.nodeCount; index++) {
    const node = nodeObject(index, context.settings, context.timestamp());
    const outcome = context.api.create("Node", undefined, node);
    assert(outcome.ok, `bootstrap creates nodes: ${outcome.ok ? "" : outcome.status.message}`);
    // Creating an object drops its status, so the node reports it afterwards, as a kubelet does.
    context.api.updateStatus("Node", { ...outcome.object, status: node["status"] as never });
  }
}

// Kubernetes: pkg/controlplane/controller/kubernetesservice (v1.35)
function kubernetesService(): [KindName, JsonObject][] {
  const name = "kubernetes";
  const port = { name: "https", port: 6443, protocol: "TCP" };
  const skipMirror = { "endpointslice.kubernetes.io/skip-mirror": "true" };
  const service: JsonObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels: { component: "apiserver", provider: "kubernetes" } },
    spec: {
      clusterIP: WORLD.kubernetesServiceIp,
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
      sessionAffinity: "None",
      type: "ClusterIP",
    },
  };
  const endpoints: JsonObject = {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name, labels: skipMirror },
    subsets: [{ addresses: [{ ip: WORLD.controlPlaneIp }], ports: [port] }],
  };
  const slice: JsonObject = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, labels: { [SERVICE_NAME]: name } },
    addressType: "IPv4",
    endpoints: [{ addresses: [WORLD.controlPlaneIp], conditions: { ready: true } }],
    ports: [port],
  };
  return [
    ["Service", service],
    ["Endpoints", endpoints],
    ["EndpointSlice", slice],
  ];
}

function nginxClass(): JsonObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: {
      name: "nginx",
      labels: {
        "app.kubernetes.io/component": "controller",
        "app.kubernetes.io/instance": "ingress-nginx",
        "app.kubernetes.io/name": "ingress-nginx",
      },
      annotations: { "ingressclass.kubernetes.io/is-default-class": "true" },
    },
    spec: { controller: "k8s.io/ingress-nginx" },
  };
}
