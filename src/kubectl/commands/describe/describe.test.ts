import { expect, test } from "vitest";
import { createCluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import type { KubectlIo } from "../../command.ts";
import { runKubectl } from "../../kubectl.ts";

const BOTH = `apiVersion: v1
kind: ServiceAccount
metadata: {name: one}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: none}
`;

function terminal(): (line: string) => Promise<{ stdout: string; stderr: string; exit: number }> {
  const cluster = createCluster(DEFAULT_SETTINGS);
  for (const name of ["one", "two"]) {
    cluster.handle({
      method: "POST",
      path: "/api/v1/namespaces/default/serviceaccounts",
      body: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, labels: { app: name } } },
    });
  }
  return async (line) => {
    const output = { stdout: "", stderr: "" };
    const io = {
      handle: cluster.handle,
      nowMs: () => cluster.wallMs(),
      stdout: (text: string) => void (output.stdout += text),
      stderr: (text: string) => void (output.stderr += text),
      readFile: (path: string) => (path === "both.yaml" ? BOTH : undefined),
      listFolder: () => undefined,
      env: {},
      config: {
        currentContext: "lanes",
        contexts: { lanes: { cluster: "lanes", user: "admin" } },
        clusters: {},
      },
    } as unknown as KubectlIo;
    const exit = await runKubectl(["describe", ...line.split(" ").filter((word) => word !== "")], io);
    return { ...output, exit };
  };
}

const account = (name: string): string =>
  [
    `Name:                ${name}`,
    "Namespace:           default",
    `Labels:              app=${name}`,
    "Annotations:         <none>",
    "Image pull secrets:  <none>",
    "Events:              <none>",
    "",
  ].join("\n");

test("DESCRIBE-50: several objects stand two empty lines apart, and what is missing is named after them", async () => {
  const run = terminal();
  expect(await run("sa one two")).toEqual({
    stdout: `${account("one")}\n\n${account("two")}`,
    stderr: "",
    exit: 0,
  });
  expect(await run("sa/two")).toEqual({ stdout: account("two"), stderr: "", exit: 0 });
  expect(await run("serviceaccounts one none two")).toEqual({
    stdout: `${account("one")}\n\n${account("two")}`,
    stderr: 'Error from server (NotFound): serviceaccounts "none" not found\n',
    exit: 1,
  });
  expect(await run("-f both.yaml")).toEqual({
    stdout: account("one"),
    stderr: 'Error from server (NotFound): serviceaccounts "none" not found\n',
    exit: 1,
  });
});

test("DESCRIBE-51: a name that does not exist is a beginning of names; each match is followed by an empty line", async () => {
  const run = terminal();
  expect(await run("sa tw")).toEqual({ stdout: `${account("two")}\n`, stderr: "", exit: 0 });
  const missing = {
    stdout: "",
    stderr: 'Error from server (NotFound): serviceaccounts "tx" not found\n',
    exit: 1,
  };
  expect(await run("sa tx")).toEqual(missing);
  expect(await run("sa/tx")).toEqual(missing);
  expect((await run("sa/tw")).exit).toBe(1);
  expect((await run("svc,sa one")).stderr).toBe("error: you may only specify a single resource type\n");
});

test("DESCRIBE-52: labels, namespaces and events are chosen by flags", async () => {
  const run = terminal();
  expect(await run("sa -l app=two --show-events=false")).toEqual({
    stdout: account("two").replace(/Events.*\n/, ""),
    stderr: "",
    exit: 0,
  });
  const all = (await run("sa -A")).stdout;
  expect([...all.matchAll(/^Namespace: +(.*)$/gm)].map(([, namespace]) => namespace)).toEqual([
    "default",
    "default",
    "default",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    "kube-system",
  ]);
});

test("DESCRIBE-53: nothing found is no error; a missing or an unknown type is", async () => {
  const run = terminal();
  expect(await run("ingresses")).toEqual({
    stdout: "",
    stderr: "No resources found in default namespace.\n",
    exit: 0,
  });
  expect(await run("ingresses -A")).toEqual({ stdout: "", stderr: "No resources found\n", exit: 0 });
  expect(await run("widgets")).toEqual({
    stdout: "",
    stderr: 'error: the server doesn\'t have a resource type "widgets"\n',
    exit: 1,
  });
  expect(await run("")).toEqual({
    stdout: "",
    stderr:
      'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    exit: 1,
  });
  expect((await run("sa one -A")).stderr).toBe(
    "error: a resource cannot be retrieved by name across all namespaces\n",
  );
});
