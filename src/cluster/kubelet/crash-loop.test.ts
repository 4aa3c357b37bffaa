// Restarts and their back-off, as get pods --watch shows them.
import { expect, test } from "vitest";
import { nextBackOff, waitsUntil } from "./back-off.ts";
import { createLab, type Lab } from "./testing/lab.ts";

function watch(lab: Lab, name: string, seconds: number): { at: number; what: string }[] {
  const seen: { at: number; what: string }[] = [];
  for (let tenths = 0; tenths < seconds * 10; tenths++) {
    lab.advance(100);
    const what = lab.summary(name);
    if (seen.at(-1)?.what !== what) seen.push({ at: lab.machine.state.now / 1000, what });
  }
  return seen;
}

/** Its container fails at first and succeeds when it is started again. */
const FAILS_ONCE = {
  restartPolicy: "OnFailure",
  volumes: [{ name: "v", emptyDir: {} }],
  containers: [
    {
      name: "main",
      command: ["sh", "-c", "test -e /v/x && exit 0; touch /v/x; exit 1"],
      volumeMounts: [{ name: "v", mountPath: "/v" }],
    },
  ],
};

test("KLT-10: a crash shows Error, then from the second on CrashLoopBackOff shortly before the restart", () => {
  const lab = createLab();
  const command = ["sh", "-c", "sleep 1; exit 3"];
  lab.pod("crasher", { containers: [{ name: "main", command }] });
  expect(watch(lab, "crasher", 58).map(({ what }) => what)).toEqual([
    "Pending ContainerCreating 0/1 0",
    "Running Running 1/1 0",
    "Running Error 0/1 0",
    "Running Running 1/1 1",
    "Running Error 0/1 1",
    "Running CrashLoopBackOff 0/1 1",
    "Running Running 1/1 2",
    "Running Error 0/1 2",
    "Running CrashLoopBackOff 0/1 2",
    "Running Running 1/1 3",
    "Running Error 0/1 3",
  ]);
});

test("KLT-11: the announced waits double from 10s to 5m0s, the restart comes 1 to 1.5 times that later", () => {
  const lab = createLab();
  lab.pod("crasher", { containers: [{ name: "main", command: ["false"] }] });
  const waits: string[] = [];
  const delays: number[] = [];
  let restarted = 0;
  let restarts = 0;
  for (let tenths = 0; tenths < 25_000; tenths++) {
    lab.advance(100);
    const status = lab.get("crasher")?.status.containerStatuses?.[0];
    const announced = /back-off (\S+) /.exec(status?.state.waiting?.message ?? "")?.[1];
    if (announced && waits.at(-1) !== announced) waits.push(announced);
    if ((status?.restartCount ?? 0) > restarts) {
      restarts = status!.restartCount;
      delays.push(lab.machine.state.now / 1000 - restarted);
      restarted = lab.machine.state.now / 1000;
    }
  }
  expect(waits).toEqual(["10s", "20s", "40s", "1m20s", "2m40s", "5m0s"]);
  const announced = [10, 20, 40, 80, 160, 300, 300];
  announced.forEach((wait, index) => {
    const late = delays[index + 1]! / wait;
    expect(late).toBeGreaterThanOrEqual(1);
    expect(delays[index + 1]! - wait).toBeLessThan(Math.min(wait * 0.5, 90) + 2.5);
  });
});

test("KLT-12: the back-off is forgotten ten minutes after the last restart", () => {
  const first = nextBackOff(undefined, 0, 0);
  expect(first).toEqual({ delayMs: 10_000, since: 0 });
  expect(waitsUntil(first, 5000, 6000)).toBe(15_000);
  expect(nextBackOff(first, 5000, 15_000)).toEqual({ delayMs: 20_000, since: 15_000 });
  expect(waitsUntil(first, 600_001, 600_002)).toBeUndefined();
  expect(nextBackOff(first, 600_001, 600_002)).toEqual({ delayMs: 10_000, since: 600_002 });
});

test("KLT-13: restartPolicy OnFailure restarts failures only; a pod whose containers all succeeded is Succeeded", () => {
  const lab = createLab();
  lab.pod("retried", FAILS_ONCE);
  expect(watch(lab, "retried", 8).map(({ what }) => what)).toEqual([
    "Pending ContainerCreating 0/1 0",
    "Running Error 0/1 0",
    "Succeeded Completed 0/1 1",
  ]);
});

