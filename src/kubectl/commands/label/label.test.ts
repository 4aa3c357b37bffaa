import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: Service
metadata: {name: kubia, labels: {app: kubia}}
spec: {ports: [{port: 80}]}
`;

test("KWRITE-30: labels are set, changed with --overwrite, and removed", async () => {
  const { run } = terminal(WORLD);
  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
  expect(await said("label svc kubia tier=front")).toBe("service/kubia labeled\n");
  expect(await said("label svc kubia tier=front")).toBe("service/kubia not labeled\n");
  expect(await said("label svc kubia tier=back")).toBe(
    "error: 'tier' already has a value (front), and --overwrite is false\n",
  );
  expect(await said("label svc kubia tier=back --overwrite")).toBe("service/kubia labeled\n");
  expect(await said("label svc kubia --list")).toBe("app=kubia\ntier=back\n");
  expect(await said("label svc kubia tier-")).toBe("service/kubia unlabeled\n");
  expect(await said("label svc kubia tier-")).toBe('label "tier" not found.\nservice/kubia not labeled\n');
  expect(await said("label svc kubia a=1 a-")).toBe(
    "error: can not both modify and remove a label in the same command\n",
  );
  expect(await said("label svc kubia")).toBe("error: at least one label update is required\n");
  expect(await said("label svc a=1 kubia")).toBe(
    "error: all resources must be specified before label changes: kubia\n",
  );
});

test("KWRITE-30: annotations likewise, always said to be annotated", async () => {
  const { run } = terminal(WORLD);
  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
  expect(await said("annotate svc kubia note='hello there'")).toBe("service/kubia annotated\n");
  expect(await said("annotate svc kubia note=other")).toBe(
    "error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (hello there)\n",
  );
  expect(await said("annotate svc kubia note-")).toBe("service/kubia annotated\n");
  expect(await said("annotate svc kubia note-")).toBe("service/kubia annotated\n");
  expect(await said("annotate svc kubia a=1 b=2 b- a-")).toBe(
    "error: can not both modify and remove the following annotation(s) in the same command: b, a\n",
  );
  expect(await said("annotate svc kubia")).toBe("error: at least one annotation update is required\n");
});
