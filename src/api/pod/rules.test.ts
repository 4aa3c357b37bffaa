// Rules of pods that stand in Kubernetes' source, and the texts that it gives.
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import { changesOf, errorsOf } from "../testing/errors-of.ts";

describe("KIND-31: pods", () => {
  const main = { name: "main", image: "nginx:1.27" };
  const pod = (spec: JsonObject): string[] => errorsOf("Pod", { spec: { containers: [main], ...spec } });
  const container = (more: JsonObject): string[] => pod({ containers: [{ ...main, ...more }] });

  test("requests fit into limits, and resources exist", () => {
    expect(
      container({
        resources: { requests: { cpu: "2", memory: "64Mi" }, limits: { cpu: "1000m", memory: "64Mi" } },
      }),
    ).toEqual([
      'spec.containers[0].resources.requests | invalid | "2" | must be less than or equal to cpu limit of 1',
    ]);
    expect(container({ resources: { limits: { cpus: "1" } } })).toEqual([
      'spec.containers[0].resources.limits[cpus] | invalid | "cpus" | must be a standard resource type or fully qualified',
      'spec.containers[0].resources.limits[cpus] | invalid | "cpus" | must be a standard resource for containers',
      'spec.containers[0].resources.requests[cpus] | invalid | "cpus" | must be a standard resource type or fully qualified',
      'spec.containers[0].resources.requests[cpus] | invalid | "cpus" | must be a standard resource for containers',
    ]);
    expect(
      container({ resources: { requests: { "example.com/gpu": "1" }, limits: { memory: "-1Mi" } } }),
    ).toEqual([
      'spec.containers[0].resources.limits[memory] | invalid | "-1Mi" | must be greater than or equal to 0',
      "spec.containers[0].resources.limits | required | Limit must be set for non overcommitable resources",
      'spec.containers[0].resources.requests[memory] | invalid | "-1Mi" | must be greater than or equal to 0',
    ]);
  });

  test("tolerations", () => {
    expect(
      pod({
        tolerations: [
          { operator: "Equal" },
          { key: "a", operator: "Exists", value: "b" },
          { key: "a", effect: "NoRun" },
        ],
      }),
    ).toEqual([
      'spec.tolerations[0].operator | invalid | "Equal" | operator must be Exists when `key` is empty, which means "match all values and all keys"',
      "spec.tolerations[1].operator | invalid | \"b\" | value must be empty when `operator` is 'Exists'",
      'spec.tolerations[2].effect | notSupported | "NoRun" | supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ]);
    expect(pod({ tolerations: [{ key: "a", operator: "Exists", tolerationSeconds: 5 }] })).toEqual([
      "spec.tolerations[0].effect | invalid | \"\" | effect must be 'NoExecute' when `tolerationSeconds` is set",
    ]);
  });

  test("what volumes of other machines need, and whole huge pages", () => {
    const volumes: JsonObject[] = [
      { name: "a", gitRepo: { directory: "../up" } },
      { name: "b", nfs: { server: "nfs.example.com" } },
      { name: "c", iscsi: { lun: 0 } },
    ];
    expect(pod({ volumes })).toEqual([
      "spec.volumes[0].gitRepo.repository | required",
      "spec.volumes[0].gitRepo.directory | invalid | \"../up\" | must not contain '..'",
      "spec.volumes[1].nfs.path | required",
      'spec.volumes[1].nfs.path | invalid | "" | must be an absolute path',
      "spec.volumes[2].iscsi.targetPortal | required",
      "spec.volumes[2].iscsi.iqn | required",
    ]);
    expect(container({ resources: { limits: { "hugepages-2Mi": "3Mi", memory: "1Mi" } } })).toEqual([
      'spec.containers[0].resources.limits[hugepages-2Mi] | invalid | "3Mi" | 3Mi is not positive integer multiple of hugepages-2Mi',
      'spec.containers[0].resources.requests[hugepages-2Mi] | invalid | "3Mi" | 3Mi is not positive integer multiple of hugepages-2Mi',
    ]);
  });

  test("numeric tolerations are known but switched off; a sidecar has no rules of restart", () => {
    expect(pod({ tolerations: [{ key: "a", operator: "Gt", value: "1" }] })).toEqual([
      'spec.tolerations[0].operator | notSupported | "Gt" | supported values: "Equal", "Exists", "Lt", "Gt"',
    ]);
    const restartPolicyRules = [{ action: "Restart", exitCodes: { operator: "In", values: [1] } }];
    const sidecar = { ...main, name: "side", restartPolicy: "Always", restartPolicyRules };
    expect(pod({ initContainers: [sidecar] })).toEqual([
      "spec.initContainers[0].restartPolicyRules | forbidden | restartPolicyRules are not allowed for init containers with restart policy Always",
    ]);
  });

  test("affinity and spread", () => {
    const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "In" }] }] };
    const term = { weight: 101, podAffinityTerm: { labelSelector: {}, topologyKey: "" } };
    const errors = pod({
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required },
        podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] },
      },
      topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "Never" }],
    });
    const soft = "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]";
    expect(errors).toEqual([
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values | required | must be specified when `operator` is 'In' or 'NotIn'",
      `${soft}.weight | invalid | 101 | must be in the range 1-100`,
      `${soft}.podAffinityTerm.topologyKey | required | can not be empty`,
      `${soft}.podAffinityTerm.topologyKey | invalid | "" | name part must be non-empty`,
      expect.stringMatching(/topologyKey \| invalid \| "" \| name part must consist/),
      "spec.topologySpreadConstraints[0].maxSkew | invalid | 0 | must be greater than zero",
      'spec.topologySpreadConstraints[0].whenUnsatisfiable | notSupported | "Never" | supported values: "DoNotSchedule", "ScheduleAnyway"',
    ]);
  });

  test("sidecars may have probes and hooks, sleep fits into the grace period", () => {
    const probe = { tcpSocket: { port: 80 } };
    const sidecar = { ...main, name: "side", restartPolicy: "Always", readinessProbe: probe };
    expect(pod({ initContainers: [sidecar, { ...main, name: "odd", restartPolicy: "Sometimes" }] })).toEqual([
      'spec.initContainers[1].restartPolicy | notSupported | "Sometimes" | supported values: "Always", "Never", "OnFailure"',
    ]);
    expect(container({ lifecycle: { preStop: { sleep: { seconds: 31 } } } })).toEqual([
      "spec.containers[0].lifecycle.preStop.sleep | invalid | 31 | must be non-negative and less than terminationGracePeriodSeconds (30)",
    ]);
  });

  test("files of projected volumes are there once", () => {
    const sources: Json[] = [
      { configMap: { name: "c", items: [{ key: "a", path: "x" }] }, secret: { name: "s" } },
      { secret: { items: [{ key: "a", path: "x" }] } },
      { serviceAccountToken: { path: "", expirationSeconds: 60 } },
      { downwardAPI: { items: [{ path: "../up", fieldRef: { fieldPath: "spec.nodeName" } }] } },
    ];
    expect(pod({ volumes: [{ name: "all", projected: { sources } }] })).toEqual([
      "spec.volumes[0].projected.sources[0].configMap | forbidden | may not specify more than 1 volume type per source",
      "spec.volumes[0].projected.sources[1].secret.name | required",
      "spec.volumes[0].projected.sources[2].serviceAccountToken.expirationSeconds | invalid | 60 | may not specify a duration less than 10 minutes",
      "spec.volumes[0].projected.sources[2].serviceAccountToken.path | required",
      "spec.volumes[0].projected.sources[3].downwardAPI.path | invalid | \"../up\" | must not contain '..'",
      expect.stringContaining(
        'downwardAPI.fieldRef.fieldPath | notSupported | "spec.nodeName" | supported values: "metadata.annotations"',
      ),
    ]);
  });

  test("security contexts", () => {
    expect(
      container({ securityContext: { privileged: true, allowPrivilegeEscalation: false, runAsUser: -1 } }),
    ).toEqual([
      "spec.containers[0].securityContext.runAsUser | invalid | -1 | must be between 0 and 2147483647, inclusive",
      'spec.containers[0].securityContext | invalid | {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":-1,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null} | cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ]);
    expect(
      pod({
        hostPID: true,
        shareProcessNamespace: true,
        os: { name: "mac" },
        securityContext: {
          seccompProfile: { type: "RuntimeDefault", localhostProfile: "x" },
          appArmorProfile: { type: "Strict" },
          sysctls: [
            { name: "net.core.somaxconn", value: "1" },
            { name: "A b", value: "1" },
          ],
        },
      }),
    ).toEqual([
      "spec.securityContext.shareProcessNamespace | invalid | true | ShareProcessNamespace and HostPID cannot both be enabled",
      'spec.securityContext.sysctls[1].name | invalid | "A b" | must have at most 253 characters and match regex ([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?',
      'spec.securityContext.seccompProfile.localhostProfile | invalid | {"Type":"RuntimeDefault","LocalhostProfile":"x"} | can only be set when seccomp type is Localhost',
      'spec.securityContext.appArmorProfile.type | notSupported | "Strict" | supported values: "Localhost", "RuntimeDefault", "Unconfined"',
      'spec.os | notSupported | "mac" | supported values: "linux", "windows"',
    ]);
    expect(
      pod({ securityContext: { seccompProfile: { type: "Localhost" }, fsGroupChangePolicy: "Never" } }),
    ).toEqual([
      'spec.securityContext.fsGroupChangePolicy | notSupported | "Never" | supported values: "Always", "OnRootMismatch"',
      "spec.securityContext.seccompProfile.localhostProfile | required | must be set when seccomp type is Localhost",
    ]);
  });

  test("the deadline may only come nearer", () => {
    const spec = (seconds?: number): JsonObject => ({
      spec: { containers: [main], ...(seconds !== undefined && { activeDeadlineSeconds: seconds }) },
    });
    expect(changesOf("Pod", spec(60), spec(90))).toEqual([
      "spec.activeDeadlineSeconds | invalid | 90 | must be less than or equal to previous value",
    ]);
    expect(changesOf("Pod", spec(60), spec())).toEqual([
      "spec.activeDeadlineSeconds | invalid | null | must not update from a positive integer to nil value",
    ]);
    expect(changesOf("Pod", spec(60), spec(30))).toEqual([]);
  });

  test("the difference of specs is JSON as Go writes it", () => {
    const running = (command: string[]): JsonObject => ({ spec: { containers: [{ ...main, command }] } });
    const [error] = changesOf("Pod", running(["sh", "a && b > c"]), running(["sh", "a <b"]));
    expect(error!.split("\n").slice(1)).toEqual([
      "@@ -7,7 +7,7 @@",
      '    "Image": "nginx:1.27",',
      '    "Command": [',
      '     "sh",',
      '-    "a \\u0026\\u0026 b \\u003e c"',
      '+    "a \\u003cb"',
      "    ],",
      '    "Args": null,',
      '    "WorkingDir": "",',
      "",
    ]);
  });

  test("annotations that were read when a pod was made stay as they are", () => {
    const profile = "container.apparmor.security.beta.kubernetes.io/main";
    const mirror = "kubernetes.io/config.mirror";
    const marked = (annotations: JsonObject): JsonObject => ({
      metadata: { annotations: { note: "a", ...annotations } },
      spec: { containers: [main] },
    });
    const both = { [profile]: "unconfined", [mirror]: "1" };
    expect(changesOf("Pod", marked(both), marked({ note: "b", [profile]: "runtime/default" }))).toEqual([
      `metadata.annotations[${profile}] | forbidden | may not remove or update AppArmor annotations`,
      `metadata.annotations[${mirror}] | forbidden | may not remove or update mirror pod annotation`,
    ]);
    expect(changesOf("Pod", marked({}), marked(both))).toEqual([
      `metadata.annotations[${profile}] | forbidden | may not add AppArmor annotations`,
      `metadata.annotations[${mirror}] | forbidden | may not add mirror pod annotation`,
    ]);
    expect(changesOf("Pod", marked(both), marked({ note: "b", ...both }))).toEqual([]);
  });
});
