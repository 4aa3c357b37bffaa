import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const ROBOT = "system:serviceaccount:default:default";

test("KUBECTL-65: auth can-i knows what a fresh cluster allows administrators, service accounts and anybody", async () => {
  const { run } = terminal();
  const said = async (line: string) => run(`auth can-i ${line}`);
  expect(await said("create pods")).toEqual({ stdout: "yes\n", stderr: "", exit: 0 });
  expect(await said("list pods --as=jane")).toEqual({ stdout: "no\n", stderr: "", exit: 1 });
  expect(await said("'*' '*' --as=jane --as-group=system:masters")).toEqual({
    stdout: "yes\n",
    stderr: "",
    exit: 0,
  });
  expect(await said(`get pods -q --as=${ROBOT}`)).toEqual({ stdout: "", stderr: "", exit: 1 });
  expect((await said(`get /healthz --as=system:anonymous`)).stdout).toBe("yes\n");
  expect((await said(`get /apis --as=system:anonymous`)).stdout).toBe("no\n");
  expect((await said(`get /apis/apps --as=${ROBOT}`)).stdout).toBe("yes\n");
  expect((await said("list nodes")).stderr).toBe("Warning: resource 'nodes' is not namespace scoped\n\n");
  expect((await said("fly pods")).stderr).toBe("Warning: verb 'fly' is not a known verb\n\n");
  expect((await said("get foos.example.com")).stderr).toBe(
    "Warning: the server doesn't have a resource type 'foos' in group 'example.com'\n\n",
  );
  expect((await said("get")).stderr).toBe(
    "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n",
  );
  expect((await said("get pods --no-headers")).stderr).toBe(
    "error: --no-headers cannot be set without --list specified\n",
  );
  expect((await said("--list -A")).stderr).toBe(
    "error: list option can't be specified with neither quiet, all-namespaces nor subresource options\n",
  );
});

test("KUBECTL-65: auth can-i --list shows the rules one by one", async () => {
  const { run } = terminal();
  expect((await run("auth can-i --list --as=system:anonymous")).stdout)
    .toBe(`Resources   Non-Resource URLs   Resource Names   Verbs
            [/healthz]          []               [get]
            [/livez]            []               [get]
            [/readyz]           []               [get]
            [/version/]         []               [get]
            [/version]          []               [get]
`);
  const lines = (await run(`auth can-i --list --no-headers --as=${ROBOT}`)).stdout.split("\n");
  expect(lines.slice(0, 5).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["selfsubjectreviews.authentication.k8s.io", "[]", "[]", "[create]"],
    ["selfsubjectaccessreviews.authorization.k8s.io", "[]", "[]", "[create]"],
    ["selfsubjectrulesreviews.authorization.k8s.io", "[]", "[]", "[create]"],
    ["[/.well-known/openid-configuration/]", "[]", "[get]"],
    ["[/.well-known/openid-configuration]", "[]", "[get]"],
  ]);
  expect((await run("auth can-i --list --no-headers")).stdout.split("\n")[0]).toMatch(
    /^\*\.\* +\[\] +\[\] +\[\*\]$/,
  );
});

test("KUBECTL-66: a request in another's name is refused where the rules refuse it", async () => {
  const { run } = terminal();
  expect(await run(`get pods --as=${ROBOT}`)).toEqual({
    stdout: "",
    stderr: `Error from server (Forbidden): pods is forbidden: User "${ROBOT}" cannot list resource "pods" in API group "" in the namespace "default"\n`,
    exit: 1,
  });
  expect((await run("get deploy web --as=jane")).stderr).toBe(
    'Error from server (Forbidden): deployments.apps "web" is forbidden: User "jane" cannot get resource "deployments" in API group "apps" in the namespace "default"\n',
  );
  expect((await run("get nodes --as=jane")).stderr).toBe(
    'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope\n',
  );
  expect((await run("get --raw /metrics --as=jane")).stderr).toBe(
    'Error from server (Forbidden): forbidden: User "jane" cannot get path "/metrics"\n',
  );
  expect((await run("get pods --token=nonsense")).stderr).toBe(
    "error: You must be logged in to the server (the server has asked for the client to provide credentials)\n",
  );
});

test("KUBECTL-67: create token gives a token with which one is that service account", async () => {
  const { run } = terminal();
  const { stdout: token, exit } = await run("create token default --duration=20m");
  expect([exit, token.split(".").length, token.endsWith("\n")]).toEqual([0, 3, false]);
  const rows = (await run(`auth whoami --token=${token}`)).stdout
    .split("\n")
    .map((row) => row.split(/ {2,}/));
  expect(rows).toEqual([
    ["ATTRIBUTE", "VALUE"],
    ["Username", ROBOT],
    ["UID", expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ["Groups", "[system:serviceaccounts system:serviceaccounts:default system:authenticated]"],
    ["Extra: authentication.kubernetes.io/credential-id", expect.stringMatching(/^\[JTI=[0-9a-f-]{36}\]$/)],
    [""],
  ]);
  expect((await run(`get pods --token=${token}`)).stderr).toContain(
    `User "${ROBOT}" cannot list resource "pods"`,
  );
  const said = async (line: string): Promise<string> => (await run(`create token ${line}`)).stderr;
  expect(await said("nobody")).toBe('error: failed to create token: serviceaccounts "nobody" not found\n');
  expect(await said("default --duration=1m")).toBe(
    'error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes\n',
  );
  expect(await said("default --duration=1500ms")).toBe(
    "error: --duration cannot be expressed in units less than seconds\n",
  );
  expect(await said("default --bound-object-name=x")).toBe(
    "error: --bound-object-name can only be set if --bound-object-kind is provided\n",
  );
  expect(await said("default --bound-object-kind=Foo")).toBe(
    "error: supported --bound-object-kind values are Node, Pod, Secret\n",
  );
});

test("KUBECTL-67: auth whoami shows the administrator, or whom --as names", async () => {
  const { run } = terminal();
  const { stdout } = await run("auth whoami");
  expect(
    stdout
      .split("\n")
      .slice(0, 3)
      .map((row) => row.split(/ {2,}/)),
  ).toEqual([
    ["ATTRIBUTE", "VALUE"],
    ["Username", "kubernetes-admin"],
    ["Groups", "[kubeadm:cluster-admins system:authenticated]"],
  ]);
  expect((await run("auth whoami --as=jane --as-group=dev -o jsonpath={.status.userInfo}")).stdout).toBe(
    '{"groups":["dev","system:authenticated"],"username":"jane"}',
  );
});

test("KUBECTL-68: certificate finds no request, for the server has none of that kind", async () => {
  const { run } = terminal();
  expect(await run("certificate approve nothing")).toEqual({
    stdout: "",
    stderr:
      'Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "nothing" not found\n',
    exit: 1,
  });
  expect((await run("certificate deny")).stderr).toBe(
    "error: one or more CSRs must be specified as <name> or -f <filename>\n",
  );
});
