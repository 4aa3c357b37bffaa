// The workstation's network card: what its programs ask of the network goes to the cluster as actions, and the answers
// come back to them as if the network were their own machine's.
import type { Json, JsonObject } from "#base/json";
import { defineService, type Address, type Service } from "#cluster/machine/component";
import type { HttpClient } from "#cluster/http-client/types";
import type { Network } from "#cluster/network/types";
import { takeAnswers, type WorkstationState } from "#cluster/workstation/workstation";
import { WORKSTATION, WORKSTATION_IP, type WorkstationCall } from "#cluster/workstation/types";
import type { ClusterDoor } from "./cluster-door.ts";

interface Reply {
  to: Address;
  answer: { [key: string]: Json };
}

type Ask = (call: WorkstationCall, spec: { replyTo: Address; from?: string }) => number;

export interface Bridge {
  services: { trace: Service; api: Service; network: Service; http: Service };
  /** Answers that have come, with whom they are for. */
  takeReplies(): Reply[];
  /** How many answers are still to come. */
  waiting(): number;
}

const HOST = `outside:${WORKSTATION}`;

/** `hosts` is what the workstation's /etc/hosts says. */
export function createBridge(
  door: ClusterDoor,
  nextId: () => number,
  hosts: () => Record<string, string>,
): Bridge {
  const asked = new Map<number, Address>();
  const { machine } = door.cluster;
  const ask: Ask = (call, all) => {
    const { replyTo, from: _from, ...spec } = all;
    const id = nextId();
    asked.set(id, replyTo);
    door.act({ type: "workstation", do: "call", id, call, spec: spec as unknown as JsonObject });
    return id;
  };
  const direct: Reply[] = [];
  const http = httpClient(door, ask, hosts, direct);
  const network = networkCard(door, ask, hosts, (id) => asked.delete(id));
  const provide = (name: string, api: object): Service =>
    defineService({ name, start: () => null, provide: () => api });
  return {
    services: {
      trace: provide("trace", {}),
      api: provide("api", {}),
      network: provide("network", network),
      http: provide("http", http),
    },
    takeReplies: () => {
      const replies = direct.splice(0);
      for (const { id, answer } of takeAnswers(machine.enter<WorkstationState>(WORKSTATION).state)) {
        const to = asked.get(id);
        asked.delete(id);
        if (to) replies.push({ to, answer });
      }
      return replies;
    },
    waiting: () => asked.size + direct.length,
  };
}

function httpClient(
  door: ClusterDoor,
  ask: Ask,
  hosts: () => Record<string, string>,
  direct: Reply[],
): HttpClient {
  /** Under which connections may be kept. */
  const keys = new Set<string>();
  return {
    call: (call) => {
      if (call.keepAliveKey !== undefined) keys.add(call.keepAliveKey);
      ask("http", { ...call, resolve: { ...namesOf(hosts(), call.url), ...call.resolve } } as never);
    },
    resolve: (call) => {
      const known = hosts()[call.name];
      if (known === undefined) {
        ask("resolve", call);
        return;
      }
      const answer = { outcome: "resolved", addresses: [known], name: call.name, elapsedMs: 0 };
      direct.push({ to: call.replyTo, answer });
    },
    forget: (key) => {
      if (keys.delete(key)) door.act({ type: "workstation", do: "forget", key });
    },
  };
}

function networkCard(
  door: ClusterDoor,
  ask: Ask,
  hosts: () => Record<string, string>,
  giveUp: (id: number) => void,
): Partial<Network> {
  /** By key: who watches packets, and the question that is open. */
  const watches = new Map<string, number>();
  const { network: real } = door.cluster.machine.context;
  return {
    connect: (spec) => void ask("connect", spec),
    exchange: (spec) => void ask("exchange", spec),
    datagram: (spec) => void ask("datagram", spec),
    ping: (spec) => void ask("ping", spec),
    watchPackets: (spec) => void watches.set(spec.key, ask("watchPackets", { ...spec, host: HOST } as never)),
    endWatch: (key) => {
      const id = watches.get(key);
      if (id === undefined) return;
      giveUp(id);
      watches.delete(key);
      door.act({ type: "workstation", do: "forget", key });
    },
    disconnect: (connection) => door.act({ type: "workstation", do: "disconnect", connection }),
    certificate: (connection, name) => real.certificate(connection, name),
    isOpen: (connection) => real.isOpen(connection),
    ipOf: () => WORKSTATION_IP,
    placeOf: () => ({ kind: "client", name: WORKSTATION }),
    resolverOf: () => ({ nameservers: ["198.51.100.53"], searches: [], ndots: 1, hosts: hosts() }),
    listeners: () => real.listeners(HOST),
    connections: () => real.connections(HOST),
    // Simplified: programs of the workstation do not serve anybody.
    listen: () => ({ ok: false, reason: "addressInUse" }),
    close: () => undefined,
    respond: () => undefined,
  };
}

/** curl --resolve for the names of /etc/hosts. */
function namesOf(hosts: Record<string, string>, url: string): Record<string, string> {
  const [, scheme = "http", host = "", port] =
    /^(?:(\w+):\/\/)?(?:[^@/]*@)?([^/:?#]+)(?::(\d+))?/.exec(url) ?? [];
  const address = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
  return address === undefined ? {} : { [`${host}:${port ?? (scheme === "https" ? 443 : 80)}`]: address };
}
