import { expect, test } from "vitest";
import type { RuntimeState } from "./runtime.ts";
import { createLab } from "./testing.ts";

const START =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ";

test("PROC-6: a main process that cannot be started fails in runc's words", () => {
  const lab = createLab();
  const start = (command: string[], image = "busybox:1.36"): unknown => lab.run({ image, command }).result;
  expect(start(["sleep 3600"])).toEqual({
    ok: false,
    message: `${START}exec: "sleep 3600": executable file not found in $PATH`,
  });
  expect(start(["/no/such"])).toEqual({
    ok: false,
    message: `${START}exec: "/no/such": stat /no/such: no such file or directory`,
  });
  expect(start(["/etc/passwd"])).toEqual({
    ok: false,
    message: `${START}exec: "/etc/passwd": permission denied`,
  });
  expect(start(["sh"], "registry.k8s.io/pause:3.10.1")).toEqual({
    ok: false,
    message: `${START}exec: "sh": executable file not found in $PATH`,
  });
});

test("PROC-7: exec of what the image does not have, or cannot run, is an error of the runtime", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  const say = (command: string[]): string => {
    const answer = lab.exec(id, command);
    return answer?.outcome === "error"
      ? answer.message.replace(/"[0-9a-f]{64}"/, '"ID"')
      : JSON.stringify(answer);
  };
  const prefix =
    'failed to exec in container: failed to start exec "ID": OCI runtime exec failed: exec failed: unable to start container process: exec: ';
  expect(say(["nosuchcommand"])).toBe(`${prefix}"nosuchcommand": executable file not found in $PATH`);
  expect(say(["/etc/passwd"])).toBe(`${prefix}"/etc/passwd": permission denied`);
  expect(say(["curl", "http://web"])).toBe(`${prefix}"curl": executable file not found in $PATH`);
});

test("PROC-8: exit codes of main processes", () => {
  const lab = createLab();
  const codes = (script: string): unknown => {
    lab.run({ command: ["sh", "-c", script] });
    lab.advance(10_000);
    return lab.exits.pop()?.exitCode;
  };
  expect(codes("exit 0")).toBe(0);
  expect(codes("exit 1")).toBe(1);
  expect(codes("nosuchcommand")).toBe(127);
  expect(codes("/etc/passwd")).toBe(126);
  expect(codes("exit 255")).toBe(255);
  expect(codes("exit 256")).toBe(0);
  expect(codes("sleep 1; false")).toBe(1);
});

test("PROC-9: SIGTERM reaches a main process only if it has a handler; its trap runs between commands", () => {
  const lab = createLab();
  const obeys = lab.run({
    command: ["sh", "-c", "trap 'echo bye; exit 0' TERM; while true; do sleep 0.2; done"],
  }).id;
  const slow = lab.run({
    command: ["sh", "-c", "trap 'echo term; sleep 6; echo bye; exit 5' TERM; while true; do sleep 0.2; done"],
  }).id;
  const deaf = lab.run({ command: ["sh", "-c", "while true; do sleep 0.2; done"] }).id;
  lab.advance(1050);
  for (const id of [obeys, slow, deaf]) lab.runtime.signal(id, "SIGTERM");
  lab.advance(2000);
  expect(lab.logs(slow)).toEqual(["term"]);
  expect(lab.exec(slow, ["echo", "still", "here"])).toMatchObject({ exit: 0, stdout: "still here\n" });
  lab.advance(20_000);
  lab.runtime.signal(deaf, "SIGKILL");
  lab.advance(10);
  expect(lab.exits.map(({ container, exitCode }) => [container, exitCode])).toEqual([
    [obeys, 0],
    [slow, 5],
    [deaf, 137],
  ]);
  expect([lab.logs(obeys), lab.logs(slow)]).toEqual([["bye"], ["term", "bye"]]);
});

