// ip, ifconfig, route and arp: the host's interfaces, routes and neighbours.
import { defineCommand, type CommandContext, type Outcome } from "./command.ts";
import {
  gatewayOf,
  hardwareAddress,
  interfacesOf,
  networkOf,
  routesOf,
  type Interface,
} from "./interfaces.ts";

export const ip = defineCommand({
  name: "ip",
  run(context) {
    const flags = context.argv.slice(1).filter((word) => word.startsWith("-"));
    const words = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    const [object = "", ...rest] = words;
    const asked = rest.find((word) => !/^(show|s|sh|list|ls|l|dev|up|get|address|table|all)$/.test(word));
    const devices = interfacesOf(context).filter(({ name }) => asked === undefined || name === asked);
    if (/^(a|ad|addr|address)$/.test(object)) return addresses(context, flags, devices, asked);
    if (/^(l|li|link)$/.test(object)) return links(context, flags, devices, asked);
    if (/^(r|ro|route)$/.test(object)) return routes(context, rest);
    if (/^(n|neigh|neighbor|neighbour)$/.test(object)) {
      const gateway = gatewayOf(context.context.network.ipOf(context.host));
      context.out(`${gateway} dev eth0 lladdr ${hardwareAddress(gateway)} REACHABLE \n`);
      return { exit: 0 };
    }
    if (object === "" || object === "help") {
      context.err(
        "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neigh | route }\n       OPTIONS := { -4 | -br[ief] | -o[neline] }\n",
      );
      return { exit: object === "" ? 255 : 0 };
    }
    context.err(`Object "${object}" is unknown, try "ip help".\n`);
    return { exit: 1 };
  },
});

function missing(context: CommandContext, asked: string | undefined): Outcome {
  context.err(`Device "${asked}" does not exist.\n`);
  return { exit: 1 };
}

const isBrief = (flags: readonly string[]): boolean => flags.some((flag) => flag.startsWith("-br"));

function head({ index, name, title }: Interface): string {
  return name === "lo"
    ? `${index}: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN`
    : `${index}: ${title}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP`;
}

function hardware({ name, mac, title }: Interface): string {
  if (name === "lo") return `    link/loopback ${mac} brd ${mac}\n`;
  return `    link/ether ${mac} brd ff:ff:ff:ff:ff:ff${title.includes("@") ? " link-netnsid 0" : ""}\n`;
}

function inet({ name, address, prefix }: Interface): string {
  return name === "lo"
    ? `inet ${address}/${prefix} scope host lo`
    : `inet ${address}/${prefix} brd ${address.replace(/\.\d+$/, ".255")} scope global ${name}`;
}

const state = ({ name }: Interface): string => (name === "lo" ? "UNKNOWN" : "UP").padEnd(14);

function addresses(
  context: CommandContext,
  flags: readonly string[],
  devices: readonly Interface[],
  asked: string | undefined,
): Outcome {
  if (devices.length === 0) return missing(context, asked);
  const only = flags.includes("-4");
  const oneLine = flags.some((flag) => flag.startsWith("-o"));
  for (const device of devices) {
    const { index, name, title, address, prefix } = device;
    if (isBrief(flags)) context.out(`${title.padEnd(16)} ${state(device)} ${address}/${prefix} \n`);
    else if (oneLine)
      context.out(`${index}: ${name}    ${inet(device)}\\       valid_lft forever preferred_lft forever\n`);
    else {
      context.out(`${head(device)} group default qlen 1000\n${only ? "" : hardware(device)}`);
      context.out(`    ${inet(device)}\n       valid_lft forever preferred_lft forever\n`);
    }
  }
  return { exit: 0 };
}

function links(
  context: CommandContext,
  flags: readonly string[],
  devices: readonly Interface[],
  asked: string | undefined,
): Outcome {
  if (devices.length === 0) return missing(context, asked);
  for (const device of devices) {
    const { name, title, mac } = device;
    const marks = name === "lo" ? "<LOOPBACK,UP,LOWER_UP>" : "<BROADCAST,MULTICAST,UP,LOWER_UP>";
    if (isBrief(flags)) context.out(`${title.padEnd(16)} ${state(device)} ${mac} ${marks} \n`);
    else context.out(`${head(device)} mode DEFAULT group default qlen 1000\n${hardware(device)}`);
  }
  return { exit: 0 };
}

