import { expect, test } from "vitest";
import { createLab, type Lab } from "../process/testing.ts";
import { IMAGES } from "./registry.ts";
import { resolveImage } from "./resolve.ts";
import { parseReference } from "./reference.ts";

test("IMG-1: a reference gets its registry, library/ and latest", () => {
  const full = (image: string): string | undefined => parseReference(image)?.full;
  expect(full("nginx")).toBe("docker.io/library/nginx:latest");
  expect(full("luksa/kubia:v2")).toBe("docker.io/luksa/kubia:v2");
  expect(full("docker.io/nginx")).toBe("docker.io/library/nginx:latest");
  expect(full("registry.k8s.io/pause:3.10.1")).toBe("registry.k8s.io/pause:3.10.1");
  expect(full("localhost:5000/app")).toBe("localhost:5000/app:latest");
  expect(full("Busybox")).toBeUndefined();
  expect(full("nginx:")).toBeUndefined();
});

const failure = (image: string): string => {
  const result = resolveImage(image);
  return result.found ? `found${result.generic ? ", generic" : ""}` : result.error;
};

test("IMG-2: a known image without that tag is not found", () => {
  const text = (full: string): string =>
    `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve image: ${full}: not found`;
  expect(failure("busybox:9.99")).toBe(text("docker.io/library/busybox:9.99"));
  expect(failure("nginx:nosuch")).toBe(text("docker.io/library/nginx:nosuch"));
  expect(failure("luksa/kubia:v10")).toBe(text("docker.io/luksa/kubia:v10"));
  expect(failure("registry.k8s.io/nosuchimage:1")).toBe(text("registry.k8s.io/nosuchimage:1"));
  for (const image of [
    "busybox:1.36",
    "busybox",
    "nginx:1.27-alpine",
    "luksa/kubia:v3",
    "redis:7.4",
    "debian:bookworm",
  ]) {
    expect([image, failure(image)]).toEqual([image, "found"]);
  }
});

