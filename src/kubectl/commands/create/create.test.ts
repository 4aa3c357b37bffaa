import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {selector: {app: kubia}, ports: [{port: 80, targetPort: 8080}]}
`;

test("KWRITE-10: create -f makes what is not there and refuses what is", async () => {
  const { run, files } = terminal();
  files.set("svc.yaml", SERVICE);
  expect(await run("create -f svc.yaml")).toEqual({ stdout: "service/kubia created\n", stderr: "", exit: 0 });
  expect(await run("create -f svc.yaml")).toEqual({
    stdout: "",
    stderr:
      'Error from server (AlreadyExists): error when creating "svc.yaml": services "kubia" already exists\n',
    exit: 1,
  });
  expect((await run("create -f -", { stdin: SERVICE.replace("kubia}", "other}") })).stdout).toBe(
    "service/other created\n",
  );
});

test("KWRITE-4: a document without kind is refused before anything is sent", async () => {
  const { run, files } = terminal();
  files.set("bad.yaml", "apiVersion: v1\nmetadata: {name: a}\n");
  expect((await run("create -f bad.yaml")).stderr).toBe(
    'error: error validating "bad.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false\n',
  );
  files.set("good.yaml", SERVICE);
  const both = await run("create -f good.yaml -f missing.yaml");
  expect(both).toMatchObject({ stdout: "", exit: 1 });
  expect((await run("get services kubia")).stderr).toBe(
    'Error from server (NotFound): services "kubia" not found\n',
  );
  expect((await run("create -f bad.yaml --validate=false")).stderr).not.toContain("error validating data");
});

test("KWRITE-11, KWRITE-12: create deployment", async () => {
  const { run } = terminal();
  expect(
    (
      await run(
        "create deployment web --image=nginx:1.27 --image=ghcr.io/x/redis@sha256:1 --port=80 --replicas=2 --dry-run=client -o yaml",
      )
    ).stdout,
  ).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: web
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  strategy: {}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - image: nginx:1.27
        name: nginx
        ports:
        - containerPort: 80
        resources: {}
      - image: ghcr.io/x/redis@sha256:1
        name: redis
        resources: {}
status: {}
`);
  expect((await run("create deployment web --image=nginx")).stdout).toBe("deployment.apps/web created\n");
  expect((await run("create deployment web --image=nginx")).stderr).toBe(
    'error: failed to create deployment: deployments.apps "web" already exists\n',
  );
  expect((await run("create deployment a b --image=nginx")).stderr).toBe(
    "error: exactly one NAME is required, got 2\nSee 'kubectl create deployment -h' for help and examples\n",
  );
});

test("KWRITE-2, KWRITE-13: create service, as Go prints it", async () => {
  const { run } = terminal();
  expect(
    (await run("create service nodeport web --tcp=80:8080 --node-port=30123 --dry-run=client -o json"))
      .stdout,
  ).toBe(`{
    "kind": "Service",
    "apiVersion": "v1",
    "metadata": {
        "name": "web",
        "labels": {
            "app": "web"
        }
    },
    "spec": {
        "ports": [
            {
                "name": "80-8080",
                "protocol": "TCP",
                "port": 80,
                "targetPort": 8080,
                "nodePort": 30123
            }
        ],
        "selector": {
            "app": "web"
        },
        "type": "NodePort"
    },
    "status": {
        "loadBalancer": {}
    }
}
`);
  expect((await run("create service clusterip web --tcp=http")).stderr).toBe(
    'error: strconv.ParseUint: parsing "http": invalid syntax\n',
  );
  expect((await run("create service clusterip web")).stderr).toBe(
    "error: at least one tcp port specifier must be provided\n",
  );
  expect((await run("create svc externalname api --external-name=api.example.com -o name")).stdout).toBe(
    "service/api\n",
  );
});

test("KWRITE-14: create configmap and secret from literals, files and folders", async () => {
  const { run, files } = terminal();
  files.set("conf/a.txt", "first\n").set("conf/b.txt", "second\n").set("env", "# note\nA=1\nB=two words\n");
  await run("create configmap all --from-file=conf --from-literal=c=3");
  expect((await run("get cm all -o jsonpath={.data}")).stdout).toBe(
    '{"a.txt":"first\\n","b.txt":"second\\n","c":"3"}',
  );
  await run("create configmap lines --from-env-file=env");
  expect((await run("get cm lines -o jsonpath={.data}")).stdout).toBe('{"A":"1","B":"two words"}');
  await run("create secret generic pass --from-literal=password=s3cret");
  expect((await run("get secret pass -o jsonpath={.data}{.type}")).stdout).toBe(
    '{"password":"czNjcmV0"}Opaque',
  );
  expect((await run("create cm twice --from-literal=a=1 --from-literal=a=2")).stderr).toBe(
    'error: cannot add key "a", another key by that name already exists in Data for ConfigMap "twice"\n',
  );
});

test("KWRITE-15: create ingress gathers hosts and secrets", async () => {
  const { run } = terminal();
  const line =
    "create ingress shop --class=nginx --rule=a.example.com/*=a:80,tls=cert --rule=b.example.com/b=b:http,tls=cert --rule=a.example.com/x=x:81 --dry-run=client";
  expect((await run(`${line} -o jsonpath={.spec}`)).stdout).toBe(
    JSON.stringify({
      ingressClassName: "nginx",
      rules: [
        {
          host: "a.example.com",
          http: {
            paths: [
              { backend: { service: { name: "a", port: { number: 80 } } }, path: "/", pathType: "Prefix" },
              { backend: { service: { name: "x", port: { number: 81 } } }, path: "/x", pathType: "Exact" },
            ],
          },
        },
        {
          host: "b.example.com",
          http: {
            paths: [
              { backend: { service: { name: "b", port: { name: "http" } } }, path: "/b", pathType: "Exact" },
            ],
          },
        },
      ],
      tls: [{ hosts: ["a.example.com", "b.example.com"], secretName: "cert" }],
    }),
  );
});

test("KWRITE-16: a kind that the server has not", async () => {
  const { run } = terminal();
  expect((await run("create quota few --hard=pods=2")).stderr).toBe(
    "error: failed to create quota: the server could not find the requested resource\n",
  );
  expect((await run("create quota few --hard=pods=2 --dry-run=client -o jsonpath={.spec}")).stdout).toBe(
    '{"hard":{"pods":"2"}}',
  );
});
