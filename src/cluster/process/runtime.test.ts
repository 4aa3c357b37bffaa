import { expect, test } from "vitest";
import { createLab } from "./testing.ts";

test("PROC-1: kubia listens on 8080, says which pod answered and logs who asked", () => {
  const lab = createLab();
  const { id, result } = lab.run({ image: "luksa/kubia", hostname: "kubia-x2gzf" });
  expect(result).toEqual({ ok: true });
  lab.advance(1000);
  expect(
    [...lab.listeners.values()].map(({ address, port, process }) => ({ address, port, process })),
  ).toEqual([{ address: "0.0.0.0", port: 8080, process: "node app.js (main)" }]);
  expect(lab.request(8080, "/")).toEqual({
    status: 200,
    headers: {
      Date: "Mon, 02 Mar 2026 09:00:01 GMT",
      Connection: "keep-alive",
      "Keep-Alive": "timeout=5",
      "Transfer-Encoding": "chunked",
    },
    body: "You've hit kubia-x2gzf\n",
  });
  expect(lab.logs(id)).toEqual(["Kubia server starting...", "Received request from 10.244.2.7"]);
});

test("PROC-2: kubia has no handler for SIGTERM and serves on until SIGKILL, exit code 137", () => {
  const lab = createLab();
  const { id } = lab.run({ image: "luksa/kubia" });
  lab.advance(1000);
  lab.runtime.signal(id, "SIGTERM");
  lab.advance(1000);
  expect([lab.runtime.isRunning(id), lab.exits, lab.listeners.size]).toEqual([true, [], 1]);
  lab.runtime.signal(id, "SIGKILL");
  lab.advance(1000);
  expect([lab.runtime.isRunning(id), lab.listeners.size]).toEqual([false, 0]);
  expect(lab.exits).toEqual([{ container: id, exitCode: 137, reason: "Error", at: 2001 }]);
});

test("PROC-3: exec of ls, touch and rm answers with output and exit codes", () => {
  const lab = createLab();
  const { id } = lab.run({ image: "luksa/kubia" });
  lab.advance(100);
  const missing = "ls: cannot access '/var/ready': No such file or directory\n";
  expect(lab.exec(id, ["ls", "/var/ready"])).toEqual({
    outcome: "exited",
    exit: 2,
    stdout: "",
    stderr: missing,
  });
  expect(lab.exec(id, ["touch", "/var/ready"])).toEqual({
    outcome: "exited",
    exit: 0,
    stdout: "",
    stderr: "",
  });
  expect(lab.exec(id, ["ls", "/var/ready"])).toEqual({
    outcome: "exited",
    exit: 0,
    stdout: "/var/ready\n",
    stderr: "",
  });
  expect(lab.exec(id, ["rm", "/var/ready"])).toEqual({ outcome: "exited", exit: 0, stdout: "", stderr: "" });
  expect(lab.exec(id, ["ls", "/var/ready"])).toEqual({
    outcome: "exited",
    exit: 2,
    stdout: "",
    stderr: missing,
  });
});

test("PROC-4: a script with sleeps runs on the virtual clock", () => {
  const lab = createLab();
  const script = "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600";
  const { id } = lab.run({ args: ["/bin/sh", "-c", script] });
  const look = (): unknown => lab.exec(id, ["cat", "/tmp/healthy"]);
  lab.advance(29_000);
  expect(look()).toEqual({ outcome: "exited", exit: 0, stdout: "", stderr: "" });
  lab.advance(2000);
  const stderr = "cat: can't open '/tmp/healthy': No such file or directory\n";
  expect(look()).toEqual({ outcome: "exited", exit: 1, stdout: "", stderr });
  lab.advance(600_000);
  expect(lab.exits).toEqual([{ container: id, exitCode: 0, reason: "Completed", at: 630_001 }]);
});

test("PROC-5: a generic image listens on the declared ports", () => {
  const lab = createLab();
  lab.run({ image: "example/shop:1.0", declaredPorts: [3000] });
  lab.advance(1000);
  expect(lab.request(3000, "/")).toMatchObject({ status: 200, body: "web\n" });
});
