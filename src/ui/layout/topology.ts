// Objects to cards and edges: what stands on the canvas and what is connected, without places yet. Pure; one pass over
// pods, Services and slices.
import { conditionOf } from "#api/conditions";
import type { Node } from "#api/node/types";
import type { Card, CardId, DoorCard, Edge, GroupCard, IngressCard, NodeCard, PodCard } from "./cards.ts";
import { clientParts, type ClientParts } from "./clients.ts";
import { endpointsByService } from "./endpoints.ts";
import {
  DOOR_STACK,
  doorCards,
  ingressBackends,
  ingressCard,
  nodeAddress,
  openNodePorts,
} from "./entries.ts";
import { mapOf, type LayoutInput } from "./input.ts";
import { isShown, podsByLabel, selectedPods, serviceParts, type ServiceParts } from "./services.ts";
import { collapsedWorkloads, podCard, ownerOf, type Workload } from "./workloads.ts";

export interface Topology {
  clients: ClientParts[];
  doors: DoorCard[];
  ingresses: IngressCard[];
  services: ServiceParts[];
  nodes: NodeCard[];
  /** Pods with cards of their own. */
  pods: PodCard[];
  groups: GroupCard[];
  collapsed: Set<string>;
  /** The card that shows a pod: its own, or its workload's. */
  cardOfPod: Map<string, CardId>;
  nodeOfPod: Map<string, string | null>;
  edges: Edge[];
  /** Pods that workloads want in all, for the room that nodes need. */
  wanted: number;
}

export function topologyOf(input: LayoutInput, collapsedBefore: ReadonlySet<string>): Topology {
  const nodes = [...mapOf(input.objects, "Node").values()].sort(byName);
  const services = [...mapOf(input.objects, "Service")].filter(([, service]) => isShown(service));
  const endpoints = endpointsByService(mapOf(input.objects, "EndpointSlice"));
  const pods = mapOf(input.objects, "Pod");

  const plugged = new Set<string>();
  for (const [key] of services) {
    for (const [pod, gets] of endpoints.get(key)?.pods ?? []) if (gets) plugged.add(pod);
  }
  const { cards, workloads } = podCards(input, plugged);
  const collapsed = collapsedWorkloads(workloads, collapsedBefore);
  const groups = [...collapsed].map((key) => groupCard(workloads.get(key)!));
  const cardOfPod = new Map<string, CardId>();
  for (const [key, card] of cards) cardOfPod.set(key, card.id);
  for (const key of collapsed)
    for (const pod of workloads.get(key)!.pods) cardOfPod.set(pod.key, `group/${key}`);

  const index = podsByLabel(pods);
  const parts = services.map(([key, service]) =>
    serviceParts(key, service, selectedPods(service, pods, index), endpoints, cards),
  );
  const perNode = new Map<string, number>();
  for (const card of cards.values()) if (card.node) perNode.set(card.node, (perNode.get(card.node) ?? 0) + 1);
  const topology: Topology = {
    clients: clientParts(input),
    doors: doorCards(nodes, openNodePorts(services.map(([, service]) => service)), input.stoppedNodes),
    ingresses: ingressCards(input),
    services: parts,
    nodes: nodes.map((node) => nodeCard(node, input.stoppedNodes, perNode.get(node.metadata.name) ?? 0)),
    pods: [...cards.values()].filter((card) => cardOfPod.get(card.key) === card.id),
    groups,
    collapsed,
    cardOfPod,
    nodeOfPod: new Map([...cards.values()].map((card) => [card.key, card.node])),
    edges: [],
    wanted: wantedPods(input),
  };
  topology.edges = edgesOf(topology, input);
  return topology;
}

function byName(a: Node, b: Node): number {
  return a.metadata.name.localeCompare(b.metadata.name, "en", { numeric: true });
}

