import { expect, test } from "vitest";
import { createDesk, openDesk, openDeskWithKubia, P, type Desk } from "./testing.ts";

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const desk = (): Promise<Desk> => openDesk(turn);
const withKubia = (): Promise<Desk> => openDeskWithKubia(turn);

test("SHELL-1: a terminal of the workstation opens with a prompt, in the home folder", async () => {
  const made = createDesk({}, turn);
  expect(await made.open("one")).toBe(P);
  expect(await made.run("pwd; echo $HOME; hostname")).toBe(`/root\n/root\nworkstation\n${P}`);
});

test.each([
  ["for i in 1 2; do echo $i; done", "1\n2\n"],
  ['f() { echo "got $1"; return 3; }; f x; echo $?', "got x\n3\n"],
  ["x=$(printf 'b\\na\\n' | sort); echo \"$x\"", "a\nb\n"],
  ["echo one > f; echo two >> f; cat < f | wc -l", "2\n"],
  ["echo $((6 * 7)); [[ abc == a* ]] && echo yes", "42\nyes\n"],
  ["printf '3 c\\n1 a\\n' | awk '{ print $2 }' | sed 's/c/C/' | grep -v a", "C\n"],
  [
    "if false; then echo no; else echo else; fi; i=0; while [ $i -lt 2 ]; do i=$((i+1)); done; echo $i",
    "else\n2\n",
  ],
  [
    "touch a.txt b.txt; echo *.txt; ls nope",
    "a.txt b.txt\nls: cannot access 'nope': No such file or directory\n",
  ],
  ["echo '{\"a\": [1, 2]}' | jq -c .a", "[1,2]\n"],
  ["nosuch; echo $?", "bash: nosuch: command not found\n127\n"],
  ["(exit 4); echo $?; false || echo or; true && echo and", "4\nor\nand\n"],
  ["echo 'not closed' \"$(echo a b)\" | head -c 3; echo", "not\n"],
  ["timeout 1 sleep 5; echo $?", "124\n"],
  ["alias hi='echo hello'; hi there; unalias hi; hi", "hello there\nbash: hi: command not found\n"],
  [
    'a=(one "two words" three); a+=(4); echo ${#a[@]} "${a[1]}" ${a[-1]:-none}; for x in "${a[@]:1:2}"; do echo "<$x>"; done',
    "4 two words 4\n<two words>\n<three>\n",
  ],
  [
    "a=(x y z); a[1]=Q; unset 'a[0]'; echo ${a[*]} ${!a[@]}; w=word; echo ${w^^} ${w^} ${w//o/0}",
    "Q z 1 2\nWORD Word w0rd\n",
  ],
  ["pods=($(printf 'p1\\np2\\n')); echo ${pods[1]} {1..3} a{b,c}", "p2 1 2 3 ab ac\n"],
  ["time sleep 1.5", "\nreal\t0m1.500s\nuser\t0m0.000s\nsys\t0m0.000s\n"],
])("SHELL-2: the shell's language, pipes and tools: %s", async (line, shown) => {
  expect(await (await desk()).run(line)).toBe(`${shown}${P}`);
});

test("SHELL-3: a command that is not at its end is asked for more", async () => {
  const made = await desk();
  expect(await made.run("for i in a b; do")).toBe("> ");
  expect(await made.run("echo $i")).toBe("> ");
  expect(await made.run("done")).toBe(`a\nb\n${P}`);
  expect(await made.run("cat <<EOF")).toBe("> ");
  expect(await made.run("home: $HOME")).toBe("> ");
  expect(await made.run("EOF")).toBe(`home: /root\n${P}`);
  expect(await made.run("echo one |")).toBe("> ");
  expect(await made.run("wc -c")).toBe(`4\n${P}`);
  expect(await made.run("echo 'two")).toBe("> ");
  expect(await made.run("lines'")).toBe(`two\nlines\n${P}`);
  expect(await made.run("read -p 'name? ' name; echo hi $name")).toBe("name? ");
  expect(await made.run("you")).toBe(`hi you\n${P}`);
  expect(await made.run(")")).toBe(`bash: syntax error near unexpected token \`)'\n${P}`);
});

test("SHELL-4: output appears while a command runs, on the cluster's clock; Ctrl-C stops it at once", async () => {
  const made = await desk();
  made.workstation.type("one", "while true; do date +%S; sleep 1; done\n");
  expect(await made.pass(2500)).toBe("02\n03\n04\n");
  made.workstation.interrupt("one");
  expect(await made.pass(0)).toBe(P);
  expect(await made.run("echo $?")).toBe(`130\n${P}`);
});

