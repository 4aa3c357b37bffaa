import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: main, image: nginx}]}
`;

test("KUBECTL-40: wait looks at an object, watches it, and says so when the condition holds", async () => {
  const lab = terminal(WORLD);
  const start = lab.cluster.now;
  expect(await lab.run("wait --for=condition=Ready pod/web --timeout=60s")).toEqual({
    stdout: "pod/web condition met\n",
    stderr: "",
    exit: 0,
  });
  expect(lab.cluster.now).toBeGreaterThan(start);
  expect(await lab.run("wait --for=jsonpath='{.status.phase}'=Running pod -l app=web")).toMatchObject({
    stdout: "pod/web condition met\n",
  });
  expect(await lab.run("wait --for=condition=ready=false pod/web --timeout=1s")).toEqual({
    stdout: "",
    stderr: "error: timed out waiting for the condition on pods/web\n",
    exit: 1,
  });
});

test("KUBECTL-41: what cannot be waited for is refused, and what is not there is an error", async () => {
  const { run } = terminal(WORLD);
  const stderr = async (line: string): Promise<string> => (await run(`wait --timeout=1s ${line}`)).stderr;
  expect(await stderr("--for=odd pod/web")).toBe('error: unrecognized condition: "odd"\n');
  expect(await stderr("pod/web")).toBe('error: unrecognized condition: ""\n');
  expect(await stderr("--for=condition=Ready pod/nothing")).toBe(
    'Error from server (NotFound): pods "nothing" not found\n',
  );
  expect(await stderr("--for=condition=Ready pod -l app=none")).toBe("error: no matching resources found\n");
  expect(await stderr("--for=jsonpath='{.status' pod/web")).toBe(
    "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'\n",
  );
  expect(await stderr("--for=create pod/nothing")).toBe("error: timed out waiting for the condition\n");
  expect(await stderr("--for=delete svc/web")).toBe(
    "error: timed out waiting for the condition on services/web\n",
  );
  expect(await run("wait --for=delete svc/nothing")).toEqual({ stdout: "", stderr: "", exit: 0 });
});
