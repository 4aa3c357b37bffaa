// The small parts that kinds are made of.
import { describe, expect, test } from "vitest";
import { canonical } from "./canonical.ts";
import { humanDuration } from "./duration.ts";
import { checkSpecialIp, familyOf, formatAddress, parseAddress, warnOfCidr, warnOfIp } from "./ip.ts";
import { configMapKey, dns1123Label, labelValue, portName, qualifiedName } from "./names.ts";
import { divideQuantity, formatQuantity, parseQuantity, quantityOf, quantityProblem } from "./quantity.ts";
import { findKind, findResource, KINDS } from "./registry.ts";
import { formatLabelSelector, formatSelector, matchesLabels, matchesLabelSelector } from "./selectors.ts";
import { TYPES } from "./type-table.ts";
import { unifiedDiff } from "./unified-diff.ts";

describe("KIND-5: type tables", () => {
  test("fields carry Go's names, merge keys, embedded structs and pointers", () => {
    expect(TYPES["ServiceSpec"]?.fields["type"]).toEqual({ kind: "string", goType: "v1.ServiceType" });
    expect(TYPES["ServiceSpec"]?.fields["ports"]).toEqual({
      kind: "list",
      of: { kind: "ref", type: "ServicePort" },
      mergeKey: "port",
    });
    expect(TYPES["ObjectMeta"]?.fields["finalizers"]).toEqual({
      kind: "list",
      of: { kind: "string" },
      mergeSet: true,
    });
    expect(TYPES["ServiceSpec"]?.fields["ipFamilies"]).toEqual({
      kind: "list",
      of: { kind: "string", goType: "v1.IPFamily" },
    });
    expect(TYPES["ResourceRequirements"]?.fields["limits"]).toEqual({
      kind: "map",
      of: { kind: "quantity" },
      goType: "v1.ResourceList",
    });
    expect(TYPES["ReplicaSetSpec"]?.fields["replicas"]).toEqual({ kind: "int32", pointer: true });
    expect(TYPES["ServicePort"]?.fields["port"]).toEqual({ kind: "int32", always: true });
    expect(TYPES["Probe"]?.embedded).toEqual({
      exec: "ProbeHandler",
      grpc: "ProbeHandler",
      httpGet: "ProbeHandler",
      tcpSocket: "ProbeHandler",
    });
    expect(TYPES["DiscoveryEndpointPort"]?.goType).toBe("v1.EndpointPort");
  });

  test("every type that is referred to is there", () => {
    const missing = Object.values(TYPES).flatMap(({ fields }) =>
      Object.values(fields).flatMap((type) => {
        const inner = type.kind === "list" || type.kind === "map" ? type.of : type;
        return inner.kind === "ref" && !TYPES[inner.type] ? [inner.type] : [];
      }),
    );
    expect(missing).toEqual([]);
    expect(KINDS.filter(({ type }) => !TYPES[type])).toEqual([]);
  });
});

test("KIND-6: data takes the form in which Go would write it", () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", labels: null },
    spec: { type: "", selector: {}, ports: [null], publishNotReadyAddresses: false, trafficDistribution: "" },
  };
  expect(canonical("Service", service)).toEqual({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { ports: [{ port: 0 }], trafficDistribution: "" },
    status: { loadBalancer: {} },
  });
  const container = {
    name: "main",
    env: [{ name: "A", value: "" }],
    resources: { limits: { cpu: 0.5, memory: "1024Mi" } },
  };
  expect(canonical("Container", container)).toEqual({
    name: "main",
    env: [{ name: "A" }],
    resources: { limits: { cpu: "500m", memory: "1Gi" } },
  });
  // Amounts of resources are no finer than thousandths, others are.
  expect(canonical("ResourceRequirements", { limits: { cpu: "1.0001" } })).toEqual({
    limits: { cpu: "1001m" },
  });
  expect(canonical("ResourceFieldSelector", { resource: "limits.cpu", divisor: "0.0001" })).toEqual({
    resource: "limits.cpu",
    divisor: "100u",
  });
  expect(canonical("ContainerState", { running: {}, terminated: { exitCode: 1 } })).toEqual({
    running: { startedAt: null },
    terminated: { exitCode: 1, startedAt: null, finishedAt: null },
  });
  expect(canonical("ResourceFieldSelector", { resource: "limits.cpu" })).toEqual({
    resource: "limits.cpu",
    divisor: "0",
  });
  expect(canonical("ConfigMap", JSON.parse('{"data":{"__proto__":null}}'))["data"]).toHaveProperty([
    "__proto__",
  ]);
});

