import { expect, test } from "vitest";
import { createDesk, type Desk } from "./testing.ts";

const RC = `apiVersion: v1
kind: ReplicationController
metadata: {name: kubia}
spec:
  replicas: 2
  selector: {app: kubia}
  template:
    metadata: {labels: {app: kubia}}
    spec:
      containers: [{name: kubia, image: luksa/kubia, ports: [{containerPort: 8080}]}]
`;

const P = "workstation:~$ ";

async function desk(): Promise<Desk> {
  const made = createDesk({}, () => new Promise((resolve) => setTimeout(resolve, 0)));
  await made.open("one");
  return made;
}

async function withKubia(): Promise<Desk> {
  const made = await desk();
  made.workstation.files.write("/root", "kubia-rc.yaml", RC);
  expect(await made.run("kubectl create -f kubia-rc.yaml && sleep 10")).toBe(
    `replicationcontroller/kubia created\n${P}`,
  );
  return made;
}

test("SHELL-1: a terminal of the workstation opens with a prompt, in the home folder", async () => {
  const made = createDesk({}, () => new Promise((resolve) => setTimeout(resolve, 0)));
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
    "4 two words none\n<two words>\n<three>\n",
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

test("SHELL-9: exec runs in the pod, hands its exit code on, and reads what is piped to it", async () => {
  const made = await withKubia();
  await made.run("POD=$(kubectl get pods -o jsonpath='{.items[0].metadata.name}')");
  expect(await made.run("kubectl exec $POD -- hostname")).toMatch(/^kubia-\w{5}\nworkstation/);
  expect(await made.run("kubectl exec $POD -- sh -c 'exit 5'; echo $?")).toBe(
    `command terminated with exit code 5\n5\n${P}`,
  );
  expect(
    await made.run(
      "echo from outside | kubectl exec -i $POD -- sh -c 'cat > /tmp/in; cat /tmp/in | tr a-z A-Z'",
    ),
  ).toBe(`FROM OUTSIDE\n${P}`);
});

test("SHELL-10: exec -it is a shell in the pod: its prompt, its files, its Ctrl-C and Ctrl-D", async () => {
  const made = await withKubia();
  await made.run("POD=$(kubectl get pods -o jsonpath='{.items[0].metadata.name}')");
  const prompt = /^root@kubia-\w{5}:\/# $/;
  expect(await made.run("kubectl exec -it $POD -- bash")).toMatch(prompt);
  expect(await made.run("cat /etc/resolv.conf")).toMatch(
    /^search default\.svc\.cluster\.local svc\.cluster\.local cluster\.local\nnameserver 10\.96\.0\.10\noptions ndots:5\nroot@/,
  );
  expect(await made.run("cd /tmp; x=5; echo $x $PWD")).toMatch(/^5 \/tmp\nroot@kubia-\w{5}:\/tmp# $/);
  made.workstation.type("one", "sleep 100\n");
  expect(await made.pass(500)).toBe("");
  made.workstation.interrupt("one");
  expect(await made.pass(50)).toMatch(/^root@kubia-\w{5}:\/tmp# $/);
  made.workstation.endInput("one");
  expect(await made.pass(100)).toBe(`exit\ncommand terminated with exit code 130\n${P}`);
});

test("SHELL-11: a terminal's shell may be in a container from the start", async () => {
  const made = await withKubia();
  const pod = made.cluster.machine.context.api.list("Pod", { namespace: "default" })[0]!.metadata.name;
  expect(await made.open("two", { namespace: "default", pod, command: ["sh"] })).toBe("# ");
  expect(await made.run("hostname", "two")).toBe(`${pod}\n# `);
  expect(await made.run("exit", "two")).toBe("");
  const choice = "command -v bash > /dev/null && exec bash || exec sh";
  expect(await made.open("three", { namespace: "default", pod, command: ["sh", "-c", choice] })).toBe(
    `root@${pod}:/# `,
  );
  await made.run("kubectl run box --image=busybox -- sleep 1000; sleep 5");
  expect(await made.open("four", { namespace: "default", pod: "box", command: ["sh", "-c", choice] })).toBe(
    "/ # ",
  );
});

test("SHELL-17: a forwarded port leads into the pod, and a port that nobody listens on ends the forwarding", async () => {
  const made = await withKubia();
  await made.run("kubectl expose rc kubia --port=80 --target-port=8080; sleep 1");
  const started = await made.run("kubectl port-forward svc/kubia 8080:80 &");
  expect(started + (await made.pass(1000))).toContain(
    "Forwarding from 127.0.0.1:8080 -> 8080\nForwarding from [::1]:8080 -> 8080\n",
  );
  expect(await made.run("curl -s localhost:8080")).toMatch(
    /^Handling connection for 8080\nYou've hit kubia-\w{5}\nworkstation:~\$ $/,
  );
  expect(await made.run("kubectl port-forward svc/kubia 8080:80; echo $?")).toMatch(
    /^Unable to listen on port 8080: .*address already in use\]\nerror: unable to listen on any of the requested ports: \[\{8080 8080\}\]\n1\n/,
  );
  const pod = "$(kubectl get pods -o name | head -1)";
  await made.run(`kubectl port-forward ${pod} 9999:9999 &`);
  await made.pass(1000);
  const lost = await made.run("curl -s localhost:9999; echo curl $?");
  expect(lost + (await made.pass(1000))).toMatch(
    /Handling connection for 9999\n[^]*an error occurred forwarding 9999 -> 9999: [^]*connection refused[^]*\ncurl 52\n[^]*error: lost connection to pod\n/,
  );
});

test("SHELL-4: a tool that waits for its input does not hold the clock", async () => {
  const made = await desk();
  expect(await made.run("(sleep 1; echo '{\"a\": 2}') | jq .a")).toBe(`2\n${P}`);
});

test("SHELL-10: kubectl debug -it is a terminal beside the containers of a pod, in its network and among its processes", async () => {
  const made = await desk();
  await made.run("kubectl run web --image=luksa/kubia; sleep 5");
  expect(
    await made.run("kubectl debug -it web --image=busybox --target=web -c tool --profile=general"),
  ).toContain("If you don't see a command prompt, try pressing enter.\n");
  expect(await made.run("ps")).toBe(
    "PID   USER     TIME  COMMAND\n    1 root      0:00 node app.js\n    2 root      0:00 sh\n    3 root      0:00 ps\n/ # ",
  );
  expect(await made.run("wget -qO- localhost:8080")).toBe("You've hit web\n/ # ");
  expect(await made.run("exit")).toBe(
    `Session ended, the ephemeral container will not be restarted but may be reattached using 'kubectl attach web -c tool -i -t' if it is still running\n${P}`,
  );
});

test("SHELL-25: kubectl proxy lets curl ask the API server, but for what its filters keep out", async () => {
  const made = await desk();
  const started = await made.run("kubectl proxy &");
  expect(started + (await made.pass(1000))).toContain("Starting to serve on 127.0.0.1:8001\n");
  expect(await made.run("curl -s localhost:8001/api/v1/namespaces/default | head -4")).toMatch(
    /^\{\n {2}"apiVersion": "v1",\n {2}"kind": "Namespace",\n {2}"metadata": \{\n/,
  );
  expect(await made.run("curl -s localhost:8001/api/v1/namespaces/default | jq -r .metadata.name")).toContain(
    "default\n",
  );
  const create = `curl -s -X POST -H 'Content-Type: application/json' -d '{"metadata":{"name":"x"},"data":{"a":"b"}}' localhost:8001/api/v1/namespaces/default/configmaps > /dev/null`;
  await made.run(create);
  expect(await made.run("kubectl get cm x -o jsonpath={.data.a}")).toMatch(/^b/);
  expect(await made.run("curl -s localhost:8001/api/v1/namespaces/default/pods/x/exec")).toMatch(
    /^Forbidden\n/,
  );
  expect(await made.run("curl -s -o /dev/null -w '%{http_code}\\n' localhost:8001/api/v1/foo")).toMatch(
    /^404\n/,
  );
  expect(await made.run("kubectl proxy; echo $?")).toMatch(
    /^error: listen tcp 127.0.0.1:8001: bind: address already in use\n1\n/,
  );
  await made.run("kill %1; sleep 1");
  expect(await made.run("curl -s localhost:8001/api; echo $?")).toMatch(/7\n/);
  await made.run("kubectl proxy --port=9000 --api-prefix=/k8s --reject-methods=POST &");
  await made.pass(1000);
  expect(await made.run("curl -s localhost:9000/k8s/version | jq -r .gitVersion")).toContain("v1.35.4\n");
  expect(await made.run("curl -s localhost:9000/version")).toMatch(/^404 page not found\n/);
  expect(await made.run("curl -s -X POST localhost:9000/k8s/version")).toMatch(/^Forbidden\n/);
});

test("SHELL-18: actions of a link that name nothing that is there do no harm", async () => {
  const made = await desk();
  const { act } = made.workstation.door;
  const to = { ip: "10.96.0.1", port: 1 };
  for (const [call, spec] of [
    ["exchange", { connection: 99, request: { method: "GET", path: "/", headers: {}, body: "" } }],
    ["http", { url: "::", method: "GET", headers: {} }],
    [
      "http",
      {
        url: "http://x",
        method: "GET",
        headers: {},
        resolve: {},
        program: "curl",
        latency: "real",
        traced: true,
      },
    ],
    ["resolve", { name: "" }],
    ["connect", { to, protocol: "TCP", latency: "real" }],
    ["datagram", { to, payload: "x", latency: "real" }],
    ["ping", { ip: "nowhere", timeoutMs: 1 }],
  ] as const)
    act({ type: "workstation", do: "call", id: 1, call, spec: spec as never });
  act({ type: "workstation", do: "disconnect", connection: 77 });
  act({ type: "workstation", do: "forward", id: 3, namespace: "no", pod: "no", localPort: 80, port: 80 });
  act({ type: "workstation", do: "stopForward", id: 4 });
  act({
    type: "openSession",
    session: "x",
    namespace: "no",
    pod: "no",
    command: ["sh"],
    stdin: true,
    tty: true,
  });
  act({ type: "typeIntoSession", session: "nothing", text: "x" });
  act({ type: "interruptSession", session: "x" });
  act({ type: "closeSession", session: "y" });
  made.cluster.advance(20_000);
  expect(await made.run("echo alive")).toBe(`alive\n${P}`);
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
