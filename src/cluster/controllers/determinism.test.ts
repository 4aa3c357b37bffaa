import { expect, test } from "vitest";
import { KINDS } from "#api/registry";
import { createControlPlane } from "./testing/control-plane.ts";
import { deployment, service } from "./testing/manifests.ts";

function run(seed: string): string {
  const plane = createControlPlane({ seed, dns: true });
  plane.api.create("Deployment", "default", deployment("web", 5));
  plane.api.create(
    "Service",
    "default",
    service("web", { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] }),
  );
  plane.advance(5000);
  const found = plane.api.get("Deployment", "default", "web")!;
  plane.api.update("Deployment", { ...found, spec: { ...found.spec, replicas: 2 } });
  plane.advance(5000);
  return JSON.stringify(KINDS.map(({ kind }) => plane.api.list(kind)));
}

test("the same seed and the same actions give the same objects, to the byte", () => {
  expect(run("a")).toBe(run("a"));
  expect(run("a")).not.toBe(run("b"));
});
