import { expect, test } from "vitest";
import { terminal } from "./testing/terminal.ts";

const failed = (stderr: string, exit = 1) => ({ stdout: "", stderr, exit });

test("KUBECTL-4: an unknown command fails, with the commands that are at most two changes away", async () => {
  const { run } = terminal();
  expect(await run("gett")).toEqual(
    failed('error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'),
  );
  expect(await run("descrbe -n x pods")).toEqual(
    failed('error: unknown command "descrbe" for "kubectl"\n\nDid you mean this?\n\tdescribe\n'),
  );
  expect(await run("xyz pods")).toEqual(failed('error: unknown command "xyz" for "kubectl"\n'));
  expect(await run("rollout foo")).toEqual(
    failed("error: unknown command \"foo\"\nSee 'kubectl rollout -h' for help and examples\n"),
  );
});

test("KUBECTL-5: an unknown flag fails and says where the help is", async () => {
  const { run } = terminal();
  expect(await run("get --limit=1")).toEqual(
    failed("error: unknown flag: --limit\nSee 'kubectl get --help' for usage.\n"),
  );
  expect(await run("--foo get")).toEqual(
    failed("error: unknown flag: --foo\nSee 'kubectl --help' for usage.\n"),
  );
  expect(await run("-v=x get")).toEqual(
    failed(
      'error: invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
    ),
  );
});

test("KUBECTL-6: global flags may stand before the command, and -n names the namespace", async () => {
  const { run } = terminal();
  expect(await run("-n other get pods")).toEqual({
    stdout: "",
    stderr: "No resources found in other namespace.\n",
    exit: 0,
  });
  expect(await run("get pods --context nope")).toEqual(
    failed("Error in configuration: context was not found for specified context: nope\n"),
  );
});

test("KUBECTL-7: forms of old books fail as in 1.35, and a hint beside the output says what changed", async () => {
  const { run, hints } = terminal();
  expect(await run("run web --image=nginx --generator=run-pod/v1")).toEqual(
    failed("error: unknown flag: --generator\nSee 'kubectl run --help' for usage.\n"),
  );
  expect(await run("run web --image=nginx --generator= run-pod/v1")).toEqual(
    failed("error: unknown flag: --generator\nSee 'kubectl run --help' for usage.\n"),
  );
  const old = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: web}\n";
  expect(await run("apply -f -", { stdin: old })).toEqual(
    failed(
      'error: resource mapping not found for name: "web" namespace: "" from "STDIN": no matches for kind "Ingress" in version "extensions/v1beta1"\nensure CRDs are installed first\n',
    ),
  );
  expect(hints).toEqual(["runGenerator", "runGenerator", "ingressVersion"]);
});

test("KUBECTL-8: a warning of the server is printed once, whatever a command asks", async () => {
  const { run } = terminal();
  const { stderr } = await run("get endpoints,endpoints kubernetes nothing");
  expect(stderr.split("\n").filter((line) => line.startsWith("Warning:"))).toEqual([
    "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  ]);
});

test("KUBECTL-9: help lists commands by group, and a command's flags with their defaults", async () => {
  const { run } = terminal();
  const root = await run("");
  expect(root.stdout).toContain("Basic Commands (Intermediate):\n");
  expect(root.stdout).toContain("  get             Display one or many resources\n");
  expect((await run("help get")).stdout).toBe((await run("get --help")).stdout);
  expect((await run("get -h")).stdout).toContain("\n    -A, --all-namespaces=false:\n\t");
  expect((await run("get -h")).stdout).toContain("\n    --chunk-size=500:\n\t");
  expect((await run("top")).stderr).toContain(
    "  node          Display resource (CPU/memory) usage of nodes\n",
  );
});
