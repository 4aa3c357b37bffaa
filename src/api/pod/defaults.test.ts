import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { kindNamed } from "../registry.ts";
import { qosClass } from "./qos.ts";
import type { PodSpec } from "./types.ts";

const containers = [{ name: "main", image: "nginx:1.27" }];
const made = (spec: JsonObject, kind: "Pod" | "Deployment" = "Pod"): JsonObject => {
  const { defaults, prepareForCreate } = kindNamed(kind);
  const metadata = { name: "web", creationTimestamp: "2026-03-02T09:00:00Z" };
  const whole = { containers, ...spec };
  const object =
    kind === "Pod" ? { metadata, spec: whole } : { metadata, spec: { template: { spec: whole } } };
  return prepareForCreate!(defaults(object), () => undefined);
};

test("KIND-40: volumes of storage plugins get their defaults", () => {
  const claim = { accessModes: ["ReadWriteOnce"] };
  const { spec } = made({
    volumes: [
      { name: "a", iscsi: { targetPortal: "192.0.2.1:3260", iqn: "iqn.2001-04.com.example:a", lun: 0 } },
      { name: "b", rbd: { monitors: ["192.0.2.1"], image: "a", pool: "own" } },
      { name: "c", azureDisk: { diskName: "a", diskURI: "https://example.com/a" } },
      { name: "d", image: { reference: "example.com/a:v1" } },
      { name: "e", image: { reference: "example.com/a" } },
      { name: "f", ephemeral: { volumeClaimTemplate: { spec: claim } } },
    ],
  });
  expect((spec as unknown as PodSpec).volumes).toEqual([
    {
      name: "a",
      iscsi: {
        iscsiInterface: "default",
        targetPortal: "192.0.2.1:3260",
        iqn: "iqn.2001-04.com.example:a",
        lun: 0,
      },
    },
    {
      name: "b",
      rbd: { keyring: "/etc/ceph/keyring", pool: "own", user: "admin", monitors: ["192.0.2.1"], image: "a" },
    },
    {
      name: "c",
      azureDisk: {
        cachingMode: "ReadWrite",
        fsType: "ext4",
        kind: "Shared",
        readOnly: false,
        diskName: "a",
        diskURI: "https://example.com/a",
      },
    },
    { name: "d", image: { reference: "example.com/a:v1", pullPolicy: "IfNotPresent" } },
    { name: "e", image: { reference: "example.com/a", pullPolicy: "Always" } },
    {
      name: "f",
      ephemeral: {
        volumeClaimTemplate: { metadata: {}, spec: { volumeMode: "Filesystem", resources: {}, ...claim } },
      },
    },
  ]);
});

test("KIND-41: fields whose gates are off are let go, of pods and templates", () => {
  const sources: JsonObject[] = [
    { clusterTrustBundle: { name: "roots", path: "roots.pem" } },
    { podCertificate: { signerName: "example.com/a", keyType: "ED25519" } },
    { secret: { name: "keys" } },
  ];
  const given = { volumes: [{ name: "all", projected: { sources } }], workloadRef: { name: "a" } };
  const kept = [
    { name: "all", projected: { defaultMode: 420, sources: [{}, {}, { secret: { name: "keys" } }] } },
  ];
  const pod = made(given)["spec"] as unknown as PodSpec & { workloadRef?: object };
  expect([pod.volumes, pod.workloadRef]).toEqual([kept, undefined]);
  const { template } = made(given, "Deployment")["spec"] as unknown as { template: { spec: PodSpec } };
  expect(template.spec.volumes).toEqual(kept);
});

test("KIND-42: what a pod asks for as a whole decides its quality of service", () => {
  const amounts = { cpu: "200m", memory: "200Mi" };
  const some = [{ ...containers[0], resources: { requests: { cpu: "100m" } } }];
  const classOf = (spec: object): string => qosClass({ containers: some, ...spec } as unknown as PodSpec);
  expect(classOf({})).toBe("Burstable");
  expect(classOf({ resources: { requests: amounts, limits: amounts } })).toBe("Guaranteed");
  expect(classOf({ resources: { limits: { cpu: "1" }, requests: { cpu: "1" } } })).toBe("Burstable");
});

test("KIND-43: a pod with scheduling gates says from the first moment why it waits", () => {
  expect(made({ schedulingGates: [{ name: "example.com/a" }] })["status"]).toEqual({
    phase: "Pending",
    qosClass: "BestEffort",
    conditions: [
      {
        type: "PodScheduled",
        status: "False",
        lastProbeTime: null,
        lastTransitionTime: "2026-03-02T09:00:00Z",
        reason: "SchedulingGated",
        message: "Scheduling is blocked due to non-empty scheduling gates",
      },
    ],
  });
});

test("KIND-44: only an image that can be read as one has the tag latest", () => {
  const policies = [
    "nginx",
    "nginx:latest",
    "nginx:1.27",
    "a.example:5000/b",
    "0123456789abcdef".repeat(4),
    "<your-image>",
    "IMAGE",
    "nginx@sha256:0",
  ].map((image) => {
    const { containers: list } = made({ containers: [{ name: "main", image }] })[
      "spec"
    ] as unknown as PodSpec;
    return [image, list[0]!.imagePullPolicy];
  });
  expect(policies).toEqual([
    ["nginx", "Always"],
    ["nginx:latest", "Always"],
    ["nginx:1.27", "IfNotPresent"],
    ["a.example:5000/b", "Always"],
    ["0123456789abcdef".repeat(4), "IfNotPresent"],
    ["<your-image>", "IfNotPresent"],
    ["IMAGE", "IfNotPresent"],
    ["nginx@sha256:0", "IfNotPresent"],
  ]);
});
