import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `
apiVersion: v1
kind: Service
metadata: {name: kubia, labels: {app: kubia, tier: front}}
spec: {type: NodePort, clusterIP: 10.96.0.82, selector: {app: kubia}, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30123}]}
---
apiVersion: v1
kind: Service
metadata: {name: alpha}
spec: {clusterIP: 10.96.0.91, ports: [{port: 100}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: blue}
`;

const printed = async (line: string, files: Record<string, string> = {}): Promise<string> => {
  const lab = terminal(WORLD);
  for (const [name, text] of Object.entries(files)) lab.files.set(name, text);
  const { stdout, stderr, exit } = await lab.run(line);
  return `${stdout}${stderr.replace(/^(?=.)/gm, "! ")}${exit}`;
};

test("KUBECTL-30: a table is the server's, with hidden columns, labels and kinds as flags say", async () => {
  expect(await printed("get svc kubia")).toBe(
    "NAME    TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n" +
      "kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n0",
  );
  expect(await printed("get svc kubia -o wide --no-headers")).toBe(
    "kubia   NodePort   10.96.0.82   <none>   80:30123/TCP   0s    app=kubia\n0",
  );
  expect(await printed("get svc kubia -L app,example.com/tier --show-labels")).toBe(
    "NAME    TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE   APP     TIER   LABELS\n" +
      "kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s    kubia          app=kubia,tier=front\n0",
  );
  expect(await printed("get cm settings --show-kind -A")).toBe(
    "! error: a resource cannot be retrieved by name across all namespaces\n1",
  );
});

test("KUBECTL-31: several types stand under one another, with kinds before names", async () => {
  expect(await printed("get svc/kubia cm/settings")).toBe(
    "NAME            TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n" +
      "service/kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n" +
      "\n" +
      "NAME                 DATA   AGE\n" +
      "configmap/settings   1      0s\n0",
  );
  expect(await printed("get cm,rc -l app=none")).toBe("! No resources found in default namespace.\n0");
});

test("KUBECTL-32: -A puts the namespace first", async () => {
  const lab = terminal(WORLD);
  const { stdout } = await lab.run("get svc -A -l app=kubia");
  expect(stdout).toBe(
    "NAMESPACE   NAME    TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n" +
      "default     kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n",
  );
});

test("KUBECTL-33: objects come alone or as a List, and names with their kinds", async () => {
  expect(await printed("get cm settings -o jsonpath='{.kind} {.data}'")).toBe('ConfigMap {"color":"blue"}0');
  expect(await printed("get cm -l app=none -o yaml")).toBe(
    'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n0',
  );
  expect(await printed("get svc -o name -l app=kubia")).toBe("service/kubia\n0");
  expect(
    await printed(
      "get svc --sort-by=.spec.ports[0].port -o custom-columns=N:.metadata.name,P:.spec.ports[0].port",
    ),
  ).toBe("N            P\nkubia        80\nalpha        100\nkubernetes   443\n0");
  expect(await printed("get svc -l app=kubia --sort-by=.spec.nothing -o name")).toBe(
    '! error: couldn\'t find any field with path "{.spec.nothing}" in the list of objects\n1',
  );
  expect(await printed("get svc kubia --sort-by=.spec.nothing -o name")).toBe("service/kubia\n0");
  expect(await printed("get svc kubia -o go-template='{{range .spec.ports}}{{.nodePort}}{{end}}'")).toBe(
    "301230",
  );
});

test("KUBECTL-34: what is missing is said, and the rest is printed", async () => {
  expect(await printed("get svc kubia nothing nobody --no-headers")).toBe(
    "kubia   NodePort   10.96.0.82   <none>   80:30123/TCP   0s\n" +
      '! Error from server (NotFound): services "nothing" not found\n' +
      '! Error from server (NotFound): services "nobody" not found\n1',
  );
  expect(await printed("get svc nothing --ignore-not-found")).toBe("0");
  expect(await printed("get svcs")).toBe('! error: the server doesn\'t have a resource type "svcs"\n1');
  expect(await printed("get svc/kubia cm settings")).toBe(
    "! error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n1",
  );
  expect(await printed("get svc kubia -l app=kubia")).toBe(
    "! error: name cannot be provided when a selector is specified\n1",
  );
  expect(await printed("get svc --field-selector spec.nothing=a")).toBe(
    '! Error from server (BadRequest): Unable to find "/v1, Resource=services" that match label selector "", field selector "spec.nothing=a": field label not supported: spec.nothing\n1',
  );
});

