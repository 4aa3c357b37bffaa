import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

test("KWRITE-35: run makes a pod from its flags", async () => {
  const { run } = terminal();
  expect(
    (
      await run(
        "run web --image=nginx:1.27 --port=8080 --env=A=b --labels=x=y --restart=OnFailure --command --dry-run=client -o yaml -- sh -c 'sleep 1; echo done'",
      )
    ).stdout,
  ).toBe(`apiVersion: v1
kind: Pod
metadata:
  labels:
    x: "y"
  name: web
spec:
  containers:
  - command:
    - sh
    - -c
    - sleep 1; echo done
    env:
    - name: A
      value: b
    image: nginx:1.27
    name: web
    ports:
    - containerPort: 8080
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: OnFailure
status: {}
`);
  expect((await run("run web --image=nginx --port=80 --expose")).stdout).toBe(
    "service/web created\npod/web created\n",
  );
  expect((await run("get pod web -o jsonpath={.metadata.labels.run}")).stdout).toBe("web");
  expect((await run("run args --image=busybox -- sleep 9")).stdout).toBe("pod/args created\n");
  expect((await run("get pod args -o jsonpath={.spec.containers[0].args}")).stdout).toBe('["sleep","9"]');
});

test("KWRITE-35: forms of old books and other lines that fail", async () => {
  const { run } = terminal();
  const refused = async (line: string): Promise<string> => (await run(line)).stderr;
  expect(await refused("run kubia --image=luksa/kubia --port=8080 --generator=run/v1")).toBe(
    "error: unknown flag: --generator\nSee 'kubectl run --help' for usage.\n",
  );
  expect(await refused("run kubia --image=luksa/kubia --replicas=3")).toBe(
    "error: unknown flag: --replicas\nSee 'kubectl run --help' for usage.\n",
  );
  expect(await refused("run --image=nginx")).toBe(
    "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n",
  );
  expect(await refused("run kubia")).toBe('error: required flag(s) "image" not set\n');
  expect(await refused("run kubia --image='not an image'")).toBe(
    'error: Invalid image name "not an image": invalid reference format\n',
  );
  expect(await refused("run kubia --image=nginx --rm")).toBe(
    "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples\n",
  );
});

test("KWRITE-52: run with --attach prints the log of a pod that has ended, and takes its exit code", async () => {
  const { run } = terminal("", { imagesPresent: true });
  expect(await run("run once --rm --attach --restart=Never --image=busybox:1.36 -- echo hi")).toEqual({
    stdout: 'hi\npod "once" deleted from default namespace\n',
    stderr: "",
    exit: 0,
  });
  expect(
    await run("run fails --rm --attach --restart=Never --image=busybox:1.36 -- sh -c 'echo no; exit 3'"),
  ).toEqual({
    stdout: 'no\npod "fails" deleted from default namespace\n',
    stderr: "pod default/fails terminated (Error)\n",
    exit: 3,
  });
  expect(await run("run lost --attach --restart=Never --image=nosuchimage --pod-running-timeout=6s")).toEqual(
    {
      stdout: "",
      stderr: "error: timed out waiting for the condition\n",
      exit: 1,
    },
  );
});
