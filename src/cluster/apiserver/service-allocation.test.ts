import { expect, test } from "vitest";
import type { KindMap } from "#api/kinds";
import type { ServiceSpec } from "#api/service/types";
import type { Status } from "#api/meta";
import type { Json, JsonObject } from "#base/json";
import type { ApiResponse } from "./client.ts";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const PATH = "/api/v1/namespaces/default/services";
const STRATEGIC = { contentType: "application/strategic-merge-patch+json" };

function create(
  { send }: ApiMachine,
  name: string,
  spec: JsonObject,
  query?: Record<string, string>,
): ApiResponse {
  const body = { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
  return send("POST", PATH, body, query && { query });
}

const specOf = ({ body }: ApiResponse): ServiceSpec => (body as unknown as KindMap["Service"]).spec;
const message = ({ body }: ApiResponse): string => (body as unknown as Status).message ?? "";
const patch = ({ send }: ApiMachine, name: string, spec: Json): ApiResponse =>
  send("PATCH", `${PATH}/${name}`, { spec }, STRATEGIC);

test("API-21: a Service gets an address of the service range above its lower band", () => {
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = specOf(
    create(createApiMachine(), "web", { ports: [{ port: 80 }] }),
  );
  const [, , third] = clusterIP!.split(".").map(Number);
  expect(clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
  expect(third).toBeGreaterThanOrEqual(1);
  expect({ clusterIPs, ipFamilies, ipFamilyPolicy }).toEqual({
    clusterIPs: [clusterIP],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
  });
});

test("API-21: addresses that are taken or outside of the range are refused", () => {
  const machine = createApiMachine();
  create(machine, "mine", { clusterIP: "10.96.0.35", ports: [{ port: 80 }] });
  const ask = (clusterIP: string): string =>
    message(create(machine, "other", { clusterIP, ports: [{ port: 80 }] }));
  expect(ask("10.96.0.35")).toBe(
    'Service "other" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.35"]: failed to allocate IP 10.96.0.35: provided IP is already allocated',
  );
  for (const outside of ["192.168.99.1", "10.96.0.0", "10.96.255.255"]) {
    expect(ask(outside)).toBe(
      `Service "other" is invalid: spec.clusterIPs: Invalid value: ["${outside}"]: failed to allocate IP ${outside}: the provided network does not match the current range`,
    );
  }
});

test("API-22: node ports come from 30000-32767, and one that is taken or outside is refused", () => {
  const machine = createApiMachine();
  const ports = specOf(
    create(machine, "auto", {
      type: "NodePort",
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 443 },
      ],
    }),
  ).ports!;
  for (const { nodePort } of ports) {
    expect(nodePort).toBeGreaterThanOrEqual(30_086);
    expect(nodePort).toBeLessThanOrEqual(32_767);
  }
  create(machine, "first", { type: "NodePort", ports: [{ port: 80, nodePort: 30_080 }] });
  const ask = (nodePort: number): string =>
    message(create(machine, "second", { type: "NodePort", ports: [{ port: 80, nodePort }] }));
  expect(ask(8080)).toBe(
    'Service "second" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
  expect(ask(30_080)).toBe(
    'Service "second" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
  );
});

test("API-22: one port number under two protocols shares one node port", () => {
  const { ports = [] } = specOf(
    create(createApiMachine(), "dns", {
      type: "NodePort",
      ports: [
        { name: "udp", port: 53, protocol: "UDP" },
        { name: "tcp", port: 53, protocol: "TCP", nodePort: 30_053 },
      ],
    }),
  );
  expect(ports.map(({ nodePort }) => nodePort)).toEqual([30_053, 30_053]);
});

test("API-23: what a refused, dry or deleted Service held can be taken again", () => {
  const machine = createApiMachine();
  const spec = { type: "NodePort", clusterIP: "10.96.0.50", ports: [{ port: 80, nodePort: 30_050 }] };
  expect(create(machine, "UPPER", spec).status).toBe(422);
  expect(create(machine, "web", spec, { dryRun: "All" }).status).toBe(201);
  expect(create(machine, "web", spec).status).toBe(201);
  expect(create(machine, "web2", spec).status).toBe(422);
  expect(machine.send("DELETE", `${PATH}/web`).status).toBe(200);
  expect(create(machine, "web2", spec).status).toBe(201);
});

test("API-24: a load balancer with local traffic has a health check port while it is one", () => {
  const machine = createApiMachine();
  const created = specOf(
    create(machine, "lb", { type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80 }] }),
  );
  expect(created.healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
  expect(created.ports![0]!.nodePort).not.toBe(created.healthCheckNodePort);
  const cluster = specOf(patch(machine, "lb", { externalTrafficPolicy: "Cluster" }));
  expect(cluster.healthCheckNodePort).toBeUndefined();
  expect(specOf(patch(machine, "lb", { externalTrafficPolicy: "Local" })).healthCheckNodePort).toBeDefined();
});

