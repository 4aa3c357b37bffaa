import { expect, test } from "vitest";
import type { KindMap } from "#api/kinds";
import type { Pod } from "#api/pod/types";
import type { Journey } from "#cluster/trace/types";
import { openContainers, shellIn } from "#session/terminal/container-shell";
import { editName } from "#session/terminal/edit-name";
import type { WorkspaceFile } from "#session/workspace";
import { fileCommands } from "../editor/file-commands.ts";
import { againCommand } from "./curl-command.ts";
import { endless, filesCommand, repeated } from "./command-lines.ts";
import { eventsCommand, shellCommand, unlabelCommand } from "./commands.ts";

const running = (name: string) => ({ name, state: { running: { startedAt: "" } } });
const pod = (containers: string[], up: string[], extra: Record<string, unknown> = {}): Pod =>
  ({
    kind: "Pod",
    metadata: { name: "kubia-x", namespace: "shop", labels: { app: "kubia", tier: "web" }, ...extra },
    spec: { containers: containers.map((name) => ({ name })) },
    status: { containerStatuses: up.map(running) },
  }) as unknown as Pod;

test("PANEL-5: a shell is offered in the containers that run, kubectl's own choice first", () => {
  expect(openContainers(pod(["main"], []))).toEqual([]);
  expect(openContainers(pod(["main", "side"], ["main", "side"]))).toEqual(["main", "side"]);
  const annotated = { annotations: { "kubectl.kubernetes.io/default-container": "side" } };
  expect(openContainers(pod(["main", "side"], ["main", "side"], annotated))).toEqual(["side", "main"]);
  expect(openContainers(pod(["main", "side"], ["main"], annotated))).toEqual(["main"]);
  const target = shellIn(pod(["main"], ["main"]), "main");
  expect({ ...target, command: target.command[0] }).toEqual({
    namespace: "shop",
    pod: "kubia-x",
    container: "main",
    command: "sh",
  });
  expect(shellCommand(pod(["main"], ["main"]), "main")).toBe("kubectl exec -it kubia-x -n shop -- sh");
  expect(shellCommand(pod(["main", "side"], []), "side")).toBe(
    "kubectl exec -it kubia-x -n shop -c side -- sh",
  );
});

test("PANEL-6: what buttons do is shown as the command that does it, or the one that comes nearest", () => {
  expect(eventsCommand(pod(["main"], []))).toBe("kubectl events --for pod/kubia-x -n shop");
  const service = (namespace: string, selector?: Record<string, string>): KindMap["Service"] =>
    ({ metadata: { name: "s", namespace }, spec: { selector } }) as KindMap["Service"];
  const services = [service("default", { tier: "web" }), service("shop"), service("shop", { app: "kubia" })];
  expect(unlabelCommand(pod(["main"], []), services)).toBe("kubectl label pod kubia-x -n shop app-");
  expect(unlabelCommand(pod(["main"], []), [])).toBeUndefined();
  expect(filesCommand("apply", ["a.yaml", "my file.yaml"])).toBe("kubectl apply -f a.yaml -f 'my file.yaml'");
  expect(repeated("curl x", 10)).toBe("for i in $(seq 10); do curl x; done");
  expect(endless("curl x", 4)).toBe("while true; do curl x; sleep 0.25; done");
});

test("PANEL-7: files are applied and deleted by name, a live object by its own; what kubectl holds is not applied", () => {
  const file = (name: string, extra: Partial<WorkspaceFile> = {}): WorkspaceFile => ({
    name,
    text: "",
    ...extra,
  });
  const live = file("kubia.yaml", { live: { kind: "Service", key: "shop/kubia", opened: "" } });
  const files = [file("a.yaml"), file("b.yaml"), live, file("c.yaml", { held: { from: "a.yaml" } })];
  expect(fileCommands(files[0]!, files)).toEqual({
    apply: "kubectl apply -f a.yaml",
    all: "kubectl apply -f a.yaml -f b.yaml",
    delete: "kubectl delete -f a.yaml",
  });
  expect(fileCommands(live, files)).toEqual({
    apply: "kubectl edit service kubia -n shop",
    all: "kubectl apply -f a.yaml -f b.yaml",
    delete: "kubectl delete service kubia -n shop",
  });
});

test("PANEL-8: the tab of a kubectl edit is named after its object", () => {
  const text =
    "# Please edit\n#\n\napiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    name: no\n  name: kubia\nspec: {}\n";
  expect(editName(text, "/tmp/kubectl-edit-7.yaml")).toBe("kubia.edit.yaml");
  expect(editName("apiVersion: v1\nkind: List\nitems: []\n", "/tmp/kubectl-edit-7.yaml")).toBe(
    "kubectl-edit-7.edit.yaml",
  );
});

test("PANEL-9: a request is sent again by the curl command of whoever sent it", () => {
  const journey = (place: Journey["client"]["place"], program: string, headers = {}): Journey =>
    ({
      client: { place, ip: "", program },
      request: { method: "GET", url: "http://kubia/", headers },
      steps: [],
    }) as unknown as Journey;
  expect(againCommand(journey({ kind: "client", name: "a" }, "curl", { Host: "kubia", Accept: "*/*" }))).toBe(
    "curl -sS http://kubia/",
  );
  expect(againCommand(journey({ kind: "client", name: "a" }, "browser", { Host: "kubia.example.com" }))).toBe(
    "curl -sS -H 'Host: kubia.example.com' http://kubia/",
  );
  const hosts = { ...journey({ kind: "client", name: "a" }, "curl") };
  hosts.request = { ...hosts.request, url: "http://kubia:8080/" };
  hosts.steps = [
    { at: 0, step: "dns", name: "kubia", server: "", queries: [], result: "203.0.113.80", source: "hosts" },
  ];
  expect(againCommand(hosts)).toBe("curl -sS --resolve kubia:8080:203.0.113.80 http://kubia:8080/");
  expect(againCommand(journey({ kind: "pod", namespace: "shop", name: "x" }, "curl"))).toBe(
    "kubectl exec x -n shop -- curl -sS http://kubia/",
  );
  expect(againCommand(journey({ kind: "node", name: "node-1" }, "curl"))).toBe(
    "kubectl debug node/node-1 -it --image=nicolaka/netshoot -- curl -sS http://kubia/",
  );
  expect(againCommand(journey({ kind: "ingress" }, "ingress"))).toBeUndefined();
});
