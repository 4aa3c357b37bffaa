import { test } from "vitest";
import { createMachine } from "../machine/machine.ts";
import { apiServer } from "../apiserver/apiserver.ts";
import { http } from "../http-client/http-client.ts";
import { network } from "../network/network.ts";
import { runtime } from "../process/runtime.ts";
import { trace } from "../trace/trace.ts";
import { COMPONENTS } from "../components.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { loadBalancerController } from "../cloud/load-balancer.ts";
import { endpointSliceMirroringController } from "./endpointslicemirroring/endpointslicemirroring.ts";
import { garbageCollector } from "./garbagecollector/garbagecollector.ts";
import { namespaceController } from "./namespace/namespace.ts";
import { nodeLifecycleController } from "./nodelifecycle/nodelifecycle.ts";
import { taintEvictionController } from "./tainteviction/tainteviction.ts";
import { deployment, service } from "./testing/manifests.ts";
test("all", () => {
  const extra = [
    loadBalancerController,
    endpointSliceMirroringController,
    garbageCollector,
    namespaceController,
    nodeLifecycleController,
    taintEvictionController,
  ].filter((c) => !COMPONENTS.some((d) => d.name === c.name));
  for (const [nodes, replicas] of [
    [3, 300],
    [30, 3000],
  ] as const) {
    const t0 = process.cpuUsage().user;
    const machine = createMachine(
      { ...DEFAULT_SETTINGS, nodeCount: nodes },
      { trace, api: apiServer, network, runtime, http },
      [...COMPONENTS.slice(0, -1), ...extra, COMPONENTS.at(-1)!],
    );
    const { api } = machine.context;
    machine.runUntil(5000);
    api.create(
      "Service",
      "default",
      service("many", { selector: { app: "many" }, ports: [{ port: 80, targetPort: 8080 }] }),
    );
    api.create("Deployment", "default", deployment("many", replicas, {}, "luksa/kubia:v1"));
    for (let t = 10000; t <= 60000; t += 5000) {
      machine.runUntil(t);
      console.log(
        nodes,
        t,
        api.get("Deployment", "default", "many")!.status.availableReplicas,
        (process.cpuUsage().user - t0) / 1000,
      );
    }
  }
});
