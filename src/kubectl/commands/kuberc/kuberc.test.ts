import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const said =
  (it: ReturnType<typeof terminal>) =>
  async (line: string, env: Record<string, string> = {}) => {
    const { stdout, stderr, exit } = await it.run(line, { env });
    return `${stdout}${stderr.replace(/^(?=.)/gm, "! ")}${exit}`;
  };

test("alpha kuberc set writes defaults and aliases, which other lines follow", async () => {
  const run = said(terminal());
  const set = "alpha kuberc set --section";
  const updated = "Updated /root/.kube/kuberc\n0";
  expect(await run(`${set} defaults --command get --option output=name`)).toBe(updated);
  expect(await run("get svc kubernetes")).toBe("service/kubernetes\n0");
  expect(await run("get svc kubernetes -o jsonpath={.kind}")).toBe("Service0");
  expect(await run(`${set} defaults --command get --option output=wide`)).toBe(
    '! error: defaults for command "get" already exist, use --overwrite to replace\n1',
  );
  expect(
    await run(`${set} aliases --name kind --command get --prependarg svc --option output=jsonpath={.kind}`),
  ).toBe(updated);
  expect(await run("kind kubernetes")).toBe("Service0");
  expect(await run("alpha kuberc view")).toBe(`aliases:
- command: get
  name: kind
  options:
  - default: jsonpath={.kind}
    name: output
  prependArgs:
  - svc
apiVersion: kubectl.config.k8s.io/v1beta1
defaults:
- command: get
  options:
  - default: name
    name: output
kind: Preference
0`);
  expect(await run("get svc kubernetes -o name", { KUBERC: "off" })).toBe("service/kubernetes\n0");
  expect(await run("kind kubernetes", { KUBERC: "off" })).toBe(
    '! error: unknown command "kind" for "kubectl"\n1',
  );
});

test("preferences that cannot be followed are errors of every line", async () => {
  const it = terminal();
  const run = said(it);
  it.files.set(
    "/root/.kube/kuberc",
    "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ndefaults: [{command: get, options: [{name: foo, default: bar}]}]\n",
  );
  expect(await run("get svc")).toBe(
    "! error occurred while applying preferences invalid flag foo for command get\n1",
  );
  expect(await run("get svc --kuberc=nope")).toBe(
    "! error occurred while applying preferences kuberc error kuberc: open nope: no such file or directory\n1",
  );
  expect(await run("alpha kuberc set --section=foo --command=x")).toBe(
    '! error: --section must be "defaults" or "aliases", got: foo\n1',
  );
});
