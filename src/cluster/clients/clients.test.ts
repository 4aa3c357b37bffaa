import { expect, test } from "vitest";
import { lab, type Lab } from "./testing/lab.ts";
import {
  clients,
  clientsVersion,
  listClients,
  removeClient,
  sendByHand,
  setClient,
  type ClientsState,
} from "./clients.ts";
import { endpoint, ingress, pod, service, slice } from "./testing/objects.ts";
import type { TraceState } from "../trace/trace.ts";
import type { Journey } from "../trace/types.ts";
import { journeyOf } from "../trace/unpacked.ts";
import type { ClientSpec, ClientStatus } from "./types.ts";

const ANN: ClientSpec = {
  name: "ann",
  location: { kind: "outside", ip: "198.51.100.7" },
  program: "curl",
  url: "http://{node:1}:30080/",
  method: "GET",
  headers: {},
  rate: 0,
  keepAlive: false,
  cookies: false,
};

interface World extends Lab {
  set(spec: Partial<ClientSpec>): void;
  send(count?: number): void;
  drop(): void;
  status(): ClientStatus | undefined;
  version(): number;
  /** Whole journeys so far, without those of the Ingress controller. */
  journeys(): Journey[];
  /** What the latest request came to. */
  last(): string;
}

/** A node-port Service web with three pods, and a client `ann` outside. */
function world(): World {
  const made = lab();
  const ips = [1, 2, 3].map((index) => made.pod(`web-${index}`, `node-${index}`));
  const ports = [{ protocol: "TCP" as const, port: 80, targetPort: 8080, nodePort: 30080 }];
  made.put(service("web", { type: "NodePort", clusterIP: "10.96.1.1", ports }));
  made.put(
    slice(
      "web",
      ips.map((ip, index) => endpoint(ip, `web-${index + 1}`)),
    ),
  );
  made.run(2000);
  const { context, state } = made.machine.enter<ClientsState>(clients.name);
  const journeys = (): Journey[] => {
    const { journeys: all } = made.machine.enter<TraceState>("trace").state;
    return [...all.values()].map(journeyOf).filter(({ parent }) => parent === undefined);
  };
  return {
    ...made,
    set: (spec) => setClient(context, state, { ...ANN, ...spec }),
    send: (count = 1) => {
      sendByHand(context, state, "ann", count);
      made.run(3000);
    },
    drop: () => removeClient(context, state, "ann"),
    status: () => listClients(state)[0]?.status,
    version: () => clientsVersion(state),
    journeys,
    last: () => {
      const end = journeys().at(-1)?.end;
      return end === undefined ? "none" : end.kind === "response" ? `${end.status} ${end.body}` : end.text;
    },
  };
}

test("CLIENT-1: a client sends at its rate and counts what comes back", () => {
  const made = world();
  made.set({ rate: 2 });
  made.run(10_400);
  expect(made.status()).toEqual({ name: "ann", sent: 21, succeeded: 21, failed: 0, inFlight: 0 });
});

test("CLIENT-2: a count ends it; setting it anew goes on counting", () => {
  const made = world();
  made.set({ rate: 10, count: 5 });
  made.run(3000);
  expect(made.status()?.sent).toBe(5);
  made.set({ rate: 10, count: 2, url: "http://{node:1}:30081/" });
  made.run(3000);
  expect(made.status()).toEqual({ name: "ann", sent: 7, succeeded: 5, failed: 2, inFlight: 0 });
});

test("CLIENT-3: requests overlap where answers are slow; statuses from 400 on count as failed", () => {
  const made = world();
  made.set({ rate: 10, url: "http://{node:1}:30080/silent", maxTimeMs: 2000 });
  made.run(1050);
  expect(made.status()).toMatchObject({ sent: 11, failed: 0, inFlight: 11 });
  made.run(2000);
  expect(made.status()).toMatchObject({ failed: 11, inFlight: 20 });
  made.set({ url: "http://{node:1}:30080/status/500" });
  made.send();
  expect(made.status()).toMatchObject({ failed: 12, inFlight: 0 });
});

