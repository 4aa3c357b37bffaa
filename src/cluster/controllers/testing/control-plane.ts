// A control plane without a data plane, for tests: the real API server, bootstrap, all controllers and the scheduler,
// with a stand-in for the kubelets.
import { apiServer } from "../../apiserver/apiserver.ts";
import type { ApiClient } from "../../apiserver/client.ts";
import { bootstrap } from "../../cloud/bootstrap.ts";
import { loadBalancerController } from "../../cloud/load-balancer.ts";
import { defineService, type Component } from "../../machine/component.ts";
import { createMachine, type Machine } from "../../machine/machine.ts";
import { scheduler } from "../../scheduler/scheduler.ts";
import { DEFAULT_SETTINGS, type ClusterSettings } from "../../settings.ts";
import { deploymentController } from "../deployment/deployment.ts";
import { endpointsController } from "../endpoints/endpoints.ts";
import { endpointSliceController } from "../endpointslice/endpointslice.ts";
import { endpointSliceMirroringController } from "../endpointslicemirroring/endpointslicemirroring.ts";
import { garbageCollector } from "../garbagecollector/garbagecollector.ts";
import { namespaceController } from "../namespace/namespace.ts";
import { nodeLifecycleController } from "../nodelifecycle/nodelifecycle.ts";
import { replicaSetController } from "../replicaset/replicaset.ts";
import { replicationController } from "../replicationcontroller/replicationcontroller.ts";
import { serviceAccountController } from "../serviceaccount/serviceaccount.ts";
import { tokensController } from "../serviceaccount/tokens.ts";
import { podGarbageCollector } from "../podgc/podgc.ts";
import { taintEvictionController } from "../tainteviction/tainteviction.ts";
import { stubKubelet } from "./stub-kubelet.ts";

const COMPONENTS: readonly Component[] = [
  bootstrap,
  serviceAccountController,
  tokensController,
  namespaceController,
  garbageCollector,
  replicationController,
  replicaSetController,
  deploymentController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  nodeLifecycleController,
  taintEvictionController,
  podGarbageCollector,
  scheduler,
  loadBalancerController,
  stubKubelet,
];

const absent = (name: string) => defineService({ name, start: () => ({}), provide: () => ({}) });

export interface ControlPlane {
  machine: Machine;
  api: ApiClient;
  advance(ms: number): void;
}

export function createControlPlane(settings: Partial<ClusterSettings> = {}): ControlPlane {
  const services = {
    trace: absent("trace"),
    api: apiServer,
    network: absent("network"),
    runtime: absent("runtime"),
    http: absent("http"),
  };
  const machine = createMachine({ ...DEFAULT_SETTINGS, dns: false, ...settings }, services, COMPONENTS);
  return {
    machine,
    api: machine.context.api,
    advance: (ms) => machine.runUntil(machine.state.now + ms),
  };
}

/** What a readiness probe would do: the stand-in for the kubelets reports it. */
export function setReady(plane: ControlPlane, name: string, ready: boolean, namespace = "default"): void {
  const pod = plane.api.get("Pod", namespace, name)!;
  const annotations = { ...pod.metadata.annotations, "test/ready": String(ready) };
  plane.api.update("Pod", { ...pod, metadata: { ...pod.metadata, annotations } });
}

/** Names of pods with these labels. */
export function podNames(
  plane: ControlPlane,
  labels: Record<string, string>,
  namespace = "default",
): string[] {
  return plane.api.list("Pod", { namespace, labels }).map((pod) => pod.metadata.name);
}

/** Events of an object as "Reason: message", oldest first. */
export function eventsOf(plane: ControlPlane, kind: string, name: string, namespace = "default"): string[] {
  return plane.api
    .list("Event", { namespace })
    .filter((event) => event.involvedObject.kind === kind && event.involvedObject.name === name)
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map((event) => `${event.reason}: ${event.message}`);
}
