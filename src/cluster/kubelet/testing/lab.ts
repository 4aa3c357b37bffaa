// A cluster of kubelets, container runtime and network around a small API server, for tests of this folder.
import type { Pod, PodSpec } from "#api/pod/types";
import type { AnyObject } from "#api/kinds";
import { http } from "../../http-client/http-client.ts";
import { createMachine, type Machine } from "../../machine/machine.ts";
import type { ServiceContext } from "../../machine/component.ts";
import { network } from "../../network/network.ts";
import { runtime } from "../../process/runtime.ts";
import { DEFAULT_SETTINGS, type ClusterSettings } from "../../settings.ts";
import { trace } from "../../trace/trace.ts";
import { kubelet } from "../kubelet.ts";
import type { KubeletState } from "../state.ts";
import { createFakeApi, fakeApiService, put, type FakeApi, type NotedEvent } from "./fake-api.ts";

export interface Lab {
  machine: Machine;
  api: FakeApi;
  state: KubeletState;
  advance(ms: number): void;
  /** Writes an object as somebody else would. */
  apply(object: object): void;
  pod(name: string, spec: object, metadata?: object): void;
  get(name: string): Pod | undefined;
  remove(name: string, gracePeriodSeconds?: number): void;
  events(name: string): string[];
  eventCounts(name: string): Record<string, number>;
  /** "Running 1/1 0": phase or the waiting reason, ready containers, restarts. */
  summary(name: string): string;
  power(node: string, up: boolean): void;
}

export function createLab(settings: Partial<ClusterSettings> = {}): Lab {
  const api = createFakeApi();
  const machine = createMachine(
    { ...DEFAULT_SETTINGS, imagesPresent: true, ...settings },
    { trace, api: fakeApiService(api), network, runtime, http },
    [kubelet],
  );
  const context = machine.enter("api").context as ServiceContext;
  const lab: Lab = {
    machine,
    api,
    state: machine.enter<KubeletState>("kubelet").state,
    advance: (ms) => machine.runUntil(machine.state.now + ms),
    apply: (object) => void put(api, context, object as AnyObject),
    pod: (name, spec, metadata = {}) => lab.apply(podObject(name, spec, metadata, context.timestamp())),
    get: (name) => context.api.get("Pod", "default", name),
    remove: (name, gracePeriodSeconds = lab.get(name)?.spec.terminationGracePeriodSeconds ?? 30) =>
      void context.api.delete("Pod", "default", name, { gracePeriodSeconds }),
    events: (name) => eventsOf(api, name).map(({ type, reason, message }) => `${type} ${reason} ${message}`),
    eventCounts: (name) =>
      Object.fromEntries(eventsOf(api, name).map(({ reason, count }) => [reason, count])),
    summary: (name) => summary(lab.get(name)),
    power: (node, up) => {
      context.network.setNodeUp(node, up);
      machine.enter("kubelet").context.after(0, "nodePower", { node, up });
    },
  };
  return lab;
}

function eventsOf(api: FakeApi, name: string): NotedEvent[] {
  return api.events.filter(({ object }) => object === name);
}

function podObject(name: string, spec: object, metadata: object, timestamp: string): object {
  const given = spec as Partial<PodSpec>;
  const defaults = (container: object): object => ({
    imagePullPolicy: "IfNotPresent",
    image: "busybox:1.36",
    ...container,
  });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "default",
      uid: `uid-${name}`,
      generation: 1,
      resourceVersion: "1",
      creationTimestamp: timestamp,
      ...metadata,
    },
    spec: {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      nodeName: "node-1",
      enableServiceLinks: true,
      ...given,
      containers: (given.containers ?? []).map(defaults),
      ...(given.initContainers ? { initContainers: given.initContainers.map(defaults) } : {}),
    },
    status: { phase: "Pending", qosClass: "BestEffort" },
  };
}

function summary(pod: Pod | undefined): string {
  if (!pod) return "gone";
  const statuses = pod.status.containerStatuses ?? [];
  const first = statuses.find(({ state }) => state.waiting ?? state.terminated)?.state;
  const reason = first?.waiting?.reason ?? first?.terminated?.reason ?? pod.status.phase;
  const ready = statuses.filter((status) => status.ready).length;
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  return `${pod.status.phase} ${reason} ${ready}/${statuses.length} ${restarts}`;
}

/** A probe's numbers as the API server fills them in. */
export function probe(handler: object): object {
  return { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, ...handler };
}
