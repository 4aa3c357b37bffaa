// Answers measured against what CoreDNS 1.13 with kubeadm's Corefile says.
import { expect, test } from "vitest";
import { lab, type Lab } from "../clients/testing/lab.ts";
import { endpoint, service, slice } from "../clients/testing/objects.ts";
import {
  answerSize,
  decodeAnswer,
  encodeQuery,
  reverseName,
  type DnsAnswer,
  type RecordType,
} from "./message.ts";
import type { Socket } from "../network/state.ts";
import type { DatagramAnswer } from "../network/types.ts";
import type { DnsState } from "./state.ts";

function query(made: Lab, name: string, type: RecordType = "A"): DnsAnswer {
  const payload = encodeQuery({ id: 7, name, type, recursion: true });
  const answer = made.ask((replyTo) =>
    made.context.network.datagram({
      from: "pod:client",
      to: { ip: "10.96.0.10", port: 53 },
      payload,
      latency: "real",
      replyTo,
    }),
  ) as unknown as DatagramAnswer;
  if (answer.outcome !== "answer") throw new Error(answer.outcome);
  return decodeAnswer(answer.payload)!;
}

/** "RCODE: records", or "RCODE, SOA zone" where there are none. */
function short(made: Lab, name: string, type: RecordType = "A"): string {
  const { rcode, answer, authority } = query(made, name, type);
  if (answer.length > 0)
    return `${rcode}: ${answer.map((record) => `${record.type} ${record.data}`).join(", ")}`;
  return `${rcode}, ${authority.map((record) => `${record.type} ${record.name}`).join(", ")}`;
}

const http = { name: "http", protocol: "TCP", port: 80, targetPort: 8080 } as const;

function world(): Lab {
  const made = lab();
  made.put(service("web", { clusterIP: "10.96.57.172", ports: [http] }));
  made.put(service("two", { clusterIP: "10.96.57.2", ports: [http, { ...http, name: "admin", port: 81 }] }));
  made.put(service("each", { clusterIP: "None", ports: [http] }));
  const endpoints = [
    endpoint("10.244.1.104", "one", { hostname: "first" }),
    endpoint("10.244.2.120", "two"),
    endpoint("10.244.3.9", "three", { conditions: { ready: false, serving: false, terminating: false } }),
  ];
  made.put(slice("each", endpoints, [{ name: "http", protocol: "TCP", port: 8080 }]));
  made.put(slice("web", [endpoint("10.244.2.120", "two")], [{ name: "http", protocol: "TCP", port: 8080 }]));
  made.run(1000);
  return made;
}

test("DNS-1: a Service's name is its cluster IP for 30 s; the answer is authoritative and offers no recursion", () => {
  const answer = query(world(), "web.default.svc.cluster.local.");
  expect(answer).toEqual({
    id: 7,
    flags: { aa: true, rd: true, ra: false },
    rcode: "NOERROR",
    question: { name: "web.default.svc.cluster.local.", type: "A" },
    answer: [{ name: "web.default.svc.cluster.local.", ttl: 30, type: "A", data: "10.96.57.172" }],
    authority: [],
    additional: [],
  });
});

test("DNS-2: other types of a name that exists are answered empty with the zone's SOA, missing names with NXDOMAIN", () => {
  const made = world();
  for (const type of ["AAAA", "CNAME", "TXT", "MX"] as const) {
    expect(short(made, "web.default.svc.cluster.local.", type)).toBe("NOERROR, SOA cluster.local.");
  }
  const existing = [
    "default.svc.cluster.local.",
    "svc.cluster.local.",
    "pod.cluster.local.",
    "cluster.local.",
  ];
  for (const name of existing) expect(short(made, name)).toBe("NOERROR, SOA cluster.local.");
  const missing = [
    "nowhere.svc.cluster.local.",
    "x.default.svc.cluster.local.",
    "web.cluster.local.",
    "*.default.svc.cluster.local.",
  ];
  for (const name of missing) expect(short(made, name)).toBe("NXDOMAIN, SOA cluster.local.");
  expect(query(made, "nowhere.svc.cluster.local.").authority).toEqual([
    {
      name: "cluster.local.",
      ttl: 30,
      type: "SOA",
      data: "ns.dns.cluster.local. hostmaster.cluster.local. 1772442002 7200 1800 86400 30",
    },
  ]);
});