test("PROC-10: containers of a pod share volumes, and each has its own files", () => {
  const lab = createLab();
  const mounts = [{ path: "/v", volume: "uid-1/v" }];
  lab.runtime.setVolume("uid-1/v", {});
  lab.runtime.setVolume("uid-1/config", { "app.conf": "a=1\n", "deep/er.txt": "x" });
  const one = lab.run({ command: ["sleep", "100"], mounts }).id;
  const config = { path: "/etc/app", volume: "uid-1/config", readOnly: true };
  const single = { path: "/etc/one.conf", volume: "uid-1/config", subPath: "app.conf" };
  const two = lab.run({ command: ["sleep", "100"], mounts: [...mounts, config, single] }).id;
  expect(lab.sh(one, "echo hi > /v/x; echo own > /tmp/own; ls /v /")).toBe(
    "/:\nbin\ndev\netc\nhome\nlib\nmnt\nopt\nproc\nroot\nrun\nsbin\nsrv\nsys\ntmp\nusr\nv\nvar\n\n/v:\nx\n",
  );
  expect(lab.sh(two, "cat /v/x; ls /tmp; ls /etc/app; cat /etc/one.conf /etc/app/deep/er.txt")).toBe(
    "hi\napp.conf\ndeep\na=1\nx",
  );
  expect(lab.sh(two, "echo no > /etc/app/app.conf")).toBe(
    "[stderr] sh: can't create /etc/app/app.conf: Read-only file system\n[exit 1]",
  );
  lab.runtime.setVolume("uid-1/config", { "app.conf": "a=2\n" });
  expect(lab.sh(two, "cat /etc/app/app.conf")).toBe("a=2\n");
});

test("PROC-11: environment: the image's, HOSTNAME, the kubelet's in order, HOME; a missing working directory is made", () => {
  const lab = createLab();
  const env = [
    { name: "A", value: "1" },
    { name: "A", value: "2" },
  ];
  const { id } = lab.run({ command: ["sleep", "100"], env, workingDir: "/not/there", hostname: "envs" });
  expect(lab.exec(id, ["env"])).toMatchObject({
    stdout:
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nHOSTNAME=envs\nA=2\nHOME=/root\n",
  });
  expect(lab.sh(id, "pwd; hostname")).toBe("/not/there\nenvs\n");
});

test("PROC-12: logs keep streams apart, cut at newlines, and mark an unfinished last line", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sh", "-c", "echo out; echo err >&2; sleep 1; printf unfinished"] });
  lab.advance(5000);
  expect(lab.runtime.logs(id)).toEqual([
    { at: 0, stream: "stdout", text: "out" },
    { at: 0, stream: "stderr", text: "err" },
    { at: 1000, stream: "stdout", text: "unfinished", partial: true },
  ]);
  const { id: wordy } = lab.run({ command: ["sh", "-c", "seq 1 5000"] });
  lab.advance(5000);
  const texts = lab.runtime.logs(wordy).map(({ text }) => Number(text));
  expect([texts.length >= 1000 && texts.length <= 1250, texts[0], texts.at(-1)]).toEqual([
    true,
    5001 - texts.length,
    5000,
  ]);
});

test("PROC-13: an exec that takes too long is killed and answers that it timed out", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  expect(lab.exec(id, ["sleep", "5"], { timeoutMs: 1000 })).toEqual({ outcome: "timeout" });
  expect(lab.machine.state.now).toBe(1010);
  expect(lab.sh(id, "ps -o comm")).toBe("COMMAND\nsleep\nps\n");
});

test("PROC-14: a loop that never waits lets the others run and virtual time pass", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sh", "-c", "while true; do true; done"] });
  const { id: other } = lab.run({ command: ["sh", "-c", "while true; do ls >/dev/null; done"] });
  const { id: bomb } = lab.run({ command: ["sh", "-c", "f() { f | f & }; f; sleep 100"] });
  const { containers } = lab.machine.enter<RuntimeState>("runtime").state;
  let most = 0;
  for (let turn = 0; turn < 20; turn++) {
    lab.advance(50);
    most = Math.max(most, containers.get(bomb)!.processes.size);
  }
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(200);
  expect(lab.exec(id, ["echo", "ok"], { maxMs: 1000 })).toMatchObject({ stdout: "ok\n" });
  expect(lab.exec(other, ["echo", "ok"], { maxMs: 1000 })).toMatchObject({ stdout: "ok\n" });
});

