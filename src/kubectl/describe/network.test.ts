import { expect, test } from "vitest";
import { described, lines, object } from "./testing/described.ts";

const SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";
const EVENTS = { "/api/v1/namespaces/shop/events": [] };

const slice = (ports: object[] | null, ...endpoints: [address: string, ready?: boolean][]): object => ({
  ports,
  endpoints: endpoints.map(([address, ready]) => ({ addresses: [address], conditions: { ready } })),
});

const service = (spec: object, more: object = {}): object =>
  object("v1", "Service", {
    spec: {
      type: "ClusterIP",
      clusterIP: "10.96.0.9",
      clusterIPs: ["10.96.0.9"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      sessionAffinity: "None",
      ...spec,
    },
    ...more,
  });

test("DESCRIBE-20: a Service of type LoadBalancer, with all that it may have", () => {
  const balancer = service(
    {
      type: "LoadBalancer",
      selector: { tier: "front", app: "kubia" },
      externalIPs: ["203.0.113.70", "203.0.113.71"],
      loadBalancerIP: "203.0.113.33",
      ports: [
        { name: "http", port: 80, targetPort: "web", protocol: "TCP", nodePort: 30080, appProtocol: "http" },
        { name: "dns", port: 53, targetPort: 5353, protocol: "UDP", nodePort: 30053 },
      ],
      sessionAffinity: "ClientIP",
      externalTrafficPolicy: "Local",
      internalTrafficPolicy: "Cluster",
      healthCheckNodePort: 30025,
      loadBalancerSourceRanges: ["198.51.100.0/24", "10.0.0.0/8"],
      trafficDistribution: "PreferSameZone",
    },
    {
      status: {
        loadBalancer: { ingress: [{ ip: "203.0.113.10", ipMode: "VIP" }, { hostname: "lb.example.com" }] },
      },
    },
  );
  const slices = [
    slice(
      [
        { name: "http", port: 8080 },
        { name: "dns", port: 5353 },
      ],
      ["10.244.1.2", true],
    ),
  ];
  expect(described(balancer, { ...EVENTS, [SLICES]: slices })).toBe(
    lines(
      "Name:                        web",
      "Namespace:                   shop",
      "Labels:                      <none>",
      "Annotations:                 <none>",
      "Selector:                    app=kubia,tier=front",
      "Type:                        LoadBalancer",
      "IP Family Policy:            SingleStack",
      "IP Families:                 IPv4",
      "IP:                          10.96.0.9",
      "IPs:                         10.96.0.9",
      "External IPs:                203.0.113.70,203.0.113.71",
      "Desired LoadBalancer IP:     203.0.113.33",
      "LoadBalancer Ingress:        203.0.113.10 (VIP), lb.example.com",
      "Port:                        http  80/TCP",
      "TargetPort:                  web/TCP",
      "AppProtocol:                 http",
      "NodePort:                    http  30080/TCP",
      "Endpoints:                   10.244.1.2:8080",
      "Port:                        dns  53/UDP",
      "TargetPort:                  5353/UDP",
      "NodePort:                    dns  30053/UDP",
      "Endpoints:                   10.244.1.2:5353",
      "Session Affinity:            ClientIP",
      "External Traffic Policy:     Local",
      "Internal Traffic Policy:     Cluster",
      "HealthCheck NodePort:        30025",
      "LoadBalancer Source Ranges:  198.51.100.0/24,10.0.0.0/8",
      "Traffic Distribution:        PreferSameZone",
      "Events:                      <none>",
    ),
  );
});

test("DESCRIBE-21: an ExternalName Service has no addresses", () => {
  const external = object("v1", "Service", {
    spec: { type: "ExternalName", externalName: "api.example.com", sessionAffinity: "None" },
    status: { loadBalancer: {} },
  });
  expect(described(external, {}, false)).toBe(
    lines(
      "Name:              web",
      "Namespace:         shop",
      "Labels:            <none>",
      "Annotations:       <none>",
      "Selector:          <none>",
      "Type:              ExternalName",
      "IP Families:       <none>",
      "IP:                ",
      "IPs:               <none>",
      "External Name:     api.example.com",
      "Session Affinity:  None",
    ),
  );
});

const endpointsOf = (...slices: object[]): string => {
  const simple = service({ ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }] });
  return /Endpoints: +(.*)/.exec(described(simple, { [SLICES]: slices }, false))![1]!;
};

