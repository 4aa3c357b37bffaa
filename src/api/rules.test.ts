// Rules of validation that stand in Kubernetes' source, and the texts that it gives.
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import type { KindName } from "./kinds.ts";
import { kindNamed } from "./registry.ts";
import { encodeBase64 } from "#base/base64";
import { changesOf, errorsOf } from "./testing/errors-of.ts";

const ports = [{ port: 80 }];

describe("KIND-30: services", () => {
  const service = (spec: JsonObject): string[] => errorsOf("Service", { spec });

  test("node ports and health checks need a type that has them", () => {
    expect(service({ ports: [{ port: 80, nodePort: 30080 }] })).toEqual([
      "spec.ports[0].nodePort | forbidden | may not be used when `type` is 'ClusterIP'",
    ]);
    expect(service({ ports, externalTrafficPolicy: "Local", healthCheckNodePort: 30000 })).toEqual([
      'spec.externalTrafficPolicy | invalid | "Local" | may only be set for externally-accessible services',
      "spec.healthCheckNodePort | invalid | 30000 | may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
    expect(service({ type: "LoadBalancer", ports, externalTrafficPolicy: "Local" })).toEqual([
      "spec.healthCheckNodePort | required",
    ]);
    expect(
      service({ type: "NodePort", ports, externalTrafficPolicy: "local", internalTrafficPolicy: "None" }),
    ).toEqual([
      'spec.externalTrafficPolicy | notSupported | "local" | supported values: "Cluster", "Local"',
      'spec.internalTrafficPolicy | notSupported | "None" | supported values: "Cluster", "Local"',
    ]);
  });

  test("the kubelet's port is not given to the outside", () => {
    expect(service({ type: "LoadBalancer", ports: [{ port: 10250 }] })).toEqual([
      "spec.ports[0] | invalid | 10250 | may not expose port 10250 externally since it is used by kubelet",
    ]);
    expect(service({ type: "NodePort", ports: [{ port: 10250 }] })).toEqual([]);
  });

  test("node ports are there once for a protocol", () => {
    const twice: Json = [
      { name: "a", port: 80, nodePort: 30080 },
      { name: "b", port: 81, nodePort: 30080 },
      { name: "c", port: 82, nodePort: 30080, protocol: "UDP" },
    ];
    expect(service({ type: "NodePort", ports: twice })).toEqual([
      "spec.ports[1].nodePort | duplicate | 30080",
    ]);
  });

  test("ExternalName has a DNS name and no addresses", () => {
    expect(service({ type: "ExternalName", externalName: "example.com." })).toEqual([]);
    expect(service({ type: "ExternalName" })).toEqual(["spec.externalName | required"]);
    expect(
      service({
        type: "ExternalName",
        externalName: "a_b",
        clusterIP: "None",
        clusterIPs: ["None"],
        ipFamilies: ["IPv4"],
      }),
    ).toEqual([
      "spec.clusterIPs | forbidden | may not be set for ExternalName services",
      "spec.ipFamilies | forbidden | may not be set for ExternalName services",
      expect.stringMatching(
        /^spec.externalName \| invalid \| "a_b" \| a lowercase RFC 1123 subdomain must consist/,
      ),
    ]);
  });

  test("the source ranges of the old annotation are checked too", () => {
    const annotations = { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, gateway" };
    const metadata = { name: "web", namespace: "default", annotations };
    const field = "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]";
    expect(errorsOf("Service", { metadata, spec: { ports } })).toEqual([
      `${field} | forbidden | may only be used when \`type\` is 'LoadBalancer'`,
      `${field} | invalid | "gateway" | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
    ]);
  });

  test("what may not change", () => {
    const before = {
      spec: {
        type: "LoadBalancer",
        ports,
        loadBalancerClass: "a/b",
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 30001,
      },
    };
    const after = { spec: { ...before.spec, loadBalancerClass: "a/c", healthCheckNodePort: 30002 } };
    expect(changesOf("Service", before, after)).toEqual([
      'spec.loadBalancerClass | invalid | "a/c" | may not change once set',
      "spec.healthCheckNodePort | forbidden | field is immutable",
    ]);
    const ip = { spec: { ports, clusterIP: "10.96.0.9", clusterIPs: ["10.96.0.9"] } };
    expect(changesOf("Service", ip, { spec: { ports } })).toEqual([
      "spec.clusterIPs[0] | invalid | null | primary clusterIP can not be unset",
    ]);
    expect(changesOf("Service", ip, { spec: { type: "ExternalName", externalName: "a.b" } })).toEqual([]);
  });
});

describe("KIND-32: workloads", () => {
  const template = (more: JsonObject = {}): JsonObject => ({
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "main", image: "nginx:1.27" }], ...more },
  });
  const selector = { matchLabels: { app: "web" } };

  test("strategies of a Deployment", () => {
    const deployment = (spec: JsonObject): string[] =>
      errorsOf("Deployment", { spec: { selector, template: template(), ...spec } });
    expect(deployment({ strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } })).toEqual([
      "spec.strategy.rollingUpdate | forbidden | may not be specified when strategy `type` is 'Recreate'",
    ]);
    expect(deployment({ strategy: { type: "Rolling" } })).toEqual([
      'spec.strategy | notSupported | {"Type":"Rolling","RollingUpdate":null} | supported values: "Recreate", "RollingUpdate"',
    ]);
    expect(deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } })).toEqual([
      "spec.strategy.rollingUpdate.maxUnavailable | invalid | 0 | may not be 0 when `maxSurge` is 0",
    ]);
    expect(deployment({ strategy: { rollingUpdate: { maxSurge: "many", maxUnavailable: "120%" } } })).toEqual(
      [
        "spec.strategy.rollingUpdate.maxSurge | invalid | \"many\" | a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        'spec.strategy.rollingUpdate.maxUnavailable | invalid | "120%" | must not be greater than 100%',
      ],
    );
    expect(
      deployment({ progressDeadlineSeconds: 10, minReadySeconds: 10, revisionHistoryLimit: -1 }),
    ).toEqual([
      "spec.revisionHistoryLimit | invalid | -1 | must be greater than or equal to 0",
      "spec.progressDeadlineSeconds | invalid | 10 | must be greater than minReadySeconds",
    ]);
  });

  test("templates restart always and live for ever", () => {
    expect(
      errorsOf("ReplicaSet", {
        spec: { selector, template: template({ restartPolicy: "Never", activeDeadlineSeconds: 5 }) },
      }),
    ).toEqual([
      'spec.template.spec.restartPolicy | notSupported | "Never" | supported values: "Always"',
      "spec.template.spec.activeDeadlineSeconds | forbidden | activeDeadlineSeconds in ReplicaSet is not Supported",
    ]);
  });

  test("ReplicationControllers take their selector from the template, and need one", () => {
    expect(errorsOf("ReplicationController", { spec: { template: template() } })).toEqual([]);
    expect(errorsOf("ReplicationController", { spec: { replicas: -1 } })).toEqual([
      "spec.selector | required",
      "spec.replicas | invalid | -1 | must be greater than or equal to 0",
      "spec.template | required",
    ]);
    expect(
      errorsOf("ReplicationController", { spec: { selector: { app: "api" }, template: template() } }),
    ).toEqual([
      'spec.template.metadata.labels | invalid | {"app":"web"} | `selector` does not match template `labels`',
    ]);
  });
});

describe("KIND-33: the data plane's objects", () => {
  test("paths of an Ingress", () => {
    const backend = { service: { name: "web", port: { number: 80 } } };
    const path = (given: JsonObject): string[] =>
      errorsOf("Ingress", { spec: { rules: [{ http: { paths: [{ backend, ...given }] } }] } });
    const field = "spec.rules[0].http.paths[0]";
    expect(path({ path: "/" })).toEqual([`${field}.pathType | required | pathType must be specified`]);
    expect(path({ path: "/", pathType: "prefix" })).toEqual([
      `${field}.pathType | notSupported | "prefix" | supported values: "Exact", "ImplementationSpecific", "Prefix"`,
    ]);
    expect(path({ pathType: "Prefix" })).toEqual([`${field}.path | invalid | "" | must be an absolute path`]);
    expect(path({ pathType: "ImplementationSpecific" })).toEqual([]);
    expect(path({ path: "/a//b/..", pathType: "Exact" })).toEqual([
      `${field}.path | invalid | "/a//b/.." | must not contain '//'`,
      `${field}.path | invalid | "/a//b/.." | cannot end with '/..'`,
    ]);
  });

  test("slices", () => {
    const slice = (more: JsonObject): string[] =>
      errorsOf("EndpointSlice", { addressType: "IPv4", endpoints: [], ...more });
    expect(slice({ addressType: "" })).toEqual(["addressType | required"]);
    expect(slice({ addressType: "ipv4" })).toEqual([
      'addressType | notSupported | "ipv4" | supported values: "FQDN", "IPv4", "IPv6"',
    ]);
    expect(slice({ endpoints: [{ addresses: [] }, { addresses: ["fd00::1"], hostname: "A" }] })).toEqual([
      "endpoints[0].addresses | required | must contain at least 1 address",
      'endpoints[1].addresses | invalid | "fd00::1" | must be an IPv4 address',
      expect.stringMatching(/^endpoints\[1\].hostname \| invalid \| "A" \| a lowercase RFC 1123 label/),
    ]);
    expect(slice({ ports: [{ port: 80 }, { port: 81 }, { name: "a", protocol: "HTTP" }] })).toEqual([
      'ports[1].name | duplicate | ""',
      'ports[2].protocol | notSupported | "HTTP" | supported values: "SCTP", "TCP", "UDP"',
    ]);
    const endpoints = Array.from({ length: 1001 }, () => ({ addresses: ["10.0.0.1"] }));
    expect(slice({ endpoints })).toEqual(["endpoints | tooMany | 1001 | must have at most 1000 items"]);
    expect(changesOf("EndpointSlice", { addressType: "IPv4" }, { addressType: "IPv6" })).toEqual([
      'addressType | invalid | "IPv6" | field is immutable',
    ]);
  });

  test("addresses of Endpoints", () => {
    const address = (given: JsonObject): string[] =>
      errorsOf("Endpoints", { subsets: [{ addresses: [given] }] });
    expect(address({ ip: "127.0.0.1" })).toEqual([
      'subsets[0].addresses[0].ip | invalid | "127.0.0.1" | may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ]);
    expect(address({ ip: "db", hostname: "a.b" })).toEqual([
      'subsets[0].addresses[0].ip | invalid | "db" | must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'subsets[0].addresses[0].hostname | invalid | "a.b" | must not contain dots',
      'subsets[0].addresses[0].ip | invalid | "db" | must be a valid IP address',
    ]);
  });
});

describe("KIND-34: secrets and nodes", () => {
  test("well-known types need their keys", () => {
    const secret = (type: string, data: JsonObject = {}): string[] => errorsOf("Secret", { type, data });
    expect(secret("kubernetes.io/tls", { "tls.crt": "YQ==" })).toEqual(["data[tls.key] | required"]);
    expect(secret("kubernetes.io/basic-auth")).toEqual([
      "data[username] | required",
      "data[password] | required",
    ]);
    const login = (text: string): string[] =>
      secret("kubernetes.io/dockerconfigjson", { ".dockerconfigjson": encodeBase64(text) });
    const refused = 'data[.dockerconfigjson] | invalid | "<secret contents redacted>" |';
    expect(login("no")).toEqual([`${refused} invalid character 'o' in literal null (expecting 'u')`]);
    expect(login("user")).toEqual([`${refused} invalid character 'u' looking for beginning of value`]);
    expect(login("")).toEqual([`${refused} unexpected end of JSON input`]);
    expect(login("[]")).toEqual([
      `${refused} json: cannot unmarshal array into Go value of type map[string]interface {}`,
    ]);
    expect(login('{"auths":{}}')).toEqual([]);
    expect(secret("kubernetes.io/service-account-token")).toEqual([
      "metadata.annotations[kubernetes.io/service-account.name] | required",
    ]);
  });

  test("the type of a Secret stays, an immutable one stays as it is", () => {
    expect(changesOf("Secret", { type: "Opaque" }, { type: "a/b" })).toEqual([
      'type | invalid | "a/b" | field is immutable',
    ]);
    expect(changesOf("Secret", { immutable: true, data: { a: "YQ==" } }, { data: { a: "Yg==" } })).toEqual([
      "immutable | forbidden | field is immutable when `immutable` is set",
      "data | forbidden | field is immutable when `immutable` is set",
    ]);
  });

  test("taints are there once", () => {
    const taint = { key: "a", effect: "NoSchedule" };
    expect(errorsOf("Node", { spec: { taints: [taint, taint, { key: "b" }] } })).toEqual([
      expect.stringMatching(
        /^metadata.taints\[1\] \| duplicate .*taints must be unique by key and effect pair$/,
      ),
      "metadata.taints[2].effect | required",
    ]);
  });
});

describe("KIND-35: warnings", () => {
  const heard = (kind: KindName, object: JsonObject): string[] => {
    const definition = kindNamed(kind);
    return definition.warnings?.(definition.defaults(object)) ?? [];
  };
  const main = { name: "main", image: "nginx" };

  test("of templates, with their place", () => {
    const spec: JsonObject = {
      containers: [
        { ...main, env: [{ name: "A" }, { name: "A", value: "$(A)1" }, { name: "A", value: "x" }] },
      ],
    };
    expect(heard("Deployment", { metadata: { name: "web.v1" }, spec: { template: { spec } } })).toEqual([
      "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      'spec.template.spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply',
    ]);
  });

  test("of pods that are new", () => {
    const spec: JsonObject = {
      nodeSelector: { "beta.kubernetes.io/os": "linux" },
      containers: [{ ...main, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 80 }] }],
      hostAliases: [{ ip: "192.0.2.1" }, { ip: "192.0.2.1" }],
    };
    expect(heard("Pod", { metadata: { name: "web" }, spec })).toEqual([
      'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      'spec.hostAliases[1].ip: duplicate ip "192.0.2.1"',
      "spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]",
    ]);
    const definition = kindNamed("Pod");
    const pod = definition.defaults({ metadata: { name: "a.b" }, spec });
    expect(definition.warnings?.(pod, pod)).toEqual([]);
  });

  test("of Services whose fields are ignored", () => {
    const spec = { ports, externalName: "example.com", trafficDistribution: "PreferClose" };
    expect(heard("Service", { metadata: { name: "web" }, spec })).toEqual([
      'spec.externalName is ignored when spec.type is not "ExternalName"',
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
    ]);
  });
});
