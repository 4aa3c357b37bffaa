import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

test("KUBECTL-44: contexts are shown, made, changed and chosen", async () => {
  const { run } = terminal();
  const stdout = async (line: string): Promise<string> => (await run(line)).stdout;
  expect(await stdout("config get-contexts")).toBe(
    "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         lab    lab       admin      default\n",
  );
  expect(await stdout("config set-context dev --cluster=lab --user=admin --namespace=shop")).toBe(
    'Context "dev" created.\n',
  );
  expect(await stdout("config use-context dev")).toBe('Switched to context "dev".\n');
  expect((await run("get pods")).stderr).toBe("No resources found in shop namespace.\n");
  expect(await stdout("config set-context --current --namespace=kube-system")).toBe(
    'Context "dev" modified.\n',
  );
  expect(await stdout("config view --minify")).toBe(`apiVersion: v1
clusters:
- cluster:
    server: https://192.168.8.10:6443
  name: lab
contexts:
- context:
    cluster: lab
    namespace: kube-system
    user: admin
  name: dev
current-context: dev
kind: Config
users:
- name: admin
  user: {}
`);
  expect(await stdout("config get-contexts -o name")).toBe("dev\nlab\n");
});

test("KUBECTL-44: contexts that do not exist are errors", async () => {
  const { run } = terminal();
  expect((await run("config use-context nothing")).stderr).toBe(
    'error: no context exists with the name: "nothing"\n',
  );
  expect(await run("config get-contexts nothing")).toEqual({
    stdout: "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n",
    stderr: "error: context nothing not found\n",
    exit: 1,
  });
  expect((await run("config use-contxt x")).stderr).toBe(
    "error: unknown command \"use-contxt x\"\nSee 'kubectl config -h' for help and examples\n",
  );
});