test("KIND-7: quantities", () => {
  expect(["100m", "1.5Gi", "2k", "1e3", ".5", "-1", "x", "1Kb"].map(parseQuantity)).toEqual([
    0.1,
    1.5 * 1024 ** 3,
    2000,
    1000,
    0.5,
    -1,
    undefined,
    undefined,
  ]);
  expect([7, "1500m", undefined, "x"].map(quantityOf)).toEqual([7, 1.5, 0, 0]);
  expect([divideQuantity("100m", "1m"), divideQuantity("100m", "1"), divideQuantity("64Mi", "1Ki")]).toEqual([
    100, 1, 65536,
  ]);
  const forms = {
    "0.5": "500m",
    "1000m": "1",
    "1024Mi": "1Gi",
    "1.5Gi": "1536Mi",
    "2000": "2k",
    "100m": "100m",
    "0": "0",
    "1e3": "1e3",
    "12e5": "1200e3",
    "0.1Gi": "107374182400m",
    "1025Ki": "1025Ki",
    "99999999999": "99999999999",
    "123456789012345678901": "123456789012345678901",
    "-1500m": "-1500m",
    "0.00000000001": "1n",
  };
  expect(Object.fromEntries(Object.keys(forms).map((text) => [text, formatQuantity(text)]))).toEqual(forms);
  expect(["0.0001", "1.0001", "0.0001Mi", "1.5Gi"].map((text) => formatQuantity(text, -3))).toEqual([
    "1m",
    "1001m",
    "104858m",
    "1536Mi",
  ]);
  expect(["64Mi", "64MB", "1.2.3", "64Mk", ""].map(quantityProblem)).toEqual([
    undefined,
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    "unable to parse quantity's suffix",
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ]);
});

test("KIND-8: ages grow coarser", () => {
  const minute = 60;
  const hour = 3600;
  const day = 86_400;
  const ages: [number, string][] = [
    [-5, "<invalid>"],
    [0, "0s"],
    [119, "119s"],
    [120, "2m"],
    [3 * minute + 40, "3m40s"],
    [10 * minute + 5, "10m"],
    [179 * minute, "179m"],
    [3 * hour, "3h"],
    [5 * hour + 10 * minute, "5h10m"],
    [26 * hour, "26h"],
    [3 * day + 4 * hour, "3d4h"],
    [12 * day, "12d"],
    [800 * day, "2y70d"],
    [3000 * day, "8y"],
  ];
  expect(ages.map(([seconds]) => humanDuration(seconds * 1000))).toEqual(ages.map(([, text]) => text));
});

describe("KIND-9: names", () => {
  test("lengths are told in characters, of labels in bytes", () => {
    const long = "a".repeat(64);
    expect(dns1123Label(long)).toEqual(["must be no more than 63 characters"]);
    expect(labelValue(long)).toEqual(["must be no more than 63 bytes"]);
    expect(qualifiedName(long)).toEqual(["name part must be no more than 63 bytes"]);
    expect(qualifiedName("/a")).toEqual(["prefix part must be non-empty"]);
  });

  test("ports are named by letters, digits and single hyphens", () => {
    expect(portName("http-8080")).toEqual([]);
    expect(portName("-Web--1")).toEqual([
      "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
      "must not contain consecutive hyphens",
      "must not begin or end with a hyphen",
    ]);
    expect(portName("")).toHaveLength(2);
  });

  test("keys of ConfigMaps may not climb", () => {
    expect(configMapKey(".")).toEqual(["must not be '.'"]);
    expect(configMapKey("..data")).toEqual(["must not start with '..'"]);
    expect(configMapKey(".env")).toEqual([]);
  });
});

