// The network interfaces and routes of a host, as ip, ifconfig, route and arp print them: a pod has eth0 behind its
// node's gateway, a node its own network and the bridge of its pods.
// Simplified: interface numbers, and what is not an address, are the same everywhere.
import { WORLD } from "../../settings.ts";
import type { CommandContext } from "./command.ts";

export interface Interface {
  index: number;
  name: string;
  /** With what it is the other end of: "eth0@if7". */
  title: string;
  address: string;
  prefix: number;
  mac: string;
}

export interface Route {
  to: string;
  via?: string;
  device: string;
  /** What ip prints after the device. */
  rest: string;
}

export function interfacesOf({ context, host }: CommandContext): Interface[] {
  const address = context.network.ipOf(host);
  const loopback = {
    index: 1,
    name: "lo",
    title: "lo",
    address: "127.0.0.1",
    prefix: 8,
    mac: "00:00:00:00:00:00",
  };
  const isPod = host.startsWith("pod:");
  const card = {
    index: 2,
    name: "eth0",
    title: isPod ? "eth0@if7" : "eth0",
    address,
    prefix: 24,
    mac: hardwareAddress(address),
  };
  const node = nodeNumber(host);
  if (node === undefined) return [loopback, card];
  const gateway = WORLD.nodePodGateway(node);
  const mac = hardwareAddress(gateway);
  return [loopback, card, { index: 3, name: "cni0", title: "cni0", address: gateway, prefix: 24, mac }];
}

function nodeNumber(host: string): number | undefined {
  const number = /^node:node-(\d+)$/.exec(host)?.[1];
  return number === undefined ? undefined : Number(number);
}

export function hardwareAddress(address: string): string {
  const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return ["0a", "58", ...bytes].join(":");
}

export function networkOf(address: string): string {
  return address.replace(/\.\d+$/, ".0");
}

export function gatewayOf(address: string): string {
  return address.replace(/\.\d+$/, ".1");
}

export function routesOf(command: CommandContext): Route[] {
  const { context, host } = command;
  const address = context.network.ipOf(host);
  const gateway = gatewayOf(address);
  const first: Route = { to: "default", via: gateway, device: "eth0", rest: "" };
  if (host.startsWith("pod:")) {
    return [
      first,
      { to: `${networkOf(address)}/24`, via: gateway, device: "eth0", rest: `src ${address} ` },
      { to: gateway, device: "eth0", rest: `scope link src ${address} ` },
    ];
  }
  const own: Route = {
    to: `${networkOf(address)}/24`,
    device: "eth0",
    rest: `proto kernel scope link src ${address} `,
  };
  const node = nodeNumber(host);
  if (node === undefined) return [first, own];
  const pods = Array.from({ length: context.settings.nodeCount }, (_, index): Route => {
    const to = WORLD.podCidr(index + 1);
    if (index + 1 !== node) return { to, via: WORLD.nodeInternalIp(index + 1), device: "eth0", rest: "" };
    return { to, device: "cni0", rest: `proto kernel scope link src ${WORLD.nodePodGateway(node)} ` };
  });
  return [first, ...pods, own];
}
