import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import { terminal, type TestTerminal } from "./terminal.ts";
import { world } from "./world.ts";

const TWO = `apiVersion: v1
kind: Pod
metadata: {name: two, labels: {app: two}, annotations: {note: kept}}
spec:
  containers:
  - {name: web, image: luksa/kubia, livenessProbe: {httpGet: {path: /, port: 8080}}}
  - {name: side, image: busybox, command: [sleep, infinity]}
`;
const RECORDED =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";
const LEGACY =
  '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';

const begin = (): TestTerminal & { advance(time: string): void } => {
  const it = world().apply(TWO).advance("20s");
  return { ...terminal(it), advance: (time) => void it.advance(time) };
};

async function podNamed({ kubectl }: TestTerminal, name: string): Promise<Pod> {
  return JSON.parse((await kubectl(`get pod ${name} -o json`)).stdout) as Pod;
}

test("KWRITE-55: debug joins an ephemeral container to a running pod, whose network it shares", async () => {
  const desk = begin();
  const { kubectl } = desk;
  const script = "hostname; wget -qO- localhost:8080\n";
  expect(
    await kubectl("debug -i two --image=busybox --target=web -c tool --profile=general -- sh", script),
  ).toEqual({
    stdout:
      "Targeting container \"web\". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\ntwo\nYou've hit two\n",
    stderr: RECORDED,
    exit: 0,
  });
  const quiet = await kubectl("debug two --image=busybox --env=A=1,B=2 -- sleep 60");
  const name = /^Defaulting debug container name to (debugger-[a-z0-9]{5})\.\n$/.exec(quiet.stdout)![1]!;
  expect(quiet.stderr).toBe(LEGACY);
  desk.advance("3s");
  const { spec, status } = await podNamed(desk, "two");
  expect(spec.ephemeralContainers).toEqual([
    {
      name: "tool",
      image: "busybox",
      command: ["sh"],
      imagePullPolicy: "Always",
      resources: {},
      securityContext: { capabilities: { add: ["SYS_PTRACE"] } },
      stdin: true,
      targetContainerName: "web",
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
    },
    {
      name,
      image: "busybox",
      command: ["sleep", "60"],
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      imagePullPolicy: "Always",
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
    },
  ]);
  const states = status.ephemeralContainerStatuses!.map((item) => [
    item.name,
    Object.keys(item.state)[0],
    item.ready,
    item.started,
  ]);
  expect(states.sort()).toEqual(
    [
      [name, "running", false, undefined],
      ["tool", "terminated", false, undefined],
    ].sort(),
  );
  expect((await kubectl("get pod two --no-headers")).stdout).toMatch(/^two +2\/2 +Running +0 /);
  const described = (await kubectl("describe pod two")).stdout;
  expect(described).toContain("\nEphemeral Containers:\n  tool:\n    Container ID:  containerd://");
  expect((await kubectl(`exec two -c ${name} -- env`)).stdout).toContain("\nA=1\nB=2\n");
});

test("KWRITE-55: with --target the container sees the target's processes; the first of them ignores what is sent from there", async () => {
  const { kubectl, advance } = begin();
  const said = await kubectl("debug two -i -q --image=busybox --target=side --profile=general -- ps");
  expect(said.stdout).toBe(
    "PID   USER     TIME  COMMAND\n    1 root      0:00 sleep infinity\n    2 root      0:00 ps\n",
  );
  await kubectl("debug two -i -q --image=busybox --target=web --profile=general -- kill -9 1");
  advance("10s");
  expect((await kubectl("get pod two --no-headers")).stdout).toMatch(/^two +2\/2 +Running +0 /);
});

test("KWRITE-55: the log of an ephemeral container is read like any other's", async () => {
  const { kubectl, advance } = begin();
  await kubectl("debug two -q --image=busybox -c tool --profile=general -- echo hello");
  advance("5s");
  expect((await kubectl("logs two -c tool")).stdout).toBe("hello\n");
});

test("KWRITE-55: a container that is over when debug looks is shown by its log, and an unknown target is refused", async () => {
  const { kubectl } = begin();
  const over = await kubectl("debug two -i --image=busybox -c once --profile=baseline -- echo hello");
  expect([over.stdout, over.exit]).toEqual(["hello\n", 0]);
  expect(await kubectl("debug two --image=busybox --target=nobody -c x --profile=netadmin -q")).toEqual({
    stdout: "",
    stderr:
      'The Pod "two" is invalid: spec.ephemeralContainers[1].targetContainerName: Not found: "nobody"\n',
    exit: 1,
  });
});

