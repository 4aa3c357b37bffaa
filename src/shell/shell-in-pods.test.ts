import { expect, test } from "vitest";
import { openDesk, openDeskWithKubia, P, type Desk } from "./testing.ts";

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const desk = (): Promise<Desk> => openDesk(turn);
const withKubia = (): Promise<Desk> => openDeskWithKubia(turn);

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
