import { expect, test } from "vitest";
import { terminal } from "../testing/terminal.ts";

const service = (ports: string): string => `apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {ports: ${ports}}
`;

/** With what differs from one run to the next left out. */
const blurred = (said: string): string =>
  said
    .replace(/(uid|creationTimestamp|time|clusterIP|resourceVersion)":"[^"]*"/g, '$1":"..."')
    .replace(/"clusterIPs":\[[^\]]*\]/g, '"clusterIPs":[]')
    .replace(/"fieldsV1":\{.*?\},"manager"/g, '"fieldsV1":{},"manager"');

test("KWRITE-62: apply and diff say why there is no patch, with what was applied, is wanted and is there", async () => {
  const { run, files } = terminal();
  files.set("svc.yaml", service("[{port: 80}]"));
  await run("apply -f svc.yaml");
  files.set("svc.yaml", service("[80]"));
  const problem = "list element types are not identical: [[map[port:80 protocol:TCP targetPort:80]] [80]]";
  const guesses = `warning: error calculating patch from openapi v3 spec: ${problem}
warning: error calculating patch from openapi spec: ${problem}
`;
  const applied = `{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{},"name":"kubia","namespace":"default"},"spec":{"ports":[{"port":80}]}}`;
  const wanted = applied.replace('{"port":80}', "80");
  const annotation = (json: string): string =>
    `"kubectl.kubernetes.io/last-applied-configuration":${JSON.stringify(`${json}\n`)}`;
  const modified = wanted.replace('"annotations":{}', `"annotations":{${annotation(wanted)}}`);
  const current = `{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{${annotation(applied)}},"creationTimestamp":"...","managedFields":[{"apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{},"manager":"kubectl-client-side-apply","operation":"Update","time":"..."}],"name":"kubia","namespace":"default","resourceVersion":"...","uid":"..."},"spec":{"clusterIP":"...","clusterIPs":[],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"port":80,"protocol":"TCP","targetPort":80}],"sessionAffinity":"None","type":"ClusterIP"},"status":{"loadBalancer":{}}}`;
  const end = `current:\n${current}\n\nfor: ${problem}\n`;
  const refused = await run("apply -f svc.yaml");
  expect({ ...refused, stderr: blurred(refused.stderr) }).toEqual({
    stdout: "",
    stderr: `${guesses}error: error when applying patch:

to:
Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"
Name: "kubia", Namespace: "default"
for: "svc.yaml": error when patching "svc.yaml": creating patch with:
original:
${applied}

modified:
${modified}

${end}`,
    exit: 1,
  });
  const shown = await run("diff -f svc.yaml");
  expect({ ...shown, stderr: blurred(shown.stderr) }).toEqual({
    stdout: "",
    stderr: `${guesses}error: error when patching "svc.yaml": creating patch with:
original:
${applied}

modified:
${wanted}

${end}`,
    exit: 2,
  });
});

test("KWRITE-62: items without their key are such a reason", async () => {
  const { run, files } = terminal(service("[{port: 80}]"));
  files.set("svc.yaml", service("[{targetPort: 80}]"));
  expect((await run("apply -f svc.yaml")).stderr.split("\n").slice(-2)).toEqual([
    "for: map: map[targetPort:80] does not contain declared merge key: port",
    "",
  ]);
});
