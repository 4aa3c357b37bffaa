import { expect, test } from "vitest";
import { terminal } from "./terminal.ts";
import { world } from "./world.ts";

const TWO = `apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  containers:
  - {name: web, image: luksa/kubia}
  - {name: side, image: busybox, command: [sleep, infinity]}
`;

test("KWRITE-50: exec wants two dashes, says which container it takes, and ends as the command does", async () => {
  const it = world().apply(TWO).advance("20s");
  const { kubectl } = terminal(it);
  expect(await kubectl("exec two ls")).toEqual({
    stdout: "",
    stderr:
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
    exit: 1,
  });
  expect(await kubectl("exec two -- hostname")).toEqual({
    stdout: "two\n",
    stderr: 'Defaulted container "web" out of: web, side\n',
    exit: 0,
  });
  expect(await kubectl("exec two -c side -- sh -c 'exit 7'")).toEqual({
    stdout: "",
    stderr: "command terminated with exit code 7\n",
    exit: 7,
  });
});
