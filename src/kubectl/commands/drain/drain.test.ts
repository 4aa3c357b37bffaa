import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const pod = (name: string, more = ""): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {nodeName: node-1, terminationGracePeriodSeconds: 1, containers: [{name: main, image: "luksa/kubia"}]${more}}
`;

function talk(yaml: string) {
  const { run, cluster } = terminal(yaml, { imagesPresent: true, dns: false });
  cluster.advance(5000);
  return run;
}

test("KWRITE-45: cordon, uncordon, and a node that is already so", async () => {
  const run = talk("");
  expect((await run("cordon node-1")).stdout).toBe("node/node-1 cordoned\n");
  expect((await run("cordon node-1 node-2")).stdout).toBe(
    "node/node-1 already cordoned\nnode/node-2 cordoned\n",
  );
  expect((await run("get node node-1 -o jsonpath={.spec.unschedulable}")).stdout).toBe("true");
  expect((await run("uncordon node-1 node/node-2")).stdout).toBe(
    "node/node-1 uncordoned\nnode/node-2 uncordoned\n",
  );
  expect((await run("cordon node-9")).stderr).toBe(
    'Error from server (NotFound): nodes "node-9" not found\n',
  );
});

test("KWRITE-45: drain evicts what it may and says why not the rest", async () => {
  const run = talk(`${pod("bare")}---\n${pod("keeps", ", volumes: [{name: v, emptyDir: {}}]")}`);
  expect(await run("drain node-1")).toEqual({
    stdout: "node/node-1 cordoned\n",
    stderr: `error: unable to drain node "node-1" due to error: [cannot delete cannot delete Pods that declare no controller (use --force to override): default/bare, cannot delete Pods with local storage (use --delete-emptydir-data to override): default/keeps], continuing command...
There are pending nodes to be drained:
 node-1
cannot delete cannot delete Pods that declare no controller (use --force to override): default/bare
cannot delete Pods with local storage (use --delete-emptydir-data to override): default/keeps
`,
    exit: 1,
  });
  const done = await run("drain node-1 --force --delete-emptydir-data");
  expect(done.stdout.split("\n").sort()).toEqual([
    "",
    "evicting pod default/bare",
    "evicting pod default/keeps",
    "node/node-1 already cordoned",
    "node/node-1 drained",
    "pod/bare evicted",
    "pod/keeps evicted",
  ]);
  expect(done.stderr).toBe(
    "Warning: deleting Pods that declare no controller: default/bare, default/keeps\n",
  );
});

test("KWRITE-46: taints", async () => {
  const run = talk("");
  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
  expect(await said("taint nodes node-1 team=blue:NoSchedule")).toBe("node/node-1 tainted\n");
  expect(await said("taint nodes node-1 team=red:NoSchedule")).toBe(
    "error: node node-1 already has team taint(s) with same effect(s) and --overwrite is false\n",
  );
  expect(await said("taint nodes node-1 team=red:NoSchedule --overwrite")).toBe("node/node-1 modified\n");
  expect(await said("get node node-1 -o jsonpath={.spec.taints}")).toBe(
    '[{"effect":"NoSchedule","key":"team","value":"red"}]',
  );
  expect(await said("taint nodes node-1 team:NoSchedule-")).toBe("node/node-1 untainted\n");
  expect(await said("taint nodes node-1 team-")).toBe('error: taint "team" not found\n');
  expect(await said("taint nodes --all a:NoExecute -l x=y")).toBe(
    "error: setting 'all' parameter with a non empty selector is prohibited\n",
  );
});