test("DNS-3: a headless Service is one record a ready endpoint, NXDOMAIN without any", () => {
  const made = world();
  const { answer } = query(made, "each.default.svc.cluster.local.");
  expect(answer.map(({ data }) => data).sort()).toEqual(["10.244.1.104", "10.244.2.120"]);
  made.put(slice("each", []));
  made.run(100);
  expect(short(made, "each.default.svc.cluster.local.")).toBe("NXDOMAIN, SOA cluster.local.");
  expect(short(made, "each.default.svc.cluster.local.", "AAAA")).toBe("NXDOMAIN, SOA cluster.local.");
});

test("DNS-4: the order of several records changes from answer to answer", () => {
  const made = world();
  const orders = Array.from({ length: 30 }, () => short(made, "each.default.svc.cluster.local."));
  expect([...new Set(orders)].sort()).toEqual([
    "NOERROR: A 10.244.1.104, A 10.244.2.120",
    "NOERROR: A 10.244.2.120, A 10.244.1.104",
  ]);
});

test("DNS-5: single endpoints by host name and by dashed address, of any Service", () => {
  const made = world();
  expect(short(made, "first.each.default.svc.cluster.local.")).toBe("NOERROR: A 10.244.1.104");
  expect(short(made, "10-244-2-120.each.default.svc.cluster.local.")).toBe("NOERROR: A 10.244.2.120");
  expect(short(made, "10-244-2-120.web.default.svc.cluster.local.")).toBe("NOERROR: A 10.244.2.120");
  for (const name of ["10-244-1-104.each", "one.each", "10-244-3-9.each"]) {
    expect(short(made, `${name}.default.svc.cluster.local.`)).toBe("NXDOMAIN, SOA cluster.local.");
  }
});

test("DNS-6: SRV shares 100 among what the name means, with the targets' addresses beside", () => {
  const made = world();
  expect(query(made, "web.default.svc.cluster.local.", "SRV")).toMatchObject({
    answer: [{ type: "SRV", data: "0 100 80 web.default.svc.cluster.local." }],
    additional: [{ name: "web.default.svc.cluster.local.", ttl: 30, type: "A", data: "10.96.57.172" }],
  });
  expect(short(made, "_http._tcp.each.default.svc.cluster.local.", "SRV")).toBe(
    "NOERROR: SRV 0 50 8080 first.each.default.svc.cluster.local., SRV 0 50 8080 10-244-2-120.each.default.svc.cluster.local.",
  );
  expect(short(made, "two.default.svc.cluster.local.", "SRV")).toBe(
    "NOERROR: SRV 0 50 80 two.default.svc.cluster.local., SRV 0 50 81 two.default.svc.cluster.local.",
  );
  expect(short(made, "_admin._tcp.two.default.svc.cluster.local.", "SRV")).toBe(
    "NOERROR: SRV 0 100 81 two.default.svc.cluster.local.",
  );
  expect(short(made, "_nope._tcp.two.default.svc.cluster.local.", "SRV")).toBe(
    "NXDOMAIN, SOA cluster.local.",
  );
  expect(short(made, "_http._udp.two.default.svc.cluster.local.", "SRV")).toBe(
    "NXDOMAIN, SOA cluster.local.",
  );
});