test("KLT-14: with restartPolicy Never one failed container makes the pod Failed once all have ended", () => {
  const lab = createLab();
  const containers = [
    { name: "runs", command: ["sleep", "5"] },
    { name: "bad", command: ["false"] },
  ];
  lab.pod("partly", { restartPolicy: "Never", containers });
  expect(watch(lab, "partly", 9).map(({ what }) => what)).toEqual([
    "Pending ContainerCreating 0/2 0",
    "Running Error 1/2 0",
    "Failed Error 0/2 0",
  ]);
});

test("KLT-15: the termination message is the container's file, or the log's end under FallbackToLogsOnError", () => {
  const lab = createLab();
  const messageOf = (name: string, script: string, policy: "File" | "FallbackToLogsOnError"): unknown => {
    const command = ["sh", "-c", script];
    lab.pod(name, {
      restartPolicy: "Never",
      containers: [{ name: "main", command, terminationMessagePolicy: policy }],
    });
    lab.advance(3000);
    return lab.get(name)!.status.containerStatuses![0]!.state.terminated!.message;
  };
  const written = "echo last words; echo why > /dev/termination-log; exit 1";
  expect(messageOf("written", written, "File")).toBe("why\n");
  expect(messageOf("preferred", written, "FallbackToLogsOnError")).toBe("why\n");
  expect(messageOf("logged", "echo last words; exit 1", "FallbackToLogsOnError")).toBe("last words\n");
  expect(messageOf("silent", "echo last words; exit 1", "File")).toBe(undefined);
  expect(messageOf("well", "echo last words", "FallbackToLogsOnError")).toBe(undefined);
});

test("KLT-16: of a container's runs only the last that ended is kept, once its end has been told", () => {
  const lab = createLab();
  lab.pod("retried", FAILS_ONCE);
  lab.advance(8000);
  const [retried] = lab.get("retried")!.status.containerStatuses!;
  expect([retried!.restartCount, retried!.lastState]).toEqual([1, {}]);
  lab.pod("crasher", { containers: [{ name: "main", command: ["sh", "-c", "sleep 1; exit 3"] }] });
  const runtime = lab.machine.enter("kubelet").context.runtime;
  const seen = new Set<string>();
  for (let tenths = 0; tenths < 600; tenths++) {
    lab.advance(100);
    const status = lab.get("crasher")?.status.containerStatuses?.[0];
    const last = status?.lastState.terminated?.containerID?.replace("containerd://", "");
    if (!last) continue;
    const now = status!.state.running ? "running" : status!.state.waiting ? "waiting" : "ended";
    seen.add(`${now}: ${runtime.exists(last) ? "kept" : "gone"}`);
  }
  expect([...seen].sort()).toEqual(["ended: gone", "running: kept", "waiting: kept"]);
});

test("KLT-17: a container's own restartPolicy goes before its pod's, and its rules by exit code before both", () => {
  const lab = createLab();
  const pod = (name: string, exit: number, container: object): void =>
    lab.pod(name, {
      restartPolicy: "Never",
      containers: [{ name: "main", command: ["sh", "-c", `exit ${exit}`], ...container }],
    });
  const rule = (operator: string): object => ({
    restartPolicy: "Never",
    restartPolicyRules: [{ action: "Restart", exitCodes: { operator, values: [42] } }],
  });
  pod("always", 0, { restartPolicy: "Always" });
  pod("failing", 1, { restartPolicy: "OnFailure" });
  pod("passing", 0, { restartPolicy: "OnFailure" });
  pod("named", 42, rule("In"));
  pod("other", 41, rule("In"));
  pod("unnamed", 41, rule("NotIn"));
  lab.advance(5000);
  const names = ["always", "failing", "passing", "named", "other", "unnamed"];
  expect(names.map((name) => `${name}: ${lab.summary(name)}`)).toEqual([
    "always: Running Completed 0/1 1",
    "failing: Running Error 0/1 1",
    "passing: Succeeded Completed 0/1 0",
    "named: Running Error 0/1 1",
    "other: Failed Error 0/1 0",
    "unnamed: Running Error 0/1 1",
  ]);
});
