import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

test("KUBECTL-45: explain shows a type's fields, with descriptions where the terminal has them", async () => {
  const { run } = terminal();
  expect(await run("explain endpointslice.endpoints.conditions")).toEqual({
    stdout: `GROUP:      discovery.k8s.io
KIND:       EndpointSlice
VERSION:    v1

FIELD: conditions <EndpointConditions>


DESCRIPTION:
    <empty>
FIELDS:
  ready	<boolean>
    <no description>

  serving	<boolean>
    <no description>

  terminating	<boolean>
    <no description>


`,
    stderr: "",
    exit: 0,
  });
  const recursive = await run("explain svc.spec --recursive");
  expect(recursive.stdout).toContain(
    "  ports\t<[]ServicePort>\n    appProtocol\t<string>\n    name\t<string>\n",
  );
});

test("KUBECTL-49: explain refuses fields and types that do not exist, after the heading", async () => {
  const { run } = terminal();
  expect(await run("explain svc.spec.port")).toEqual({
    stdout: "KIND:       Service\nVERSION:    v1\n\n",
    stderr: 'error: field "port" does not exist\n',
    exit: 1,
  });
  expect((await run("explain foos")).stderr).toBe('the server doesn\'t have a resource type "foos"\n');
  expect((await run("explain")).stderr).toBe(
    'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
  );
});
