// What stands on the canvas: the cards with what they say, before they have a place.
import type { PodLook } from "../status/podStatus.ts";

/** "pod/default/kubia-4x8zq", "svc/default/kubia", "door/node-1" ... */
export type CardId = string;

export interface ClientCard {
  type: "client";
  id: CardId;
  name: string;
  program: "curl" | "browser";
  /** Inside the cluster, so drawn inside the wall. */
  inside: boolean;
  /** Where an inside client runs: a pod's or node's name. */
  host?: string;
  url: string;
  rate: number;
  /** No client of the scenario: seen in a journey, such as a command in the terminal. */
  adHoc: boolean;
}

export interface LoadBalancerCard {
  type: "loadBalancer";
  id: CardId;
  service: string;
  name: string;
  /** Absent while EXTERNAL-IP is <pending>. */
  ip?: string;
  ports: number[];
}

export interface DoorCard {
  type: "door";
  id: CardId;
  node: string;
  ip: string;
  ports: number[];
  /** Above one: a stack that stands for that many nodes. */
  count: number;
  nodeUp: boolean;
}

export interface IngressPathRow {
  host: string;
  path: string;
  backend: string;
}

export interface IngressCard {
  type: "ingress";
  id: CardId;
  key: string | null;
  name: string;
  rows: IngressPathRow[];
  address?: string;
}

export interface ServicePortRow {
  name?: string;
  port: number;
  target: string;
  nodePort?: number;
  protocol: string;
}

export interface ServiceCard {
  type: "service";
  id: CardId;
  key: string;
  name: string;
  namespace: string;
  serviceType: string;
  headless: boolean;
  clusterIP?: string;
  externalName?: string;
  ports: ServicePortRow[];
  /** "app=kubia", one per label; empty without a selector. */
  selector: string[];
  ready: number;
  total: number;
  /** Looks of the selected pods while they are few. */
  looks: PodLook[];
  affinity: boolean;
  /** externalTrafficPolicy: Local: doors lead only to pods of their own node. */
  externalLocal: boolean;
}

export interface NodeCard {
  type: "node";
  id: CardId;
  name: string;
  ip: string;
  ready: boolean;
  /** Switched off by the reader. */
  stopped: boolean;
  cordoned: boolean;
  pods: number;
}

export interface PodCard {
  type: "pod";
  id: CardId;
  key: string;
  name: string;
  /** What the API server made up after `generateName`: enough where there is little room. */
  generated?: string;
  namespace: string;
  node: string | null;
  ip?: string;
  port?: number;
  look: PodLook;
  /** Some Service has it as an endpoint that gets traffic. */
  plugged: boolean;
  /** A fault that the reader put on it. */
  faulty: boolean;
}

export interface GroupRow {
  node: string;
  ready: number;
  pods: PodCard[];
}

export type WorkloadKind = "Deployment" | "ReplicaSet" | "ReplicationController" | "Pod";

/** A workload with more pods than cards can show: one dot a pod, one row a node. */
export interface GroupCard {
  type: "group";
  id: CardId;
  key: string;
  /** The kind of the object above the pods. */
  kind: WorkloadKind;
  name: string;
  ready: number;
  total: number;
  rows: GroupRow[];
}

export interface TargetCard {
  type: "target";
  id: CardId;
  service: string;
  title: string;
  addresses: string[];
  externalName: boolean;
}

export type Card =
  | ClientCard
  | LoadBalancerCard
  | DoorCard
  | IngressCard
  | ServiceCard
  | NodeCard
  | PodCard
  | GroupCard
  | TargetCard;

export type EdgeKind = "traffic" | "lookup" | "direct";

export interface Edge {
  from: CardId;
  to: CardId;
  kind: EdgeKind;
  /** Cut: the target is no endpoint at the moment, or nothing listens there. */
  cut: boolean;
}
