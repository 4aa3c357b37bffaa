// The component "ingress-controller": ingress-nginx with its front at an address of its own. It follows Ingresses of
// its class, configures itself, writes its address into their status, and passes requests on to pods.
import { followSlice } from "#api/endpointslice/by-service";
import type { Ingress } from "#api/ingress/types";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import { WORLD } from "../settings.ts";
import { FAKE_CERTIFICATE } from "./certificates.ts";
import { onAnswer, onRequest } from "./proxy.ts";
import type { IngressState } from "./state.ts";
import { makeTable } from "./table.ts";

const CONTROLLER = "k8s.io/ingress-nginx";
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const ANNOTATED_CLASS = "nginx";
const COMPONENT = "nginx-ingress-controller";
/** How long a change takes until nginx works by it. */
const SYNC_DELAY_MS = 300;

export const ingressController = defineComponent<IngressState>({
  name: "ingress-controller",
  start: (context) => {
    const state: IngressState = {
      ingresses: new Map(),
      classes: new Map(),
      services: new Map(),
      secrets: new Map(),
      slices: new Map(),
      table: { servers: new Map() },
      turns: new Map(),
      nextId: 1,
      proxied: new Map(),
    };
    if (context.settings.ingressController) openFront(context, state);
    return state;
  },
  watches: ["Ingress", "IngressClass", "Service", "EndpointSlice", "Secret"],
  watchDelayMs: () => SYNC_DELAY_MS,
  onChanges: (context, state, changes) => {
    if (!context.settings.ingressController) return;
    let rules = false;
    for (const change of changes) rules = follow(state, change) || rules;
    if (rules) sync(context, state, changes);
  },
  timers: { request: onRequest, answer: onAnswer },
});

function openFront(context: Context, state: IngressState): void {
  const basics = { host: "ingress", address: "0.0.0.0", protocol: "TCP" as const, process: "nginx" };
  const owner = (secure: boolean) => ({ to: "ingress-controller", what: "request", data: { secure } });
  context.network.listen({ ...basics, port: 80, owner: owner(false) });
  const secure = context.network.listen({ ...basics, port: 443, owner: owner(true), tls: FAKE_CERTIFICATE });
  if (secure.ok) state.secureListener = secure.id;
  const searches = ["ingress-nginx.svc.cluster.local", "svc.cluster.local", "cluster.local"];
  const resolver = {
    nameservers: [WORLD.clusterDnsIp],
    searches,
    ndots: 5,
    hosts: { localhost: "127.0.0.1" },
  };
  context.network.setResolver("ingress", resolver);
}

/** Whether the change touches the rules; endpoints are looked up at each request. */
function follow(state: IngressState, change: Change): boolean {
  const { metadata } = change.object;
  const key = `${metadata.namespace ?? ""}/${metadata.name}`;
  const gone = change.type === "DELETED";
  if (isKind(change, "Ingress")) return put(state.ingresses, key, change.object, gone);
  if (isKind(change, "IngressClass")) return put(state.classes, metadata.name, change.object, gone);
  if (isKind(change, "Secret")) {
    if (change.object.type !== "kubernetes.io/tls" && !state.secrets.has(key)) return false;
    return put(state.secrets, key, change.object, gone);
  }
  if (isKind(change, "Service")) put(state.services, key, change.object, gone);
  if (isKind(change, "EndpointSlice")) followSlice(state.slices, change);
  return false;
}

function put<T>(map: Map<string, T>, key: string, object: T, gone: boolean): true {
  if (gone) map.delete(key);
  else map.set(key, object);
  return true;
}

/** An Ingress is this controller's by its class, or by the older annotation. */
function isOurs(state: IngressState, { metadata, spec }: Ingress): boolean {
  const annotated = metadata.annotations?.[CLASS_ANNOTATION];
  if (annotated) return annotated === ANNOTATED_CLASS;
  // Without a class it is nobody's: the default class is written into it when it is created.
  if (spec.ingressClassName === undefined) return false;
  return state.classes.get(spec.ingressClassName)?.spec.controller === CONTROLLER;
}

function sync(context: Context, state: IngressState, changes: readonly Change[]): void {
  const ours = [...state.ingresses.values()].filter((ingress) => isOurs(state, ingress)).sort(byAge);
  state.table = makeTable(ours, state.secrets);
  const byName = [...state.table.servers.values()].flatMap(({ host, certificate }) =>
    certificate
      ? [{ ...certificate, names: [...new Set([host, ...certificate.names])].filter((name) => name !== "") }]
      : [],
  );
  if (state.secureListener !== undefined) {
    context.network.setTls(state.secureListener, { ...FAKE_CERTIFICATE, byName });
  }
  for (const change of changes) {
    if (!isKind(change, "Ingress") || change.type === "DELETED" || !isOurs(state, change.object)) continue;
    context.api.recordEvent({
      involvedObject: change.object,
      type: "Normal",
      reason: "Sync",
      message: "Scheduled for sync",
      component: COMPONENT,
    });
  }
  for (const ingress of ours) writeStatus(context, ingress);
}

function byAge(a: Ingress, b: Ingress): number {
  const key = ({ metadata }: Ingress): string =>
    `${metadata.creationTimestamp} ${metadata.namespace}/${metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}

// Simplified: at once, where ingress-nginx writes addresses once a minute.
function writeStatus(context: Context, ingress: Ingress): void {
  const current = ingress.status.loadBalancer.ingress;
  if (current?.length === 1 && current[0]!.ip === WORLD.ingressIp) return;
  const latest = context.api.get("Ingress", ingress.metadata.namespace, ingress.metadata.name);
  if (!latest) return;
  context.api.updateStatus("Ingress", {
    ...latest,
    status: { ...latest.status, loadBalancer: { ingress: [{ ip: WORLD.ingressIp }] } },
  });
}