test("DNS-7: ExternalName is a CNAME and what its target answers; an address for a name is NXDOMAIN", () => {
  const made = world();
  const alias = (name: string, externalName: string): void =>
    made.put({ ...service(name, { type: "ExternalName", externalName }) });
  alias("out", "api.somecompany.com");
  alias("inner", "web.default.svc.cluster.local");
  alias("lost", "gone.default.svc.cluster.local");
  alias("unknown", "nobody.example.org");
  alias("number", "198.51.100.80");
  made.run(100);
  expect(query(made, "out.default.svc.cluster.local.").answer).toEqual([
    { name: "out.default.svc.cluster.local.", ttl: 30, type: "CNAME", data: "api.somecompany.com." },
    { name: "api.somecompany.com.", ttl: 30, type: "A", data: "198.51.100.81" },
  ]);
  expect(short(made, "out.default.svc.cluster.local.", "AAAA")).toBe("NOERROR: CNAME api.somecompany.com.");
  expect(short(made, "out.default.svc.cluster.local.", "CNAME")).toBe("NOERROR: CNAME api.somecompany.com.");
  expect(query(made, "inner.default.svc.cluster.local.").answer).toEqual([
    {
      name: "inner.default.svc.cluster.local.",
      ttl: 30,
      type: "CNAME",
      data: "web.default.svc.cluster.local.",
    },
    { name: "web.default.svc.cluster.local.", ttl: 30, type: "A", data: "10.96.57.172" },
  ]);
  expect(short(made, "lost.default.svc.cluster.local.")).toBe("NOERROR, SOA cluster.local.");
  expect(short(made, "unknown.default.svc.cluster.local.")).toBe("NOERROR: CNAME nobody.example.org.");
  expect(short(made, "number.default.svc.cluster.local.")).toBe("NXDOMAIN, SOA cluster.local.");
});

test("DNS-8: reverse names are the Service's, else one for each Service of the endpoint, else the outside's", () => {
  const made = world();
  expect(short(made, reverseName("10.96.57.172"), "PTR")).toBe("NOERROR: PTR web.default.svc.cluster.local.");
  expect(short(made, reverseName("10.96.0.10"), "PTR")).toBe(
    "NOERROR: PTR kube-dns.kube-system.svc.cluster.local.",
  );
  expect(short(made, reverseName("10.244.1.104"), "PTR")).toBe(
    "NOERROR: PTR first.each.default.svc.cluster.local.",
  );
  expect(short(made, reverseName("10.244.2.120"), "PTR")).toBe(
    "NOERROR: PTR 10-244-2-120.each.default.svc.cluster.local., PTR 10-244-2-120.web.default.svc.cluster.local.",
  );
  expect(query(made, reverseName("10.96.250.250"), "PTR")).toMatchObject({
    rcode: "NXDOMAIN",
    flags: { aa: true, rd: true, ra: false },
    authority: [
      {
        name: ".",
        ttl: 30,
        type: "SOA",
        data: "ns.example.com. hostmaster.example.com. 1 3600 600 86400 30",
      },
    ],
  });
});

test("DNS-9: any dashed address resolves in the pod zone of a namespace that exists", () => {
  const made = world();
  expect(short(made, "1-2-3-4.default.pod.cluster.local.")).toBe("NOERROR: A 1.2.3.4");
  for (const name of ["1-2-3-4.nowhere", "web.default"]) {
    expect(short(made, `${name}.pod.cluster.local.`)).toBe("NXDOMAIN, SOA cluster.local.");
  }
});

test("DNS-10: names outside the cluster are asked outside", () => {
  const made = world();
  expect(short(made, "example.com.")).toBe("NOERROR: A 198.51.100.80");
  expect(short(made, "example.com.", "AAAA")).toBe("NOERROR, SOA .");
  expect(short(made, "kubernetes.")).toBe("NXDOMAIN, SOA .");
});

