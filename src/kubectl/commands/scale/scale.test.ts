import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: ReplicationController
metadata: {name: kubia}
spec:
  replicas: 1
  selector: {app: kubia}
  template: {metadata: {labels: {app: kubia}}, spec: {containers: [{name: main, image: luksa/kubia}]}}
`;

test("KWRITE-31: scale, and what must hold before", async () => {
  const { run } = terminal(WORLD);
  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
  expect(await said("scale rc kubia --replicas=3")).toBe("replicationcontroller/kubia scaled\n");
  expect(await said("scale rc kubia --current-replicas=1 --replicas=2")).toBe(
    "error: Expected replicas to be 1, was 3\n",
  );
  expect(await said("scale rc kubia --current-replicas=3 --replicas=0")).toBe(
    "replicationcontroller/kubia scaled\n",
  );
  expect(await said("get rc kubia -o jsonpath={.spec.replicas}")).toBe("0");
  expect(await said("scale rc kubia --replicas=4 --dry-run=server")).toBe(
    "replicationcontroller/kubia scaled (server dry run)\n",
  );
  expect(await said("scale rc kubia")).toBe('error: required flag(s) "replicas" not set\n');
  expect(await said("scale rc kubia --replicas=-1")).toBe(
    "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n",
  );
  expect(await said("scale rc -l app=none --replicas=1")).toBe("error: no objects passed to scale\n");
  expect(await said("scale node node-1 --replicas=2")).toBe(
    "Error from server (NotFound): the server could not find the requested resource\n",
  );
});

test("KWRITE-31: with a timeout scale waits until so many are there", async () => {
  const { run } = terminal(WORLD, { imagesPresent: true });
  expect((await run("scale rc kubia --replicas=5 --timeout=30s")).exit).toBe(0);
  expect((await run("get rc kubia -o jsonpath={.status.replicas}")).stdout).toBe("5");
});

test("KWRITE-31: the replicas are kubectl's own field then, as any program's that gives no name", async () => {
  const { run } = terminal(WORLD);
  await run("scale rc kubia --replicas=3");
  const managers = "{range .metadata.managedFields[*]}{.manager} {.operation} {.subresource};{end}";
  const { stdout } = await run(`get rc kubia --show-managed-fields -o jsonpath='${managers}'`);
  expect(stdout.split(";")).toContain("kubectl Update scale");
});