describe("KIND-10: addresses", () => {
  test("families and canonical texts", () => {
    const canonicalOf = (text: string): string => formatAddress(parseAddress(text) ?? []);
    expect(["10.0.0.1", "fd00::1", "::ffff:10.0.0.1", "10.0.0", "1::2::3"].map(familyOf)).toEqual([
      "IPv4",
      "IPv6",
      "IPv4",
      undefined,
      undefined,
    ]);
    expect(["2001:0DB8:0:0:1:0:0:1", "::", "1:0:0:2::"].map(canonicalOf)).toEqual([
      "2001:db8::1:0:0:1",
      "::",
      "1:0:0:2::",
    ]);
  });

  test("special ranges are refused, sloppy forms warned of", () => {
    expect(checkSpecialIp("ip", "224.0.0.9")[0]?.detail).toBe(
      "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)",
    );
    expect(checkSpecialIp("ip", "::1")[0]?.detail).toBe(
      "may not be in the loopback range (127.0.0.0/8, ::1/128)",
    );
    expect(checkSpecialIp("ip", "203.0.113.1")).toEqual([]);
    expect(warnOfIp("ip", "2001:DB8::1")).toEqual([
      'ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ]);
    expect(warnOfCidr("c", "10.0.0.1/8")).toEqual([
      'c: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)',
    ]);
    expect(warnOfCidr("c", "10.0.0.0/8")).toEqual([]);
  });
});

describe("KIND-11: selectors", () => {
  const labels = { app: "web", tier: "front" };

  test("an empty selector matches everything, no LabelSelector nothing", () => {
    expect(matchesLabels({}, labels)).toBe(true);
    expect(matchesLabels({ app: "web" }, undefined)).toBe(false);
    expect(matchesLabelSelector(undefined, labels)).toBe(false);
    expect(matchesLabelSelector({}, labels)).toBe(true);
  });

  test("expressions", () => {
    const matches = (
      operator: "In" | "NotIn" | "Exists" | "DoesNotExist",
      key: string,
      values?: string[],
    ): boolean =>
      matchesLabelSelector({ matchExpressions: [{ key, operator, ...(values && { values }) }] }, labels);
    expect([
      matches("In", "app", ["api", "web"]),
      matches("NotIn", "app", ["web"]),
      matches("NotIn", "old", ["web"]),
    ]).toEqual([true, false, true]);
    expect([matches("Exists", "tier"), matches("DoesNotExist", "tier")]).toEqual([true, false]);
  });

  test("texts", () => {
    expect(formatSelector({ b: "2", a: "1" })).toBe("a=1,b=2");
    expect(formatSelector({})).toBe("<none>");
    const matchExpressions = [
      { key: "b", operator: "Exists" as const },
      { key: "a", operator: "DoesNotExist" as const },
      { key: "c", operator: "NotIn" as const, values: ["2", "1"] },
    ];
    expect(formatLabelSelector({ matchExpressions })).toBe("!a,b,c notin (1,2)");
  });
});

test("KIND-12: kinds are found as people name them", () => {
  const found = [
    "po",
    "Pods",
    "deploy",
    "deployments.apps",
    "endpointslices.discovery.k8s.io",
    "EP",
    "widgets",
  ].map((word) => findResource(word)?.kind);
  expect(found).toEqual(["Pod", "Pod", "Deployment", "Deployment", "EndpointSlice", "Endpoints", undefined]);
  expect(findKind("apps/v1", "Deployment")?.plural).toBe("deployments");
  expect(findKind("v1", "Deployment")).toBeUndefined();
  expect(KINDS).toHaveLength(15);
});

test("KIND-13: a diff has three lines of context, and a group for each distant change", () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  const after = before.with(1, "second").with(18, "last but one").toSpliced(10, 1);
  expect(unifiedDiff(before.join("\n"), after.join("\n"))).toBe(
    [
      "@@ -1,5 +1,5 @@",
      " line 1",
      "-line 2",
      "+second",
      " line 3",
      " line 4",
      " line 5",
      "@@ -8,7 +8,6 @@",
      " line 8",
      " line 9",
      " line 10",
      "-line 11",
      " line 12",
      " line 13",
      " line 14",
      "@@ -16,5 +15,5 @@",
      " line 16",
      " line 17",
      " line 18",
      "-line 19",
      "+last but one",
      " line 20",
      "",
    ].join("\n"),
  );
  expect(unifiedDiff("a", "a")).toBe("");
});
