import { expect, test } from "vitest";
import type { AnyObject, KindName } from "#api/kinds";
import { noteInto, type Applied } from "#session/applied";
import type { ObjectChange } from "#session/protocol";
import { documentsOf, driftsOf, type Drift } from "./drift.ts";
import { isServers } from "./drift-servers.ts";
import { textWithDrift } from "./take-drift.ts";

const FILE = `# what the chapter begins with
apiVersion: v1
kind: ReplicationController
metadata:
  name: kubia
spec:
  replicas: 3 # three are enough
  selector:
    app: kubia
  template:
    metadata:
      labels: {app: kubia}
    spec:
      containers:
      - name: kubia
        image: luksa/kubia
        ports:
        - containerPort: 8080 # http
---
# the Service
kind: Service
apiVersion: v1
metadata: {name: kubia}
spec:
  ports:
  - port: 80
    targetPort: 8080
  selector: {app: kubia}
`;

type Loose = Record<string, unknown>;
const LAST = "kubectl.kubernetes.io/last-applied-configuration";

/** The object that the file's document makes, with what the server adds. */
function made(index: number, spec: Loose = {}, metadata: Loose = {}): AnyObject {
  const value = documentsOf(FILE)[index]!.value as Loose;
  return {
    ...value,
    metadata: {
      ...(value["metadata"] as Loose),
      namespace: "default",
      uid: "1",
      annotations: { [LAST]: JSON.stringify(value) },
      ...metadata,
    },
    spec: { ...(value["spec"] as Loose), ...spec },
  } as unknown as AnyObject;
}
const service = (spec: Loose = {}, metadata: Loose = {}): AnyObject =>
  made(1, { clusterIP: "10.96.0.7", type: "ClusterIP", sessionAffinity: "None", ...spec }, metadata);

const set = (object: AnyObject): ObjectChange => ({
  type: "set",
  kind: object.kind as KindName,
  key: "default/kubia",
  object,
});

function drifts(text: string, first: AnyObject, now: AnyObject | undefined, reset = false): Drift[] {
  const known = new Map<string, Applied>();
  noteInto(known, { reset, changes: [set(first)] });
  const { kind } = first;
  const gone: ObjectChange = { type: "delete", kind: kind as KindName, key: "default/kubia" };
  noteInto(known, { reset: false, changes: [now ? set(now) : gone] });
  return driftsOf(documentsOf(text), known, (wanted) => (wanted === kind ? now : undefined));
}

const taken = (text: string, list: Drift[]): string | undefined => textWithDrift(text, list[0]!);

test("DRIFT-1: what a command changed is told and taken in where it stands, comments and all else as they were", () => {
  const found = drifts(FILE, made(0), made(0, { replicas: 5 }));
  expect(found.map(({ changes, kept, gone }) => ({ changes, kept, gone }))).toEqual([
    { changes: [{ field: "replicas", before: 3, after: 5 }], kept: 0, gone: false },
  ]);
  const text = FILE.replace("replicas: 3 #", "replicas: 5 #");
  expect(taken(FILE, found)).toBe(text);
  expect(drifts(text, made(0), made(0, { replicas: 5 }))).toEqual([]);
});

test("DRIFT-2: what the person typed there stays, and the rest can be taken", () => {
  const typed = FILE.replace("replicas: 3", "replicas: 4");
  expect(drifts(typed, made(0), made(0, { replicas: 5 }))).toEqual([]);
  const both = drifts(typed, made(0), made(0, { replicas: 5, minReadySeconds: 3 }));
  expect(both[0]!.changes).toEqual([{ field: "minReadySeconds", before: undefined, after: 3 }]);
  expect(both[0]!.kept).toBe(1);
  expect(taken(typed, both)).toContain("  replicas: 4 # three are enough\n");
  expect(taken(typed, both)).toContain("\n  minReadySeconds: 3\n---\n# the Service\n");
});

test("DRIFT-3: fields of list items, labels, and whole items", () => {
  const template = structuredClone((made(0) as unknown as { spec: { template: Loose } }).spec.template) as {
    spec: { containers: Loose[] };
  };
  template.spec.containers = [
    { ...template.spec.containers[0], image: "luksa/kubia:v2", env: [{ name: "A", value: "1" }] },
    { name: "side", image: "busybox" },
  ];
  const found = drifts(FILE, made(0), made(0, { template }, { labels: { tier: "web" } }));
  expect(found[0]!.changes.map(({ field }) => field).sort()).toEqual([
    "labels.tier",
    "template.spec.containers[kubia].env",
    "template.spec.containers[kubia].image",
    "template.spec.containers[side]",
  ]);
  expect(taken(FILE, found)).toBe(
    FILE.replace("  name: kubia\n", "  name: kubia\n  labels:\n    tier: web\n")
      .replace("image: luksa/kubia\n", "image: luksa/kubia:v2\n")
      .replace(
        "8080 # http\n",
        '8080 # http\n        env:\n        - name: A\n          value: "1"\n      - name: side\n        image: busybox\n',
      ),
  );
});

test("DRIFT-4: what the server gives out by itself is no change of a command's", () => {
  const ports = [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }];
  const found = drifts(
    FILE,
    service({ ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }] }),
    service({ type: "NodePort", ports, externalTrafficPolicy: "Cluster" }),
  );
  expect(found[0]!.changes).toEqual([{ field: "type", before: "ClusterIP", after: "NodePort" }]);
  expect(taken(FILE, found)).toBe(
    FILE.replace("selector: {app: kubia}\n", "selector: {app: kubia}\n  type: NodePort\n"),
  );
  expect(drifts(FILE, service(), { ...service(), status: { loadBalancer: {} } } as AnyObject)).toEqual([]);
});

test("DRIFT-5: a scenario that opens after a command still knows what its file had said", () => {
  const now = made(0, { replicas: 5 });
  expect(drifts(FILE, now, now, true)[0]!.changes).toEqual([{ field: "replicas", before: 3, after: 5 }]);
  expect(drifts(FILE, service(), service(), true)).toEqual([]);
});

test("DRIFT-6: a deleted object's document can go, unless it was changed since; an apply begins anew", () => {
  const found = drifts(FILE, service(), undefined);
  expect(found[0]!.gone).toBe(true);
  expect(taken(FILE, found)).toBe(`${FILE.slice(0, FILE.indexOf("---"))}`.trimEnd());
  const typed = FILE.replace("targetPort: 8080", "targetPort: 80");
  expect(taken(typed, drifts(typed, service(), undefined))).toBeUndefined();
  const applied = made(0, { replicas: 4 }, { annotations: { [LAST]: "{}" } });
  expect(drifts(FILE.replace("replicas: 3", "replicas: 4"), made(0, { replicas: 5 }), applied)).toEqual([]);
});

test("DRIFT-7: an object without a remembered apply is compared with how it was first seen", () => {
  const plain = { annotations: {} };
  const found = drifts(FILE, made(0, {}, plain), made(0, { replicas: 1 }, plain));
  expect(found[0]!.changes).toEqual([{ field: "replicas", before: 3, after: 1 }]);
  expect(documentsOf("kind: Service\nmetadata: {name: a}\n---\na: [")).toHaveLength(1);
});

test("DRIFT-8: the zone that a pod gets from its node is no change of anybody's", () => {
  const label = (name: string) => isServers("Pod", ["metadata", "labels", name], undefined, "a");
  expect([label("topology.kubernetes.io/zone"), label("tier")]).toEqual([true, false]);
});
