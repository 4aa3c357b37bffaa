// Pods that cannot start: images, missing ConfigMaps and Secrets, programs that do not exist.
import { expect, test } from "vitest";
import { createLab } from "./testing/lab.ts";

const settings = (data: Record<string, string>): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "default", uid: "cm" },
  data,
});

test("KLT-20: a tag that does not exist gives ErrImagePull, then ImagePullBackOff, and is tried again", () => {
  const lab = createLab();
  lab.pod("tag", { containers: [{ name: "main", image: "luksa/kubia:nope" }] });
  const seen = new Set<string>();
  for (let tenths = 0; tenths < 160; tenths++) {
    lab.advance(100);
    seen.add(lab.summary("tag"));
  }
  const error =
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/luksa/kubia:nope": failed to resolve image: docker.io/luksa/kubia:nope: not found';
  expect([...seen]).toEqual([
    "Pending ContainerCreating 0/1 0",
    "Pending ErrImagePull 0/1 0",
    "Pending ImagePullBackOff 0/1 0",
  ]);
  expect(lab.events("tag")).toEqual([
    'Normal Pulling Pulling image "luksa/kubia:nope"',
    `Warning Failed Failed to pull image "luksa/kubia:nope": ${error}`,
    "Warning Failed Error: ErrImagePull",
    'Normal BackOff Back-off pulling image "luksa/kubia:nope"',
    "Warning Failed Error: ImagePullBackOff",
  ]);
  expect(lab.get("tag")!.status.containerStatuses![0]!.state).toEqual({
    waiting: {
      reason: "ImagePullBackOff",
      message: `Back-off pulling image "luksa/kubia:nope": ErrImagePull: ${error}`,
    },
  });
});

test("KLT-21: a pod whose image is corrected in the manifest starts with the new image", () => {
  const lab = createLab();
  lab.pod("tag", { containers: [{ name: "main", image: "luksa/kubia:nope" }] });
  lab.advance(5000);
  const pod = lab.get("tag")!;
  const containers = [{ ...pod.spec.containers[0]!, image: "luksa/kubia" }];
  lab.apply({ ...pod, metadata: { ...pod.metadata, generation: 2 }, spec: { ...pod.spec, containers } });
  lab.advance(5000);
  expect(lab.summary("tag")).toBe("Running Running 1/1 0");
  expect(lab.get("tag")!.status.observedGeneration).toBe(2);
});

test("KLT-22: InvalidImageName and ErrImageNeverPull in the kubelet's words", () => {
  const lab = createLab({ imagesPresent: false });
  lab.pod("invalid", { containers: [{ name: "main", image: "Busybox:latest" }] });
  lab.pod("never", { containers: [{ name: "main", image: "busybox:1.36", imagePullPolicy: "Never" }] });
  lab.advance(3000);
  const states = ["invalid", "never"].map(
    (name) => lab.get(name)!.status.containerStatuses![0]!.state.waiting,
  );
  const invalid =
    'Failed to apply default image tag "Busybox:latest": couldn\'t parse image name "Busybox:latest": invalid reference format: repository name (library/Busybox) must be lowercase';
  const never = 'Container image "busybox:1.36" is not present with pull policy of Never';
  expect(states).toEqual([
    { reason: "InvalidImageName", message: invalid },
    { reason: "ErrImageNeverPull", message: never },
  ]);
  expect(lab.events("invalid")).toEqual([
    `Warning InspectFailed ${invalid}`,
    "Warning Failed Error: InvalidImageName",
  ]);
  expect(lab.events("never")).toEqual([
    `Warning ErrImageNeverPull ${never}`,
    "Warning Failed Error: ErrImageNeverPull",
  ]);
});

test("KLT-23: the first pull on a node takes its time, later ones are short, and IfNotPresent does without", () => {
  const lab = createLab({ imagesPresent: false });
  const container = { name: "main", image: "luksa/kubia", imagePullPolicy: "Always" };
  lab.pod("first", { containers: [container] });
  lab.pod("second", { containers: [container] });
  lab.advance(10_000);
  lab.pod("third", { containers: [{ ...container, imagePullPolicy: "IfNotPresent" }] });
  lab.advance(5000);
  const pulled = ["first", "second", "third"].map((name) =>
    lab.events(name).find((event) => event.startsWith("Normal Pulled")),
  );
  const size = "Image size: \\d+ bytes\\.$";
  const text = 'Normal Pulled Successfully pulled image "luksa/kubia" in';
  // Whichever came second waited for the other.
  const [slow, quick] = pulled[0]!.includes("ms (") ? [pulled[1], pulled[0]] : [pulled[0], pulled[1]];
  expect(slow).toMatch(new RegExp(`^${text} \\d\\.\\d+s \\(\\d\\.\\d+s including waiting\\)\\. ${size}`));
  expect(quick).toMatch(new RegExp(`^${text} \\d\\dms \\(\\d\\.\\d+s including waiting\\)\\. ${size}`));
  expect(pulled[2]).toBe(
    'Normal Pulled Container image "luksa/kubia" already present on machine and can be accessed by the pod',
  );
});