test("DESCRIBE-22: endpoints are <none> without slices, blank with slices where nothing is ready, else at most three", () => {
  const PORT = [{ name: "", port: 8080 }];
  expect(endpointsOf()).toBe("<none>");
  expect(endpointsOf(slice(PORT))).toBe("");
  expect(endpointsOf(slice(PORT, ["10.244.1.2", false]))).toBe("");
  expect(endpointsOf(slice(PORT, ["10.244.1.2", false], ["10.244.1.3"]))).toBe("10.244.1.3:8080");
  const three: [string, boolean][] = [
    ["10.0.0.1", true],
    ["10.0.0.2", true],
    ["10.0.0.3", true],
  ];
  const all = "10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080";
  expect(endpointsOf(slice(PORT, ...three))).toBe(all);
  expect(endpointsOf(slice(PORT, ...three, ["10.0.0.4", true]), slice(PORT, ["10.0.0.5", true]))).toBe(
    `${all} + 2 more...`,
  );
  // One more that is not ready counts for nothing, but is noticed.
  expect(endpointsOf(slice(PORT, ...three, ["10.0.0.4", false]))).toBe(`${all} + 0 more...`);
});

test("DESCRIBE-22: a port that no pod has leaves bare addresses; addresses of IPv6 stand in brackets", () => {
  expect(endpointsOf(slice(null, ["10.244.2.99", true]))).toBe("10.244.2.99");
  expect(endpointsOf(slice([{ name: "", port: 80 }], ["fd00::1", true]))).toBe("[fd00::1]:80");
});

test("DESCRIBE-23: Endpoints by subset", () => {
  const endpoints = object("v1", "Endpoints", {
    subsets: [
      {
        addresses: [{ ip: "198.51.100.2" }, { ip: "198.51.100.1" }],
        ports: [
          { port: 5432, protocol: "TCP" },
          { name: "metrics", port: 9100, protocol: "TCP" },
        ],
      },
      { notReadyAddresses: [{ ip: "198.51.100.3" }] },
    ],
  });
  expect(described(endpoints, EVENTS)).toBe(
    lines(
      "Name:         web",
      "Namespace:    shop",
      "Labels:       <none>",
      "Annotations:  <none>",
      "Subsets:",
      "  Addresses:          198.51.100.2,198.51.100.1",
      "  NotReadyAddresses:  <none>",
      "  Ports:",
      "    Name     Port  Protocol",
      "    ----     ----  --------",
      "    <unset>  5432  TCP",
      "    metrics  9100  TCP",
      "",
      "  Addresses:          <none>",
      "  NotReadyAddresses:  198.51.100.3",
      "",
      "Events:  <none>",
    ),
  );
});

test("DESCRIBE-24: an EndpointSlice by endpoint", () => {
  const full = object("discovery.k8s.io/v1", "EndpointSlice", {
    addressType: "IPv4",
    ports: [
      { name: "http", port: 8080, protocol: "TCP" },
      { name: "", protocol: "UDP" },
    ],
    endpoints: [
      { addresses: ["10.244.1.2"], conditions: { ready: false }, targetRef: { kind: "Pod", name: "web-1" } },
      { addresses: ["10.244.1.3"], conditions: {}, hostname: "a", nodeName: "node-1", zone: "zone-a" },
    ],
  });
  expect(described(full, EVENTS)).toBe(
    lines(
      "Name:         web",
      "Namespace:    shop",
      "Labels:       <none>",
      "Annotations:  <none>",
      "AddressType:  IPv4",
      "Ports:",
      "  Name     Port     Protocol",
      "  ----     ----     --------",
      "  http     8080     TCP",
      "  <unset>  <unset>  UDP",
      "Endpoints:",
      "  - Addresses:  10.244.1.2",
      "    Conditions:",
      "      Ready:    false",
      "    Hostname:   <unset>",
      "    TargetRef:  Pod/web-1",
      "    NodeName:   <unset>",
      "    Zone:       <unset>",
      "  - Addresses:  10.244.1.3",
      "    Conditions:",
      "      Ready:   <unset>",
      "    Hostname:  a",
      "    NodeName:  node-1",
      "    Zone:      zone-a",
      "Events:        <none>",
    ),
  );
  const empty = object("discovery.k8s.io/v1", "EndpointSlice", {
    addressType: "IPv4",
    ports: null,
    endpoints: [],
  });
  expect(described(empty, {}, false)).toContain("AddressType:  IPv4\nPorts: <unset>\nEndpoints: <none>\n");
});

