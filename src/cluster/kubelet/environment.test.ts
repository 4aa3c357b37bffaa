// What a container finds: its environment, volumes and the files that the kubelet writes.
import { expect, test } from "vitest";
import { expand } from "./expansion.ts";
import { containerOf } from "./kubelet.ts";
import { createLab, type Lab } from "./testing/lab.ts";

const object = (kind: string, name: string, rest: object): object => ({
  apiVersion: "v1",
  kind,
  metadata: { name, namespace: "default", uid: `uid-${kind}-${name}` },
  ...rest,
});

function service(lab: Lab, name: string, clusterIP: string, ports: object[]): void {
  const spec = { clusterIP, ports: ports.map((port) => ({ protocol: "TCP", ...port })) };
  lab.apply(object("Service", name, { spec }));
}

function output(lab: Lab, name: string): string[] {
  return lab.machine.context.runtime.logs(containerOf(lab.state, "default", name)!).map((line) => line.text);
}

const prints = (script: string, more: object = {}): object => ({
  containers: [{ name: "main", command: ["sh", "-c", `${script}; sleep 3600`], ...more }],
});

test("KLT-60: Services that exist when the container is created are in its environment, in both forms", () => {
  const lab = createLab();
  service(lab, "kubernetes", "10.96.0.1", [{ name: "https", port: 443 }]);
  service(lab, "early-one", "10.96.77.1", [
    { name: "http", port: 80 },
    { name: "https", port: 443 },
  ]);
  service(lab, "headless", "None", [{ port: 80 }]);
  lab.pod("linked", prints("env"));
  lab.pod("nolinks", { ...prints("env"), enableServiceLinks: false });
  lab.advance(3000);
  service(lab, "late", "10.96.77.2", [{ port: 80 }]);
  const kubernetes = [
    "KUBERNETES_PORT=tcp://10.96.0.1:443",
    "KUBERNETES_PORT_443_TCP=tcp://10.96.0.1:443",
    "KUBERNETES_PORT_443_TCP_ADDR=10.96.0.1",
    "KUBERNETES_PORT_443_TCP_PORT=443",
    "KUBERNETES_PORT_443_TCP_PROTO=tcp",
    "KUBERNETES_SERVICE_HOST=10.96.0.1",
    "KUBERNETES_SERVICE_PORT=443",
    "KUBERNETES_SERVICE_PORT_HTTPS=443",
  ];
  const others = (name: string): string[] =>
    output(lab, name)
      .filter((line) => !/^(PATH|HOME|HOSTNAME|SHLVL|PWD)=/.test(line))
      .sort();
  expect(others("nolinks")).toEqual(kubernetes);
  expect(others("linked")).toEqual([
    "EARLY_ONE_PORT=tcp://10.96.77.1:80",
    "EARLY_ONE_PORT_443_TCP=tcp://10.96.77.1:443",
    "EARLY_ONE_PORT_443_TCP_ADDR=10.96.77.1",
    "EARLY_ONE_PORT_443_TCP_PORT=443",
    "EARLY_ONE_PORT_443_TCP_PROTO=tcp",
    "EARLY_ONE_PORT_80_TCP=tcp://10.96.77.1:80",
    "EARLY_ONE_PORT_80_TCP_ADDR=10.96.77.1",
    "EARLY_ONE_PORT_80_TCP_PORT=80",
    "EARLY_ONE_PORT_80_TCP_PROTO=tcp",
    "EARLY_ONE_SERVICE_HOST=10.96.77.1",
    "EARLY_ONE_SERVICE_PORT=80",
    "EARLY_ONE_SERVICE_PORT_HTTP=80",
    "EARLY_ONE_SERVICE_PORT_HTTPS=443",
    ...kubernetes,
  ]);
});

