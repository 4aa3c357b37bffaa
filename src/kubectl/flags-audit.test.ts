// Flags and their errors, command by command, whole outputs: what is told apart here was measured with kubectl 1.35.
import { expect, test } from "vitest";
import { terminal } from "./testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

async function failures(lines: Record<string, string>): Promise<void> {
  const { run } = terminal(WORLD);
  for (const [line, stderr] of Object.entries(lines))
    expect({ line, ...(await run(line)) }).toEqual({ line, stdout: "", stderr, exit: 1 });
}

test("flags that a command has not are unknown to it", () =>
  failures({
    "rollout restart deploy/web --dry-run=client":
      "error: unknown flag: --dry-run\nSee 'kubectl rollout restart --help' for usage.\n",
    "exec web -k . -- ls": "error: unknown shorthand flag: 'k' in -k\nSee 'kubectl exec --help' for usage.\n",
    "attach web --detach-keys=x":
      "error: unknown flag: --detach-keys\nSee 'kubectl attach --help' for usage.\n",
    "set selector svc web a=b --kustomize=x":
      "error: unknown flag: --kustomize\nSee 'kubectl set selector --help' for usage.\n",
  }));

test("values that cannot be are said before the server is asked", () =>
  failures({
    "run x --image=nginx --cascade=foo":
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    "run x --image=nginx --pod-running-timeout=-1s":
      "error: --pod-running-timeout must be higher than zero\nSee 'kubectl run -h' for help and examples\n",
    "apply -f x.yaml --subresource=status": "error: --subresource can only be specified for --server-side\n",
    "delete svc --all -l app=web": "error: setting 'all' parameter but found a non empty selector. \n",
    "create pdb x --selector=a=b --min-available=foo": "error: invalid format specified for min-available\n",
    "create clusterrole x --verb=list --non-resource-url=/a":
      "error: invalid verb: 'list' for nonResourceURL\n",
    "create clusterrolebinding x": 'error: required flag(s) "clusterrole" not set\n',
    create: "error: must specify one of -f and -k\n",
    "create foo": "error: Unexpected args: [foo]\nSee 'kubectl create -h' for help and examples\n",
  }));

test("a dry run is said behind the namespace of what is deleted; --all beside a name means nothing to label", async () => {
  const { run } = terminal(WORLD);
  expect((await run("delete svc web --dry-run=server")).stdout).toBe(
    'service "web" deleted from default namespace (server dry run)\n',
  );
  expect((await run("label svc web --all a=b")).stdout).toBe("service/web labeled\n");
  expect((await run("label svc web c=d --list")).stdout).toBe("a=b\napp=web\nc=d\n");
  expect((await run("label svc web --list")).stdout).toBe("a=b\napp=web\n");
  expect((await run("label svc web a=b --local")).stderr).toBe(
    "error: can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set\n",
  );
});

test("create clusterrole takes paths and labels of others", async () => {
  const { run } = terminal();
  expect((await run("create clusterrole x --aggregation-rule=a=b --dry-run=client -o yaml")).stdout).toBe(
    `aggregationRule:
  clusterRoleSelectors:
  - matchLabels:
      a: b
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: x
rules: null
`,
  );
});

test("what a command has made prints in Go's order as KYAML", async () => {
  const { run } = terminal();
  expect((await run("create cm x --from-literal=a=b --dry-run=client -o kyaml")).stdout).toBe(
    `---
{
  kind: "ConfigMap",
  apiVersion: "v1",
  metadata: {
    name: "x",
  },
  data: {
    a: "b",
  },
}
`,
  );
});
