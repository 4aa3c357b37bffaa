// What pods and templates are warned of beside the recorded cases: what is old, and what gets in each other's way.
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { kindNamed } from "../registry.ts";
import type { KindName } from "../kinds.ts";

function warningsOf(kind: KindName, object: JsonObject): string[] {
  const definition = kindNamed(kind);
  return definition.warnings?.(definition.defaults(object)) ?? [];
}

const containers = [{ name: "main", image: "nginx:1.27" }];
const pod = (spec: JsonObject, annotations: JsonObject = {}): string[] =>
  warningsOf("Pod", { metadata: { name: "web", annotations }, spec: { containers, ...spec } });

describe("KIND-35: warnings of pods and templates", () => {
  test("volume plugins that do nothing any more", () => {
    const old = [
      "glusterfs",
      "rbd",
      "cephfs",
      "storageos",
      "flocker",
      "quobyte",
      "scaleIO",
      "photonPersistentDisk",
    ];
    const volumes = [{ name: "git", gitRepo: { repository: "https://example.com/a.git" } }];
    expect(pod({ volumes: [...volumes, ...old.map((plugin) => ({ name: "a", [plugin]: {} }))] })).toEqual([
      "spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+",
      "spec.volumes[1].glusterfs: deprecated in v1.25, non-functional in v1.26+",
      "spec.volumes[2].rbd: deprecated in v1.28, non-functional in v1.31+",
      "spec.volumes[3].cephfs: deprecated in v1.28, non-functional in v1.31+",
      "spec.volumes[4].storageOS: deprecated in v1.22, non-functional in v1.25+",
      "spec.volumes[5].flocker: deprecated in v1.22, non-functional in v1.25+",
      "spec.volumes[6].quobyte: deprecated in v1.22, non-functional in v1.25+",
      "spec.volumes[7].scaleIO: deprecated in v1.16, non-functional in v1.22+",
      "spec.volumes[8].photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+",
    ]);
  });

  test("files of one volume at the same place or inside of each other", () => {
    const items = (...paths: string[]): JsonObject[] => paths.map((path) => ({ key: path, path }));
    const sources: JsonObject[] = [
      { serviceAccountToken: { path: "token" } },
      { configMap: { name: "settings", items: items("token", "tls") } },
      { secret: { name: "keys", items: items("tls/key", "tlsx") } },
      {},
    ];
    expect(
      pod({
        volumes: [
          { name: "settings", configMap: { name: "settings", items: items("a", "b/", "b/c", "a") } },
          { name: "all", projected: { sources } },
        ],
      }),
    ).toEqual([
      'volume "settings" (ConfigMap "settings"): overlapping paths: "b/c" with "b"',
      'volume "settings" (ConfigMap "settings"): overlapping paths: "a" with "a"',
      'volume "all" (Projected) has no sources provided',
      'volume "all" (Projected): overlapping paths: "token" (ConfigMap "settings") with "token" (ServiceAccountToken)',
      'volume "all" (Projected): overlapping paths: "tls/key" (Secret "keys") with "tls" (ConfigMap "settings")',
    ]);
  });

  test("annotations that became fields", () => {
    const annotations = {
      "scheduler.alpha.kubernetes.io/critical-pod": "",
      "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
      "container.seccomp.security.alpha.kubernetes.io/main": "runtime/default",
    };
    const pods = [
      'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      'metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
      'metadata.annotations[container.seccomp.security.alpha.kubernetes.io/main]: non-functional in v1.27+; use the "seccompProfile" field instead',
    ];
    expect(pod({}, annotations)).toEqual(pods);
    const seccompProfile = { type: "RuntimeDefault" };
    expect(pod({ securityContext: { seccompProfile } }, annotations)).toEqual([pods[0], pods[2]]);
  });

  test("AppArmor's annotation: a new pod gets the field, a template only the warning", () => {
    const annotations = { "container.apparmor.security.beta.kubernetes.io/main": "localhost/strict" };
    const text =
      'metadata.annotations[container.apparmor.security.beta.kubernetes.io/main]: deprecated since v1.30; use the "appArmorProfile" field instead';
    const said: string[] = [];
    const given = { metadata: { name: "web", annotations }, spec: { containers } };
    const { spec } = kindNamed("Pod").prepareForCreate!(given, (warning) => void said.push(warning));
    const appArmorProfile = { type: "Localhost", localhostProfile: "strict" };
    expect(spec).toEqual({ containers: [{ ...containers[0], securityContext: { appArmorProfile } }] });
    expect(said).toEqual([text]);
    const template = { metadata: { labels: { app: "web" }, annotations }, spec: { containers } };
    const deployment = { metadata: { name: "web" }, spec: { template } };
    expect(warningsOf("Deployment", deployment)).toEqual([`spec.template.${text}`]);
  });

  test("node labels of old, and values that no label can have", () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "beta.kubernetes.io/os", operator: "Exists" }] }],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: "disk", operator: "In", values: ["s s"] }] } },
      ],
    };
    const nodeSelector = { "node-role.kubernetes.io/master": "" };
    const at = "spec.affinity.nodeAffinity";
    expect(pod({ affinity: { nodeAffinity }, nodeSelector })).toEqual([
      'spec.nodeSelector[node-role.kubernetes.io/master]: use "node-role.kubernetes.io/control-plane" instead',
      `${at}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead`,
      `${at}.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: s s is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    ]);
  });

  test("fractions of bytes", () => {
    const claim = { spec: { resources: { requests: { storage: "1500m" } } } };
    const volumes = [{ name: "scratch", ephemeral: { volumeClaimTemplate: claim } }];
    expect(pod({ overhead: { memory: "100m" }, volumes })).toEqual([
      'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.overhead[memory]: fractional byte value "100m" is invalid, must be an integer',
    ]);
  });
});