test("PROC-15: faults: slow, failing, bound to localhost, and back", () => {
  const lab = createLab();
  const { id } = lab.run({ image: "luksa/kubia" });
  lab.advance(1000);
  lab.runtime.setFaults(id, { slowMs: 500, failStatus: 503 });
  const before = lab.machine.state.now;
  expect(lab.request(8080)).toEqual({ status: 503, body: "fault: status 503\n" });
  expect(lab.responses.at(-1)!.at - before).toBe(500);
  lab.runtime.setFaults(id, { localhostOnly: true });
  expect([...lab.listeners.values()].map((item) => item.address)).toEqual(["127.0.0.1"]);
  lab.runtime.setFaults(id, {});
  expect([...lab.listeners.values()].map((item) => item.address)).toEqual(["0.0.0.0"]);
  expect(lab.runtime.faults(id)).toEqual({});
});

test("PROC-16: exec with input: cat, and a script on the shell's standard input", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  expect(lab.exec(id, ["cat"], { stdin: "typed\n" })).toMatchObject({ exit: 0, stdout: "typed\n" });
  expect(lab.exec(id, ["cat"])).toMatchObject({ exit: 0, stdout: "" });
  expect(lab.exec(id, ["sh"], { stdin: "echo $((1+2))\nexit 4\n" })).toMatchObject({
    exit: 4,
    stdout: "3\n",
  });
  expect(lab.sh(id, "kill -9 $$")).toBe("[exit 137]");
});

test("PROC-17: the whole state is plain data: a copy of it goes on like the original", () => {
  const lab = createLab();
  const script =
    "trap 'exit 3' TERM; for i in 1 2 3; do sleep 1; echo $i | cat; done; curl http://web & wait";
  lab.run({ command: ["sh", "-c", script] });
  lab.run({ image: "nginx" });
  lab.advance(1500);
  const copy = structuredClone(lab.machine.state);
  expect(copy).toEqual(lab.machine.state);
});

test("PROC-14: a program that grows beyond all bounds ends alone", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  const doubling = (step: string): string =>
    `x=ab; i=0; while [ $i -lt 40 ]; do ${step}; i=$((i+1)); done; echo $x`;
  for (const script of [
    doubling("x=$x$x"),
    doubling('x="$x $x"'),
    doubling("x=$(echo $x$x)"),
    `set -- a b; ${doubling('set -- "$@" "$@"')}`,
    `echo $((${"(".repeat(50_000)}1${")".repeat(50_000)}))`,
  ]) {
    const answer = lab.exec(id, ["sh", "-c", script], { maxMs: 60_000 });
    expect([script.slice(0, 60), answer && "stdout" in answer && answer.stdout.length <= 1]).toEqual([
      script.slice(0, 60),
      true,
    ]);
  }
  expect(lab.exec(id, ["echo", "alive"])).toMatchObject({ stdout: "alive\n" });
});

test("PROC-25: head takes no more than it is asked for, and whoever goes on writing ends", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  expect(lab.sh(id, "yes | head -c 5; printf abc | head -c 5; (echo one; echo two) | head -c 6")).toBe(
    "y\ny\nyabcone\ntw",
  );
});

test("SH-20: head and tail count from either end; expr refuses to divide by zero", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  const file = "seq 1 5 > /tmp/five; ";
  const said = (script: string): string => lab.sh(id, file + script).replaceAll("\n", " ");
  expect(
    [
      "head -2",
      "head -n 2",
      "head -n -2",
      "head -c 3",
      "head -c -4",
      "tail -2",
      "tail -n +4",
      "tail -n -1",
    ].map((command) => said(`${command} /tmp/five`)),
  ).toEqual(["1 2 ", "1 2 ", "1 2 3 ", "1 2", "1 2 3 ", "4 5 ", "4 5 ", "5 "]);
  expect(said("expr 7 / 2; expr 7 % 4")).toBe("3 3 ");
  expect(said("expr 7 / 0")).toContain("expr: division by zero");
  expect(said("expr 7 + seven")).toContain("expr: non-integer argument");
});

test("SH-17: base64 reads whatever a file holds, and wraps at whole numbers only", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sleep", "3600"] });
  expect(
    lab.sh(id, "printf wait > /tmp/w; base64 /tmp/w; md5sum < /tmp/w; printf abcdef | base64 -w 4"),
  ).toBe("d2FpdA==\n49256b9819abacbb8e6e031a03abe81b  -\nYWJj\nZGVm\n");
  expect(lab.sh(id, "printf abcdef | base64 -w -1")).toContain("invalid wrap size: '-1'");
});

