import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: v1
kind: ReplicationController
metadata: {name: kubia, labels: {app: kubia}}
spec:
  replicas: 0
  selector: {app: kubia}
  template:
    metadata: {labels: {app: kubia}}
    spec: {containers: [{name: main, image: luksa/kubia, ports: [{containerPort: 8080}, {containerPort: 53, protocol: UDP}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [front, back]}]}
  template: {metadata: {labels: {app: web, tier: front}}, spec: {containers: [{name: main, image: nginx}]}}
`;

test("KWRITE-34: a Service takes what it needs from the object", async () => {
  const { run } = terminal(WORLD);
  expect((await run("expose rc kubia")).stdout).toBe("service/kubia exposed\n");
  expect(
    (await run("get svc kubia -o jsonpath={.metadata.labels}{.spec.selector}{.spec.ports}")).stdout,
  ).toBe(
    '{"app":"kubia"}{"app":"kubia"}[{"name":"port-1","port":8080,"protocol":"TCP","targetPort":8080},{"name":"port-2","port":53,"protocol":"UDP","targetPort":53}]',
  );
  expect((await run("expose rc kubia")).stderr).toBe(
    'Error from server (AlreadyExists): services "kubia" already exists\n',
  );
  expect(
    (
      await run(
        "expose rc/kubia --name=np --type=NodePort --port=80 --target-port=http -o jsonpath={.spec.type}{.spec.ports[0].targetPort}",
      )
    ).stdout,
  ).toBe("NodePorthttp");
  expect(
    (
      await run(
        `expose svc np --name=headless --cluster-ip=None --overrides='{"spec":{"publishNotReadyAddresses":true}}' --dry-run=client -o jsonpath={.spec.clusterIP}{.spec.publishNotReadyAddresses}`,
      )
    ).stdout,
  ).toBe("Nonetrue");
});

test("KWRITE-34: what cannot be exposed", async () => {
  const { run } = terminal(WORLD);
  const refused = async (line: string): Promise<string> => (await run(line)).stderr.trimEnd();
  expect(await refused("expose deploy web --port=80")).toBe(
    "error: couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - \"[{Key:tier Operator:In Values:[front back]}]\" to map-based selector format",
  );
  expect(await refused("expose deploy web --selector=app=web")).toBe(
    "error: couldn't find port via --port flag or introspection",
  );
  expect(await refused("expose node node-1 --port=80")).toBe("error: cannot expose a Node");
  expect(await refused("expose rc kubia --session-affinity=Cookie")).toBe(
    "error: unknown session affinity: Cookie",
  );
});

test("KWRITE-34: a port with both protocols becomes two", async () => {
  const { run } = terminal(`apiVersion: v1
kind: Pod
metadata: {name: dns, labels: {app: dns}}
spec: {containers: [{name: main, image: luksa/kubia, ports: [{containerPort: 53}, {containerPort: 53, protocol: UDP}]}]}
`);
  expect((await run("expose pod dns --dry-run=client -o jsonpath={.spec.ports}")).stdout).toBe(
    '[{"name":"port-1-tcp","port":53,"protocol":"TCP","targetPort":53},{"name":"port-1-udp","port":53,"protocol":"UDP","targetPort":53}]',
  );
});