test("KWRITE-56: debug makes a copy of a pod with another container, other images or another command", async () => {
  const desk = begin();
  const { kubectl } = desk;
  const said = await kubectl(
    "debug two --copy-to=tool --image=busybox --profile=sysadmin --keep-labels --same-node -- sleep infinity",
  );
  expect(said.stdout).toMatch(/^Defaulting debug container name to debugger-[a-z0-9]{5}\.\n$/);
  const shell = await kubectl("debug two --copy-to=shell -i -c web --profile=general -- sh", "hostname\n");
  expect([shell.stdout, shell.stderr, shell.exit]).toEqual(["shell\n", RECORDED, 0]);
  expect(await kubectl("debug two --copy-to=images --set-image=*=nginx,side=httpd --replace")).toEqual({
    stdout: "",
    stderr: LEGACY,
    exit: 0,
  });
  desk.advance("20s");
  const tool = await podNamed(desk, "tool");
  expect(tool.spec.containers.map(({ livenessProbe }) => livenessProbe)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(tool.spec.containers[2]!.securityContext).toEqual({ privileged: true });
  expect([tool.metadata.labels!["app"], tool.metadata.annotations, tool.status.phase]).toEqual([
    "two",
    undefined,
    "Running",
  ]);
  const copied = await podNamed(desk, "shell");
  expect([copied.metadata.labels!["app"], copied.spec.containers[0]!.command]).toEqual([undefined, ["sh"]]);
  expect(copied.spec.shareProcessNamespace).toBe(true);
  const seen = (await kubectl("exec shell -c side -- ps")).stdout.split("\n");
  expect([seen[1], seen.filter((line) => / (sh|sleep infinity|ps)$/.test(line)).length]).toEqual([
    "    1 root      0:00 /pause",
    3,
  ]);
  const images = await podNamed(desk, "images");
  expect(images.spec.containers.map(({ image }) => image)).toEqual(["nginx", "httpd"]);
  expect(images.metadata.annotations!["note"]).toBe("kept");
  expect((await kubectl("get pod two")).stderr).toBe('Error from server (NotFound): pods "two" not found\n');
});

test("KWRITE-57: debug of a node makes a pod there, in the node's network", async () => {
  const desk = begin();
  const { kubectl } = desk;
  await kubectl("cordon node-2");
  const { stdout, stderr } = await kubectl("debug node/node-2 -i --image=busybox -- sh", "hostname\n");
  const pod =
    /^Creating debugging pod (node-debugger-node-2-[a-z0-9]{5}) with container debugger on node node-2\.\nnode-2\n$/.exec(
      stdout,
    )![1]!;
  expect(stderr).toBe(LEGACY + RECORDED);
  const { spec, metadata } = await podNamed(desk, pod);
  expect(metadata.labels!["app.kubernetes.io/managed-by"]).toBe("kubectl-debug");
  expect([spec.hostNetwork, spec.nodeName, spec.restartPolicy]).toEqual([true, "node-2", "Never"]);
  expect(spec.containers[0]!.volumeMounts![0]).toEqual({ name: "host-root", mountPath: "/host" });
  await kubectl("debug node/node-2 --image=busybox --profile=baseline -c own");
  const plain = (
    await kubectl("get pods -o jsonpath={.items[*].spec.containers[0].name}:{.items[*].spec.hostNetwork}")
  ).stdout;
  expect(plain.split(":")).toEqual([expect.stringContaining("own"), "true"]);
});

test("KWRITE-58: debug says what it cannot do before it asks the server", async () => {
  const { kubectl } = begin();
  const said = async (line: string): Promise<string> => (await kubectl(`debug ${line}`)).stderr;
  expect(await said("")).toBe("error: you must specify --image when not using --copy-to.\n");
  expect(await said("--image=busybox")).toBe("error: NAME or filename is required for debug\n");
  expect(await said("two --image=busybox --profile=odd")).toBe("error: unknown profile: odd\n");
  expect(await said("two --image=Busybox")).toBe(
    'error: invalid image name "Busybox": invalid reference format\n',
  );
  expect(await said("two --image=busybox --replace")).toBe(
    "error: --replace may only be used with --copy-to.\n",
  );
  expect(await said("two --image=busybox --set-image=a=b")).toBe(
    "error: --set-image may only be used with --copy-to.\n",
  );
  expect(await said("two --copy-to=x")).toBe(
    "error: you must specify --image, --set-image or command arguments.\n",
  );
  expect(await said("two --copy-to=x -- sh")).toBe(
    "error: you must specify an existing container or a new image when specifying args.\n",
  );
  expect(await said("two --copy-to=x -c nobody -- sh")).toBe(
    `${LEGACY}error: you must specify image when creating new container\n`,
  );
  expect(await said("two --copy-to=x --image=busybox --target=web")).toBe(
    "error: --target is incompatible with --copy-to. Use --share-processes instead.\n",
  );
  expect(await said("two --image=busybox -t")).toBe(
    "error: -i/--stdin is required for containers with -t/--tty=true\n",
  );
  expect(await said("two --image=busybox --attach --copy-to=x --image= --set-image=a=b")).toBe(
    "error: you must specify --container or create a new container using --image in order to attach.\n",
  );
  expect(await said("two --image=busybox --image-pull-policy=Sometimes")).toBe(
    "error: invalid image pull policy: Sometimes\n",
  );
  expect(await said("two --image=busybox --env=A")).toBe(
    'error: invalid argument "A" for "--env" flag: A must be formatted as key=value\nSee \'kubectl debug --help\' for usage.\n',
  );
  expect(await said("svc/kubernetes --image=busybox --profile=general")).toBe(
    'error: "/v1, Kind=Service" not supported by debug\n',
  );
});

test("KWRITE-59: debug --custom merges a part of a container", async () => {
  const desk = begin();
  const { kubectl, files } = desk;
  files.set("part.yaml", "env: [{name: A, value: '1'}]\nsecurityContext: {runAsUser: 0}\n");
  files.set("bad.yaml", "image: nginx\n");
  await kubectl("debug two --image=busybox -c tool --custom=part.yaml --profile=general");
  expect((await podNamed(desk, "two")).spec.ephemeralContainers![0]).toMatchObject({
    env: [{ name: "A", value: "1" }],
    securityContext: { capabilities: { add: ["SYS_PTRACE"] }, runAsUser: 0 },
  });
  const said = async (file: string): Promise<string> =>
    (await kubectl(`debug two --image=busybox --custom=${file}`)).stderr;
  expect(await said("bad.yaml")).toBe(
    "error: name, command, image, lifecycle and volume devices are not modifiable via custom profile\n",
  );
  expect(await said("none.yaml")).toBe(
    "error: must pass a container spec json file for custom profile: open none.yaml: no such file or directory\n",
  );
});