function podCards(
  input: LayoutInput,
  plugged: ReadonlySet<string>,
): { cards: Map<string, PodCard>; workloads: Map<string, Workload> } {
  const cards = new Map<string, PodCard>();
  const workloads = new Map<string, Workload>();
  const replicaSets = mapOf(input.objects, "ReplicaSet");
  const faulty = new Set(
    Object.entries(input.faults)
      .filter(([, faults]) => Object.values(faults).some((value) => value !== undefined && value !== false))
      .map(([key]) => key.split("/").slice(0, 2).join("/")),
  );
  for (const [key, pod] of mapOf(input.objects, "Pod")) {
    if (pod.metadata.namespace === "kube-system") continue;
    const card = podCard(pod, key, plugged.has(key), faulty.has(key));
    cards.set(key, card);
    const owner = ownerOf(pod, replicaSets);
    const workload = workloads.get(owner.key);
    if (workload) workload.pods.push(card);
    else workloads.set(owner.key, { ...owner, pods: [card] });
  }
  return { cards, workloads };
}

function groupCard(workload: Workload): GroupCard {
  const rows = new Map<string, PodCard[]>();
  for (const pod of workload.pods) {
    const row = rows.get(pod.node ?? "");
    if (row) row.push(pod);
    else rows.set(pod.node ?? "", [pod]);
  }
  const ready = (pods: readonly PodCard[]): number => pods.filter((pod) => pod.look.state === "ready").length;
  return {
    type: "group",
    id: `group/${workload.key}`,
    key: workload.key,
    kind: workload.kind,
    name: workload.name,
    ready: ready(workload.pods),
    total: workload.pods.length,
    rows: [...rows]
      .sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a.localeCompare(b, "en", { numeric: true })))
      .map(([node, pods]) => ({ node, ready: ready(pods), pods })),
  };
}

function nodeCard(node: Node, stopped: readonly string[], pods: number): NodeCard {
  const ready = conditionOf(node.status.conditions, "Ready");
  return {
    type: "node",
    id: `node/${node.metadata.name}`,
    name: node.metadata.name,
    ip: nodeAddress(node, "InternalIP"),
    ready: ready === undefined || ready.status === "True",
    stopped: stopped.includes(node.metadata.name),
    cordoned: node.spec.unschedulable === true,
    pods,
  };
}

/** One card per Ingress; the bare controller when packets reach it although no Ingress exists. */
function ingressCards(input: LayoutInput): IngressCard[] {
  const cards = [...mapOf(input.objects, "Ingress")].map(([key, ingress]) => ingressCard(key, ingress));
  if (cards.length > 0 || input.ingressIp === null) return cards;
  for (const { targets } of input.seen.values()) {
    if (!targets.some((place) => place.kind === "ingress")) continue;
    return [{ type: "ingress", id: "ingress", key: null, name: "", rows: [], address: input.ingressIp }];
  }
  return cards;
}

function wantedPods(input: LayoutInput): number {
  let wanted = 0;
  for (const deployment of mapOf(input.objects, "Deployment").values()) wanted += deployment.spec.replicas;
  for (const controller of mapOf(input.objects, "ReplicationController").values()) {
    wanted += controller.spec.replicas;
  }
  for (const set of mapOf(input.objects, "ReplicaSet").values()) {
    if (!set.metadata.ownerReferences?.length) wanted += set.spec.replicas;
  }
  for (const pod of mapOf(input.objects, "Pod").values()) {
    if (!pod.metadata.ownerReferences?.length && pod.metadata.namespace !== "kube-system") wanted++;
  }
  return wanted;
}

