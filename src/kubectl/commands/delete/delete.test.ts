import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: Pod
metadata: {name: box, labels: {app: box}}
spec: {terminationGracePeriodSeconds: 5, containers: [{name: main, image: "busybox:1.36", command: [sleep, "3600"]}]}
---
apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {ports: [{port: 80}]}
`;

test("KWRITE-26: delete names the namespace, and waits until the pod has ended", async () => {
  const { run, cluster } = terminal(WORLD, { imagesPresent: true });
  cluster.advance(5000);
  const start = cluster.now;
  expect((await run("delete pod box svc/kubia")).stderr).toBe(
    "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
  );
  expect(await run("delete pod/box svc/kubia")).toEqual({
    stdout: 'pod "box" deleted from default namespace\nservice "kubia" deleted from default namespace\n',
    stderr: "",
    exit: 0,
  });
  // sleep has no handler for SIGTERM as process 1, so the whole grace period passes.
  expect(cluster.now - start).toBeGreaterThanOrEqual(5000);
  expect((await run("get pod box")).stderr).toBe('Error from server (NotFound): pods "box" not found\n');
});

test("KWRITE-27: by force", async () => {
  const { run, cluster } = terminal(WORLD, { imagesPresent: true });
  cluster.advance(5000);
  expect((await run("delete pod box --force --grace-period=5")).stderr).toBe(
    "error: --force and --grace-period greater than 0 cannot be specified together\n",
  );
  expect(await run("delete pod box --force")).toEqual({
    stdout: 'pod "box" force deleted from default namespace\n',
    stderr:
      "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n",
    exit: 0,
  });
});

test("KWRITE-28: nothing to delete", async () => {
  const { run } = terminal(WORLD);
  expect(await run("delete pods -l app=none")).toEqual({
    stdout: "No resources found\n",
    stderr: "",
    exit: 0,
  });
  expect((await run("delete svc nothing")).stderr).toBe(
    'Error from server (NotFound): services "nothing" not found\n',
  );
  expect(await run("delete svc nothing --ignore-not-found")).toEqual({ stdout: "", stderr: "", exit: 0 });
  expect((await run("delete svc kubia --dry-run=client")).stdout).toBe(
    'service "kubia" deleted from default namespace (dry run)\n',
  );
  expect((await run("delete svc kubia -o name")).stdout).toBe("service/kubia\n");
});
