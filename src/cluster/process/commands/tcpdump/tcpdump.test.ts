import { expect, test } from "vitest";
import { encodeAnswer, encodeQuery } from "../../../dns/message.ts";
import type { SeenPacket } from "../../../network/types.ts";
import { createLab } from "../../testing.ts";
import { parseFilter } from "./filter.ts";

const own = "10.244.1.5:40000";
const dns = "10.96.0.10:53";
const web = "10.96.0.5:80";
const at = 0.5;
const tcp = { interface: "eth0", protocol: "TCP", at, stream: 1 } as const;
const udp = { interface: "eth0", protocol: "UDP", at } as const;
const question = { name: "kubia.default.svc.cluster.local.", type: "A" } as const;
const kubia = { name: question.name, ttl: 30, type: "A", data: "10.96.0.5" } as const;
const get = "GET / HTTP/1.1\r\nHost: kubia\r\n\r\n";

const PACKETS: SeenPacket[] = [
  {
    ...udp,
    direction: "Out",
    src: own,
    dst: dns,
    length: 9,
    payload: encodeQuery({ id: 7, ...question, recursion: true }),
  },
  {
    ...udp,
    direction: "In",
    src: dns,
    dst: own,
    length: 9,
    payload: encodeAnswer({
      id: 7,
      flags: { aa: true, rd: true, ra: false },
      rcode: "NOERROR",
      question,
      answer: [kubia],
      authority: [],
      additional: [],
    }),
  },
  { ...tcp, direction: "Out", src: own, dst: web, flags: "S", seq: 5, ack: 0, length: 0 },
  {
    ...tcp,
    direction: "Out",
    src: own,
    dst: web,
    flags: "P.",
    seq: 1,
    ack: 1,
    length: get.length,
    payload: get,
  },
  { ...tcp, direction: "In", src: web, dst: own, flags: "F.", seq: 9, ack: 31, length: 0 },
  {
    ...udp,
    protocol: "ICMP",
    direction: "In",
    src: "10.244.1.1",
    dst: "10.244.1.5",
    length: 68,
    icmp: "10.96.0.7 tcp port 80 unreachable",
  },
];

function tcpdump(words: string, image = "nicolaka/netshoot"): string {
  const lab = createLab();
  let given = false;
  lab.reply = (what) => {
    if (what !== "packets" || given) return undefined;
    given = true;
    return { answer: { packets: PACKETS as never } };
  };
  const { id } = lab.run({ image, command: ["sleep", "1000000"] });
  const script = `tcpdump ${words} 2>/tmp/err >/tmp/out & sleep 1; kill $! 2>/dev/null; wait; cat /tmp/out; cat /tmp/err`;
  return lab.sh(id, script).replaceAll(/ options \[[^\]]*\],/g, "");
}

const HEAD = `tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
`;
const tail = (count: number): string => {
  const packets = `${count} packet${count === 1 ? "" : "s"}`;
  return `${packets} captured\n${packets} received by filter\n0 packets dropped by kernel\n`;
};

test("SH-10: tcpdump prints DNS, TCP with HTTP, and ICMP as version 4.99 does", () => {
  expect(tcpdump("-nn -i eth0")).toBe(
    `09:00:00.000500 IP 10.244.1.5.40000 > 10.96.0.10.53: 7+ A? kubia.default.svc.cluster.local. (49)
09:00:00.000500 IP 10.96.0.10.53 > 10.244.1.5.40000: 7*- 1/0/0 A 10.96.0.5 (96)
09:00:00.000500 IP 10.244.1.5.40000 > 10.96.0.5.80: Flags [S], seq 5, win 64240, length 0
09:00:00.000500 IP 10.244.1.5.40000 > 10.96.0.5.80: Flags [P.], seq 1:32, ack 1, win 502, length 31: HTTP: GET / HTTP/1.1
09:00:00.000500 IP 10.96.0.5.80 > 10.244.1.5.40000: Flags [F.], seq 9, ack 31, win 502, length 0
09:00:00.000500 IP 10.244.1.1 > 10.244.1.5: ICMP 10.96.0.7 tcp port 80 unreachable, length 68

${HEAD}${tail(6)}`,
  );
});

