import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import type { ClientSpec } from "#cluster/clients/types";
import { curlCommand } from "./curl-command.ts";
import { exposeCommand, exposeYaml, type Exposable } from "./expose.ts";
import { probedFile, readinessSwitch } from "./readiness-switch.ts";

const client: ClientSpec = {
  name: "c",
  location: { kind: "outside", ip: "198.51.100.7" },
  program: "curl",
  url: "http://{node:1}:30123/a b",
  method: "POST",
  headers: { Host: "kubia.example.com" },
  body: "it's",
  rate: 1,
  keepAlive: false,
  cookies: false,
  maxTimeMs: 3000,
};

test("PANEL-1: a client's curl command is quoted and resolved", () => {
  expect(curlCommand(client, (text) => text.replace("{node:1}", "203.0.113.11"))).toBe(
    `curl -sS -X POST --max-time 3 -H 'Host: kubia.example.com' -d 'it'\\''s' 'http://203.0.113.11:30123/a b'`,
  );
  const inside = {
    ...client,
    location: { kind: "pod" as const, namespace: "shop", name: "x" },
    url: "http://web/",
    method: "GET",
    headers: {},
  };
  const { body: _, maxTimeMs: __, ...plain } = inside;
  expect(curlCommand(plain)).toBe("kubectl exec x -n shop -- curl -sS http://web/");
});

const target: Exposable = {
  kind: "ReplicationController",
  name: "kubia",
  namespace: "default",
  selector: { app: "kubia" },
  ports: [{ name: "http", port: 8080 }],
};

test("PANEL-2: the wizard's YAML and command say the same", () => {
  const choice = { name: "kubia-np", type: "NodePort", port: 80, targetPort: "8080" } as const;
  expect(exposeYaml(target, choice)).toBe(
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: kubia-np\nspec:\n  type: NodePort\n  selector:\n    app: kubia\n  ports:\n    - port: 80\n      targetPort: 8080\n",
  );
  expect(exposeCommand(target, choice)).toBe(
    "kubectl expose rc kubia --name=kubia-np --type=NodePort --port=80 --target-port=8080",
  );
});

test("PANEL-3: the file that an exec probe asks for", () => {
  expect(probedFile(["ls", "/var/ready"])).toBe("/var/ready");
  expect(probedFile(["sh", "-c", "test -f /tmp/healthy"])).toBe("/tmp/healthy");
  expect(probedFile(["/bin/cat", "/tmp/healthy"])).toBe("/tmp/healthy");
  expect(probedFile(["mysqladmin", "ping"])).toBeUndefined();
});

test("PANEL-4: readiness is switched as the pod's own probe asks", () => {
  const pod = (probe: object): Pod =>
    ({
      metadata: { name: "p", namespace: "default" },
      spec: { containers: [{ name: "main", readinessProbe: probe }] },
    }) as unknown as Pod;
  expect(readinessSwitch(pod({ exec: { command: ["ls", "/var/ready"] } }))?.fail).toEqual({
    action: {
      type: "exec",
      namespace: "default",
      pod: "p",
      container: "main",
      command: ["rm", "-f", "/var/ready"],
    },
    command: "kubectl exec p -- rm -f /var/ready",
  });
  expect(readinessSwitch(pod({ httpGet: { port: 80 } }))?.fail.action).toEqual({
    type: "setFaults",
    namespace: "default",
    pod: "p",
    container: "main",
    faults: { failStatus: 500 },
  });
  expect(readinessSwitch(pod({ exec: { command: ["mysqladmin", "ping"] } }))).toBeUndefined();
});
