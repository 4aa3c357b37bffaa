import { expect, test } from "vitest";
import { digest } from "#cluster/digest";
import { exampleScenario } from "../examples/example.ts";
import { findExample, FIRST_EXAMPLE } from "../examples/registry.ts";
import { createEngine, type Engine } from "../engine.ts";
import { createDesk, type Desk } from "./desk.ts";
import type { FromTerminals, ToTerminals } from "./messages.ts";

interface Seat {
  engine: Engine;
  desk: Desk;
  shown(): string;
  sent: FromTerminals[];
  tell(message: ToTerminals): void;
  /** So much wall time, in frames. */
  pass(ms: number): Promise<void>;
}

function seat(): Seat {
  const engine = createEngine(exampleScenario(findExample(FIRST_EXAMPLE)!));
  const sent: FromTerminals[] = [];
  const desk = createDesk(engine, (message) => void sent.push(message));
  engine.companion = desk;
  return {
    engine,
    desk,
    sent,
    shown: () =>
      sent
        .flatMap((message) => (message.type === "terminals" ? message.outputs : []))
        .map(({ text }) => text)
        .join(""),
    tell: desk.receive,
    pass: async (ms) => {
      let owed = 0;
      for (let at = 0; at < ms; at += 16) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        desk.settle();
        owed = engine.tick(16 + owed, () => true);
        for (let round = 0; round < 20 && desk.unsettled(); round++) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          desk.settle();
          owed = engine.tick(owed, () => true);
        }
        desk.flush();
      }
    },
  };
}

const open: ToTerminals = { type: "terminal", do: "open", terminal: "t1" };
const line = (text: string): ToTerminals => ({ type: "terminal", do: "line", terminal: "t1", text });

test("SHELL-19: a link replays what was done in a terminal, to the byte", async () => {
  const { engine, tell, pass, shown } = seat();
  await pass(500);
  tell(open);
  tell(line("kubectl expose rc kubia --name=web --type=NodePort --port=80 --target-port=8080"));
  await pass(2000);
  tell(line("PORT=$(kubectl get svc web -o jsonpath='{.spec.ports[0].nodePort}')"));
  tell(line("for i in 1 2 3; do curl -s http://192.168.8.11:$PORT; done"));
  await pass(4000);
  tell(
    line("kubectl exec $(kubectl get pods -o name | head -n 1) -- sh -c 'echo kept > /tmp/f; cat /tmp/f'"),
  );
  tell(line("kubectl scale rc kubia --replicas=4"));
  await pass(3000);
  expect(shown().match(/You've hit kubia-\w{5}/g)?.length).toBe(3);
  expect(shown()).toContain("kept\n");
  const scenario = engine.exportScenario(exampleScenario(findExample(FIRST_EXAMPLE)!).files);
  engine.companion = undefined;
  const again = createEngine(scenario);
  again.cluster.runUntil(Math.max(engine.cluster.now, again.cluster.now));
  engine.cluster.runUntil(again.cluster.now);
  expect(digest(again.cluster)).toBe(digest(engine.cluster));
});

test("SHELL-4: a pause stops commands, and what needs no time still answers", async () => {
  const { engine, tell, pass, shown } = seat();
  tell(open);
  await pass(100);
  engine.pace = { playing: false, speed: 1 };
  tell(line("kubectl get rc -o name; sleep 1; echo woken"));
  await pass(3000);
  expect(shown()).toBe("workstation:~$ replicationcontroller/kubia\n");
  engine.pace = { playing: true, speed: 1 };
  await pass(1200);
  expect(shown()).toBe("workstation:~$ replicationcontroller/kubia\nwoken\nworkstation:~$ ");
});

test("SHELL-13: the editor's files are in the home folder, and what commands write comes back", async () => {
  const { tell, pass, sent, shown } = seat();
  tell({ type: "terminal", do: "files", files: [{ name: "a.yaml", text: "kind: A\n" }] });
  tell(open);
  tell(line("cat a.yaml; sed -i s/A/B/ a.yaml; echo new > b.yaml"));
  await pass(200);
  expect(shown()).toBe("workstation:~$ kind: A\nworkstation:~$ ");
  expect(sent.filter(({ type }) => type === "terminalFiles")).toEqual([
    {
      type: "terminalFiles",
      files: [
        { name: "a.yaml", text: "kind: B\n" },
        { name: "b.yaml", text: "new\n" },
      ],
    },
  ]);
  tell({ type: "terminal", do: "files", files: [{ name: "a.yaml", text: "kind: B\n" }] });
  tell({ type: "terminal", do: "files", files: [] });
  tell(line("ls"));
  await pass(200);
  expect(shown()).toContain("b.yaml");
  expect(shown()).not.toContain("a.yaml");
});

test("SHELL-20: kubectl edit waits for the editor of the page", async () => {
  const { tell, pass, sent, shown } = seat();
  await pass(200);
  tell(open);
  tell(line("kubectl edit rc kubia"));
  await pass(300);
  const asked = sent.find((message) => message.type === "terminalEdit");
  expect(asked?.text).toContain("replicas: 3");
  tell({
    type: "terminal",
    do: "edited",
    id: asked!.id,
    text: asked!.text.replace("replicas: 3", "replicas: 2"),
  });
  await pass(300);
  expect(shown()).toContain("replicationcontroller/kubia edited\n");
});

test("SHELL-21: Tab finds commands, types, live names, flags and files", async () => {
  const { tell, pass, sent } = seat();
  await pass(200);
  tell(open);
  tell({ type: "terminal", do: "files", files: [{ name: "web.yaml", text: "" }] });
  const asked = [
    "kube",
    "kubectl expl",
    "k get repl",
    "kubectl get rc k",
    "kubectl get pods -o j",
    "kubectl delete -f w",
    "cat w",
    "kubectl get svc/kub",
    "kubectl get --show-l",
    "kubectl get pods -n kube-s",
    "kubectl get pods -n kube-system -l k8s-app=k",
    "ls | gre",
  ];
  asked.forEach((text, id) => tell({ type: "terminal", do: "complete", id, terminal: "t1", line: text }));
  const found = sent.flatMap((message) => (message.type === "completions" ? [message] : []));
  expect(found.map(({ id, from, candidates }) => [asked[id]!.slice(0, from), candidates.join(" ")])).toEqual([
    ["", "kubectl"],
    ["kubectl ", "explain"],
    ["k get ", "replicasets replicationcontrollers"],
    ["kubectl get rc ", "kubia"],
    ["kubectl get pods -o ", "json jsonpath-as-json= jsonpath-file= jsonpath="],
    ["kubectl delete -f ", "web.yaml"],
    ["cat ", "web.yaml"],
    ["kubectl get svc/", "kubernetes kubia-nodeport"],
    ["kubectl get ", "--show-labels"],
    ["kubectl get pods -n ", "kube-system"],
    ["kubectl get pods -n kube-system -l ", "k8s-app=kube-dns"],
    ["ls | ", "grep"],
  ]);
});

test("SHELL-22: a fault of the workstation breaks the desk and not the cluster", async () => {
  const { engine, tell, pass, desk } = seat();
  tell(open);
  await pass(100);
  const before = engine.cluster.now;
  const warn = console.warn;
  console.warn = () => undefined;
  tell({ type: "terminal", do: "files", files: [{ name: "a.yaml", text: null as never }, null as never] });
  console.warn = warn;
  expect(desk.broken()).toBe(true);
  await pass(100);
  expect(engine.cluster.now).toBeGreaterThan(before);
});