function edgesOf(topology: Topology, input: LayoutInput): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (from: CardId, to: CardId, kind: Edge["kind"], cut: boolean): void => {
    const key = `${from}>${to}`;
    const known = edges.get(key);
    if (!known) edges.set(key, { from, to, kind, cut });
    else if (known.cut && !cut) known.cut = false;
  };
  for (const part of topology.services) serviceEdges(part, topology, add);
  for (const [key, ingress] of mapOf(input.objects, "Ingress")) {
    for (const backend of ingressBackends(ingress)) {
      const part = topology.services.find((service) => service.card.key === backend);
      if (!part) continue;
      add(`ingress/${key}`, part.card.id, "lookup", false);
      for (const [pod, gets] of part.pods) {
        const card = topology.cardOfPod.get(pod);
        if (card && gets) add(`ingress/${key}`, card, "direct", false);
      }
    }
  }
  const onlyNames = new Set(
    topology.services
      .filter(({ card }) => card.headless || card.serviceType === "ExternalName")
      .map(({ card }) => card.id),
  );
  const waiting = new Set(
    topology.services.flatMap(({ loadBalancer }) =>
      loadBalancer && loadBalancer.ip === undefined ? loadBalancer.id : [],
    ),
  );
  for (const client of topology.clients) {
    for (const target of client.targets) {
      for (const card of cardsOfTarget(target, topology)) {
        add(client.card.id, card, onlyNames.has(card) ? "lookup" : "traffic", waiting.has(card));
      }
    }
  }
  return [...edges.values()];
}

type Add = (from: CardId, to: CardId, kind: Edge["kind"], cut: boolean) => void;

function serviceEdges(part: ServiceParts, topology: Topology, add: Add): void {
  const { card, target, pods } = part;
  // Until the provider has given an address, no machine stands there that could pass anything on.
  const loadBalancer = part.loadBalancer?.ip === undefined ? null : part.loadBalancer;
  const opensDoors = card.ports.some((port) => port.nodePort !== undefined);
  if (opensDoors) {
    const nodesServing = new Set(
      [...pods].map(([pod, gets]) => (gets ? topology.nodeOfPod.get(pod) : undefined)),
    );
    for (const door of topology.doors) {
      const healthy = !card.externalLocal || door.count > 1 || nodesServing.has(door.node);
      if (loadBalancer) add(loadBalancer.id, door.id, "traffic", !healthy || !door.nodeUp);
      add(door.id, card.id, "traffic", !healthy);
    }
  } else if (loadBalancer) add(loadBalancer.id, card.id, "traffic", false);
  // A headless Service only answers names; packets go to its pods without it.
  const kind = card.headless ? "lookup" : "traffic";
  for (const [pod, gets] of pods) {
    const to = topology.cardOfPod.get(pod);
    if (to) add(card.id, to, kind, !gets);
  }
  if (target) add(card.id, target.id, target.externalName ? "lookup" : "traffic", false);
}

/** A place id or card id to the cards that show it: a node's door if it has one, an Ingress place to all Ingresses. */
export function cardsOfTarget(target: string, topology: Topology): CardId[] {
  if (target.startsWith("node/")) {
    const name = target.slice("node/".length);
    const door = topology.doors.find((card) => card.node === name || card.id === DOOR_STACK);
    return [door?.id ?? target];
  }
  if (target === "ingress") return topology.ingresses.map((card) => card.id).slice(0, 1);
  if (target.startsWith("pod/")) return [topology.cardOfPod.get(target.slice("pod/".length)) ?? target];
  if (target.startsWith("internet/")) return targetsWithAddress(target.slice("internet/".length), topology);
  return [target];
}

/** Cards of targets outside at an address: those that list it, else an external name, whose address only DNS knows. */
function targetsWithAddress(ip: string, topology: Topology): CardId[] {
  const targets = topology.services.flatMap((part) => part.target ?? []);
  const listed = targets.filter((target) => target.addresses.includes(ip));
  const found = listed.length > 0 ? listed : targets.filter((target) => target.externalName);
  return found.map((target) => target.id).slice(0, 1);
}

/** All cards in the order in which a reader meets them: lane by lane, nodes before their pods. */
export function cardsOf(topology: Topology): Card[] {
  return [
    ...topology.clients.map((part) => part.card),
    ...topology.services.flatMap((part) => part.loadBalancer ?? []),
    ...topology.doors,
    ...topology.ingresses,
    ...topology.services.map((part) => part.card),
    ...topology.nodes,
    ...topology.pods,
    ...topology.groups,
    ...topology.services.flatMap((part) => part.target ?? []),
  ];
}