test("SH-10: tcpdump's -c, -t, -q, -A, -i any and its complaints", () => {
  expect(tcpdump("-nntc1 dst port 53")).toBe(
    `IP 10.244.1.5.40000 > 10.96.0.10.53: 7+ A? kubia.default.svc.cluster.local. (49)\n${HEAD}${tail(1)}`,
  );
  expect(tcpdump("-nntq -c 1 tcp")).toBe(`IP 10.244.1.5.40000 > 10.96.0.5.80: tcp 0\n${HEAD}${tail(1)}`);
  expect(tcpdump("-nntc 1 -i any udp and src 10.96.0.10")).toContain(
    "\neth0  In  IP 10.96.0.10.53 > 10.244.1.5.40000: 7*- 1/0/0".slice(1),
  );
  expect(tcpdump("-nntAc 1 'tcp[tcpflags] & tcp-push != 0'")).toContain(
    `HTTP: GET / HTTP/1.1\nE${".".repeat(51)}GET / HTTP/1.1\nHost: kubia\n\n\n`,
  );
  expect(tcpdump("-i eth7")).toBe("tcpdump: eth7: No such device exists\n(SIOCGIFHWADDR: No such device)\n");
  expect(tcpdump("port")).toBe("tcpdump: can't parse filter expression: syntax error\n");
});

test("SH-26: tcpdump -e shows Ethernet addresses, -X bytes and letters", () => {
  expect(tcpdump("-nnte -c 1 dst port 53")).toBe(
    `0a:58:0a:f4:01:05 > 0a:58:0a:f4:01:01, ethertype IPv4 (0x0800), length 91: 10.244.1.5.40000 > 10.96.0.10.53: 7+ A? kubia.default.svc.cluster.local. (49)\n${HEAD}${tail(1)}`,
  );
  const rows = tcpdump("-nntX -c 1 'tcp[tcpflags] & tcp-push != 0'")
    .split("\n")
    .filter((line) => line.startsWith("\t0x"));
  const bytes = rows.map((row) => row.slice(10, 51).replaceAll(" ", "")).join("");
  // The IP header with its length and its addresses, TCP's with 12 bytes of options, and the request.
  expect(bytes).toMatch(
    /^45000053[0-9a-f]{4}400040060000(0af40105)(0a600005)9c4000500000000100000001801801f6000000000101080a[0-9a-f]{16}474554202f20/,
  );
  expect(bytes.length / 2).toBe(0x53);
  expect(rows.at(-1)).toBe("\t0x0050:  0a0d 0a                                  ...");
});

test("SH-26: tcpdump -w keeps packets for -r", () => {
  expect(tcpdump("-w /tmp/f -c 2 udp; tcpdump -nnt -r /tmp/f src port 53")).toBe(
    `IP 10.96.0.10.53 > 10.244.1.5.40000: 7*- 1/0/0 A 10.96.0.5 (96)\nreading from file /tmp/f, link-type EN10MB (Ethernet), snapshot length 262144
[stderr] tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
${tail(2)}`,
  );
  expect(tcpdump("-r /etc/hostname")).toBe("tcpdump: /etc/hostname: No such file or directory\n");
});

test("SH-11: tcpdump's filters", () => {
  const shown = (expression: string): number[] => {
    const parsed = parseFilter(expression, { kubia: ["10.96.0.5"] });
    if (!parsed.ok) return [];
    return PACKETS.flatMap((packet, index) => (parsed.filter(packet) ? [index] : []));
  };
  expect(shown("")).toEqual([0, 1, 2, 3, 4, 5]);
  expect(shown("port 53")).toEqual([0, 1]);
  expect(shown("dst port 53")).toEqual([0]);
  expect(shown("src or dst port domain")).toEqual([0, 1]);
  expect(shown("port 53 or 80 and not udp")).toEqual([2, 3, 4]);
  expect(shown("port 53 or (port 80 and src host 10.96.0.5)")).toEqual([0, 1, 4]);
  expect(shown("tcp port 80 && ! dst kubia")).toEqual([4]);
  expect(shown("host 10.244.1.1")).toEqual([5]);
  expect(shown("src net 10.96.0.0/16")).toEqual([1, 4]);
  expect(shown("net 10.244.1")).toEqual([0, 1, 2, 3, 4, 5]);
  expect(shown("icmp or arp")).toEqual([5]);
  expect(shown("udp portrange 50-60")).toEqual([0, 1]);
  expect(shown("tcp[tcpflags] & (tcp-syn|tcp-fin) != 0")).toEqual([2, 4]);
  expect(shown("tcp[13] == 2")).toEqual([2]);
  expect(shown("tcp and greater 90")).toEqual([3]);
  expect(parseFilter("host nowhere", {})).toEqual({ ok: false, name: "nowhere" });
  expect(parseFilter("port 80 and", {})).toEqual({ ok: false, error: "syntax error" });
  expect(parseFilter("(port 80", {})).toEqual({ ok: false, error: "syntax error" });
});
