// Everything that lives in the cluster beside the five services, in the order in which it starts. A new component is
// one import and one line.
import { clients } from "./clients/clients.ts";
import { bootstrap } from "./cloud/bootstrap.ts";
import { loadBalancerController } from "./cloud/load-balancer.ts";
import { deploymentController } from "./controllers/deployment/deployment.ts";
import { endpointsController } from "./controllers/endpoints/endpoints.ts";
import { endpointSliceController } from "./controllers/endpointslice/endpointslice.ts";
import { endpointSliceMirroringController } from "./controllers/endpointslicemirroring/endpointslicemirroring.ts";
import { garbageCollector } from "./controllers/garbagecollector/garbagecollector.ts";
import { namespaceController } from "./controllers/namespace/namespace.ts";
import { nodeLifecycleController } from "./controllers/nodelifecycle/nodelifecycle.ts";
import { replicaSetController } from "./controllers/replicaset/replicaset.ts";
import { replicationController } from "./controllers/replicationcontroller/replicationcontroller.ts";
import { serviceAccountController } from "./controllers/serviceaccount/serviceaccount.ts";
import { tokensController } from "./controllers/serviceaccount/tokens.ts";
import { podGarbageCollector } from "./controllers/podgc/podgc.ts";
import { taintEvictionController } from "./controllers/tainteviction/tainteviction.ts";
import { dns } from "./dns/dns.ts";
import { ingressController } from "./ingress-controller/ingress-controller.ts";
import { internet } from "./internet/internet.ts";
import { kubeProxy } from "./kube-proxy/kube-proxy.ts";
import { kubelet } from "./kubelet/kubelet.ts";
import type { Component } from "./machine/component.ts";
import { actions } from "./perform.ts";
import { workstation } from "./workstation/workstation.ts";
import { scheduler } from "./scheduler/scheduler.ts";

export const COMPONENTS: readonly Component[] = [
  serviceAccountController,
  tokensController,
  replicationController,
  replicaSetController,
  deploymentController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  garbageCollector,
  namespaceController,
  nodeLifecycleController,
  taintEvictionController,
  podGarbageCollector,
  loadBalancerController,
  scheduler,
  kubelet,
  kubeProxy,
  dns,
  internet,
  ingressController,
  clients,
  actions,
  workstation,
  // Last, so that everybody hears of what it creates.
  bootstrap,
];
