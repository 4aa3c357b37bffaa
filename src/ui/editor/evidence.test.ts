import { expect, test } from "vitest";
import type { Journey, Step } from "#cluster/trace/types";
import { evidenceIn, wantedForObject, wantedForStory } from "./evidence.ts";

const SERVICE = `# the door
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
  - name: http
    port: 80
    targetPort: 8080
  - port: 81
---
apiVersion: v1
kind: Service
metadata:
  name: other
spec:
  ports:
    - port: 80
`;
const DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n";
const INGRESS = `kind: Ingress
metadata:
  name: sites
spec:
  rules:
  - host: a.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
      - path: /v2
        pathType: Prefix
`;
const FILES = [
  { name: "service.yaml", text: SERVICE },
  { name: "web.yaml", text: DEPLOYMENT },
  { name: "ingress.yaml", text: INGRESS },
];

const story = (...steps: Omit<Step, "at">[]): Journey[] => [
  {
    id: 1,
    startedAt: 0,
    client: { place: { kind: "client", name: "a" }, ip: "198.51.100.7", program: "curl" },
    request: { method: "GET", url: "http://web/", headers: {} },
    legs: [],
    steps: steps.map((step) => ({ at: 0, ...step }) as Step),
  },
];

const through = (service: string, port: number, policy: "Cluster" | "Local" = "Cluster") =>
  ({ step: "service", service, port, matched: "nodePort", node: "node-1", policy }) as const;

test("a selected object is its document, without the comments before it", () => {
  expect(evidenceIn(FILES, wantedForObject("Service", "default/other"))).toEqual([
    { file: "service.yaml", lines: [16, 17, 18, 19, 20, 21, 22] },
  ]);
  expect(evidenceIn(FILES, wantedForObject("Service", "default/web"))[0]!.lines[0]).toBe(2);
  expect(evidenceIn(FILES, wantedForObject("Service", "shop/web"))).toEqual([]);
});

test("a pod leads to the Deployment above its ReplicaSet", () => {
  const owners = [{ kind: "ReplicaSet", name: "web-5d4f" }];
  expect(evidenceIn(FILES, wantedForObject("Pod", "default/web-5d4f-x2gzf", owners))).toEqual([
    { file: "web.yaml", lines: [1, 2, 3, 4, 5, 6] },
  ]);
});

test("a request is explained by the port that it took, and by the policy Local", () => {
  expect(evidenceIn(FILES, wantedForStory(story(through("default/web", 80))))).toEqual([
    { file: "service.yaml", lines: [11, 12, 13] },
  ]);
  expect(evidenceIn(FILES, wantedForStory(story(through("default/web", 81, "Local"))))).toEqual([
    { file: "service.yaml", lines: [7, 14] },
  ]);
});

test("a Service without candidates is explained by its selector", () => {
  const empty = { step: "endpoints", service: "default/web", candidates: [], pool: "none" } as const;
  expect(evidenceIn(FILES, wantedForStory(story(empty)))).toEqual([{ file: "service.yaml", lines: [8, 9] }]);
});

test("an Ingress request is explained by the path that matched", () => {
  const step = {
    step: "ingress",
    ingress: "default/sites",
    host: "a.example.com",
    path: "/v2/x",
    rule: { host: "a.example.com", path: "/v2" },
    outcome: "matched",
  } as const;
  expect(evidenceIn(FILES, wantedForStory(story(step)))).toEqual([{ file: "ingress.yaml", lines: [11, 12] }]);
});