const SERVICE = "/api/v1/namespaces/shop/services/web";
const backend = (name: string, port: object): object => ({ service: { name, port } });

test("DESCRIBE-25: an Ingress names the endpoints of each backend, or why there are none", () => {
  const ingress = object("networking.k8s.io/v1", "Ingress", {
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["a.example.com", "b.example.com"], secretName: "cert" }, { hosts: ["c.example.com"] }],
      rules: [
        {
          host: "a.example.com",
          http: {
            paths: [
              { path: "/", backend: backend("web", { number: 80 }) },
              { path: "/named", backend: backend("web", { name: "http" }) },
              { path: "/foo", backend: backend("foo", { number: 80 }) },
              { path: "/other", backend: backend("web", { number: 81 }) },
            ],
          },
        },
        { host: "empty.example.com" },
        {
          http: { paths: [{ backend: { resource: { apiGroup: "lab.io", kind: "Bucket", name: "pics" } } }] },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: "203.0.113.2" }, { hostname: "lb" }, { ip: "203.0.113.1" }] } },
  });
  const web = service({ ports: [{ name: "http", port: 80 }] });
  const slices = [slice([{ name: "http", port: 8080 }], ["10.244.1.2", true])];
  expect(described(ingress, { [SERVICE]: web, [SLICES]: slices, ...EVENTS })).toBe(
    lines(
      "Name:             web",
      "Labels:           <none>",
      "Namespace:        shop",
      "Address:          203.0.113.1,203.0.113.2,lb",
      "Ingress Class:    nginx",
      "Default backend:  <default>",
      "TLS:",
      "  cert terminates a.example.com,b.example.com",
      "  SNI routes c.example.com",
      "Rules:",
      "  Host           Path  Backends",
      "  ----           ----  --------",
      "  a.example.com  ",
      "                 /        web:80 (10.244.1.2:8080)",
      "                 /named   web:http (10.244.1.2:8080)",
      '                 /foo     foo:80 (<error: services "foo" not found>)',
      "                 /other   web:81 ()",
      "  *              ",
      "                    APIGroup: lab.io, Kind: Bucket, Name: pics",
      "Annotations:     <none>",
      "Events:          <none>",
    ),
  );
});

test("DESCRIBE-25: an Ingress without rules sends everything to its default backend", () => {
  const ingress = object("networking.k8s.io/v1", "Ingress", {
    spec: { defaultBackend: backend("web", { number: 80 }) },
    status: { loadBalancer: {} },
  });
  const web = service({ ports: [{ port: 80 }] });
  expect(described(ingress, { [SERVICE]: web, [SLICES]: [] }, false)).toBe(
    lines(
      "Name:             web",
      "Labels:           <none>",
      "Namespace:        shop",
      "Address:          ",
      "Ingress Class:    <none>",
      "Default backend:  web:80 (<none>)",
      "Rules:",
      "  Host        Path  Backends",
      "  ----        ----  --------",
      "  *           *     web:80 (<none>)",
      "Annotations:  <none>",
    ),
  );
});

test("DESCRIBE-26: an IngressClass with its parameters", () => {
  const nginx = object("networking.k8s.io/v1", "IngressClass", {
    metadata: {
      namespace: undefined,
      annotations: { "ingressclass.kubernetes.io/is-default-class": "true" },
    },
    spec: {
      controller: "k8s.io/ingress-nginx",
      parameters: { apiGroup: "lab.io", kind: "Setting", name: "one" },
    },
  });
  expect(described(nginx, { "/api/v1/events": [] })).toBe(
    lines(
      "Name:         web",
      "Labels:       <none>",
      "Annotations:  ingressclass.kubernetes.io/is-default-class: true",
      "Controller:   k8s.io/ingress-nginx",
      "Parameters:",
      "  APIGroup:  lab.io",
      "  Kind:      Setting",
      "  Name:      one",
      "Events:      <none>",
    ),
  );
});
