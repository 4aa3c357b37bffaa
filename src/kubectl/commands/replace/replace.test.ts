import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const MAP = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: "${value}"}\n`;

test("KWRITE-24: replace needs the object, puts the file in its place, and with --force makes it anew", async () => {
  const { run, cluster, files } = terminal(MAP("1"));
  const uid = (): string | undefined =>
    cluster.machine.context.api.get("ConfigMap", "default", "settings")?.metadata.uid;
  const before = uid();
  files.set("map.yaml", MAP("2"));
  expect(await run("replace -f map.yaml")).toEqual({
    stdout: "configmap/settings replaced\n",
    stderr: "",
    exit: 0,
  });
  expect([(await run("get cm settings -o jsonpath={.data.a}")).stdout, uid() === before]).toEqual([
    "2",
    true,
  ]);
  files.set("map.yaml", MAP("3"));
  const forced = await run("replace --force -f map.yaml");
  expect([forced.stdout, forced.exit]).toEqual([
    'configmap "settings" deleted from default namespace\nconfigmap/settings replaced\n',
    0,
  ]);
  expect([(await run("get cm settings -o jsonpath={.data.a}")).stdout, uid() === before]).toEqual([
    "3",
    false,
  ]);
  files.set("other.yaml", MAP("4").replace("settings", "nothing"));
  expect(await run("replace -f other.yaml")).toEqual({
    stdout: "",
    stderr:
      'Error from server (NotFound): error when replacing "other.yaml": configmaps "nothing" not found\n',
    exit: 1,
  });
});
