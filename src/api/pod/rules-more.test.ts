// More rules of pods that stand in Kubernetes' source: mounts, devices, restarts, resizing, spread.
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { errorsOf } from "../testing/errors-of.ts";

describe("KIND-31: pods", () => {
  const main = { name: "main", image: "nginx:1.27" };
  const pod = (spec: JsonObject): string[] => errorsOf("Pod", { spec: { containers: [main], ...spec } });
  const container = (more: JsonObject, spec: JsonObject = {}): string[] =>
    pod({ containers: [{ ...main, ...more }], ...spec });
  const volumes: JsonObject[] = [
    { name: "scratch", emptyDir: {} },
    { name: "disk", persistentVolumeClaim: { claimName: "disk" } },
  ];

  test("huge pages need cpu or memory, and claims a pod that has them", () => {
    expect(
      container({ resources: { limits: { "hugepages-2Mi": "2Mi" }, claims: [{ name: "gpu" }] } }),
    ).toEqual([
      "spec.containers[0].resources | forbidden | HugePages require cpu or memory",
      'spec.containers[0].resources.claims[0] | notFound | "gpu" | must be one of the names in pod.spec.resourceClaims which is empty',
    ]);
    expect(container({ resources: { limits: { "hugepages-2Mi": "2Mi", cpu: "1" } } })).toEqual([]);
    const resourceClaims = [{ name: "gpu", resourceClaimName: "one" }];
    expect(
      container({ resources: { claims: [{ name: "gpu" }, { name: "gpu" }] } }, { resourceClaims }),
    ).toEqual(['spec.containers[0].resources.claims[1] | duplicate | "gpu"']);
  });

  test("what happens to a container that is resized", () => {
    const resizePolicy = [
      { resourceName: "cpu", restartPolicy: "Never" },
      { resourceName: "cpu", restartPolicy: "RestartContainer" },
    ];
    expect(container({ resizePolicy }, { restartPolicy: "Never" })).toEqual([
      'spec.containers[0].resizePolicy | notSupported | "Never" | supported values: "NotRequired", "RestartContainer"',
      "spec.containers[0].resizePolicy | invalid | \"Never\" | must be 'NotRequired' when `restartPolicy` is 'Never'",
      'spec.containers[0].resizePolicy[1] | duplicate | "cpu"',
      "spec.containers[0].resizePolicy | invalid | \"RestartContainer\" | must be 'NotRequired' when `restartPolicy` is 'Never'",
    ]);
  });

  test("restart rules of a container need a policy, a known action and exit codes", () => {
    const rule = { action: "Restart", exitCodes: { operator: "In", values: [42] } };
    expect(container({ restartPolicy: "Never", restartPolicyRules: [rule] })).toEqual([]);
    const wrong: JsonObject[] = [
      rule,
      { action: "Stop", exitCodes: { operator: "Is" } },
      { action: "Restart" },
    ];
    expect(container({ restartPolicyRules: wrong })).toEqual([
      "spec.containers[0].restartPolicy | required | must specify restartPolicy when restart rules are used",
      'spec.containers[0].restartPolicyRules[1].action | notSupported | "Stop" | supported values: "Restart"',
      'spec.containers[0].restartPolicyRules[1].exitCodes.operator | notSupported | "Is" | supported values: "In", "NotIn"',
      "spec.containers[0].restartPolicyRules[2].exitCodes | required | must be specified",
    ]);
  });

  test("mounts may be propagated and read-only all the way down", () => {
    const mount = (more: JsonObject): string[] =>
      container({ volumeMounts: [{ name: "scratch", mountPath: "/a", ...more }] }, { volumes });
    expect(mount({ mountPropagation: "Both" })).toEqual([
      'spec.containers[0].volumeMounts.mountPropagation | notSupported | "Both" | supported values: "Bidirectional", "HostToContainer", "None"',
    ]);
    expect(mount({ mountPropagation: "Bidirectional", recursiveReadOnly: "Enabled" })).toEqual([
      "spec.containers[0].volumeMounts.mountPropagation | forbidden | Bidirectional mount propagation is available only to privileged containers",
      "spec.containers[0].volumeMounts.recursiveReadOnly | forbidden | may only be specified when readOnly is true",
      "spec.containers[0].volumeMounts.recursiveReadOnly | forbidden | may only be specified when mountPropagation is None or not specified",
    ]);
    expect(mount({ readOnly: true, recursiveReadOnly: "Always" })).toEqual([
      'spec.containers[0].volumeMounts.recursiveReadOnly | notSupported | "Always" | supported values: "Disabled", "Enabled", "IfPossible"',
    ]);
  });

  test("raw devices come from claims", () => {
    const devices = (...volumeDevices: JsonObject[]): string[] => container({ volumeDevices }, { volumes });
    expect(devices({ name: "disk", devicePath: "/dev/a" })).toEqual([]);
    expect(
      devices(
        { name: "scratch", devicePath: "/dev/../a" },
        { name: "disk" },
        { name: "none", devicePath: "/b" },
      ),
    ).toEqual([
      'spec.containers[0].volumeDevices[0].name | invalid | "scratch" | can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      "spec.containers[0].volumeDevices[0].devicePath | invalid | \"/dev/../a\" | can not contain backsteps ('..')",
      "spec.containers[0].volumeDevices[1].devicePath | required",
      'spec.containers[0].volumeDevices[2].name | notFound | "none"',
    ]);
    const both = {
      volumeMounts: [{ name: "disk", mountPath: "/a" }],
      volumeDevices: [{ name: "disk", devicePath: "/a" }],
    };
    expect(container(both, { volumes })).toEqual([
      'spec.containers[0].volumeMounts[0].name | invalid | "disk" | must not already exist in volumeDevices',
      'spec.containers[0].volumeMounts[0].mountPath | invalid | "/a" | must not already exist as a path in volumeDevices',
      'spec.containers[0].volumeDevices[0].name | invalid | "disk" | must not already exist in volumeMounts',
      'spec.containers[0].volumeDevices[0].devicePath | invalid | "/a" | must not already exist as a path in volumeMounts',
    ]);
  });

  test("options of topology spread, and groups", () => {
    const spread = (more: JsonObject): string[] =>
      pod({
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", ...more },
        ],
      });
    const field = "spec.topologySpreadConstraints[0]";
    expect(spread({ minDomains: 0, nodeTaintsPolicy: "Maybe", matchLabelKeys: ["a"] })).toEqual([
      `${field}.minDomains | invalid | 0 | must be greater than zero`,
      `${field}.minDomains | invalid | 0 | can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway`,
      `${field}.nodeTaintsPolicy | notSupported | "Maybe" | supported values: "Honor", "Ignore"`,
      `${field}.matchLabelKeys | forbidden | must not be set when labelSelector is not set`,
    ]);
    const labelSelector = { matchLabels: { app: "web" } };
    expect(spread({ matchLabelKeys: ["app"], labelSelector })).toEqual([
      `${field}.matchLabelKeys[0] | invalid | "app" | exists in both matchLabelKeys and labelSelector`,
    ]);
    expect(pod({ securityContext: { supplementalGroupsPolicy: "Some" } })).toEqual([
      'spec.securityContext.supplementalGroupsPolicy | notSupported | "Some" | supported values: "Merge", "Strict"',
    ]);
  });
});
