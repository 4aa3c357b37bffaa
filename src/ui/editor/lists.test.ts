// What the editor knows of documents, it knows of the items of a List.
import { expect, test } from "vitest";
import type { AnyObject, KindName } from "#api/kinds";
import type { Pod } from "#api/pod/types";
import { noteInto, type Applied } from "#session/applied";
import type { ObjectChange } from "#session/protocol";
import { documentsOf, driftsOf, type Drift } from "./drift.ts";
import { evidenceIn, wantedForObject } from "./evidence.ts";
import { selectorHints } from "./selector-hints.ts";
import { textWithDrift } from "./take-drift.ts";

const FILE = `# both of them
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ReplicationController
  metadata: {name: kubia}
  spec:
    replicas: 3 # three are enough
    selector: {app: kubia}
- apiVersion: v1
  kind: Service
  metadata:
    name: kubia
    labels: {tier: web}
  spec:
    # by label
    selector: {app: kubia}
    ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata: {name: other}
spec:
  ports: [{port: 80}]
`;

type Loose = Record<string, unknown>;

/** The object that the file's item makes. */
function made(index: number, spec: Loose = {}): AnyObject {
  const value = documentsOf(FILE)[index]!.value as Loose;
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(value) };
  return {
    ...value,
    metadata: { ...(value["metadata"] as Loose), namespace: "default", uid: "1", annotations },
    spec: { ...(value["spec"] as Loose), ...spec },
  } as unknown as AnyObject;
}

function drifts(text: string, first: AnyObject, now: AnyObject | undefined): Drift[] {
  const kind = first.kind as KindName;
  const change = (object: AnyObject | undefined): ObjectChange => {
    const key = "default/kubia";
    return object ? { type: "set", kind, key, object } : { type: "delete", kind, key };
  };
  const known = new Map<string, Applied>();
  noteInto(known, { reset: false, changes: [change(first)] });
  noteInto(known, { reset: false, changes: [change(now)] });
  return driftsOf(documentsOf(text), known, (wanted) => (wanted === kind ? now : undefined));
}

test("DRIFT-9: items of a List are told and taken in where they stand", () => {
  expect(documentsOf(FILE).map(({ kind, key, path }) => [kind, key, path])).toEqual([
    ["ReplicationController", "default/kubia", ["items", 0]],
    ["Service", "default/kubia", ["items", 1]],
    ["Service", "default/other", []],
  ]);
  const scaled = drifts(FILE, made(0), made(0, { replicas: 5 }));
  expect(scaled.map(({ changes }) => changes)).toEqual([[{ field: "replicas", before: 3, after: 5 }]]);
  expect(textWithDrift(FILE, scaled[0]!)).toBe(FILE.replace("replicas: 3 #", "replicas: 5 #"));
  const typed = drifts(FILE, made(1), made(1, { type: "NodePort" }));
  expect(textWithDrift(FILE, typed[0]!)).toBe(
    FILE.replace("    - port: 80\n", "    - port: 80\n    type: NodePort\n"),
  );
});

test("DRIFT-9: a deleted item is taken out, and the List with its last one", () => {
  const gone = drifts(FILE, made(1), undefined);
  const left = textWithDrift(FILE, gone[0]!)!;
  const [start, end] = [FILE.indexOf("- apiVersion: v1\n  kind: Service"), FILE.indexOf("---\n")];
  expect(left).toBe(FILE.slice(0, start) + FILE.slice(end));
  expect(textWithDrift(left, drifts(left, made(0), undefined)[0]!)).toBe(FILE.slice(end + 4));
});

test("evidence and selectors are found in a List's items", () => {
  const files = [{ name: "list.yaml", text: FILE }];
  expect(evidenceIn(files, wantedForObject("Service", "default/kubia"))).toEqual([
    { file: "list.yaml", lines: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20] },
  ]);
  expect(
    evidenceIn(files, [
      { kind: "Service", namespace: "default", name: "kubia", path: () => ["spec", "ports", 0] },
    ]),
  ).toEqual([{ file: "list.yaml", lines: [20] }]);
  const pod = (name: string, labels: Record<string, string>): Pod =>
    ({ metadata: { name, namespace: "default", labels } }) as Pod;
  expect(selectorHints(FILE, [pod("a", { app: "kubia" }), pod("b", { app: "kubia" })])).toEqual([
    { line: 18, matched: 2, total: 2 },
  ]);
});