test("KUBECTL-35: types are found by plural, singular, short name in lower case, and group", async () => {
  for (const type of ["svc", "services", "service", "Service", "SERVICES", "services.v1.", "service.v1."])
    expect(await printed(`get ${type} kubia -o name`)).toBe("service/kubia\n0");
  expect(await printed("get SVC kubia -o name")).toContain("doesn't have a resource type");
  expect(await printed("get services.v1 kubia -o name")).toBe(
    '! error: the server doesn\'t have a resource type "services"\n1',
  );
  expect(await printed("get deployments.v1.apps,deploy.apps,deployments.app -o name")).toBe("0");
});

test("KUBECTL-36: -f takes files and folders, and their errors are those of the decoder", async () => {
  const manifest = (kind: string, name: string): string =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;
  const files = {
    "both.yaml": `${manifest("Service", "kubia")}---\n${manifest("ConfigMap", "settings")}`,
    "dir/a.yaml": manifest("Service", "kubia"),
    "dir/note.txt": "no manifest",
    "kindless.yaml": "apiVersion: v1\n",
    "typo.yaml": manifest("Servce", "kubia"),
  };
  expect(await printed("get -f both.yaml -o name", files)).toBe("service/kubia\nconfigmap/settings\n0");
  expect(await printed("get -f dir -o name", files)).toBe("service/kubia\n0");
  expect(await printed("get -f kindless.yaml", files)).toBe(
    '! unable to decode "kindless.yaml": Object \'Kind\' is missing in \'{"apiVersion":"v1"}\'\n1',
  );
  expect(await printed("get -f typo.yaml", files)).toBe(
    '! resource mapping not found for name: "kubia" namespace: "" from "typo.yaml": no matches for kind "Servce" in version "v1"\n! ensure CRDs are installed first\n1',
  );
  expect(await printed("get -f nowhere.yaml", files)).toBe(
    '! error: the path "nowhere.yaml" does not exist\n1',
  );
});

test("KUBECTL-37: -w goes on with a row for each change, in the columns of the list, until Ctrl-C", async () => {
  const lab = terminal(WORLD);
  const patch = (labels: object): void => {
    lab.cluster.handle({
      method: "PATCH",
      path: "/api/v1/namespaces/default/services/kubia",
      contentType: "application/merge-patch+json",
      body: { metadata: { labels } } as never,
    });
  };
  const meanwhile = (): void => {
    patch({ extra: "1" });
    patch({ app: null });
  };
  expect(await lab.run("get svc -w -l app=kubia --output-watch-events", { meanwhile })).toEqual({
    stdout:
      "EVENT      NAME    TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n" +
      "ADDED      kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n" +
      "MODIFIED   kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n" +
      "DELETED    kubia   NodePort   10.96.0.82   <none>        80:30123/TCP   0s\n",
    stderr: "",
    exit: 1,
  });
  // What is only read cannot be watched.
  expect(await lab.run("get cs scheduler -w")).toEqual({
    stdout: "NAME        STATUS    MESSAGE   ERROR\nscheduler   Healthy   ok        \n",
    stderr:
      "Warning: v1 ComponentStatus is deprecated in v1.19+\n" +
      "Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n",
    exit: 1,
  });
  expect((await lab.run("get cs kubelet")).stderr).toBe("Error from server: Component not found: kubelet\n");
});

test("KUBECTL-37: -w shows what several documents name in one grid, and says that it cannot be watched", async () => {
  const both =
    "apiVersion: v1\nkind: Service\nmetadata: {name: alpha}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";
  const refused =
    "! error: watch is only supported on individual resources and resource collections - 2 resources were found\n1";
  const table =
    "NAME       TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\n" +
    "alpha      ClusterIP   10.96.0.91   <none>        100/TCP   0s\n" +
    "NAME       DATA        AGE\n" +
    "settings   1           0s\n";
  expect(await printed("get -f both.yaml -w", { "both.yaml": both })).toBe(table + refused);
  expect(await printed("get -f both.yaml -w -o name", { "both.yaml": both })).toBe(
    `service/alpha\nconfigmap/settings\n${refused}`,
  );
  expect(await printed("get -f both.yaml --watch-only", { "both.yaml": both })).toBe(refused);
  expect(await printed("get -f both.yaml -f both.yaml -w -o name", { "both.yaml": both })).toBe(
    "service/alpha\nconfigmap/settings\nservice/alpha\nconfigmap/settings\n" +
      "! error: you may only watch a single resource or type of resource at a time\n1",
  );
});
