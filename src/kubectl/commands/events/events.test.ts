import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `
apiVersion: v1
kind: Pod
metadata: {name: good}
spec: {nodeName: node-1, containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: Pod
metadata: {name: bad}
spec: {nodeName: node-1, containers: [{name: main, image: "busybox:9.97"}]}
`;

test("KUBECTL-43: events stand by time, those that came again with how often and since when", async () => {
  const { run, cluster } = terminal(WORLD, { imagesPresent: true });
  cluster.advance(20_000);
  const { stdout } = await run("events --for pod/bad --types=Warning");
  expect(stdout.replace(/ {2,}/g, " | ")).toMatch(
    /^LAST SEEN \| TYPE \| REASON \| OBJECT \| MESSAGE\n(\d+s( \(x\d over \d+s\))? \| Warning \| Failed \| Pod\/bad \| .*\n)+$/,
  );
  expect(stdout).toContain("(x2 over");
  expect((await run("events --for pod/good --no-headers")).stdout).toMatch(
    /^(\d+s {3}Normal {3}(Pulling|Pulled|Created|Started) +Pod\/good {3}.*\n){4}$/,
  );
  expect((await run("events -n kube-public")).stderr).toBe("No events found in kube-public namespace.\n");
  expect((await run("events --types=Odd")).stderr).toBe("error: valid --types are Normal or Warning\n");
  expect((await run("events --for=foo/x")).stderr).toBe('the server doesn\'t have a resource type "foo"\n');
});
