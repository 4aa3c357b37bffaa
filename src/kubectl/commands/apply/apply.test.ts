import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const service = (port: number, more = ""): string => `apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {selector: {app: kubia}, ports: [{port: ${port}, targetPort: 8080}]${more}}
`;

test("KWRITE-20: apply creates, changes, takes away and leaves alone", async () => {
  const { run, files } = terminal();
  files.set("svc.yaml", service(80, ", sessionAffinity: ClientIP"));
  expect((await run("apply -f svc.yaml")).stdout).toBe("service/kubia created\n");
  expect((await run("apply -f svc.yaml")).stdout).toBe("service/kubia unchanged\n");
  files.set("svc.yaml", service(81));
  expect((await run("apply -f svc.yaml --dry-run=server")).stdout).toBe(
    "service/kubia configured (server dry run)\n",
  );
  expect((await run("apply -f svc.yaml")).stdout).toBe("service/kubia configured\n");
  expect((await run("get svc kubia -o jsonpath={.spec.ports[*].port}{.spec.sessionAffinity}")).stdout).toBe(
    "81None",
  );
  expect((await run("apply view-last-applied svc kubia")).stdout).toBe(`apiVersion: v1
kind: Service
metadata:
  annotations: {}
  name: kubia
  namespace: default
spec:
  ports:
  - port: 81
    targetPort: 8080
  selector:
    app: kubia
`);
});

test("KWRITE-3: one bad document does not stop the others", async () => {
  const { run, files } = terminal();
  files.set("two.yaml", `${service(0)}---\n${service(80).replace("kubia}", "other}")}`);
  expect(await run("apply -f two.yaml")).toEqual({
    stdout: "service/other created\n",
    stderr:
      'The Service "kubia" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n',
    exit: 1,
  });
});

test("KWRITE-21, KWRITE-23: the annotation is added where it is missing, and can be written alone", async () => {
  const { run, files } = terminal(service(80).replace("kubia}", "applied}"));
  files.set("svc.yaml", service(80));
  await run("create -f svc.yaml");
  expect((await run("apply view-last-applied svc kubia")).stdout).toBe("");
  expect((await run("apply set-last-applied -f svc.yaml")).stderr).toBe(
    "error: no last-applied-configuration annotation found on resource: kubia, to create the annotation, run the command with --create-annotation\n",
  );
  expect(await run("apply -f svc.yaml")).toEqual({
    stdout: "service/kubia configured\n",
    stderr:
      "Warning: resource services/kubia is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n",
    exit: 0,
  });
  expect((await run("apply set-last-applied -f svc.yaml")).stdout).toBe("service/kubia configured\n");
});

test("KWRITE-22: apply on the server's side, and with force", async () => {
  const { run, files } = terminal();
  files.set("svc.yaml", service(80));
  expect((await run("apply --server-side -f svc.yaml")).stdout).toBe("service/kubia serverside-applied\n");
  files.set("svc.yaml", service(80, ", clusterIP: 10.96.7.7"));
  expect((await run("apply -f svc.yaml")).exit).toBe(1);
  expect((await run("apply --force -f svc.yaml")).stdout).toBe("service/kubia configured\n");
  expect((await run("get svc kubia -o jsonpath={.spec.clusterIP}")).stdout).toBe("10.96.7.7");
});

test("KWRITE-1: dry runs by every name", async () => {
  const { run, files } = terminal();
  files.set("svc.yaml", service(80));
  const klog = /^W\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ helpers\.go:\d+\] /;
  expect((await run("apply -f svc.yaml --dry-run=client")).stdout).toBe("service/kubia created (dry run)\n");
  const bare = await run("apply -f svc.yaml --dry-run");
  expect(bare.stderr.replace(klog, "")).toBe(
    "--dry-run is deprecated and can be replaced with --dry-run=client.\n",
  );
  const old = await run("apply -f svc.yaml --dry-run=true");
  expect(old.stderr.replace(klog, "")).toBe(
    "--dry-run=true is deprecated (boolean value) and can be replaced with --dry-run=client.\n",
  );
  expect((await run("apply -f svc.yaml --dry-run=maybe")).stderr).toBe(
    'error: Invalid dry-run value (maybe). Must be "none", "server", or "client".\n',
  );
  expect((await run("get svc kubia")).exit).toBe(1);
});

test("KWRITE-29: apply --prune deletes what was applied once and is named no longer", async () => {
  const it = terminal();
  const map = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: {app: x}}\n---\n`;
  it.files.set("both.yaml", map("one") + map("two"));
  it.files.set("one.yaml", map("one"));
  await it.run("create configmap mine");
  await it.run("label configmap mine app=x");
  await it.run("apply -f both.yaml");
  expect((await it.run("apply --prune -f one.yaml")).stderr).toBe(
    "error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector\n",
  );
  expect((await it.run("apply --prune -l app=x --dry-run=client -f one.yaml")).stdout).toBe(
    "configmap/one configured (dry run)\nconfigmap/two pruned (dry run)\n",
  );
  expect(await it.run("apply --prune -l app=x -f one.yaml")).toEqual({
    stdout: "configmap/one unchanged\nconfigmap/two pruned\n",
    // Endpoints are among what is looked through.
    stderr:
      "W0302 09:00:01.000000       1 prune.go:71] Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.\nWarning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n",
    exit: 0,
  });
  expect((await it.run("get cm -l app=x -o name")).stdout).toBe("configmap/mine\nconfigmap/one\n");
  await it.run("apply -f both.yaml");
  expect((await it.run("apply --prune --all --prune-allowlist=core/v1/Secret -f one.yaml")).stdout).toBe(
    "configmap/one unchanged\n",
  );
  expect((await it.run("apply --prune --all --prune-allowlist=v1/Secret -f one.yaml")).stderr).toBe(
    "error: invalid GroupVersionKind format: v1/Secret, please follow <group/version/kind>\n",
  );
});

test("KWRITE-29: server-side apply takes over what client-side apply had set, so that what the manifest drops goes", async () => {
  const it = terminal();
  const service = (spec: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {${spec}}\n`;
  it.files.set("svc.yaml", service("selector: {app: web, tier: front}, ports: [{port: 80}]"));
  await it.run("apply -f svc.yaml");
  it.files.set("svc.yaml", service("selector: {app: web}, ports: [{port: 80}]"));
  expect(await it.run("apply --server-side -f svc.yaml")).toEqual({
    stdout: "service/web serverside-applied\n",
    stderr: "",
    exit: 0,
  });
  const shown = async (path: string): Promise<string> =>
    (await it.run(`get svc web --show-managed-fields -o jsonpath='${path}'`)).stdout;
  expect(await shown("{range .metadata.managedFields[*]}{.manager} {.operation};{end}")).toBe(
    "kubectl Apply;kubectl-last-applied Apply;",
  );
  expect(await shown('{.metadata.managedFields[?(@.manager=="kubectl-last-applied")].fieldsV1}')).toBe(
    '{"f:metadata":{"f:annotations":{"f:kubectl.kubernetes.io/last-applied-configuration":{}}}}',
  );
  // The annotation follows what is applied on the server.
  expect(await shown("{.spec.selector}")).toBe('{"app":"web"}');
});