test("KLT-61: env after envFrom, $(VAR) of what stands before, fields, resources; arguments see them all", () => {
  const lab = createLab();
  lab.apply(object("ConfigMap", "settings", { data: { COLOR: "blue", "size.max": "3" } }));
  lab.apply(object("Secret", "hidden", { data: { password: "czNjcmV0" } }));
  const field = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });
  const resource = (name: string, divisor?: string): object => ({
    valueFrom: { resourceFieldRef: { resource: name, ...(divisor ? { divisor } : {}) } },
  });
  const container = {
    name: "main",
    command: ["sh", "-c", "echo args: $0; env", "$(GREETING) $(MISSING) $$(GREETING)"],
    resources: { requests: { cpu: "15m" }, limits: { cpu: "100m", memory: "64Mi" } },
    envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "hidden" }, prefix: "SEC_" }],
    env: [
      { name: "WHO", value: "world" },
      { name: "GREETING", value: "hello $(WHO) $(LATER) $$(WHO)" },
      { name: "LATER", value: "late" },
      { name: "COLOR", value: "red" },
      { name: "POD_NAME", ...field("metadata.name") },
      { name: "POD_IP", ...field("status.podIP") },
      { name: "NODE", ...field("spec.nodeName") },
      { name: "HOST_IP", ...field("status.hostIP") },
      { name: "LABEL", ...field("metadata.labels['app']") },
      { name: "CPU_REQUEST", ...resource("requests.cpu", "1m") },
      { name: "CPU_LIMIT", ...resource("limits.cpu") },
      { name: "MEM_LIMIT", ...resource("limits.memory", "1Ki") },
    ],
  };
  lab.pod("envs", { restartPolicy: "Never", containers: [container] }, { labels: { app: "web" } });
  lab.advance(3000);
  const lines = output(lab, "envs");
  expect(lines[0]).toBe("args: hello world $(LATER) $(WHO) $(MISSING) $(GREETING)");
  const own = lines.slice(1).filter((line) => !/^(PATH|HOME|HOSTNAME|SHLVL|PWD)=/.test(line));
  expect(own.sort()).toEqual([
    "COLOR=red",
    "CPU_LIMIT=1",
    "CPU_REQUEST=15",
    "GREETING=hello world $(LATER) $(WHO)",
    "HOST_IP=192.168.8.11",
    "LABEL=web",
    "LATER=late",
    "MEM_LIMIT=65536",
    "NODE=node-1",
    "POD_IP=10.244.1.2",
    "POD_NAME=envs",
    "SEC_password=s3cret",
    "WHO=world",
    "size.max=3",
  ]);
});

test("KLT-62: /etc/hosts with hostname, subdomain and hostAliases", () => {
  const lab = createLab();
  lab.pod("web-1", {
    ...prints("cat /etc/hosts; cat /etc/hostname"),
    subdomain: "web",
    hostAliases: [{ ip: "1.2.3.4", hostnames: ["foo.local", "bar.local"] }],
  });
  lab.advance(3000);
  expect(output(lab, "web-1")).toEqual([
    "# Kubernetes-managed hosts file.",
    "127.0.0.1\tlocalhost",
    "::1\tlocalhost ip6-localhost ip6-loopback",
    "fe00::0\tip6-localnet",
    "fe00::0\tip6-mcastprefix",
    "fe00::1\tip6-allnodes",
    "fe00::2\tip6-allrouters",
    "10.244.1.2\tweb-1.web.default.svc.cluster.local\tweb-1",
    "",
    "# Entries added by HostAliases.",
    "1.2.3.4\tfoo.local\tbar.local",
    "web-1",
  ]);
  expect(lab.machine.context.network.resolverOf("pod:uid-web-1").hosts).toEqual({
    localhost: "127.0.0.1",
    "web-1.web.default.svc.cluster.local": "10.244.1.2",
    "web-1": "10.244.1.2",
    "foo.local": "1.2.3.4",
    "bar.local": "1.2.3.4",
  });
});