test("API-24: without allocateLoadBalancerNodePorts there are none, unless one is asked for", () => {
  const spec = { type: "LoadBalancer", allocateLoadBalancerNodePorts: false };
  const ports: Json = [
    { name: "a", port: 80 },
    { name: "b", port: 81, nodePort: 30_081 },
  ];
  const created = specOf(create(createApiMachine(), "lb", { ...spec, ports }));
  expect(created.ports!.map(({ nodePort }) => nodePort)).toEqual([undefined, 30_081]);
});

test("API-25: types change in both directions, and what the new type lacks goes", () => {
  const machine = createApiMachine();
  const first = specOf(create(machine, "web", { ports: [{ port: 80 }] }));
  const nodePort = specOf(patch(machine, "web", { type: "NodePort" }));
  expect(nodePort.clusterIP).toBe(first.clusterIP);
  expect(nodePort.externalTrafficPolicy).toBe("Cluster");
  const held = nodePort.ports![0]!.nodePort!;
  expect(held).toBeGreaterThanOrEqual(30_000);
  expect(specOf(patch(machine, "web", { type: "ClusterIP" }))).toEqual(first);
  expect(create(machine, "other", { type: "NodePort", ports: [{ port: 80, nodePort: held }] }).status).toBe(
    201,
  );

  expect(specOf(patch(machine, "web", { type: "ExternalName", externalName: "example.com" }))).toEqual({
    externalName: "example.com",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
    sessionAffinity: "None",
    type: "ExternalName",
  });
  expect(create(machine, "heir", { clusterIP: first.clusterIP!, ports: [{ port: 80 }] }).status).toBe(201);
  const again = specOf(patch(machine, "web", { type: "ClusterIP", externalName: null }));
  expect(again.clusterIP).toMatch(/^10\.96\./);
  expect(again.clusterIP).not.toBe(first.clusterIP);
});

test("API-26: a replacement keeps the address and node ports that it does not name", () => {
  const machine = createApiMachine();
  const spec = { type: "NodePort", clusterIP: "10.96.0.60", ports: [{ port: 80, nodePort: 30_060 }] };
  create(machine, "web", spec);
  const body = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", ports: [{ port: 81 }] },
  };
  const replaced = specOf(machine.send("PUT", `${PATH}/web`, body));
  expect(replaced.clusterIP).toBe("10.96.0.60");
  expect(replaced.ports).toEqual([{ port: 81, protocol: "TCP", targetPort: 81, nodePort: 30_060 }]);
  const moved = { ...body, spec: { clusterIP: "10.96.0.61", ports: [{ port: 81 }] } };
  expect(message(machine.send("PUT", `${PATH}/web`, moved))).toBe(
    'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.0.61"]: may not change once set',
  );
});

test("API-27: a Service takes its Endpoints with it", () => {
  const machine = createApiMachine();
  create(machine, "web", { ports: [{ port: 80 }] });
  machine.send("POST", "/api/v1/namespaces/default/endpoints", { metadata: { name: "web" } });
  machine.send("DELETE", `${PATH}/web`);
  expect(machine.api.get("Endpoints", "default", "web")).toBeUndefined();
});
