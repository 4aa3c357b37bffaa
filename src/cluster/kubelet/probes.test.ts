// Readiness, liveness and startup probes of every kind, with their Events' texts.
import { expect, test } from "vitest";
import { containerOf } from "./kubelet.ts";
import { createLab, probe, type Lab } from "./testing/lab.ts";

const kubia = (probes: object): object => ({
  containers: [{ name: "main", image: "luksa/kubia", ...probes }],
});

function readiness(lab: Lab, name: string, handler: object): void {
  lab.pod(name, kubia({ readinessProbe: probe({ periodSeconds: 1, ...handler }) }));
}

function warnings(lab: Lab, name: string): string[] {
  return lab.events(name).filter((event) => event.startsWith("Warning"));
}

test("KLT-30: readiness probes that fail, in the kubelet's words", () => {
  const lab = createLab();
  const http = (action: object): object => ({ httpGet: { path: "/", port: 8080, ...action } });
  readiness(lab, "ok", http({}));
  readiness(lab, "port", http({ port: 8081 }));
  readiness(lab, "https", http({ scheme: "HTTPS" }));
  readiness(lab, "named", http({ port: "web" }));
  readiness(lab, "nobody", http({ host: "10.96.0.77" }));
  readiness(lab, "tcp", { tcpSocket: { port: 8080 } });
  readiness(lab, "closed", { tcpSocket: { port: 8082 } });
  readiness(lab, "grpc", { grpc: { port: 5001 } });
  readiness(lab, "slow", { exec: { command: ["sleep", "5"] }, periodSeconds: 2 });
  lab.advance(6000);
  const ip = (name: string): string => lab.get(name)!.status.podIP!;
  const failed = "Warning Unhealthy Readiness probe failed:";
  expect(lab.summary("ok")).toBe("Running Running 1/1 0");
  expect(lab.summary("tcp")).toBe("Running Running 1/1 0");
  const names = ["port", "https", "named", "nobody", "closed", "grpc", "slow"];
  expect(names.map((name) => lab.summary(name))).toEqual(names.map(() => "Running Running 0/1 0"));
  expect(names.flatMap((name) => warnings(lab, name))).toEqual([
    `${failed} Get "http://${ip("port")}:8081/": dial tcp ${ip("port")}:8081: connect: connection refused`,
    `${failed} Get "https://${ip("https")}:8080/": http: server gave HTTP response to HTTPS client`,
    'Warning Unhealthy Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
    `${failed} Get "http://10.96.0.77:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    `${failed} dial tcp ${ip("closed")}:8082: connect: connection refused`,
    `${failed} timeout: failed to connect service "${ip("grpc")}:5001" within 1s: context deadline exceeded`,
    `${failed} command timed out: "sleep 5" timed out after 1s`,
  ]);
});

test("KLT-31: three failed liveness probes restart the container after its grace period", () => {
  const lab = createLab();
  const script = "touch /tmp/healthy; sleep 6; rm -f /tmp/healthy; sleep 600";
  const livenessProbe = probe({
    exec: { command: ["cat", "/tmp/healthy"] },
    initialDelaySeconds: 2,
    periodSeconds: 2,
  });
  const container = { name: "main", command: ["/bin/sh", "-c", script], livenessProbe };
  lab.pod("liveness", { terminationGracePeriodSeconds: 1, containers: [container] });
  lab.advance(16_000);
  expect(lab.summary("liveness")).toBe("Running Running 1/1 1");
  const { lastState } = lab.get("liveness")!.status.containerStatuses![0]!;
  expect(lastState.terminated).toMatchObject({ exitCode: 137, reason: "Error" });
  expect(lab.events("liveness").slice(3)).toEqual([
    "Warning Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
    "Normal Killing Container main failed liveness probe, will be restarted",
  ]);
  expect(lab.eventCounts("liveness")).toEqual({
    Pulled: 2,
    Created: 2,
    Started: 2,
    Unhealthy: 3,
    Killing: 1,
  });
});

test("KLT-32: the startup probe holds back the others; when it gives up the container is restarted", () => {
  const lab = createLab();
  const asks = { exec: { command: ["cat", "/tmp/up"] }, periodSeconds: 1 };
  const late = {
    name: "main",
    command: ["sh", "-c", "sleep 6; touch /tmp/up; sleep 3600"],
    startupProbe: probe({ ...asks, failureThreshold: 30 }),
    livenessProbe: probe({ ...asks, failureThreshold: 1 }),
    readinessProbe: probe(asks),
  };
  lab.pod("late", { containers: [late] });
  lab.pod("never", {
    terminationGracePeriodSeconds: 1,
    containers: [{ name: "main", command: ["sleep", "3600"], startupProbe: probe(asks) }],
  });
  lab.advance(5000);
  const started = lab.get("late")!.status.containerStatuses![0]!.started;
  expect([lab.summary("late"), started]).toEqual(["Running Running 0/1 0", false]);
  lab.advance(4000);
  expect(lab.summary("late")).toBe("Running Running 1/1 0");
  const text = "cat: can't open '/tmp/up': No such file or directory\n";
  expect(warnings(lab, "late")).toEqual([`Warning Unhealthy Startup probe failed: ${text}`]);
  expect(lab.summary("never")).toBe("Running Running 0/1 1");
  expect(lab.events("never").slice(3)).toEqual([
    `Warning Unhealthy Startup probe failed: ${text}`,
    "Normal Killing Container main failed startup probe, will be restarted",
  ]);
});

test("KLT-33: successThreshold and failureThreshold count results in a row", () => {
  const lab = createLab();
  const command = ["sh", "-c", "test -e /tmp/up"];
  readiness(lab, "pod", { exec: { command }, successThreshold: 3, failureThreshold: 2 });
  lab.advance(3000);
  const { runtime } = lab.machine.context;
  const run = (...words: string[]): void =>
    runtime.exec({
      container: containerOf(lab.state, "default", "pod")!,
      command: words,
      replyTo: { to: "kubelet", what: "hook", data: { pod: "", name: "", id: "" } },
    });
  const readyAfter = (value: boolean): number => {
    const start = lab.machine.state.now;
    while (lab.get("pod")!.status.containerStatuses![0]!.ready !== value) lab.advance(10);
    return (lab.machine.state.now - start) / 1000;
  };
  run("touch", "/tmp/up");
  const up = readyAfter(true);
  run("rm", "/tmp/up");
  const down = readyAfter(false);
  expect([up > 2 && up < 3.1, down > 1 && down < 2.1]).toEqual([true, true]);
});

test("KLT-34: an HTTP status from 400 on fails, and the unhealthy kubia is restarted from its sixth request on", () => {
  const lab = createLab();
  const livenessProbe = probe({ httpGet: { path: "/", port: 8080 }, periodSeconds: 1 });
  lab.pod("kubia", {
    terminationGracePeriodSeconds: 2,
    containers: [{ name: "kubia", image: "luksa/kubia-unhealthy", imagePullPolicy: "Always", livenessProbe }],
  });
  lab.advance(14_000);
  expect(lab.summary("kubia")).toBe("Running Running 1/1 1");
  expect(warnings(lab, "kubia")).toEqual([
    "Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500",
  ]);
});

test("KLT-35: readiness gates hold Ready back until somebody sets their condition", () => {
  const lab = createLab();
  lab.pod("gated", { ...kubia({}), readinessGates: [{ conditionType: "example.com/gate" }] });
  lab.advance(3000);
  const ready = (): unknown => {
    const condition = lab.get("gated")!.status.conditions!.find(({ type }) => type === "Ready")!;
    return [condition.status, condition.reason, condition.message];
  };
  expect(ready()).toEqual([
    "False",
    "ReadinessGatesNotReady",
    'corresponding condition of pod readiness gate "example.com/gate" does not exist.',
  ]);
  const pod = lab.get("gated")!;
  const gate = { type: "example.com/gate", status: "True" };
  lab.apply({ ...pod, status: { ...pod.status, conditions: [...pod.status.conditions!, gate] } });
  lab.advance(100);
  expect(ready()).toEqual(["True", undefined, undefined]);
});

test("KLT-36: three hundred pods with a probe each second write nothing once they are ready", () => {
  const lab = createLab();
  for (let index = 0; index < 300; index++) {
    const nodeName = `node-${1 + (index % 3)}`;
    const readinessProbe = probe({ tcpSocket: { port: 8080 }, periodSeconds: 1 });
    lab.pod(`p${index}`, { nodeName, ...kubia({ readinessProbe }) });
  }
  lab.advance(10_000);
  const ready = [...Array(300).keys()].filter(
    (index) => lab.summary(`p${index}`) === "Running Running 1/1 0",
  );
  expect([ready.length, lab.api.writes]).toEqual([300, 900]);
  lab.advance(30_000);
  expect(lab.api.writes).toBe(900);
});

test("KLT-37: a probe that fails for long writes few Events after the first 25", () => {
  const lab = createLab();
  readiness(lab, "port", { httpGet: { path: "/", port: 8081 } });
  lab.advance(290_000);
  const total = Object.values(lab.eventCounts("port")).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(25);
  lab.advance(300_000);
  expect(lab.eventCounts("port")["Unhealthy"]).toBe(23);
});
