import { expect, test } from "vitest";
import type { Container, PodSpec } from "#api/pod/types";
import { assumedOf } from "./assumed.ts";

const assumed = (container: object, spec: object = {}): unknown =>
  assumedOf(
    { restartPolicy: "Always", containers: [], ...spec } as unknown as PodSpec,
    { name: "main", image: "acme/shop", ...container } as Container,
  );

test("IMG-17: ports of the container, of its probes and of its hooks", () => {
  const ports = [
    { name: "https", containerPort: 8443, protocol: "TCP" },
    { name: "dns", containerPort: 53, protocol: "UDP" },
  ];
  const livenessProbe = { httpGet: { path: "/livez", port: "https", scheme: "HTTPS" } };
  const readinessProbe = { grpc: { port: 9000 } };
  const startupProbe = { tcpSocket: { port: 80, host: "example.com" } };
  const lifecycle = { preStop: { httpGet: { port: 8080 } } };
  expect(assumed({ ports, livenessProbe, readinessProbe, startupProbe, lifecycle })).toEqual({
    ports: [
      { port: 8443, protocol: "TCP", tls: true },
      { port: 53, protocol: "UDP" },
      { port: 9000, protocol: "TCP" },
      { port: 8443, protocol: "TCP", tls: true },
      { port: 8080, protocol: "TCP" },
    ],
    programs: [],
  });
});

test("IMG-17: programs of probes and hooks, in scripts too", () => {
  const livenessProbe = { exec: { command: ["/bin/grpc_health_probe", "-addr=:80"] } };
  const script = "pg_isready -U x && if check; then exit 0; fi | grep ok";
  const lifecycle = { preStop: { exec: { command: ["sh", "-c", script] } } };
  expect(assumed({ livenessProbe, lifecycle })).toEqual({
    ports: [],
    programs: ["/bin/grpc_health_probe", "pg_isready", "check", "grep"],
  });
});

test("IMG-17: init containers end, and what a pod is told to run once; sidecars and servers do not", () => {
  const container = { name: "main" };
  const command = ["/migrate"];
  const ends = (given: object, spec: object): boolean => "ends" in (assumed(given, spec) as object);
  expect(ends({}, { initContainers: [container] })).toBe(true);
  expect(ends({ restartPolicy: "Always" }, { initContainers: [container] })).toBe(false);
  expect(ends({ command }, { restartPolicy: "Never" })).toBe(true);
  expect(ends({}, { restartPolicy: "Never" })).toBe(false);
  expect(ends({ command, ports: [{ containerPort: 80 }] }, { restartPolicy: "OnFailure" })).toBe(false);
  expect(ends({ command }, {})).toBe(false);
});
