// Symptoms that people search for: what the API server and kubectl refuse, word by word.
import { expect, test } from "vitest";
import { terminal, type TestTerminal } from "./terminal.ts";
import { world } from "./world.ts";

const service = (name: string, spec: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: ${spec}
`;

const fresh = (): TestTerminal => terminal(world());

async function refusal(yaml: string, typed: TestTerminal = fresh()): Promise<string> {
  const { stderr, exit } = await typed.apply(yaml);
  expect(exit).toBe(1);
  return stderr;
}

test("SYM-1: a node port outside of the range", async () => {
  expect(await refusal(service("web", "{type: NodePort, ports: [{port: 80, nodePort: 8080}]}"))).toBe(
    'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767\n',
  );
});

test("SYM-2: a node port that another Service has", async () => {
  const typed = fresh();
  await typed.apply(service("first", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"));
  expect(await refusal(service("web", "{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"), typed)).toBe(
    'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated\n',
  );
});

test("SYM-3: several ports need names, a line for each that has none", async () => {
  expect(await refusal(service("web", "{ports: [{port: 80}, {port: 443}]}"))).toBe(
    'The Service "web" is invalid: \n* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value\n',
  );
});

test("SYM-4: a Service's name may not begin with a digit", async () => {
  expect(await refusal(service("2048-web", "{ports: [{port: 80}]}"))).toBe(
    `The Service "2048-web" is invalid: metadata.name: Invalid value: "2048-web": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')\n`,
  );
});

test("SYM-5: a Service cannot become headless", async () => {
  const typed = fresh();
  await typed.apply(service("web", "{ports: [{port: 80}]}"));
  expect(await refusal(service("web", "{clusterIP: None, ports: [{port: 80}]}"), typed)).toBe(
    'The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set\n',
  );
});

const ingress = (version: string, backend: string): string => `apiVersion: ${version}
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: ${backend}}]}}]}
`;

test("SYM-6: the backend of old books is an unknown field", async () => {
  const typed = fresh();
  typed.files.set("ing.yml", ingress("networking.k8s.io/v1", "{serviceName: web}"));
  expect(await typed.kubectl("create -f ing.yml --validate=ignore")).toMatchObject({ exit: 1 });
  expect(await typed.kubectl("apply -f ing.yml")).toEqual({
    stdout: "",
    stderr:
      'Error from server (BadRequest): error when creating "ing.yml": Ingress in version "v1" cannot be handled as a Ingress: strict decoding error: unknown field "spec.rules[0].http.paths[0].backend.serviceName"\n',
    exit: 1,
  });
});

test("SYM-7: the Ingress version of old books is gone", async () => {
  expect(await refusal(ingress("extensions/v1beta1", "{serviceName: web, servicePort: 80}"))).toBe(
    'error: resource mapping not found for name: "web" namespace: "" from "STDIN": no matches for kind "Ingress" in version "extensions/v1beta1"\nensure CRDs are installed first\n',
  );
});

test("SYM-8: a Deployment's selector must fit its template", async () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: wbe}}
    spec: {containers: [{name: main, image: nginx}]}
`;
  expect(await refusal(deployment)).toBe(
    'The Deployment "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"wbe"}: `selector` does not match template `labels`\n',
  );
});

test("SYM-9: expose finds neither a port nor labels", async () => {
  const typed = fresh();
  await typed.apply(`apiVersion: v1
kind: Pod
metadata: {name: bare, labels: {app: bare}}
spec: {containers: [{name: main, image: luksa/kubia}]}
---
apiVersion: v1
kind: Pod
metadata: {name: plain}
spec: {containers: [{name: main, image: luksa/kubia, ports: [{containerPort: 8080}]}]}
`);
  expect(await typed.kubectl("expose pod bare")).toEqual({
    stdout: "",
    stderr: "error: couldn't find port via --port flag or introspection\n",
    exit: 1,
  });
  expect((await typed.kubectl("expose pod plain")).stderr).toBe(
    "error: couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed\n",
  );
});

test("SYM-10: an empty namespace, or one that is not there", async () => {
  expect(await fresh().kubectl("get pods -n shop")).toEqual({
    stdout: "",
    stderr: "No resources found in shop namespace.\n",
    exit: 0,
  });
});

test("SYM-11: a type of Service with a letter missing", async () => {
  expect(await refusal(service("web", "{type: LoadBalance, ports: [{port: 80}]}"))).toBe(
    'The Service "web" is invalid: spec.type: Unsupported value: "LoadBalance": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"\n',
  );
});

test("SYM-12: a tab that indents is named with its line", async () => {
  const typed = fresh();
  typed.files.set("svc.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n");
  expect(await typed.kubectl("apply -f svc.yaml")).toEqual({
    stdout: "",
    stderr:
      "error: error parsing svc.yaml: error converting YAML to JSON: yaml: line 4: found character that cannot start any token\n",
    exit: 1,
  });
});

test("SYM-13: exec without two dashes, as old books have it", async () => {
  const typed = fresh();
  await typed.apply(
    "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: luksa/kubia}]}}",
  );
  expect(await typed.kubectl("exec web curl -s http://10.96.0.1")).toEqual({
    stdout: "",
    stderr:
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
    exit: 1,
  });
  expect((await typed.kubectl("exec web ls -la")).stderr).toBe(
    "error: unknown shorthand flag: 'l' in -la\nSee 'kubectl exec --help' for usage.\n",
  );
  expect(typed.hints).toEqual(["execServerFlag", "execWithoutDashes"]);
});

test("SYM-14: run --generator is gone", async () => {
  const typed = fresh();
  expect(await typed.kubectl("run kubia --image=luksa/kubia --port=8080 --generator=run/v1")).toEqual({
    stdout: "",
    stderr: "error: unknown flag: --generator\nSee 'kubectl run --help' for usage.\n",
    exit: 1,
  });
  expect(typed.hints).toEqual(["runGenerator"]);
});
