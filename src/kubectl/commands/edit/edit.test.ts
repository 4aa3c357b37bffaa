import { expect, test } from "vitest";
import type { KubectlIo } from "../../command.ts";
import { runKubectl } from "../../kubectl.ts";
import { createCluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS } from "#cluster/settings";

/** A desk whose editor answers with these changes, one after another. */
function desk(...changes: ((text: string) => string)[]) {
  const cluster = createCluster(DEFAULT_SETTINGS);
  cluster.advance(1000);
  const spec = { selector: { app: "kubia" }, ports: [{ port: 80, targetPort: 8080 }] };
  cluster.handle({
    method: "POST",
    path: "/api/v1/namespaces/default/services",
    body: { apiVersion: "v1", kind: "Service", metadata: { name: "kubia" }, spec },
  });
  const shown: string[] = [];
  const printed = { stdout: "", stderr: "" };
  const io = {
    handle: cluster.handle,
    stdout: (text: string) => void (printed.stdout += text),
    stderr: (text: string) => void (printed.stderr += text),
    nowMs: cluster.wallMs,
    signal: { aborted: false, addEventListener: () => {} },
    readFile: () => undefined,
    writeFile: () => {},
    listFolder: () => undefined,
    env: {},
    config: { currentContext: "lab", contexts: { lab: { cluster: "lab", user: "me" } }, clusters: {} },
    edit: (_: string, text: string) => {
      shown.push(text);
      return Promise.resolve(changes.shift()?.(text));
    },
  } as unknown as KubectlIo;
  return { printed, shown, run: () => runKubectl(["edit", "svc", "kubia"], io) };
}

test("KWRITE-36: what was saved is sent", async () => {
  const { printed, shown, run } = desk((text) => text.replace("port: 80\n", "port: 81\n"));
  expect(await run()).toBe(0);
  expect(printed).toEqual({ stdout: "service/kubia edited\n", stderr: "" });
  expect(shown[0]!.split("\n").slice(0, 6)).toEqual([
    "# Please edit the object below. Lines beginning with a '#' will be ignored,",
    "# and an empty file will abort the edit. If an error occurs while saving this file will be",
    "# reopened with the relevant failures.",
    "#",
    "apiVersion: v1",
    "kind: Service",
  ]);
});

test("KWRITE-36: a refusal comes back as a comment, until nothing more changes", async () => {
  const broken = (text: string): string => text.replace("port: 80\n", "port: 0\n");
  const { printed, shown, run } = desk(broken, (text) => text);
  expect(await run()).toBe(1);
  expect(shown[1]!.split("\n").slice(4, 7)).toEqual([
    '# services "kubia" was not valid:',
    "# * spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
    "#",
  ]);
  expect(shown[1]).toContain("port: 0\n");
  expect(printed.stderr.replace(/kubectl-edit-\d+/, "kubectl-edit-N"))
    .toBe(`error: services "kubia" is invalid
A copy of your changes has been stored to "/tmp/kubectl-edit-N.yaml"
error: Edit cancelled, no valid changes were saved.
`);
});

test("KWRITE-36: nothing saved, nothing changed", async () => {
  const { printed, run } = desk();
  expect(await run()).toBe(0);
  expect(printed).toEqual({ stdout: "", stderr: "Edit cancelled, no changes made.\n" });
});
