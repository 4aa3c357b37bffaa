import { expect, test } from "vitest";
import { terminal, type TestTerminal } from "../../testing/terminal.ts";

const WORLD = `
apiVersion: v1
kind: Pod
metadata: {name: counter, labels: {app: counter}}
spec:
  restartPolicy: Never
  containers: [{name: main, image: "busybox:1.36", command: [sh, -c, "for i in 1 2 3 4 5; do echo line $i; done; sleep 20; echo after; printf unfinished"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: two, labels: {app: two}}
spec:
  containers:
  - {name: first, image: "busybox:1.36", command: [sh, -c, "echo from first; sleep 1000"]}
  - {name: second, image: "busybox:1.36", command: [sh, -c, "echo from second; echo and stderr >&2; sleep 1000"]}
`;

const started = (): TestTerminal => {
  const lab = terminal(WORLD, { imagesPresent: true });
  lab.cluster.advance(6000);
  return lab;
};
const printed = async (lab: TestTerminal, line: string): Promise<string> => {
  const { stdout, stderr, exit } = await lab.run(line);
  return `${stdout}${stderr.replace(/^(?=.)/gm, "! ")}${exit}`;
};

test("KUBECTL-42: logs reads the container that is named, annotated, or first, and says that it chose", async () => {
  const lab = started();
  expect(await printed(lab, "logs counter --tail=2")).toBe("line 4\nline 5\n0");
  expect(await printed(lab, "logs counter --prefix --tail=1")).toBe("[pod/counter/main] line 5\n0");
  expect(await printed(lab, "logs counter --limit-bytes=10")).toBe("line 1\nlin0");
  expect(await printed(lab, "logs two")).toBe(
    'from first\n! Defaulted container "first" out of: first, second\n0',
  );
  expect(await printed(lab, "logs two second")).toBe("from second\nand stderr\n0");
  expect(await printed(lab, "logs two --all-containers --prefix")).toBe(
    "[pod/two/first] from first\n[pod/two/second] from second\n[pod/two/second] and stderr\n0",
  );
  expect(await printed(lab, "logs -l app=two --prefix --all-containers --tail=1")).toBe(
    "[pod/two/first] from first\n[pod/two/second] and stderr\n0",
  );
});

test("KUBECTL-42: -f goes on until the container ends", async () => {
  const lab = started();
  expect(await printed(lab, "logs counter -f --tail=1")).toBe("line 5\nafter\nunfinished0");
});

test("KUBECTL-50: what logs cannot read it says in the words of the client or the server", async () => {
  const lab = started();
  expect(await printed(lab, "logs")).toBe(
    "! error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n! POD or TYPE/NAME is a required argument for the logs command\n! See 'kubectl logs -h' for help and examples\n1",
  );
  expect(await printed(lab, "logs nopod")).toBe(
    '! error: error from server (NotFound): pods "nopod" not found in namespace "default"\n1',
  );
  expect(await printed(lab, "logs two -c third")).toBe(
    "! error: container third is not valid for pod two\n1",
  );
  expect(await printed(lab, "logs counter -p")).toBe(
    '! Error from server (BadRequest): previous terminated container "main" in pod "counter" not found\n1',
  );
  expect(await printed(lab, "logs counter --since=1s --since-time=2020-01-01T00:00:00Z")).toBe(
    "! error: at most one of `sinceTime` or `sinceSeconds` may be specified\n1",
  );
  expect(await printed(lab, "logs -l app=none")).toBe("! No resources found in default namespace.\n0");
});