test("PROC-18: the end of PID 1 is the end of every process of its container", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sh", "-c", "(sleep 5; echo never) & sleep 1; exit 3"] });
  const { processes } = lab.machine.enter<RuntimeState>("runtime").state.containers.get(id)!;
  lab.advance(500);
  expect(processes.size).toBeGreaterThan(1);
  lab.advance(10_000);
  expect([processes.size, lab.runtime.logs(id), lab.exits.map(({ exitCode }) => exitCode)]).toEqual([
    0,
    [],
    [3],
  ]);
});

test("PROC-18: a removed container ends with all its processes and tells nobody", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sh", "-c", "sleep 100 & sleep 200; echo never"] });
  lab.advance(100);
  lab.runtime.remove(id);
  lab.advance(300_000);
  expect([lab.runtime.isRunning(id), lab.runtime.logs(id), lab.exits]).toEqual([false, [], []]);
});

test("PROC-19: three thousand idle containers cost little", () => {
  const lab = createLab();
  for (let index = 0; index < 3000; index++) {
    const podUid = `uid-${index}`;
    lab.run({
      podUid,
      podName: podUid,
      host: `pod:${podUid}`,
      command: ["sh", "-c", "while true; do sleep 3600; done"],
    });
  }
  lab.advance(1000);
  expect(lab.machine.state.queue.heap.length).toBeLessThan(3100);
});

test("PROC-20: a main process with stdin reads what is attached to it", () => {
  const lab = createLab();
  const command = ["sh", "-c", "read a; echo got $a; exit 3"];
  const { id } = lab.run({ command, stdin: true });
  lab.advance(5000);
  expect(lab.runtime.isRunning(id)).toBe(true);
  lab.runtime.attach(id, "hello\n", true);
  lab.advance(10);
  expect([lab.logs(id), lab.exits.map((exit) => exit.exitCode)]).toEqual([["got hello"], [3]]);
  const closed = lab.run({ command }).id;
  lab.advance(10);
  expect([lab.logs(closed), lab.exits.length]).toEqual([["got"], 2]);
});

test("PROC-21: a crash ends the main process with exit code 1", () => {
  const lab = createLab();
  const { id } = lab.run({ image: "luksa/kubia" });
  lab.advance(1000);
  lab.runtime.crash(id);
  lab.advance(10);
  expect(lab.exits).toEqual([{ container: id, exitCode: 1, reason: "Error", at: 1001 }]);
  expect(lab.listeners.size).toBe(0);
});

test("PROC-22: a program told to run by a manifest is the server of an image that is not modelled", () => {
  const lab = createLab();
  expect(
    lab.run({ image: "acme/shop:1", command: ["python", "app.py"], declaredPorts: [5000] }).result,
  ).toEqual({ ok: true });
  lab.advance(1000);
  expect(lab.request(5000)).toMatchObject({ status: 200, body: "web\n" });
});

test("PROC-23: pipes and here-documents are forgotten when nobody holds them", () => {
  const lab = createLab();
  const script =
    "while true; do echo a | cat | grep -q a; read x <<EOF\nhi\nEOF\n{ cat; } <<EOF\n$x\nEOF\ny=$(echo b); sleep 1; done";
  const { id } = lab.run({ command: ["sh", "-c", script] });
  lab.advance(100_500);
  const { state } = lab.machine.enter<RuntimeState>("runtime");
  expect(lab.logs(id).length).toBe(101);
  expect(state.containers.get(id)!.streams.size).toBe(0);
  expect(state.containers.get(id)!.processes.size).toBe(2);
});

test("PROC-24: files can be read after the container's end, such as its termination message", () => {
  const lab = createLab();
  const { id } = lab.run({ command: ["sh", "-c", "echo the reason > /dev/termination-log; exit 1"] });
  lab.advance(100);
  expect(lab.runtime.readFile(id, "/dev/termination-log")).toBe("the reason\n");
  expect(lab.runtime.readFile(id, "/none")).toBeUndefined();
});