test("SHELL-5: a command that never waits leaves time to everybody else and stops at Ctrl-C", async () => {
  const made = await desk();
  made.workstation.type("one", "while true; do :; done\n");
  expect(await made.pass(1000)).toBe("");
  expect(made.cluster.now).toBe(3000);
  made.workstation.interrupt("one");
  expect(await made.pass(0)).toBe(P);
});

test.each([
  "yes",
  "yes | head -n 3; while true; do echo x; done",
  "f() { f; }; f",
  "bomb() { bomb | bomb & }; bomb",
  "while true; do (sleep 0) & done",
  "x=$(yes | head -c 100000); while true; do x=$x$x; done",
  "cat /dev/zero; seq 1000000000; awk 'BEGIN { while (1) x++ }'",
  "for i in {1..100000}; do for j in {1..100000}; do :; done; done",
])("SHELL-5: what runs wild is held back: %s", async (line) => {
  const made = await desk();
  const began = performance.now();
  made.workstation.type("one", `${line}\n`);
  await made.pass(3000);
  made.workstation.interrupt("one");
  await made.pass(3000);
  expect(await made.run("echo alive")).toContain("alive\n");
  expect(performance.now() - began).toBeLessThan(15_000);
});

test("SHELL-6: kubectl and its alias, in pipes, loops and substitutions", async () => {
  const made = await withKubia();
  expect(await made.run("k get rc")).toBe(
    `NAME    DESIRED   CURRENT   READY   AGE\nkubia   2         2         2       10s\n${P}`,
  );
  expect(await made.run("kubectl get pods -o name | wc -l")).toBe(`2\n${P}`);
  expect(
    await made.run(
      "for p in $(kubectl get pods -o name); do kubectl get $p -o jsonpath='{.status.phase} '; done; echo",
    ),
  ).toBe(`Running Running \n${P}`);
  expect(await made.run("kubectl get nothing; echo $?")).toBe(
    `error: the server doesn't have a resource type "nothing"\n1\n${P}`,
  );
  expect(await made.run("kubectl get pods -o json | jq '.items | length'")).toBe(`2\n${P}`);
});

test("SHELL-7: a watch shows changes as they come, to a pipe as well, until Ctrl-C", async () => {
  const made = await withKubia();
  made.workstation.type("one", "kubectl get rc kubia -w --no-headers | grep -v nobody\n");
  expect(await made.pass(1000)).toMatch(/^kubia +2 +2 +2 +\d+s\n$/);
  await made.open("two");
  expect(await made.run("kubectl scale rc kubia --replicas=0", "two")).toBe(
    `replicationcontroller/kubia scaled\n${P}`,
  );
  expect(await made.pass(1000)).toMatch(/^(kubia +0 +\d +\d +\d+s\n)+$/);
  made.workstation.interrupt("one");
  expect(await made.pass(0)).toBe(P);
});

