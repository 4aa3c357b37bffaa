// ip, ifconfig, ss and netstat: the pod's addresses and the sockets that listen in its network namespace.
import { defineCommand, type CommandContext } from "./command.ts";

export const ip = defineCommand({
  name: "ip",
  run(context) {
    const [object = "addr"] = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    const address = context.context.network.ipOf(context.host);
    const gateway = address.replace(/\.\d+$/, ".1");
    if (/^a(d(dr(ess)?)?)?$/.test(object)) {
      context.out(
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n",
      );
      context.out(
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n",
      );
      context.out(
        "2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n",
      );
      context.out(
        `    link/ether ${hardwareAddress(address)} brd ff:ff:ff:ff:ff:ff link-netnsid 0\n    inet ${address}/24 brd ${address.replace(/\.\d+$/, ".255")} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
      );
    } else if (/^r(o(ute)?)?$/.test(object)) {
      context.out(
        `default via ${gateway} dev eth0 \n${address.replace(/\.\d+$/, ".0")}/24 via ${gateway} dev eth0 src ${address} \n`,
      );
    } else {
      context.err(`Object "${object}" is unknown, try "ip help".\n`);
      return { exit: 1 };
    }
    return { exit: 0 };
  },
});

function hardwareAddress(address: string): string {
  return ["0a", "58", ...address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"))].join(
    ":",
  );
}

export const ifconfig = defineCommand({
  name: "ifconfig",
  run(context) {
    const address = context.context.network.ipOf(context.host);
    context.out(
      `eth0      Link encap:Ethernet  HWaddr ${hardwareAddress(address).toUpperCase()}  \n          inet addr:${address}  Bcast:${address.replace(/\.\d+$/, ".255")}  Mask:255.255.255.0\n\n`,
    );
    context.out("lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n\n");
    return { exit: 0 };
  },
});

function listeners(
  context: CommandContext,
): { address: string; port: number; protocol: string; process: string }[] {
  return [...context.context.network.listeners(context.host)].sort((a, b) => a.port - b.port);
}

export const netstat = defineCommand({
  name: "netstat",
  run(context) {
    const programs = context.argv.slice(1).join("").includes("p");
    context.out("Active Internet connections (only servers)\n");
    context.out(
      `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${programs ? "PID/Program name    " : ""}\n`,
    );
    for (const { address, port, protocol, process } of listeners(context)) {
      const local = `${address}:${port}`.padEnd(23);
      const state = protocol === "TCP" ? "LISTEN" : "";
      const program = programs ? `1/${process.split(" ")[0]}` : "";
      context.out(
        `${protocol.toLowerCase().padEnd(5)} ${"0".padStart(6)} ${"0".padStart(6)} ${local} ${"0.0.0.0:*".padEnd(23)} ${state.padEnd(11)} ${program}\n`,
      );
    }
    return { exit: 0 };
  },
});

export const ss = defineCommand({
  name: "ss",
  run(context) {
    const flags = context.argv.slice(1).join("");
    context.out("Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n");
    for (const { address, port, protocol, process } of listeners(context)) {
      const udp = protocol !== "TCP";
      if (
        (udp && flags.includes("t") && !flags.includes("u")) ||
        (!udp && flags.includes("u") && !flags.includes("t"))
      )
        continue;
      const users = flags.includes("p") ? ` users:(("${process.split(" ")[0]}",pid=1,fd=3))` : "";
      context.out(
        `${udp ? "udp   UNCONN" : "tcp   LISTEN"} 0      511    ${`${address}:${port}`.padStart(18)} 0.0.0.0:*        ${users}\n`,
      );
    }
    return { exit: 0 };
  },
});