test("CLIENT-4: sent by hand, as many as asked for, beside those of its rate", () => {
  const idle = world();
  idle.set({});
  idle.send(7);
  expect(idle.status()).toMatchObject({ sent: 7, succeeded: 7 });
  const [busy, undisturbed] = [world(), world()];
  for (const made of [busy, undisturbed]) made.set({ rate: 2 });
  busy.send(7);
  undisturbed.run(3000);
  const ofRate = undisturbed.status()!.sent;
  expect(ofRate).toBeGreaterThan(4);
  expect(busy.status()).toMatchObject({ sent: ofRate + 7 });
});

test("CLIENT-5: with keep-alive one connection is used, one request after the other", () => {
  const made = world();
  made.set({ keepAlive: true, program: "browser" });
  made.send(20);
  const pods = new Set(
    made.journeys().map(({ end }) => (end?.kind === "response" ? end.body.split(" ")[0] : "")),
  );
  expect([pods.size, made.status()?.succeeded]).toEqual([1, 20]);
  made.set({ keepAlive: true, url: "http://{node:1}:30080/silent", maxTimeMs: 5000, rate: 10 });
  made.run(4000);
  expect(made.status()).toMatchObject({ sent: 21, inFlight: 1 });
});

test("CLIENT-6: a browser brings cookies back, a client without a jar does not", () => {
  const made = world();
  const sent = (): string | undefined => made.journeys().at(-1)?.request.headers["Cookie"];
  made.set({ cookies: true, url: "http://{node:1}:30080/cookie" });
  made.send();
  expect(sent()).toBeUndefined();
  made.send();
  expect(sent()).toMatch(/^seen=web-[123]$/);
  made.set({ cookies: false });
  made.send();
  expect(sent()).toBeUndefined();
});

test("CLIENT-7: a browser follows redirects, curl does not", () => {
  const made = world();
  const rules = [
    {
      host: "shop.test",
      http: {
        paths: [
          {
            path: "/",
            pathType: "Prefix" as const,
            backend: { service: { name: "web", port: { number: 80 } } },
          },
        ],
      },
    },
  ];
  made.put({
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx", uid: "c", resourceVersion: "1", creationTimestamp: "2026-03-02T09:00:00Z" },
    spec: { controller: "k8s.io/ingress-nginx" },
  });
  made.put(ingress("shop", { ingressClassName: "nginx", rules, tls: [{ hosts: ["shop.test"] }] }));
  made.run(1000);
  const to = { url: "http://shop.test/a", hosts: { "shop.test": "{ingress}" }, insecure: true };
  made.set(to);
  made.send();
  expect(made.last()).toMatch(/^308 /);
  made.set({ ...to, program: "browser" });
  made.send();
  expect(made.last()).toMatch(/^200 web-\d 10\.244\.0\.80 \/a$/);
  expect(made.status()).toMatchObject({ sent: 2, succeeded: 2, inFlight: 0 });
});

test("CLIENT-8: in a pod by name, or by labels the first running one by name, until that one runs no more", () => {
  const made = world();
  const url = "http://web/";
  made.set({ location: { kind: "pod", namespace: "default", name: "client" }, url });
  made.send();
  expect(made.last()).toMatch(/^200 web-\d 10\.244\.3\.2 \/$/);
  const [one, two] = [
    made.pod("shell-b", "node-1", { app: "shell" }),
    made.pod("shell-a", "node-1", { app: "shell" }),
  ];
  made.put(pod("shell-a", "node-1", two, { app: "shell" }));
  made.set({ location: { kind: "pod", namespace: "default", labels: { app: "shell" } }, url });
  made.send();
  expect(made.last()).toContain(` ${two} `);
  made.removePod("shell-a");
  made.send();
  expect(made.last()).toContain(` ${one} `);
  made.removePod("shell-b");
  made.send();
  expect(made.last()).toBe("No running pod in namespace default has the labels app=shell");
});

