// The kinds and their object types. A new kind is one folder and one line here and in registry.ts.
import type { ConfigMap } from "./configmap/types.ts";
import type { Deployment } from "./deployment/types.ts";
import type { Endpoints } from "./endpoints/types.ts";
import type { EndpointSlice } from "./endpointslice/types.ts";
import type { KubeEvent } from "./event/types.ts";
import type { Ingress } from "./ingress/types.ts";
import type { IngressClass } from "./ingressclass/types.ts";
import type { Namespace } from "./namespace/types.ts";
import type { Node } from "./node/types.ts";
import type { Pod } from "./pod/types.ts";
import type { ReplicaSet } from "./replicaset/types.ts";
import type { ReplicationController } from "./replicationcontroller/types.ts";
import type { Secret } from "./secret/types.ts";
import type { Service } from "./service/types.ts";
import type { ServiceAccount } from "./serviceaccount/types.ts";

export interface KindMap {
  ConfigMap: ConfigMap;
  Deployment: Deployment;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  Event: KubeEvent;
  Ingress: Ingress;
  IngressClass: IngressClass;
  Namespace: Namespace;
  Node: Node;
  Pod: Pod;
  ReplicaSet: ReplicaSet;
  ReplicationController: ReplicationController;
  Secret: Secret;
  Service: Service;
  ServiceAccount: ServiceAccount;
}

export type KindName = keyof KindMap;
export type AnyObject = KindMap[KindName];
