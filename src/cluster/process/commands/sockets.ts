// ss and netstat: the sockets of the host's network namespace, those that listen and those that are connected.
import type { OpenConnection } from "../../network/types.ts";
import { defineCommand, type CommandContext } from "./command.ts";
import { routingTable } from "./ip.ts";
import { serviceOf } from "./services.ts";

interface Row {
  protocol: "tcp" | "udp";
  state: "LISTEN" | "ESTAB" | "UNCONN";
  local: string;
  peer: string;
  /** Name and pid where the process is one of this container's. */
  owner?: { name: string; pid: number };
}

function rowsOf(context: CommandContext): Row[] {
  const { network } = context.context;
  const processes = context.processes();
  const ownerOf = (pid: unknown, container: unknown): Row["owner"] => {
    const found = container === context.container ? processes.find((row) => row.pid === pid) : undefined;
    return found && { name: (found.argv[0] ?? "").split("/").at(-1)!, pid: found.pid };
  };
  const listening = network.listeners(context.host).map(({ address, port, protocol, owner }): Row => {
    const { pid, container } = (owner.data ?? {}) as { pid?: number; container?: string };
    const mine = ownerOf(pid, container);
    const isTcp = protocol === "TCP";
    return {
      protocol: isTcp ? "tcp" : "udp",
      state: isTcp ? "LISTEN" : "UNCONN",
      local: `${address}:${port}`,
      peer: "0.0.0.0:*",
      ...(mine ? { owner: mine } : {}),
    };
  });
  const open = network.connections(context.host).map(({ local, peer }: OpenConnection): Row => {
    return { protocol: "tcp", state: "ESTAB", local, peer };
  });
  const port = ({ local }: Row): number => Number(local.split(":")[1]);
  return [...listening.sort((a, b) => port(a) - port(b)), ...open];
}

/** Which rows the letters of the command's options ask for; without -l and -a what is connected. */
function chosen(context: CommandContext, letters: string): Row[] {
  const both = letters.includes("t") === letters.includes("u");
  return rowsOf(context).filter(({ protocol, state }) => {
    if (!both && !letters.includes(protocol === "tcp" ? "t" : "u")) return false;
    if (letters.includes("a")) return true;
    return (state !== "ESTAB") === letters.includes("l");
  });
}

const lettersOf = ({ argv }: CommandContext): string =>
  argv
    .slice(1)
    .map((word) => {
      const long = /^--(tcp|udp|listening|all|numeric|processes|summary|route)$/.exec(word)?.[1];
      return long === undefined ? word.replace(/^-/, "") : long[0];
    })
    .join("");

function named(address: string, numeric: boolean): string {
  const port = address.split(":")[1] ?? "";
  const service = numeric ? undefined : serviceOf(port);
  return service === undefined ? address : address.replace(/:\d+$/, `:${service}`);
}

export const netstat = defineCommand({
  name: "netstat",
  run(context) {
    const letters = lettersOf(context);
    if (letters.includes("r")) {
      context.out(routingTable(context, "  MSS Window  irtt", "    0 0          0"));
      return { exit: 0 };
    }
    const programs = letters.includes("p");
    const numeric = letters.includes("n");
    const which = letters.includes("a")
      ? "servers and established"
      : letters.includes("l")
        ? "only servers"
        : "w/o servers";
    context.out(`Active Internet connections (${which})\n`);
    context.out(
      `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${programs ? "PID/Program name    " : ""}\n`,
    );
    const states = { LISTEN: "LISTEN", ESTAB: "ESTABLISHED", UNCONN: "" };
    for (const { protocol, state, local, peer, owner } of chosen(context, letters)) {
      const program = owner ? `${owner.pid}/${owner.name}` : "-";
      const addresses = [named(local, numeric), named(peer, numeric)]
        .map((text) => text.padEnd(23))
        .join(" ");
      const last = programs ? program.padEnd(20) : "";
      context.out(`${protocol.padEnd(5)}      0      0 ${addresses} ${states[state].padEnd(11)} ${last}\n`);
    }
    return { exit: 0 };
  },
});

export const ss = defineCommand({
  name: "ss",
  run(context) {
    const letters = lettersOf(context);
    if (letters.includes("s")) return summary(context);
    const numeric = letters.includes("n");
    const oneKind = letters.includes("t") !== letters.includes("u");
    const table = chosen(context, letters).map(({ protocol, state, local, peer, owner }) => {
      const [a, b] = [named(local, numeric), named(peer, numeric)];
      const users = letters.includes("p") && owner ? `users:(("${owner.name}",pid=${owner.pid},fd=3))` : "";
      const queue = state === "LISTEN" ? "511" : "0";
      return [...(oneKind ? [] : [protocol]), state, "0", queue, a, b, users];
    });
    const headings = ["State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port", "Process"];
    const rows = [[...(oneKind ? [] : ["Netid"]), ...headings], ...table];
    const last = rows[0]!.length - 1;
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    for (const row of rows) {
      const cells = row.map((cell, column) => {
        // Addresses meet their column's heading at the colon: aligned to the right.
        if (column === last) return cell;
        return column >= last - 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
      });
      context.out(`${cells.join(" ")}\n`);
    }
    return { exit: 0 };
  },
});

function summary(context: CommandContext): { exit: number } {
  const rows = rowsOf(context);
  const count = (protocol: Row["protocol"], state?: Row["state"]): number =>
    rows.filter((row) => row.protocol === protocol && (state === undefined || row.state === state)).length;
  const [tcp, udp] = [count("tcp"), count("udp")];
  context.out(
    `Total: ${tcp + udp}\nTCP:   ${tcp} (estab ${count("tcp", "ESTAB")}, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\n${"RAW".padEnd(10)}0         0         0        \n${"UDP".padEnd(10)}${String(udp).padEnd(10)}${String(udp).padEnd(10)}0        \n${"TCP".padEnd(10)}${String(tcp).padEnd(10)}${String(tcp).padEnd(10)}0        \n${"INET".padEnd(10)}${String(tcp + udp).padEnd(10)}${String(tcp + udp).padEnd(10)}0        \n${"FRAG".padEnd(10)}0         0         0        \n\n`,
  );
  return { exit: 0 };
}
