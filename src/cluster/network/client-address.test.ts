import { jsonWebToken } from "#base/json-web-token";
import { expect, test } from "vitest";
import { endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

/** As measured on a real cluster: web on node-1, near beside it, far on node-2. */
function world(): Lab {
  const made = lab();
  const web = made.pod("web", "node-1");
  made.pod("near", "node-1");
  made.pod("far", "node-2");
  const port = (nodePort: number) => [{ ...httpPort, nodePort }];
  const local = { externalTrafficPolicy: "Local" } as const;
  const put = (name: string, spec: Parameters<typeof service>[1], lbIp?: string): void => {
    made.put("Service", service(name, spec, lbIp));
    made.put("EndpointSlice", slice(name, [endpoint(web, "web", "node-1")]));
  };
  put("plain", { clusterIP: "10.96.0.20" });
  put("port", { type: "NodePort", clusterIP: "10.96.0.21", ports: port(30123) });
  put("port-local", { type: "NodePort", clusterIP: "10.96.0.22", ports: port(30124), ...local });
  put("lb", { type: "LoadBalancer", clusterIP: "10.96.0.23" }, "203.0.113.110");
  put("lb-local", { type: "LoadBalancer", clusterIP: "10.96.0.24", ...local }, "203.0.113.111");
  const externalIPs = ["192.168.8.12"];
  put("external", { clusterIP: "10.96.0.25", externalIPs });
  const port81 = { protocol: "TCP", port: 81, targetPort: 8080 } as const;
  put("external-local", { clusterIP: "10.96.0.26", externalIPs, ports: [port81], ...local });
  const port82 = { ...port81, port: 82 } as const;
  put("elsewhere", { clusterIP: "10.96.0.27", externalIPs: ["198.51.100.99"], ports: [port82] });
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.context.network.addOutsideHost("bob", "198.51.100.8");
  made.run(2000);
  return made;
}

const near = "10.244.1.3";
const far = "10.244.2.2";
const self = "10.244.1.2";

const CASES: [from: string, to: string, seen: string][] = [
  ["pod:near", `${self}:8080`, near],
  ["pod:far", `${self}:8080`, far],
  ["pod:near", "10.96.0.20:80", near],
  ["pod:far", "10.96.0.20:80", far],
  ["node:node-1", `${self}:8080`, "10.244.1.1"],
  ["node:node-2", `${self}:8080`, "192.168.8.12"],
  ["node:node-1", "10.96.0.20:80", "10.244.1.1"],
  ["node:node-2", "10.96.0.20:80", "192.168.8.12"],
  // hairpin
  ["pod:web", "10.96.0.20:80", "10.244.1.1"],
  ["pod:web", `${self}:8080`, self],
  ["pod:web", "127.0.0.1:8080", "127.0.0.1"],
  ["pod:web", "192.168.8.11:30123", "10.244.1.1"],
  ["pod:web", "192.168.8.12:30123", "192.168.8.12"],
  // node ports
  ["outside:ann", "192.168.8.11:30123", "10.244.1.1"],
  ["outside:ann", "192.168.8.12:30123", "192.168.8.12"],
  ["outside:ann", "192.168.8.11:30124", "198.51.100.7"],
  ["outside:ann", "203.0.113.11:30124", "198.51.100.7"],
  ["outside:ann", "192.168.8.12:30124", "timeout"],
  ["pod:near", "192.168.8.11:30123", "10.244.1.1"],
  ["pod:near", "192.168.8.12:30123", "192.168.8.12"],
  ["pod:far", "192.168.8.11:30123", "10.244.1.1"],
  ["pod:far", "192.168.8.12:30123", "192.168.8.12"],
  ["pod:near", "192.168.8.11:30124", near],
  ["pod:near", "192.168.8.12:30124", "timeout"],
  ["pod:far", "192.168.8.11:30124", "192.168.8.12"],
  ["pod:far", "192.168.8.12:30124", far],
  ["node:node-2", "192.168.8.12:30123", "192.168.8.12"],
  ["node:node-2", "192.168.8.11:30123", "10.244.1.1"],
  ["node:node-1", "127.0.0.1:30123", "10.244.1.1"],
  ["node:node-1", "192.168.8.11:30124", "10.244.1.1"],
  ["node:node-2", "192.168.8.12:30124", "192.168.8.12"],
  // load balancers
  ["outside:ann", "203.0.113.111:80", "198.51.100.7"],
  ["outside:bob", "203.0.113.111:80", "198.51.100.8"],
  ["pod:near", "203.0.113.110:80", "10.244.1.1"],
  ["pod:far", "203.0.113.110:80", "192.168.8.12"],
  ["pod:near", "203.0.113.111:80", near],
  ["pod:far", "203.0.113.111:80", far],
  ["node:node-1", "203.0.113.110:80", "10.244.1.1"],
  ["node:node-2", "203.0.113.110:80", "192.168.8.12"],
  ["node:node-2", "203.0.113.111:80", "192.168.8.12"],
  // external addresses
  ["outside:ann", "192.168.8.12:80", "192.168.8.12"],
  ["pod:near", "192.168.8.12:80", "10.244.1.1"],
  ["pod:far", "192.168.8.12:80", "192.168.8.12"],
  ["node:node-1", "192.168.8.12:80", "10.244.1.1"],
  ["node:node-3", "192.168.8.12:80", "192.168.8.13"],
  ["node:node-2", "192.168.8.12:80", "192.168.8.12"],
  ["outside:ann", "192.168.8.12:81", "timeout"],
  ["pod:far", "192.168.8.12:81", far],
  ["outside:ann", "192.168.8.12:8080", "refused"],
  ["outside:ann", "192.168.8.11:80", "refused"],
  ["pod:far", "198.51.100.99:82", "192.168.8.12"],
  ["node:node-2", "198.51.100.99:82", "192.168.8.12"],
  ["outside:ann", "198.51.100.99:82", "timeout"],
  ["pod:far", "198.51.100.99:83", "timeout"],
  // what is not reachable from outside
  ["outside:ann", "10.96.0.20:80", "timeout"],
  ["outside:ann", `${self}:8080`, "timeout"],
];

test("NET-5: who the server thinks its client is, from everywhere to everywhere", () => {
  const { get } = world();
  const seen = CASES.map(([from, to]) => {
    const answer = get(from, to);
    return [from, to, answer.replace(/^web /, "")];
  });
  expect(seen).toEqual(CASES);
});

test("NET-6: pods and processes on the host network have their node's address", () => {
  const made = world();
  const owner = { to: "server", what: "request", data: { name: "hosted" } };
  const basics = { address: "0.0.0.0", protocol: "TCP", process: "agnhost", owner } as const;
  made.context.network.listen({ ...basics, host: "node:node-1", port: 8088 });
  made.put("Service", service("hosted", { clusterIP: "10.96.0.30" }));
  const hosted = endpoint("192.168.8.11", "hosted", "node-1");
  made.put("EndpointSlice", slice("hosted", [hosted], [{ name: "", protocol: "TCP", port: 8088 }]));
  made.run(2000);
  expect(made.get("pod:far", "10.96.0.30:80")).toBe("hosted 192.168.8.12");
  expect(made.get("pod:near", "10.96.0.30:80")).toBe(`hosted ${near}`);
  expect(made.get("node:node-1", "10.96.0.30:80")).toBe("hosted 192.168.8.11");
  expect(made.get("node:node-1", "127.0.0.1:8088")).toBe("hosted 127.0.0.1");
  expect(made.get("outside:ann", "192.168.8.11:8088")).toBe("hosted 198.51.100.7");
});

test("NET-7: what leaves the cluster has its node's external address, one to one", () => {
  const { get, connect, exchange } = world();
  expect(get("pod:far", "198.51.100.80:80")).toBe("internet 203.0.113.12");
  expect(get("node:node-3", "198.51.100.81:80")).toBe("internet 203.0.113.13");
  expect(get("pod:far", "11.11.11.11:80")).toBe("timeout");
  expect(get("pod:far", "198.51.100.80:8080")).toBe("refused");
  const api = connect("pod:far", "192.168.8.10:6443");
  expect(api).toMatchObject({
    outcome: "connected",
    tls: { subject: "CN=kube-apiserver", issuer: "CN=kubernetes" },
  });
  if (api.outcome !== "connected") return;
  expect(exchange(api.connection, { tls: { serverName: "kubernetes" } })).toMatchObject({ status: 403 });
  const plain = connect("pod:far", "192.168.8.10:6443");
  if (plain.outcome !== "connected") return;
  expect(exchange(plain.connection)).toMatchObject({
    status: 400,
    body: "Client sent an HTTP request to an HTTPS server.\n",
  });
});

test("NET-43: the API server turns pods away: who is not allowed what", () => {
  const { connect, context, machine } = world();
  const bodies: unknown[] = [];
  const token = "x.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6c2hvcDpkZWZhdWx0In0.y";
  const bearer = { Authorization: `Bearer ${token}` };
  const sub = "system:serviceaccount:shop:default";
  const meantFor = (audience: string): Record<string, string> => ({
    Authorization: `Bearer ${jsonWebToken({ head: {}, claims: { sub, aud: [audience] }, signature: "" })}`,
  });
  const requests: [path: string, headers: Record<string, string>][] = [
    ["/", {}],
    ["/healthz", {}],
    ["/api", {}],
    ["/api/", bearer],
    ["/api/v1/namespaces/shop/pods?limit=1", bearer],
    ["/api/v1/namespaces/shop/pods?watch=true", bearer],
    ["/api/v1/namespaces/shop/pods/web/log?x=%zz&%=1", bearer],
    ["/api/v1/namespaces/shop", bearer],
    ["/apis/apps/v1/deployments/web", {}],
    // The kubelet's tokens are meant for the API server itself.
    ["/apis", meantFor("https://kubernetes.default.svc.cluster.local")],
    ["/apis/", meantFor("vault")],
    ["/api/v1", { Authorization: "Bearer nonsense" }],
    ["/api/v2", { Authorization: `Bearer ${" ".repeat(100_000)}x` }],
  ];
  const { answers } = machine.enter<{ answers: Map<string, { status: number; body: string }> }>(
    "client",
  ).state;
  for (const [path, headers] of requests) {
    const opened = connect("pod:far", "192.168.8.10:6443");
    if (opened.outcome !== "connected") throw new Error(opened.outcome);
    const replyTo = { to: "client", what: "answer", data: { key: path } };
    const request = { method: "GET", path, headers, body: "" };
    context.network.exchange({ connection: opened.connection, request, tls: { serverName: "x" }, replyTo });
    machine.runUntil(machine.state.now + 10);
    const { status, body } = answers.get(path)!;
    bodies.push(status === 200 ? body : (JSON.parse(body) as { message: string }).message);
  }
  expect(bodies).toEqual([
    'forbidden: User "system:anonymous" cannot get path "/"',
    "ok",
    'forbidden: User "system:anonymous" cannot get path "/api"',
    '{"kind":"APIVersions"}\n',
    'pods is forbidden: User "system:serviceaccount:shop:default" cannot list resource "pods" in API group "" in the namespace "shop"',
    'pods is forbidden: User "system:serviceaccount:shop:default" cannot watch resource "pods" in API group "" in the namespace "shop"',
    'pods "web" is forbidden: User "system:serviceaccount:shop:default" cannot get resource "pods/log" in API group "" in the namespace "shop"',
    'namespaces "shop" is forbidden: User "system:serviceaccount:shop:default" cannot get resource "namespaces" in API group "" in the namespace "shop"',
    'deployments.apps "web" is forbidden: User "system:anonymous" cannot get resource "deployments" in API group "apps" at the cluster scope',
    '{"kind":"APIVersions"}\n',
    "Unauthorized",
    "Unauthorized",
    "Unauthorized",
  ]);
});

test("NET-44: the Ingress controller reaches pods by its own address on the pod network, and Service addresses too", () => {
  const { get } = world();
  expect(get("ingress", `${self}:8080`)).toBe("web 10.244.0.80");
  expect(get("ingress", "10.96.0.20:80")).toBe("web 10.244.0.80");
  expect(get("ingress", "198.51.100.80:80")).toBe("internet 203.0.113.80");
  expect(get("ingress", "10.96.0.20:81")).toBe("timeout");
});