function routes(context: CommandContext, words: readonly string[]): Outcome {
  const at = words.indexOf("get");
  const target = at < 0 ? undefined : words[at + 1];
  const all = routesOf(context);
  if (target === undefined) {
    for (const { to, via, device, rest } of all)
      context.out(`${to} ${via === undefined ? "" : `via ${via} `}dev ${device} ${rest}\n`);
    return { exit: 0 };
  }
  const own = context.context.network.ipOf(context.host);
  if (target === own || target.startsWith("127.")) {
    context.out(`local ${target} dev lo src ${target} uid 0 \n    cache <local> \n`);
    return { exit: 0 };
  }
  const chosen =
    all
      .slice(1)
      .find(({ to }) => to === target || (to.includes("/") && networkOf(target) === to.split("/")[0])) ??
    all[0]!;
  const via = chosen.via === undefined || chosen.via === target ? "" : `via ${chosen.via} `;
  const source = /src (\S+)/.exec(chosen.rest)?.[1] ?? own;
  context.out(`${target} ${via}dev ${chosen.device} src ${source} uid 0 \n    cache \n`);
  return { exit: 0 };
}

export const ifconfig = defineCommand({
  name: "ifconfig",
  run(context) {
    const asked = context.argv.slice(1).find((word) => !word.startsWith("-"));
    const devices = interfacesOf(context).filter(({ name }) => asked === undefined || name === asked);
    if (devices.length === 0) {
      const busybox = context.flavour === "busybox";
      context.err(
        busybox
          ? `ifconfig: ${asked}: error fetching interface information: Device not found\n`
          : `${asked}: error fetching interface information: Device not found\n`,
      );
      return { exit: 1 };
    }
    // The loopback device comes last.
    for (const device of [
      ...devices.filter(({ name }) => name !== "lo"),
      ...devices.filter(({ name }) => name === "lo"),
    ])
      context.out(context.flavour === "busybox" ? oldCard(device) : card(device));
    return { exit: 0 };
  },
});

function oldCard({ name, mac, address }: Interface): string {
  const title = name.padEnd(9);
  if (name === "lo")
    return `${title} Link encap:Local Loopback  \n          inet addr:${address}  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n`;
  const broadcast = address.replace(/\.\d+$/, ".255");
  return `${title} Link encap:Ethernet  HWaddr ${mac.toUpperCase()}  \n          inet addr:${address}  Bcast:${broadcast}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n`;
}

function card({ name, mac, address }: Interface): string {
  if (name === "lo")
    return `lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet ${address}  netmask 255.0.0.0\n        loop  txqueuelen 1000  (Local Loopback)\n\n`;
  const broadcast = address.replace(/\.\d+$/, ".255");
  return `${name}: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n        inet ${address}  netmask 255.255.255.0  broadcast ${broadcast}\n        ether ${mac}  txqueuelen 0  (Ethernet)\n\n`;
}

/** What `route` and `netstat -r` print: the same routes, with other counters at the end. */
export function routingTable(context: CommandContext, headings: string, counters: string): string {
  const rows = routesOf(context).map(({ to, via, device }) => {
    const [address = "", prefix] = (to === "default" ? "0.0.0.0/0" : to).split("/");
    const mask = prefix === "0" ? "0.0.0.0" : prefix === undefined ? "255.255.255.255" : "255.255.255.0";
    const flags = `U${via === undefined ? "" : "G"}${prefix === undefined ? "H" : ""}`;
    const columns = [address, via ?? "0.0.0.0", mask].map((word) => word.padEnd(16)).join("");
    return `${columns}${flags.padEnd(5)} ${counters} ${device}\n`;
  });
  return `Kernel IP routing table\nDestination     Gateway         Genmask         Flags ${headings} Iface\n${rows.join("")}`;
}

export const route = defineCommand({
  name: "route",
  run(context) {
    context.out(routingTable(context, "Metric Ref    Use", "0      0        0"));
    return { exit: 0 };
  },
});

export const arp = defineCommand({
  name: "arp",
  run(context) {
    const gateway = gatewayOf(context.context.network.ipOf(context.host));
    const mac = hardwareAddress(gateway);
    context.out(
      context.flavour === "busybox"
        ? `? (${gateway}) at ${mac} [ether]  on eth0\n`
        : `Address                  HWtype  HWaddress           Flags Mask            Iface\n${gateway.padEnd(25)}ether   ${mac}   C                     eth0\n`,
    );
    return { exit: 0 };
  },
});
