import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {selector: {app: kubia}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx}]}}
`;

test("KWRITE-25: three kinds of patches, subresources, and nothing to change", async () => {
  const { run } = terminal(WORLD);
  const said = async (line: string): Promise<string> => (await run(line)).stdout;
  expect(await said(`patch svc kubia -p '{"spec":{"ports":[{"name":"tls","port":443}]}}'`)).toBe(
    "service/kubia patched\n",
  );
  expect(await said("get svc kubia -o jsonpath={.spec.ports[*].port}")).toBe("443 80");
  expect(await said(`patch svc kubia --type=merge -p '{"spec":{"ports":[{"port":8080}]}}'`)).toBe(
    "service/kubia patched\n",
  );
  expect(
    await said(`patch svc kubia --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":81}]'`),
  ).toBe("service/kubia patched\n");
  expect(await said("get svc kubia -o jsonpath={.spec.ports[*].port}")).toBe("81");
  expect(await said("patch svc kubia -p 'spec: {type: ClusterIP}'")).toBe(
    "service/kubia patched (no change)\n",
  );
  expect(await said(`patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'`)).toBe(
    "scale.autoscaling/web patched\n",
  );
  expect(
    await said(
      `patch svc kubia --dry-run=client -p '{"metadata":{"labels":{"a":"b"}}}' -o jsonpath={.metadata.labels}`,
    ),
  ).toBe('{"a":"b"}');
});

test("KWRITE-25: patches that are none, in the words of Go's parser", async () => {
  const { run } = terminal(WORLD);
  const refused = async (patch: string): Promise<string> =>
    (await run(`patch svc kubia -p '${patch}'`)).stderr
      .replace("Error from server (BadRequest): ", "")
      .trimEnd();
  expect(await refused('{"spec":')).toBe("unexpected end of JSON input");
  expect(await refused("{spec}")).toBe("invalid character 's' looking for beginning of object key string");
  expect(await refused('{"a" 1}')).toBe("invalid character '1' after object key");
  expect(await refused('{"a":1,}')).toBe("invalid character '}' looking for beginning of object key string");
  expect(await refused('{"a":[1 2]}')).toBe("invalid character '2' after array element");
  expect(await refused('{"a":1}}')).toBe("invalid character '}' after top-level value");
  expect((await run("patch svc kubia")).stderr).toBe(
    "error: must specify --patch or --patch-file containing the contents of the patch\n",
  );
});
