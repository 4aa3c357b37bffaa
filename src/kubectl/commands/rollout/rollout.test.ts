import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: luksa/kubia}]}}
`;

function talk() {
  const { run, cluster } = terminal(WORLD, { imagesPresent: true });
  cluster.advance(20_000);
  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
  return { said, cluster };
}

test("KWRITE-41, KWRITE-42: history, and back", async () => {
  const { said, cluster } = talk();
  expect(await said("rollout undo deploy/web")).toBe(
    'error: no rollout history found for deployment "web"\n',
  );
  await said("annotate deploy/web kubernetes.io/change-cause='the first'");
  cluster.advance(1000);
  await said("set image deploy/web main=luksa/kubia:v2");
  cluster.advance(60_000);
  expect(await said("rollout status deploy/web")).toBe('deployment "web" successfully rolled out\n');
  expect(await said("rollout history deploy/web")).toBe(
    "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         the first\n2         the first\n\n",
  );
  expect(await said("rollout history deploy/web --revision=9")).toBe(
    "error: unable to find the specified revision\n",
  );
  expect(await said("rollout undo deploy/web --to-revision=9")).toBe(
    "error: unable to find specified revision 9 in history\n",
  );
  expect(await said("rollout undo deploy/web --to-revision=2")).toBe(
    "deployment.apps/web skipped rollback (current template already matches revision 2)\n",
  );
  expect(await said("rollout undo deploy/web")).toBe("deployment.apps/web rolled back\n");
  expect(await said("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}")).toBe(
    "luksa/kubia",
  );
});

test("KWRITE-40: status says how far the rollout is", async () => {
  const { said } = talk();
  await said("set image deploy/web main=luksa/kubia:nope");
  const lines = (await said("rollout status deploy/web --timeout=4s")).split("\n");
  expect(lines).toContain(
    'Waiting for deployment "web" rollout to finish: 1 out of 2 new replicas have been updated...',
  );
  expect(lines.slice(-2)).toEqual(["error: timed out waiting for the condition", ""]);
  expect(await said("rollout status deploy/web --revision=1")).toBe(
    "error: desired revision (1) is different from the running revision (2)\n",
  );
});

test("KWRITE-43: pause, resume, restart", async () => {
  const { said } = talk();
  expect(await said("rollout pause deploy/web")).toBe("deployment.apps/web paused\n");
  expect(await said("rollout pause deploy/web")).toBe('error: deployments.apps "web" is already paused\n');
  expect(await said("rollout restart deploy/web")).toBe(
    'error: deployments.apps "web" can\'t restart paused deployment (run rollout resume first)\n',
  );
  expect(await said("rollout resume deploy/web")).toBe("deployment.apps/web resumed\n");
  expect(await said("rollout resume deploy/web")).toBe('error: deployments.apps "web" is not paused\n');
  expect(await said("rollout restart deploy")).toBe("deployment.apps/web restarted\n");
  expect(await said("rollout status")).toBe("error: required resource not specified\n");
  expect(await said("rollout restart node/node-1")).toBe(
    'error: nodes "node-1" restarting is not supported\n',
  );
});