test("IMG-3: names that Docker Hub does not have are denied, other hosts have no address", () => {
  const denied = (full: string): string =>
    `failed to pull and unpack image "${full}": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
  expect(failure("nosuchimage")).toBe(denied("docker.io/library/nosuchimage:latest"));
  expect(failure("ngnix")).toBe(denied("docker.io/library/ngnix:latest"));
  expect(failure("luksa/kubiaa")).toBe(denied("docker.io/luksa/kubiaa:latest"));
  expect(failure("luksa/kubai")).toBe(denied("docker.io/luksa/kubai:latest"));
  expect(failure("registry.nowhere.example/app:1")).toBe(
    'failed to pull and unpack image "registry.nowhere.example/app:1": failed to resolve image: failed to do request: Head "https://registry.nowhere.example/v2/app/manifests/1": dial tcp: lookup registry.nowhere.example on 192.168.8.10:53: no such host',
  );
  expect(failure("Busybox")).toBe(
    'Failed to apply default image tag "Busybox:latest": couldn\'t parse image name "Busybox:latest": invalid reference format: repository name (library/Busybox) must be lowercase',
  );
});

test("IMG-4: every other image exists and is generic", () => {
  for (const image of [
    "python:3.12",
    "acme/shop:2.1",
    "ghcr.io/acme/shop",
    "quay.io/prometheus/prometheus:v3.0.0",
  ]) {
    expect([image, failure(image)]).toEqual([image, "found, generic"]);
  }
});

function started(image: string, config: Parameters<Lab["run"]>[0] = {}): { lab: Lab; id: string } {
  const lab = createLab();
  const { id } = lab.run({ image, ...config });
  lab.advance(5000);
  return { lab, id };
}

const bodyOf = (lab: Lab, port: number, path = "/", options = {}): unknown => {
  const answer = lab.request(port, path, options);
  return answer && "body" in answer ? [answer.status, answer.body] : answer;
};

test("IMG-5: kubia's versions and its unhealthy variant", () => {
  const { lab } = started("luksa/kubia:v2", { hostname: "kubia-1" });
  expect(bodyOf(lab, 8080)).toEqual([200, "This is v2 running in pod kubia-1\n"]);
  const sick = started("luksa/kubia-unhealthy").lab;
  const statuses = Array.from({ length: 7 }, () => (bodyOf(sick, 8080) as [number, string])[0]);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 500, 500]);
  expect(bodyOf(sick, 8080)).toEqual([500, "I'm not well. Please restart me!"]);
});

test("IMG-6: nginx serves its files and what is mounted over them, and stops at once", () => {
  const { lab, id } = started("nginx:1.27", {
    mounts: [{ path: "/usr/share/nginx/html", volume: "uid-1/html" }],
  });
  expect(bodyOf(lab, 80)).toEqual([
    403,
    "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx/1.27.5</center>\r\n</body>\r\n</html>\r\n",
  ]);
  lab.runtime.setVolume("uid-1/html", { "index.html": "<h1>hi</h1>\n" });
  expect(bodyOf(lab, 80)).toEqual([200, "<h1>hi</h1>\n"]);
  expect((bodyOf(lab, 80, "/nothing/here") as [number, string])[0]).toBe(404);
  expect(lab.logs(id).at(-1)).toBe(
    '10.244.2.7 - - [02/Mar/2026:09:00:05 +0000] "GET /nothing/here HTTP/1.1" 404 153 "-" "-" "-"',
  );
  lab.runtime.signal(id, "SIGTERM");
  lab.advance(1000);
  expect(lab.exits.map((exit) => exit.exitCode)).toEqual([0]);
});

test("IMG-7: nginx reads listen and return from a mounted configuration", () => {
  const conf =
    'server { listen 8081; location = /healthz { return 200 "ok\\n"; } location / { return 503; } }';
  const lab = createLab();
  lab.runtime.setVolume("uid-1/conf", { "default.conf": conf });
  lab.run({ image: "nginx", mounts: [{ path: "/etc/nginx/conf.d", volume: "uid-1/conf", readOnly: true }] });
  lab.advance(1000);
  expect(bodyOf(lab, 8081, "/healthz")).toEqual([200, "ok\n"]);
  expect((bodyOf(lab, 8081, "/") as [number, string])[0]).toBe(503);
  expect(lab.request(80)).toBeUndefined();
});

test("IMG-8: agnhost netexec: who, from where, echoes, shell, exit", () => {
  const image = "registry.k8s.io/e2e-test-images/agnhost:2.53";
  const args = ["netexec", "--http-port=8080", "--udp-port=8081"];
  const { lab } = started(image, { args, hostname: "web-1" });
  expect(bodyOf(lab, 8080, "/hostname")).toEqual([200, "web-1"]);
  expect(bodyOf(lab, 8080, "/clientip", { peer: "10.244.3.9:51000" })).toEqual([200, "10.244.3.9:51000"]);
  expect(bodyOf(lab, 8080, "/echo?msg=busy&code=503")).toEqual([503, "busy"]);
  expect(bodyOf(lab, 8080, "/shell?cmd=echo%20hi")).toEqual([200, '{"output":"hi\\n"}']);
  expect(bodyOf(lab, 8080, "/redirect?location=http%3A%2F%2Fexample.com%2F&code=302")).toEqual([
    302,
    '<a href="http://example.com/">Found</a>.\n\n',
  ]);
  const before = lab.machine.state.now;
  expect(bodyOf(lab, 8080, "/shell?cmd=sleep%203")).toEqual([200, '{"output":""}']);
  expect(lab.machine.state.now - before).toBe(3000);
  expect([...lab.listeners.values()].map(({ port, protocol }) => [port, protocol])).toEqual([
    [8080, "TCP"],
    [8081, "UDP"],
  ]);
  bodyOf(lab, 8080, "/exit?code=7");
  lab.advance(100);
  expect(lab.exits.map((exit) => exit.exitCode)).toEqual([7]);
});

test("IMG-9: a Go server without a handler exits with 2 on SIGTERM; --delay-shutdown serves on", () => {
  const image = "registry.k8s.io/e2e-test-images/agnhost:2.53";
  const plain = started(image, { args: ["netexec"] });
  plain.lab.runtime.signal(plain.id, "SIGTERM");
  plain.lab.advance(100);
  expect(plain.lab.exits.map((exit) => exit.exitCode)).toEqual([2]);
  const slow = started(image, { args: ["netexec", "--delay-shutdown=25"], hostname: "slow" });
  slow.lab.runtime.signal(slow.id, "SIGTERM");
  slow.lab.advance(24_000);
  expect(bodyOf(slow.lab, 8080, "/hostname")).toEqual([200, "slow"]);
  slow.lab.advance(1100);
  expect(slow.lab.exits.map((exit) => exit.exitCode)).toEqual([0]);
});

test("IMG-10: demonstration servers say who answered", () => {
  expect(
    bodyOf(started("hashicorp/http-echo", { args: ["-text=hello", "-listen=:8080"] }).lab, 8080),
  ).toEqual([200, "hello\n"]);
  expect(bodyOf(started("gcr.io/google-samples/hello-app:2.0", { hostname: "h" }).lab, 8080)).toEqual([
    200,
    "Hello, world!\nVersion: 2.0.0\nHostname: h\n",
  ]);
  const whoami = bodyOf(started("traefik/whoami", { hostname: "w" }).lab, 80, "/", {
    headers: { Host: "w", "User-Agent": "curl/7.88.1" },
  });
  expect(whoami).toEqual([
    200,
    "Hostname: w\nIP: 127.0.0.1\nIP: 10.244.1.5\nRemoteAddr: 10.244.2.7:40000\nGET / HTTP/1.1\nHost: w\nUser-Agent: curl/7.88.1\n\n",
  ]);
  expect(
    bodyOf(started("lab/echo", { hostname: "e" }).lab, 8080, "/", { headers: { Host: "kubia" } }),
  ).toEqual([200, "e client=10.244.2.7 host=kubia\n"]);
  expect(bodyOf(started("httpd").lab, 80)).toEqual([200, "<html><body><h1>It works!</h1></body></html>\n"]);
});

test("IMG-11: databases want their password and speak no HTTP", () => {
  const { lab, id } = started("mysql:8.4");
  expect(lab.exits.map((exit) => exit.exitCode)).toEqual([1]);
  expect(lab.logs(id).slice(1, 3)).toEqual([
    "2026-03-02 09:00:00+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified",
    "    You need to specify one of the following as an environment variable:",
  ]);
  const ready = started("mysql:8.4", { env: [{ name: "MYSQL_ROOT_PASSWORD", value: "x" }] }).lab;
  expect([...ready.listeners.values()].map((listener) => listener.port)).toEqual([3306]);
  expect(started("postgres:17").lab.exits.map((exit) => exit.exitCode)).toEqual([1]);
  expect(started("redis:7.4").lab.request(6379)).toEqual({ hangUp: true });
});

test("IMG-12: -alpine tags have busybox's tools, Debian ones have not; distroless images have none", () => {
  const sh = (image: string): string => {
    const { lab, id } = started(image);
    return lab.sh(id, "ls /nothing");
  };
  expect(sh("nginx:1.27-alpine")).toBe("[stderr] ls: /nothing: No such file or directory\n[exit 1]");
  expect(sh("nginx:1.27")).toBe("[stderr] ls: cannot access '/nothing': No such file or directory\n[exit 2]");
  expect(sh("traefik/whoami")).toContain('exec: \\"sh\\": executable file not found in $PATH');
});

test("IMG-13: every image starts, or says why not, and none breaks the machine", () => {
  for (const image of IMAGES) {
    const lab = createLab();
    const { result } = lab.run({ image: `${image.repository}:latest` });
    lab.advance(10_000);
    expect([image.repository, result]).toEqual([image.repository, { ok: true }]);
  }
});

test("IMG-14: curlimages/curl takes its arguments for curl's", () => {
  const lab = createLab();
  lab.reply = (what) =>
    what === "http"
      ? {
          answer: {
            ok: true,
            journey: null,
            status: 200,
            headers: {},
            body: "pong\n",
            remote: "10.96.0.5:80",
            local: "10.244.1.5:40000",
            elapsedMs: 1,
            reused: false,
          },
        }
      : undefined;
  const { id } = lab.run({ image: "curlimages/curl", args: ["-s", "http://web"] });
  lab.advance(1000);
  expect([lab.logs(id), lab.exits.map((exit) => exit.exitCode)]).toEqual([["pong"], [0]]);
  expect(lab.asked.map(({ spec }) => spec["url"])).toEqual(["http://web"]);
});

test("IMG-15: registries that moved, and copies of Docker Hub's images, hold the same", () => {
  for (const image of [
    "k8s.gcr.io/pause:3.5",
    "k8s.gcr.io/e2e-test-images/agnhost:2.32",
    "gcr.io/kubernetes-e2e-test-images/echoserver:2.2",
    "registry.k8s.io/busybox:1.27.2",
    "registry.k8s.io/nginx-slim:0.21",
    "registry.k8s.io/e2e-test-images/nginx:1.15-4",
    "public.ecr.aws/docker/library/redis:7",
    "mirror.gcr.io/library/nginx",
  ]) {
    expect([image, failure(image)]).toEqual([image, "found"]);
  }
  expect(failure("registry.cn-hangzhou.aliyuncs.com/acme/shop:1")).toBe("found, generic");
});

const sockets = (lab: Lab): string[] =>
  [...lab.listeners.values()].map(({ port, protocol, tls }) => `${port}/${protocol}${tls ? " TLS" : ""}`);

test("IMG-16: well-known images listen where they do, languages and systems end without a terminal", () => {
  const listening = (image: string): string[] => sockets(started(image).lab);
  expect(listening("wordpress:6.2.1-apache")).toEqual(["80/TCP"]);
  expect(listening("prom/prometheus")).toEqual(["9090/TCP"]);
  expect(listening("quay.io/prometheus/prometheus:v3.0.0")).toEqual(["9090/TCP"]);
  expect(listening("kubernetesui/dashboard:v2.7.0")).toEqual(["8443/TCP TLS"]);
  expect(listening("hashicorp/consul")).toEqual(["8500/TCP", "8600/UDP"]);
  expect(listening("acme/wordpress")).toEqual([]);
  const ends = (image: string): unknown => started(image).lab.exits.map(({ exitCode }) => exitCode);
  expect(["python:3.12", "centos:7", "hello-world", "acme/python"].map(ends)).toEqual([[0], [0], [0], []]);
});

test("IMG-17: an image that is not modelled has what its manifest takes for granted", () => {
  const ports = [
    { port: 9000, protocol: "TCP" },
    { port: 53, protocol: "UDP" },
    { port: 9443, protocol: "TCP", tls: true },
  ] as const;
  const { lab, id } = started("acme/shop:1", {
    declaredPorts: [9000],
    assumed: { ports, programs: ["/bin/grpc_health_probe", "is-ready", "curl"] },
  });
  expect(sockets(lab)).toEqual(["9000/TCP", "53/UDP", "9443/TCP TLS"]);
  const health = { method: "POST", headers: { "content-type": "application/grpc" } };
  expect(lab.request(9000, "/grpc.health.v1.Health/Check", health)).toMatchObject({
    headers: { "grpc-status": "0" },
    body: "SERVING",
  });
  const outcomes = [["/bin/grpc_health_probe", "-addr=:9000"], ["is-ready"], ["is-alive"]].map((command) =>
    lab.exec(id, command),
  );
  expect(outcomes).toEqual([
    { outcome: "exited", exit: 0, stdout: "", stderr: "" },
    { outcome: "exited", exit: 0, stdout: "", stderr: "" },
    {
      outcome: "error",
      message: expect.stringContaining('exec: "is-alive": executable file not found in $PATH'),
    },
  ]);
  const task = started("acme/migrate:1", {
    command: ["/migrate"],
    assumed: { ports: [], programs: [], ends: true },
  });
  expect(task.lab.exits.map(({ at, exitCode }) => [at, exitCode])).toEqual([[501, 0]]);
});

test("IMG-18: Python's web server in an image that is not modelled listens where it is told", () => {
  expect(sockets(started("python:3.12", { command: ["python3", "-m", "http.server", "8080"] }).lab)).toEqual([
    "8080/TCP",
  ]);
});

test("IMG-19: the cluster's own images answer whoever asks after their health", () => {
  const { lab } = started("registry.k8s.io/ingress-nginx/controller:v1.5.2");
  expect([bodyOf(lab, 10254, "/healthz"), bodyOf(lab, 10254, "/")]).toEqual([
    [200, "OK"],
    [404, "404 page not found\n"],
  ]);
});

test("IMG-20: stress that takes more memory than its container may have is ended by the kernel", () => {
  const args = ["--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1"];
  const exits = (memoryBytes: number): unknown =>
    started("polinux/stress", {
      command: ["stress"],
      args,
      assumed: { ports: [], programs: [], memoryBytes },
    }).lab.exits;
  expect(exits(100 * 2 ** 20)).toEqual([expect.objectContaining({ exitCode: 137, reason: "OOMKilled" })]);
  expect(exits(300 * 2 ** 20)).toEqual([]);
});
