import { expect, test } from "vitest";
import { lab, type Lab } from "./testing/lab.ts";
import { clients, listClients, setClient, type ClientsState } from "./clients.ts";
import { endpoint, service, slice } from "./testing/objects.ts";
import type { ClientSpec } from "./types.ts";

const ANN: ClientSpec = {
  name: "ann",
  location: { kind: "outside", ip: "198.51.100.7" },
  program: "curl",
  url: "http://{node:1}:30080/",
  method: "GET",
  headers: {},
  rate: 2,
  keepAlive: false,
  cookies: false,
};

function world(): Lab {
  const made = lab();
  const ip = made.pod("web-1", "node-1");
  made.put(
    service("web", {
      type: "NodePort",
      clusterIP: "10.96.1.1",
      ports: [{ protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30080 }],
    }),
  );
  made.put(slice("web", [endpoint(ip, "web-1")]));
  made.run(2000);
  return made;
}

test("CLIENT-1: an outside client sends at its rate and counts what comes back", () => {
  const made = world();
  const { context, state } = made.machine.enter<ClientsState>(clients.name);
  setClient(context, state, ANN);
  made.run(10_400);
  expect(listClients(state)).toEqual([
    { spec: ANN, status: { name: "ann", sent: 21, succeeded: 21, failed: 0, inFlight: 0 } },
  ]);
});
