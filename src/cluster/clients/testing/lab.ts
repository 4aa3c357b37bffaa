// A cluster's data path without its control plane, for tests of DNS, HTTP, Ingress and clients: objects are put in by
// hand, pods answer with their name and what they see.
import type { Json } from "#base/json";
import { dns } from "../../dns/dns.ts";
import { http } from "../../http-client/http-client.ts";
import type { HttpCall, HttpResult, ResolveAnswer } from "../../http-client/types.ts";
import { ingressController } from "../../ingress-controller/ingress-controller.ts";
import { internet } from "../../internet/internet.ts";
import { kubeProxy } from "../../kube-proxy/kube-proxy.ts";
import { defineComponent, defineService, type Address, type Context } from "../../machine/component.ts";
import { createMachine, type Machine } from "../../machine/machine.ts";
import { network } from "../../network/network.ts";
import type { HttpAnswer, Incoming, Listener } from "../../network/types.ts";
import { DEFAULT_SETTINGS, WORLD, type ClusterSettings } from "../../settings.ts";
import { trace } from "../../trace/trace.ts";
import type { Journey } from "../../trace/types.ts";
import { clients } from "../clients.ts";
import { createFakeApi, type FakeApi } from "./fake-api.ts";
import * as objects from "./objects.ts";

type Answer = { [key: string]: Json };

interface AskerState {
  answers: Map<string, Answer>;
}

/** Answers by path: `/headers` what it was sent, `/silent` nothing, `/hangup`, `/reset`, `/raw/...`, else its name. */
const server = defineComponent({
  name: "server",
  start: () => ({}),
  timers: {
    request: ((context: Context, _state: unknown, data: Incoming & { name: string }) => {
      const answer = answerOf(data);
      if (answer) context.network.respond(data.exchange, answer);
    }) as never,
  },
});

function answerOf({ name, peer, request }: Incoming & { name: string }): HttpAnswer | undefined {
  if ("datagram" in request) return { datagram: name };
  if (request.path.startsWith("/silent")) return undefined;
  if (request.path === "/hangup") return { hangUp: true };
  if (request.path === "/reset") return { reset: true };
  if (request.path.startsWith("/raw/")) return { raw: decodeURIComponent(request.path.slice(5)) };
  if (request.path === "/status/500") return { status: 500, body: "broken" };
  if (request.path === "/close") return { status: 200, body: name, close: true };
  if (request.path === "/cookie")
    return { status: 200, headers: { "Set-Cookie": `seen=${name}; Path=/` }, body: name };
  if (request.path === "/headers") return { status: 200, body: JSON.stringify(request.headers) };
  return { status: 200, body: `${name} ${peer.slice(0, peer.lastIndexOf(":"))} ${request.path}` };
}

const asker = defineComponent<AskerState>({
  name: "asker",
  start: () => ({ answers: new Map() }),
  timers: {
    answer: ((_context: Context, state: AskerState, data: Answer & { key: string }) => {
      state.answers.set(data.key, data);
    }) as never,
  },
});

export interface Lab extends Pick<FakeApi, "put" | "remove" | "get" | "events"> {
  machine: Machine;
  context: Context;
  run(ms: number): void;
  /** A running pod that serves on 8080; returns its address. */
  pod(
    name: string,
    node: string,
    labels?: Record<string, string>,
    listener?: Partial<Listener> | null,
  ): string;
  removePod(name: string): void;
  ask(start: (replyTo: Address) => void): Answer;
  call(url: string, options?: Partial<HttpCall>): HttpResult;
  /** The body, or curl's words with their exit code. */
  curl(url: string, options?: Partial<HttpCall>): string;
  resolve(name: string, from?: string): ResolveAnswer;
  journey(id: number): Journey;
}

const stub = (name: string) => defineService({ name, start: () => ({}), provide: () => ({}) });

export function lab(settings: Partial<ClusterSettings> = {}): Lab {
  const api = createFakeApi();
  const machine = createMachine(
    { ...DEFAULT_SETTINGS, ...settings },
    { trace, api: api.service, network, runtime: stub("runtime"), http },
    [kubeProxy, dns, internet, ingressController, clients, server, asker],
  );
  const { context, state } = machine.enter<AskerState>("asker");
  const run = (ms: number): void => machine.runUntil(machine.state.now + ms);
  let asked = 0;
  const ask = (start: (replyTo: Address) => void): Answer => {
    const key = `q${++asked}`;
    start({ to: "asker", what: "answer", data: { key } });
    const limit = machine.state.now + 400_000;
    while (!state.answers.has(key)) {
      const next = machine.nextAt();
      if (next === undefined || next > limit) return { outcome: "silence" };
      machine.runUntil(next);
    }
    const answer = state.answers.get(key)!;
    delete answer["key"];
    return answer;
  };
  const call = (url: string, options: Partial<HttpCall> = {}): HttpResult =>
    ask((replyTo) => {
      const basics = { from: "pod:client", program: "curl", method: "GET", headers: {}, traced: true };
      context.http.call({ ...basics, url, latency: "visible", ...options, replyTo });
    }) as unknown as HttpResult;
  const made: Lab = {
    ...api,
    machine,
    context,
    run,
    ask,
    call,
    pod: (name, node, labels = {}, listener = {}) => {
      const { host, ip } = context.network.attachPod({ uid: name, namespace: "default", name, node });
      const owner = { to: "server", what: "request", data: { name } };
      const basics = { host, address: "0.0.0.0", port: 8080, process: "node app.js", owner };
      if (listener) context.network.listen({ ...basics, protocol: "TCP", ...listener });
      context.network.setResolver(host, objects.podResolver("default", name, ip));
      api.put(objects.pod(name, node, ip, labels));
      return ip;
    },
    removePod: (name) => {
      context.network.detachPod(name);
      api.remove("Pod", "default", name);
    },
    curl: (url, options) => {
      const answer = call(url, options);
      return answer.ok ? answer.body : `(${answer.exit}) ${answer.text}`;
    },
    resolve: (name, from = "pod:client") =>
      ask((replyTo) => context.http.resolve({ from, name, replyTo })) as unknown as ResolveAnswer,
    journey: (id) => context.trace.get(id)!,
  };
  startWorld(made);
  return made;
}

/** Nodes, namespaces, CoreDNS with its Service, and a pod `client`. */
function startWorld(made: Lab): void {
  for (let index = 1; index <= made.context.settings.nodeCount; index++)
    made.put(objects.node(`node-${index}`));
  for (const name of ["default", "kube-system", "shop"]) made.put(objects.namespace(name));
  if (made.context.settings.dns) {
    const labels = { "k8s-app": "kube-dns" };
    const { ip } = made.context.network.attachPod({
      uid: "coredns",
      namespace: "kube-system",
      name: "coredns",
      node: "node-1",
    });
    made.put(objects.pod("coredns", "node-1", ip, labels, "kube-system"));
    const ports = [
      { name: "dns", protocol: "UDP" as const, port: 53, targetPort: 53 },
      { name: "dns-tcp", protocol: "TCP" as const, port: 53, targetPort: 53 },
    ];
    made.put(objects.service("kube-dns", { clusterIP: WORLD.clusterDnsIp, ports }, "kube-system"));
    const dnsPorts = [
      { name: "dns", protocol: "UDP" as const, port: 53 },
      { name: "dns-tcp", protocol: "TCP" as const, port: 53 },
    ];
    made.put(objects.slice("kube-dns", [objects.endpoint(ip, "coredns")], dnsPorts, "kube-system"));
  }
  made.pod("client", "node-3", {}, null);
  made.run(2000);
}
