import { expect, test } from "vitest";
import { endpoint, lab, service, slice } from "./testing/lab.ts";
import type { SeenPacket } from "./types.ts";

function line({ interface: device, direction, src, dst, flags, seq, ack, length, icmp }: SeenPacket): string {
  // The two packets that begin a connection carry initial numbers that only look like chance.
  const numbers = flags?.includes("S") ? "" : ` ${seq}/${ack}`;
  const what = icmp ?? (flags === undefined ? String(length) : `${flags}${numbers} ${length}`);
  return `${device} ${direction} ${src} > ${dst} ${what}`;
}

function world() {
  const made = lab();
  const ip = made.pod("web-1", "node-1");
  made.pod("client", "node-3");
  made.put("Service", service("web", {}));
  made.put("Service", service("none", { clusterIP: "10.96.9.9" }));
  made.put("EndpointSlice", slice("web", [endpoint(ip, "web-1", "node-1")]));
  made.run(2000);
  const { answers } = made.machine.enter<{ answers: Map<string, unknown> }>("client").state;
  const watch = (host: string): void => {
    const replyTo = { to: "client", what: "answer", data: { key: host } };
    made.context.network.watchPackets({ key: host, host, replyTo });
    made.run(0);
  };
  /** All that the host saw since it was asked last. */
  const seen = (host: string): string[] => {
    made.run(100);
    const lines: string[] = [];
    for (let answer = answers.get(host); answer; answer = answers.get(host)) {
      lines.push(...(answer as { packets: SeenPacket[] }).packets.map(line));
      answers.delete(host);
      watch(host);
    }
    return lines;
  };
  return { made, watch, seen };
}

test("NET-46: whoever watches a host sees its packets with the addresses that they have there", () => {
  const { made, watch, seen } = world();
  for (const host of ["pod:client", "node:node-3", "pod:web-1"]) watch(host);
  expect(made.get("pod:client", "10.96.1.1:80")).toBe("web-1 10.244.3.2");
  const conversation = (device: string, a: string, b: string, [out, back]: [string, string]): string[] => [
    `${device} ${out} ${a} > ${b} S 0`,
    `${device} ${back} ${b} > ${a} S. 0`,
    `${device} ${out} ${a} > ${b} . 1/1 0`,
    `${device} ${out} ${a} > ${b} P. 1/1 29`,
    `${device} ${back} ${b} > ${a} . 1/30 0`,
    `${device} ${back} ${b} > ${a} P. 1/30 35`,
    `${device} ${out} ${a} > ${b} . 30/36 0`,
    `${device} ${out} ${a} > ${b} F. 30/36 0`,
    `${device} ${back} ${b} > ${a} F. 36/31 0`,
    `${device} ${out} ${a} > ${b} . 31/37 0`,
  ];
  const client = "10.244.3.2:32768";
  const pod = "10.244.1.2:8080";
  expect(seen("pod:client")).toEqual(conversation("eth0", client, "10.96.1.1:80", ["Out", "In"]));
  expect(seen("node:node-3")).toEqual(conversation("eth0", client, pod, ["Out", "In"]));
  expect(seen("pod:web-1").toSorted()).toEqual(conversation("eth0", client, pod, ["In", "Out"]).toSorted());
});

test("NET-46: refusals show as a reset of the host at the end, or as ICMP of the node whose rule refuses", () => {
  const { made, watch, seen } = world();
  watch("pod:client");
  expect(made.get("pod:client", "10.244.1.2:99")).toBe("refused");
  expect(seen("pod:client")).toEqual([
    "eth0 Out 10.244.3.2:32768 > 10.244.1.2:99 S 0",
    expect.stringMatching(/^eth0 In 10\.244\.1\.2:99 > 10\.244\.3\.2:32768 R\. 0\/\d+ 0$/),
  ]);
  expect(made.get("pod:client", "10.96.9.9:80")).toBe("refused");
  expect(made.ping("pod:client", "10.244.1.2")).toMatchObject({ outcome: "answer" });
  expect(made.send("pod:client", "10.244.1.2:77")).toMatchObject({ outcome: "refused" });
  expect(seen("pod:client")).toEqual([
    "eth0 Out 10.244.3.2:32769 > 10.96.9.9:80 S 0",
    "eth0 In 10.244.3.1 > 10.244.3.2 10.96.9.9 tcp port 80 unreachable",
    "eth0 Out 10.244.3.2 > 10.244.1.2 echo request, id 1, seq 1",
    "eth0 In 10.244.1.2 > 10.244.3.2 echo reply, id 1, seq 1",
    "eth0 Out 10.244.3.2:32770 > 10.244.1.2:77 2",
    "eth0 In 10.244.1.2 > 10.244.3.2 10.244.1.2 udp port 77 unreachable",
  ]);
});

test("NET-46: what nobody watches any more leaves nothing behind", () => {
  const { made, watch, seen } = world();
  watch("pod:client");
  made.get("pod:client", "10.96.1.1:80");
  expect(seen("pod:client")).toHaveLength(10);
  made.context.network.endWatch("pod:client");
  made.get("pod:client", "10.96.1.1:80");
  expect(seen("pod:client")).toEqual([]);
});