test("KLT-63: /etc/resolv.conf by dnsPolicy and dnsConfig", () => {
  const lab = createLab();
  const cat = prints("cat /etc/resolv.conf");
  lab.pod("first", cat);
  lab.pod("plain", { ...cat, dnsPolicy: "Default" });
  lab.pod("none", {
    ...cat,
    dnsPolicy: "None",
    dnsConfig: {
      nameservers: ["10.96.0.10"],
      searches: ["svc.cluster.local", "example.test"],
      options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
    },
  });
  lab.pod("hurried", {
    ...cat,
    dnsConfig: {
      options: [
        { name: "timeout", value: "1" },
        { name: "attempts", value: "3" },
        { name: "ndots", value: "x" },
      ],
    },
  });
  lab.pod("merged", { ...cat, dnsConfig: { options: [{ name: "ndots", value: "1" }] } });
  lab.pod("hostnet", { ...cat, hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" });
  lab.advance(3000);
  const cluster = [
    "search default.svc.cluster.local svc.cluster.local cluster.local",
    "nameserver 10.96.0.10",
    "options ndots:5",
  ];
  expect(output(lab, "first")).toEqual(cluster);
  expect(output(lab, "plain").some((line) => line.includes("10.96.0.10"))).toBe(false);
  expect(output(lab, "none")).toEqual([
    "search svc.cluster.local example.test",
    "nameserver 10.96.0.10",
    "options ndots:2 edns0",
  ]);
  expect(output(lab, "merged")).toEqual([...cluster.slice(0, 2), "options ndots:1"]);
  expect(output(lab, "hostnet")).toEqual(cluster);
  expect(lab.machine.context.network.resolverOf("pod:uid-hurried")).toMatchObject({
    ndots: 1,
    timeoutMs: 1000,
    attempts: 3,
  });
});

test("KLT-64: volumes from ConfigMaps, Secrets, fields and the service account; a changed ConfigMap arrives later", () => {
  const lab = createLab();
  lab.apply(object("ConfigMap", "settings", { data: { a: "one\n", b: "two\n" } }));
  lab.apply(object("ConfigMap", "kube-root-ca.crt", { data: { "ca.crt": "certificate\n" } }));
  lab.apply(object("Secret", "hidden", { data: { password: "czNjcmV0Cg==" } }));
  const volumes = [
    { name: "config", configMap: { name: "settings", items: [{ key: "a", path: "sub/a.txt" }] } },
    { name: "secret", secret: { secretName: "hidden" } },
    {
      name: "token",
      projected: {
        sources: [
          { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
          { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
        ],
      },
    },
    {
      name: "labels",
      downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] },
    },
  ];
  const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/mnt/${name}` }));
  const script =
    "ls /mnt/token; cat /mnt/config/sub/a.txt; cat /mnt/secret/password; cat /mnt/labels/labels; echo; " +
    "while true; do sleep 10; cat /mnt/config/sub/a.txt; done";
  lab.pod("web", { ...prints(script, { volumeMounts }), volumes }, { labels: { tier: "1", app: "web" } });
  lab.advance(3000);
  expect(output(lab, "web")).toEqual([
    "ca.crt",
    "namespace",
    "token",
    "one",
    "s3cret",
    'app="web"',
    'tier="1"',
  ]);
  lab.apply(object("ConfigMap", "settings", { data: { a: "three\n" } }));
  lab.advance(110_000);
  expect(output(lab, "web").at(-1)).toBe("three");
});

test("KLT-66: what the kubelet provides can only be read, has the modes that were asked for, and a part of it never changes", () => {
  const lab = createLab();
  lab.apply(object("ConfigMap", "settings", { data: { a: "one\n" } }));
  lab.apply(object("Secret", "hidden", { data: { password: "czNjcmV0Cg==" } }));
  const volumes = [
    { name: "config", configMap: { name: "settings", items: [{ key: "a", path: "a", mode: 0o600 }] } },
    { name: "secret", secret: { secretName: "hidden", defaultMode: 0o400 } },
    {
      name: "notes",
      downwardAPI: { items: [{ path: "notes", fieldRef: { fieldPath: "metadata.annotations" } }] },
    },
  ];
  const volumeMounts = [
    ...volumes.map(({ name }) => ({ name, mountPath: `/mnt/${name}` })),
    { name: "config", mountPath: "/etc/a", subPath: "a" },
  ];
  const script =
    "stat -c '%a %n' /mnt/config/a /mnt/secret/password; echo x > /mnt/config/a; echo x > /etc/a; cat /mnt/notes/notes; echo; " +
    "while true; do sleep 10; cat /mnt/config/a /etc/a; done";
  lab.pod("web", { ...prints(script, { volumeMounts }), volumes });
  lab.advance(3000);
  expect(output(lab, "web")).toEqual([
    "600 /mnt/config/a",
    "400 /mnt/secret/password",
    "sh: can't create /mnt/config/a: Read-only file system",
    "sh: can't create /etc/a: Read-only file system",
    expect.stringMatching(/^kubernetes\.io\/config\.seen="20\S+Z"$/),
    'kubernetes.io/config.source="api"',
  ]);
  lab.apply(object("ConfigMap", "settings", { data: { a: "three\n" } }));
  lab.advance(110_000);
  expect(output(lab, "web").slice(-2)).toEqual(["three", "one"]);
});

test("KLT-66: a container that mounts a folder of a shared volume finds it, and others see what it writes there", () => {
  const lab = createLab();
  const volumeMounts = [
    { name: "shared", mountPath: "/part", subPath: "deep/er" },
    { name: "shared", mountPath: "/whole" },
  ];
  const volumes = [{ name: "shared", emptyDir: {} }];
  const script = "ls /part; echo x > /part/y; find /whole | sort";
  lab.pod("web", { ...prints(script, { volumeMounts }), volumes });
  lab.advance(3000);
  expect(output(lab, "web")).toEqual(["/whole", "/whole/deep", "/whole/deep/er", "/whole/deep/er/y"]);
});

test("KLT-65: references", () => {
  expect(expand("$(A) $$(A) $(B) $A $", (name) => (name === "A" ? "1" : undefined))).toBe("1 $(A) $(B) $A $");
});

test("KLT-18: with readOnlyRootFilesystem only volumes, and files that the kubelet provides, can be written to", () => {
  const lab = createLab();
  const script = "echo x > /x; echo y > /v/y && cat /v/y; echo done > /dev/termination-log; mkdir /tmp/z";
  const more = {
    securityContext: { readOnlyRootFilesystem: true },
    volumeMounts: [{ name: "v", mountPath: "/v" }],
  };
  lab.pod("web", { ...prints(script, more), volumes: [{ name: "v", emptyDir: {} }] });
  lab.advance(3000);
  expect(output(lab, "web")).toEqual([
    "sh: can't create /x: Read-only file system",
    "y",
    "mkdir: can't create directory '/tmp/z': Read-only file system",
  ]);
});

test("KLT-67: programs run as the user and the groups of the security context", () => {
  const lab = createLab();
  const script = "id; id -u; id -G; whoami";
  const securityContext = { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000] };
  lab.pod("web", { ...prints(script), securityContext });
  lab.pod("own", { ...prints("id", { securityContext: { runAsUser: 7 } }), securityContext });
  lab.pod("plain", prints("id; whoami"));
  lab.advance(3000);
  expect(output(lab, "web")).toEqual([
    "uid=1000 gid=3000 groups=3000,2000,4000",
    "1000",
    "3000 2000 4000",
    "whoami: unknown uid 1000",
  ]);
  expect(output(lab, "own")).toEqual(["uid=7 gid=3000 groups=3000,2000,4000"]);
  expect(output(lab, "plain")).toEqual(["uid=0(root) gid=0(root) groups=0(root)", "root"]);
});