test("SHELL-8: the workstation's requests are traffic of the cluster, with curl's own exit codes", async () => {
  const made = await withKubia();
  await made.run("kubectl expose rc kubia --type=NodePort --port=80 --target-port=8080");
  await made.run("sleep 2; PORT=$(kubectl get svc kubia -o jsonpath='{.spec.ports[0].nodePort}')");
  expect(await made.run("curl -s http://192.168.8.11:$PORT")).toMatch(/^You've hit kubia-\w{5}\nworkstation/);
  const journey = made.cluster.journeys().find(({ client }) => client.program === "curl");
  expect(journey?.client).toEqual({
    place: { kind: "client", name: "workstation" },
    ip: "198.51.100.20",
    program: "curl",
  });
  expect(journey?.end).toMatchObject({ kind: "response", status: 200 });
  expect(await made.run("curl -s http://192.168.8.11:30999; echo $?")).toBe(`7\n${P}`);
  expect(await made.run("curl -s http://no.such.name.example; echo $?")).toBe(`6\n${P}`);
  expect(await made.run("curl -s -m 2 http://10.96.0.200; echo $?")).toBe(`28\n${P}`);
  expect(await made.run("curl -s -o page http://192.168.8.11:$PORT; cat page | cut -c 1-10")).toBe(
    `You've hit\n${P}`,
  );
  expect(
    await made.run("echo '192.168.8.12 kubia.test' >> /etc/hosts; curl -s http://kubia.test:$PORT"),
  ).toMatch(/^You've hit/);
});

test("SHELL-12: what a terminal does to the cluster is actions, and what stays on the workstation is none", async () => {
  const made = await withKubia();
  await made.run("POD=$(kubectl get pods -o jsonpath='{.items[0].metadata.name}')");
  const actions: string[] = [];
  const act = made.workstation.door.act;
  Object.assign(made.workstation.door, {
    act: (action: Parameters<typeof act>[0]) => {
      actions.push(action.type);
      act(action);
    },
  });
  await made.run("kubectl exec $POD -- true; curl -s http://192.168.8.11:1; ls; echo hi | cat");
  expect(actions.filter((type) => type !== "closeSession")).toEqual([
    "openSession",
    "workstation",
    "workstation",
  ]);
});

test("SHELL-13: history, and files both ways", async () => {
  const made = await desk();
  await made.run("echo one");
  await made.run("echo two");
  expect(await made.run("history")).toBe(`    1  echo one\n    2  echo two\n    3  history\n${P}`);
  await made.run("echo 'kind: Pod' > pod.yaml");
  expect(made.workstation.files.read("/root", "pod.yaml")).toBe("kind: Pod\n");
  made.workstation.files.write("/root", "pod.yaml", "kind: Service\n");
  expect(await made.run("cat pod.yaml")).toBe(`kind: Service\n${P}`);
});

test("SHELL-14: an old book's form is answered as today, and today's command comes with it", async () => {
  const made = await withKubia();
  expect(await made.run("kubectl exec kubia-1 curl -s http://10.0.0.1")).toBe(
    `error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n${P}`,
  );
  await made.run(
    "kubectl run dnsutils --image=tutum/dnsutils --generator= run-pod/v1 --command -- sleep infinity",
  );
  await made.run("kubectl run kubia --image=luksa/kubia --port=8080 --generator=run/v1");
  expect(made.hints.map(({ command }) => command)).toEqual([
    "kubectl exec kubia-1 -- curl -s http://10.0.0.1",
    "kubectl run dnsutils --image=tutum/dnsutils --command -- sleep infinity",
    "kubectl create deployment kubia --image=luksa/kubia --port=8080",
  ]);
  const manifest = "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: a}\n";
  made.workstation.files.write("/root", "old.yaml", manifest);
  await made.run("kubectl apply -f old.yaml");
  made.workstation.files.write("/root", "old.yaml", manifest.replace("Deployment", "Ingress"));
  await made.run("kubectl apply -f old.yaml");
  expect(made.hints.slice(3).map(({ command }) => command)).toEqual([
    "sed -i 's#extensions/v1beta1#apps/v1#' old.yaml && kubectl apply -f old.yaml",
    "kubectl explain ingress.spec.rules.http.paths --recursive",
  ]);
});

test("SHELL-15: a thousand requests and fifty thousand lines", async () => {
  const made = await withKubia();
  await made.run("kubectl expose rc kubia --type=NodePort --port=80 --target-port=8080; sleep 2");
  const port = await made.run("kubectl get svc kubia -o jsonpath='{.spec.ports[0].nodePort}'");
  const url = `http://192.168.8.11:${port.slice(0, 5)}`;
  const began = performance.now();
  const hits = await made.run(`for i in $(seq 1000); do curl -s ${url}; done`, "one", 300_000);
  expect(hits.match(/You've hit/g)?.length).toBe(1000);
  expect((await made.run("seq 50000")).length).toBe(288_894 + P.length);
  expect(performance.now() - began).toBeLessThan(15_000);
});

test("SHELL-16: whatever is typed, a prompt comes back", async () => {
  const made = await desk();
  const pieces =
    "( ) { } [ ] < > << | || & && ; ;; $ $( ${ ` \" ' \\ ! # * ? ~ = if then fi do done case esac for in while kubectl get -o json jsonpath={ curl -X é 你 \u0007".split(
      " ",
    );
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 150; round++) {
    const line = Array.from({ length: 1 + next(7) }, () => pieces[next(pieces.length)]).join(
      next(3) === 0 ? "" : " ",
    );
    made.workstation.type("one", `${line}\n`);
    await made.pass(200);
    made.workstation.interrupt("one");
    await made.pass(10);
  }
  expect(await made.run("echo alive")).toBe(`alive\n${P}`);
}, 60_000);