test("CLIENT-9: a pod that is gone or has ended fails, and says so", () => {
  const made = world();
  made.set({ location: { kind: "pod", namespace: "default", name: "nobody" }, url: "http://web/" });
  made.send();
  expect(made.last()).toBe('Error from server (NotFound): pods "nobody" not found');
  const ended = pod("ended", "node-1", "10.244.1.99");
  made.put({ ...ended, status: { ...ended.status, phase: "Succeeded" } });
  made.set({ location: { kind: "pod", namespace: "default", name: "ended" }, url: "http://web/" });
  made.send();
  expect(made.last()).toBe(
    "error: cannot exec into a container in a completed pod; current phase is Succeeded",
  );
  expect(made.status()).toEqual({ name: "ann", sent: 2, succeeded: 0, failed: 2, inFlight: 0 });
  expect(made.journeys().at(-1)?.client.place).toEqual({ kind: "pod", namespace: "default", name: "ended" });
});

test("CLIENT-10: on a node, by its own resolver", () => {
  const made = world();
  made.set({ location: { kind: "node", name: "node-2" }, url: "http://10.96.1.1/" });
  made.send();
  expect(made.last()).toMatch(/^200 web-\d /);
  made.set({ location: { kind: "node", name: "node-2" }, url: "http://web/" });
  made.send();
  expect(made.last()).toBe("Could not resolve host: web");
  made.context.network.setNodeUp("node-2", false);
  made.send();
  expect(made.last()).toBe("Node node-2 is switched off");
  made.set({ location: { kind: "node", name: "node-9" } });
  made.send();
  expect(made.last()).toBe('Error from server (NotFound): nodes "node-9" not found');
});

test("CLIENT-11: addresses stand for what they are when the request is sent; a missing one is the failure", () => {
  const made = world();
  made.set({ url: "http://{lb:default/web}/" });
  made.send();
  expect(made.last()).toBe("Service default/web has no external IP yet");
  expect(made.journeys().at(-1)).toMatchObject({
    request: { url: "http://<pending>/" },
    end: { kind: "failure", failure: "unsent", exit: 1 },
  });
  made.set({ url: "http://shop.test/", hosts: { "shop.test": "{lb:default/none}" } });
  made.send();
  expect(made.last()).toBe("There is no Service default/none");
  const ports = [{ protocol: "TCP" as const, port: 80, targetPort: 8080, nodePort: 30080 }];
  made.put(
    service("web", { type: "LoadBalancer", clusterIP: "10.96.1.1", ports }, "default", "203.0.113.100"),
  );
  made.run(2000);
  made.set({ url: "http://shop.test/x", hosts: { "shop.test": "{lb:default/web}" } });
  made.send();
  expect(made.last()).toMatch(/^200 web-\d \S+ \/x$/);
  made.set({ url: "http://{node:9}/" });
  made.send();
  expect(made.last()).toBe("There is no node 9");
  made.set({ url: "http://{node:node-2}:30080/" });
  made.send();
  expect(made.journeys().at(-1)?.request.url).toBe("http://203.0.113.12:30080/");
});

test("CLIENT-12: outside, names are the internet's and those of its own hosts file", () => {
  const made = world();
  made.set({ url: "http://web.default.svc.cluster.local/" });
  made.send();
  expect(made.last()).toBe("Could not resolve host: web.default.svc.cluster.local");
  made.set({ url: "http://www.example.com/" });
  made.send();
  expect(made.last()).toBe("200 www.example.com: hello from the internet, 198.51.100.7\n");
});

test("CLIENT-13: a removed client is silent, and answers to it count no more", () => {
  const made = world();
  made.set({ rate: 10, url: "http://{node:1}:30080/silent", maxTimeMs: 2000 });
  made.run(1000);
  const before = made.version();
  const sent = made.journeys().length;
  expect(made.status()).toMatchObject({ sent, succeeded: 0, failed: 0 });
  made.drop();
  made.run(500);
  expect([made.status(), made.version() > before]).toEqual([undefined, true]);
  // Another client of that name hears nothing of the requests that are still under way.
  made.set({ rate: 0 });
  made.run(5000);
  expect(made.status()).toMatchObject({ sent: 0, succeeded: 0, failed: 0, inFlight: 0 });
  expect(made.journeys().length).toBe(sent);
  made.send(2);
  expect(made.status()).toMatchObject({ sent: 2, succeeded: 2, failed: 0 });
});