test("KLT-24: a missing ConfigMap in the environment is CreateContainerConfigError until it is there", () => {
  const lab = createLab();
  const env = [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } }];
  lab.pod("envmap", { containers: [{ name: "main", command: ["sleep", "3600"], env }] });
  lab.advance(3000);
  expect(lab.get("envmap")!.status.containerStatuses![0]!.state.waiting).toEqual({
    reason: "CreateContainerConfigError",
    message: 'configmap "settings" not found',
  });
  lab.apply(settings({ b: "2" }));
  lab.advance(14_000);
  lab.advance(14_000);
  expect(lab.get("envmap")!.status.containerStatuses![0]!.state.waiting!.message).toBe(
    "couldn't find key a in ConfigMap default/settings",
  );
  lab.apply(settings({ a: "1" }));
  lab.advance(16_000);
  expect(lab.summary("envmap")).toBe("Running Running 1/1 0");
  expect(lab.events("envmap").slice(0, 3)).toEqual([
    'Normal Pulled Container image "busybox:1.36" already present on machine and can be accessed by the pod',
    'Warning Failed Error: configmap "settings" not found',
    "Warning Failed Error: couldn't find key a in ConfigMap default/settings",
  ]);
});

test("KLT-25: a volume from a missing ConfigMap keeps the pod in ContainerCreating with FailedMount", () => {
  const lab = createLab();
  lab.pod("volmap", {
    volumes: [{ name: "v", configMap: { name: "settings" } }],
    containers: [
      { name: "main", command: ["sleep", "3600"], volumeMounts: [{ name: "v", mountPath: "/v" }] },
    ],
  });
  lab.advance(8000);
  expect(lab.summary("volmap")).toBe("Pending ContainerCreating 0/1 0");
  expect(lab.events("volmap")).toEqual([
    'Warning FailedMount MountVolume.SetUp failed for volume "v" : configmap "settings" not found',
  ]);
  lab.apply(settings({ a: "1" }));
  lab.advance(10_000);
  expect(lab.summary("volmap")).toBe("Running Running 1/1 0");
});

test("KLT-26: a program that is not there: StartError under Never, else RunContainerError", () => {
  const lab = createLab();
  const containers = [{ name: "main", command: ["sleep 3600"] }];
  lab.pod("once", { restartPolicy: "Never", containers });
  lab.pod("again", { containers });
  lab.advance(1500);
  const [once, again] = ["once", "again"].map((name) => lab.get(name)!.status.containerStatuses![0]!);
  const message =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "sleep 3600": executable file not found in $PATH';
  expect(once!.state.terminated).toMatchObject({
    exitCode: 128,
    reason: "StartError",
    message,
    startedAt: "1970-01-01T00:00:00Z",
  });
  expect(again!.state).toEqual({ waiting: { reason: "RunContainerError", message } });
  expect(again!.lastState.terminated).toMatchObject({ exitCode: 128, reason: "StartError" });
  expect(lab.events("once").at(-1)).toBe(`Warning Failed Error: ${message}`);
});

test("KLT-27: runAsNonRoot refuses an image that runs as root; a missing pull secret only warns", () => {
  const lab = createLab();
  const container = { name: "main", command: ["sleep", "3600"] };
  lab.pod("nonroot", { containers: [{ ...container, securityContext: { runAsNonRoot: true } }] });
  lab.pod("secret", { imagePullSecrets: [{ name: "regcred" }], containers: [container] });
  lab.advance(3000);
  expect(lab.get("nonroot")!.status.containerStatuses![0]!.state.waiting).toEqual({
    reason: "CreateContainerConfigError",
    message:
      'container has runAsNonRoot and image will run as root (pod: "nonroot_default(uid-nonroot)", container: main)',
  });
  expect(lab.summary("secret")).toBe("Running Running 1/1 0");
  expect(lab.events("secret")[0]).toBe(
    "Warning FailedToRetrieveImagePullSecret Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.",
  );
});

test("KLT-73: runAsNonRoot lets images pass that say so, and those that are not modelled", () => {
  const lab = createLab();
  const securityContext = { runAsNonRoot: true };
  const containers = [
    { name: "web", image: "nginxinc/nginx-unprivileged:1.27", securityContext },
    { name: "other", image: "acme/shop:1", securityContext },
  ];
  lab.pod("nonroot", { containers });
  lab.advance(8000);
  expect(lab.summary("nonroot")).toBe("Running Running 2/2 0");
});

test("KLT-74: a hostPath has to be what the manifest says", () => {
  const lab = createLab();
  const paths = {
    a: ["/no/such", "Directory"],
    b: ["/etc", "File"],
    c: ["/run/docker.sock", "Socket"],
    d: ["/var/log", "Directory"],
    e: ["/data", "DirectoryOrCreate"],
    f: ["/dev/null", "CharDevice"],
  };
  const volumes = Object.entries(paths).map(([name, [path, type]]) => ({ name, hostPath: { path, type } }));
  lab.pod("disk", { volumes, containers: [{ name: "main", command: ["sleep", "3600"] }] });
  lab.advance(400);
  const failed = (volume: string, text: string): string =>
    `Warning FailedMount MountVolume.SetUp failed for volume "${volume}" : hostPath type check failed: ${text}`;
  expect(lab.events("disk")).toEqual([
    failed("a", "/no/such is not a directory"),
    failed("b", "/etc is not a file"),
    failed("c", "/run/docker.sock is not a socket file"),
  ]);
  expect(lab.summary("disk")).toBe("Pending ContainerCreating 0/1 0");
});
