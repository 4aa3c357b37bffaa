// The status of whole pods, compared with what real kubelets 1.35 wrote for the same manifests.
import { expect, test } from "vitest";
import { clone, isObject } from "#base/json";
import recorded from "./fixtures/pod-status.json";
import { createLab } from "./testing/lab.ts";

const TIMES = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Times, ids, digests and pod addresses are chance. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalised);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalised(item)]));
  }
  if (typeof value !== "string") return value;
  if (TIMES.test(value)) return "#time";
  return value
    .replace(/containerd:\/\/[0-9a-f]{64}/, "containerd://#id")
    .replace(/sha256:[0-9a-f]{64}/, "sha256:#digest")
    .replace(/^10\.244\.\d+\.\d+$/, "#ip");
}

/** The moment that shows what the recording shows. */
const MOMENTS: Record<string, (summary: string) => boolean> = {
  done: (summary) => summary.startsWith("Succeeded"),
  half: (summary) => summary.startsWith("Failed"),
  crasher: (summary) => summary === "Running Error 0/1 3",
  limited: (summary) => summary.startsWith("Failed"),
  "kubia-liveness": (summary) => summary === "Running Running 1/1 1",
  worker: (summary) => summary.startsWith("Succeeded"),
};

test.each(recorded.map((item) => [item.metadata.name, item] as const))(
  "KLT-4: the status of pod %s is what a real kubelet writes",
  (name, { metadata, spec, status }) => {
    const lab = createLab();
    lab.apply({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "kube-root-ca.crt", namespace: "default", uid: "ca" },
      data: { "ca.crt": "certificate" },
    });
    lab.apply({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...metadata,
        namespace: "default",
        uid: "uid",
        resourceVersion: "1",
        creationTimestamp: "",
      },
      spec,
      status: { phase: "Pending", qosClass: "BestEffort" },
    });
    for (let tenths = 0; tenths < 2000 && !MOMENTS[name]!(lab.summary(name)); tenths++) lab.advance(100);
    // Sandboxes of finished pods end a little later.
    if (/^(Succeeded|Failed)/.test(lab.summary(name))) lab.advance(3000);
    expect(normalised(clone(lab.get(name)!.status))).toEqual(normalised(status));
  },
);
