import { expect, test } from "vitest";
import { createControlPlane, type ControlPlane } from "../testing/control-plane.ts";
import { deployment, pod, service } from "../testing/manifests.ts";

function createNamespace(plane: ControlPlane, name: string): void {
  plane.api.create("Namespace", undefined, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  plane.advance(100);
}

test("NS-1: a new namespace gets its ServiceAccount and the root CA, and gets them back when they are deleted", () => {
  const plane = createControlPlane();
  createNamespace(plane, "shop");
  const contents = (): string[] =>
    plane.api
      .listContents("shop")
      .map((object) => `${object.kind} ${object.metadata.name}`)
      .sort();
  expect(contents()).toEqual(["ConfigMap kube-root-ca.crt", "ServiceAccount default"]);
  plane.api.delete("ConfigMap", "shop", "kube-root-ca.crt");
  plane.api.delete("ServiceAccount", "shop", "default");
  plane.advance(100);
  expect(contents()).toEqual(["ConfigMap kube-root-ca.crt", "ServiceAccount default"]);
});

test("NS-2: a deleted namespace stays Terminating for at least five seconds and takes everything in it", () => {
  const plane = createControlPlane();
  createNamespace(plane, "shop");
  plane.api.create("Deployment", "shop", deployment("web", 2));
  plane.api.create("Service", "shop", service("web", { selector: { app: "web" }, ports: [{ port: 80 }] }));
  plane.advance(2000);
  plane.api.delete("Namespace", undefined, "shop");
  plane.advance(4000);
  expect(plane.api.get("Namespace", undefined, "shop")!.status.phase).toBe("Terminating");
  expect(plane.api.list("Pod", { namespace: "shop" }).length).toBe(2);
  plane.advance(60_000);
  expect(plane.api.get("Namespace", undefined, "shop")).toBe(undefined);
  expect(plane.api.listContents("shop")).toEqual([]);
});

test("NS-3: content with a finalizer holds the namespace, which says so in its conditions", () => {
  const plane = createControlPlane();
  createNamespace(plane, "shop");
  const metadata = { name: "held", finalizers: ["example.com/hold"] };
  plane.api.create("ConfigMap", "shop", { apiVersion: "v1", kind: "ConfigMap", metadata });
  plane.api.delete("Namespace", undefined, "shop");
  plane.advance(10_000);
  const lines = plane.api
    .get("Namespace", undefined, "shop")!
    .status.conditions!.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`);
  expect(lines).toEqual([
    "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered",
    "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed",
    "NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization",
    "NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: configmaps has 1 resource instances",
    "NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
  ]);
  const held = plane.api.get("ConfigMap", "shop", "held")!;
  const { finalizers: _, ...rest } = held.metadata;
  plane.api.update("ConfigMap", { ...held, metadata: rest });
  plane.advance(20_000);
  expect(plane.api.get("Namespace", undefined, "shop")).toBe(undefined);
});

test("NS-4: an emptied namespace that another finalizer holds says that nothing is left of its content", () => {
  const plane = createControlPlane();
  plane.api.create("Namespace", undefined, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop" },
    spec: { finalizers: ["example.com/own"] },
  });
  plane.advance(100);
  plane.api.delete("Namespace", undefined, "shop");
  plane.advance(60_000);
  const { spec, status } = plane.api.get("Namespace", undefined, "shop")!;
  expect(spec).toEqual({ finalizers: ["example.com/own"] });
  expect(
    status.conditions!.map(({ type, status: is, reason, message }) => `${type} ${is} ${reason}: ${message}`),
  ).toEqual([
    "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered",
    "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed",
    "NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization",
    "NamespaceContentRemaining False ContentRemoved: All content successfully removed",
    "NamespaceFinalizersRemaining False ContentHasNoFinalizers: All content-preserving finalizers finished",
  ]);
  expect(plane.api.listContents("shop")).toEqual([]);
});

/** Type, status and reason of the conditions that are about content. */
function saidOfContent(plane: ControlPlane): string[] {
  const { conditions = [] } = plane.api.get("Namespace", undefined, "shop")!.status;
  return conditions.slice(2).map(({ status, reason, message }) => `${status} ${reason}: ${message}`);
}

test("NS-6: while pods remain nothing else is deleted or counted, and pods that should be gone are a failure", () => {
  const plane = createControlPlane();
  createNamespace(plane, "shop");
  plane.api.create("Pod", "shop", pod("web", { nodeName: "node-1" }));
  plane.api.create("Pod", "shop", { ...pod("held"), metadata: { name: "held", finalizers: ["a.b/c"] } });
  plane.advance(5000);
  plane.api.delete("Namespace", undefined, "shop");
  plane.advance(6000);
  const calm = [
    "False ContentDeleted: All content successfully deleted, may be waiting on finalization",
    "False ContentRemoved: All content successfully removed",
    "False ContentHasNoFinalizers: All content-preserving finalizers finished",
  ];
  plane.advance(2000);
  expect(saidOfContent(plane)).toEqual(calm);
  expect(podNamesIn(plane)).toEqual(["held"]);
  expect(plane.api.list("ServiceAccount", { namespace: "shop" }).length).toBe(1);
  plane.advance(60_000);
  expect(saidOfContent(plane)).toEqual(calm);
  const held = plane.api.get("Pod", "shop", "held")!;
  const { finalizers: _, ...rest } = held.metadata;
  plane.api.update("Pod", { ...held, metadata: rest });
  plane.advance(30_000);
  expect(plane.api.get("Namespace", undefined, "shop")).toBe(undefined);
});

const podNamesIn = (plane: ControlPlane): string[] =>
  plane.api.list("Pod", { namespace: "shop" }).map(({ metadata }) => metadata.name);

test("NS-6: a pod on a node without power that outlives its grace period is a failure to delete", () => {
  const plane = createControlPlane();
  createNamespace(plane, "shop");
  plane.api.create("Pod", "shop", pod("web", { nodeName: "node-1" }));
  plane.advance(5000);
  plane.machine.enter<{ down: Set<string> }>("kubelet").state.down.add("node-1");
  plane.api.delete("Namespace", undefined, "shop");
  plane.advance(60_000);
  expect(saidOfContent(plane)).toEqual([
    "True ContentDeletionFailed: Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods",
    "False ContentRemoved: All content successfully removed",
    "False ContentHasNoFinalizers: All content-preserving finalizers finished",
  ]);
});

test("NS-5: finalizers of a namespace's spec are standard ones or qualified names", () => {
  const plane = createControlPlane();
  const outcome = plane.api.create("Namespace", undefined, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop" },
    spec: { finalizers: ["own", "kubernetes"] },
  });
  expect(!outcome.ok && outcome.status.message).toBe(
    'Namespace "shop" is invalid: spec.finalizers: Invalid value: "own": name is neither a standard finalizer name nor is it fully qualified',
  );
});
