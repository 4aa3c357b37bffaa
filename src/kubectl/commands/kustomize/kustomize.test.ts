import { expect, test } from "vitest";
import { terminal, type TestTerminal } from "../../testing/terminal.ts";

const BASE: Record<string, string> = {
  "base/kustomization.yaml": `resources: [deployment.yaml, service.yaml]
configMapGenerator:
- name: settings
  literals: [color=blue]
`,
  "base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: main
        image: nginx:1.27
        envFrom: [{configMapRef: {name: settings}}]
`,
  "base/service.yaml": `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`,
};

function desk(files: Record<string, string>): TestTerminal {
  const it = terminal();
  for (const [path, content] of Object.entries(files)) it.files.set(path, content);
  return it;
}

test("KUBECTL-61: kustomize gives generated objects a hash of their content, as in Kubernetes' own documentation", async () => {
  const it = desk({
    "kustomization.yaml": `configMapGenerator:
- name: example-configmap-1
  files: [application.properties]
- name: example-configmap-2
  literals: [FOO=Bar]
secretGenerator:
- name: example-secret-1
  files: [password.txt]
- name: example-secret-2
  literals: [username=admin, password=secert]
`,
    "application.properties": "FOO=Bar\n",
    "password.txt": "username=admin\npassword=secret\n",
  });
  expect((await it.run("kustomize ./")).stdout).toBe(`apiVersion: v1
data:
  application.properties: |
    FOO=Bar
kind: ConfigMap
metadata:
  name: example-configmap-1-8mbdf7882g
---
apiVersion: v1
data:
  FOO: Bar
kind: ConfigMap
metadata:
  name: example-configmap-2-g2hdhfc6tk
---
apiVersion: v1
data:
  password.txt: dXNlcm5hbWU9YWRtaW4KcGFzc3dvcmQ9c2VjcmV0Cg==
kind: Secret
metadata:
  name: example-secret-1-t2kt65hgtb
type: Opaque
---
apiVersion: v1
data:
  password: c2VjZXJ0
  username: YWRtaW4=
kind: Secret
metadata:
  name: example-secret-2-t52t6g96d8
type: Opaque
`);
});

test("KUBECTL-62: an overlay changes names, namespace, labels, images, replicas and fields of its base, and references follow", async () => {
  const it = desk({
    ...BASE,
    "live/kustomization.yaml": `resources: [../base]
namePrefix: live-
nameSuffix: -v1
namespace: live
labels:
- pairs: {env: live}
  includeSelectors: true
commonAnnotations: {note: x}
images:
- {name: nginx, newTag: "1.28"}
replicas:
- {name: web, count: 3}
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec: {template: {spec: {containers: [{name: main, ports: [{containerPort: 80}]}]}}}
- target: {kind: Service}
  patch: |
    - {op: add, path: /spec/type, value: NodePort}
`,
  });
  const { stdout } = await it.run("kustomize live");
  const hashed = /live-settings-v1-[a-z0-9]{10}/.exec(stdout)![0];
  expect(stdout).toBe(`apiVersion: v1
data:
  color: blue
kind: ConfigMap
metadata:
  annotations:
    note: x
  labels:
    env: live
  name: ${hashed}
  namespace: live
---
apiVersion: v1
kind: Service
metadata:
  annotations:
    note: x
  labels:
    env: live
  name: live-web-v1
  namespace: live
spec:
  ports:
  - port: 80
  selector:
    app: web
    env: live
  type: NodePort
---
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    note: x
  labels:
    env: live
  name: live-web-v1
  namespace: live
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
      env: live
  template:
    metadata:
      annotations:
        note: x
      labels:
        app: web
        env: live
    spec:
      containers:
      - envFrom:
        - configMapRef:
            name: ${hashed}
        image: nginx:1.28
        name: main
        ports:
        - containerPort: 80
`);
});

test("KUBECTL-63: -k stands where -f may, and does what the kustomization says", async () => {
  const it = desk(BASE);
  const applied = await it.run("apply -k base");
  const name = /configmap\/(settings-[a-z0-9]{10}) created/.exec(applied.stdout)![1]!;
  expect(applied).toEqual({
    stdout: `configmap/${name} created\nservice/web created\ndeployment.apps/web created\n`,
    stderr: "",
    exit: 0,
  });
  expect((await it.run("get -k base/ -o name")).stdout).toBe(
    `configmap/${name}\nservice/web\ndeployment.apps/web\n`,
  );
  expect((await it.run("delete -k base --wait=false")).stdout).toContain(
    'service "web" deleted from default namespace\n',
  );
  expect((await it.run("apply -k base -f base/service.yaml")).stderr).toBe(
    "error: only one of -f or -k can be specified\n",
  );
});

test("KUBECTL-64: what kustomize cannot build it says", async () => {
  const it = desk({
    "empty/other.yaml": "a: b\n",
    "odd/kustomization.yaml": "resource: [a.yaml]\n",
    "gone/kustomization.yaml": "resources: [a.yaml]\n",
    "old/kustomization.yaml": "commonLabels: {a: b}\nresources: []\n",
    "patch/kustomization.yaml":
      "resources: []\npatches:\n- patch: '{apiVersion: v1, kind: Service, metadata: {name: x}}'\n",
  });
  const said = async (line: string): Promise<string> => (await it.run(line)).stderr;
  expect(await said("kustomize empty")).toBe(
    "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'empty'\n",
  );
  expect(await said("kustomize nowhere")).toBe(
    "error: must build at directory: not a valid directory: evalsymlink failure on 'nowhere' : lstat nowhere: no such file or directory\n",
  );
  expect(await said("kustomize odd")).toBe('error: invalid Kustomization: json: unknown field "resource"\n');
  expect(await said("kustomize gone")).toBe(
    "error: accumulating resources: accumulation err='accumulating resources from 'a.yaml': open gone/a.yaml: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on 'gone/a.yaml' : lstat gone/a.yaml: no such file or directory\n",
  );
  expect(await said("kustomize old")).toBe(
    "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n",
  );
  expect(await said("kustomize patch")).toBe(
    'error: no resource matches strategic merge patch "Service.v1.[noGrp]/x.[noNs]": no matches for Id Service.v1.[noGrp]/x.[noNs]; failed to find unique target for patch Service.v1.[noGrp]/x.[noNs]\n',
  );
  expect(await said("kustomize a b")).toBe("error: specify one path to kustomization.yaml\n");
});