test("DNS-10: answers from outside are kept for 30 s, and say for how long they still are", () => {
  const made = world();
  const ttls = (name: string): number[] => {
    const { answer, authority } = query(made, name);
    return [...answer, ...authority].map(({ ttl }) => ttl);
  };
  expect([ttls("example.com."), ttls("kubernetes.")]).toEqual([[30], [30]]);
  // Nobody answers outside any more.
  const listeners = made.context.network.listeners("internet:198.51.100.53") as readonly Socket[];
  for (const { id } of listeners) made.context.network.close(id);
  expect(query(made, "www.example.com.").rcode).toBe("SERVFAIL");
  made.run(12_300);
  expect([ttls("Example.COM."), ttls("kubernetes.")]).toEqual([[18], [18]]);
  expect(query(made, "example.com.", "AAAA").rcode).toBe("SERVFAIL");
  made.run(18_000);
  expect(query(made, "example.com.").rcode).toBe("SERVFAIL");
});

test("DNS-10: of very many answers from outside the oldest go", () => {
  const made = world();
  for (let index = 0; index < 10_000; index++) query(made, `${index}.example.org.`);
  const { cache } = made.machine.enter<DnsState>("dns").state;
  expect([cache.size, cache.has("15.example.org. A"), cache.has("16.example.org. A")]).toEqual([
    9984,
    false,
    true,
  ]);
});

test("DNS-11: changes show in tens of milliseconds; nothing of the cluster's is cached", () => {
  const made = world();
  made.remove("Service", "default", "web");
  made.run(30);
  expect(short(made, "web.default.svc.cluster.local.")).toBe("NXDOMAIN, SOA cluster.local.");
  made.put(service("web", { clusterIP: "10.96.77.77" }));
  made.run(30);
  expect(short(made, "web.default.svc.cluster.local.")).toBe("NOERROR: A 10.96.77.77");
});

test("DNS-12: the zone's own records", () => {
  const made = world();
  expect(short(made, "cluster.local.", "NS")).toBe("NOERROR: NS kube-dns.kube-system.svc.cluster.local.");
  expect(short(made, "cluster.local.", "SOA")).toBe(
    "NOERROR: SOA ns.dns.cluster.local. hostmaster.cluster.local. 1772442002 7200 1800 86400 30",
  );
  expect(short(made, "dns-version.cluster.local.", "TXT")).toBe('NOERROR: TXT "1.1.0"');
  expect(short(made, "ns.dns.cluster.local.")).toBe("NOERROR: A 10.96.0.10");
});

test("DNS-13: TCP carries the same answers", () => {
  const made = world();
  const body = encodeQuery({ id: 7, name: "web.default.svc.cluster.local.", type: "A", recursion: true });
  const answer = made.call("http://10.96.0.10:53/", { method: "POST", body });
  expect(answer.ok && decodeAnswer(answer.body)).toEqual(query(made, "web.default.svc.cluster.local."));
});

test("DNS-14: without a running CoreDNS pod nobody answers", () => {
  const made = world();
  made.remove("Pod", "kube-system", "coredns");
  made.run(100);
  expect(() => query(made, "web.default.svc.cluster.local.")).toThrow("refused");
});

test("DNS-15: messages are as long as CoreDNS' own", () => {
  const name = "kubia.t-wire-dns-record-types.svc.cluster.local.";
  const base = {
    id: 1,
    flags: { aa: true, rd: true, ra: false },
    edns: { udp: 1232, cookie: "627c890e26d0bc3b" },
  };
  const a = { name, ttl: 30, type: "A" as const, data: "10.96.57.172" };
  const question = { name, type: "A" as const };
  const none = { answer: [], authority: [], additional: [] };
  expect(answerSize({ ...base, ...none, rcode: "NOERROR", question, answer: [a] })).toBe(151);
  const data = "ns.dns.cluster.local. hostmaster.cluster.local. 1795490662 7200 1800 86400 30";
  const soa = { name: "cluster.local.", ttl: 30, type: "SOA" as const, data };
  expect(answerSize({ ...base, ...none, rcode: "NOERROR", question, authority: [soa] })).toBe(181);
  const srv = { name, ttl: 30, type: "SRV" as const, data: `0 100 80 ${name}` };
  expect(answerSize({ ...base, ...none, rcode: "NOERROR", question, answer: [srv], additional: [a] })).toBe(
    265,
  );
});
