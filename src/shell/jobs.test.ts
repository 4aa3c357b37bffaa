import { expect, test } from "vitest";
import { createDesk, type Desk } from "./testing.ts";

const P = "workstation:~$ ";

async function desk(): Promise<Desk> {
  const made = createDesk({}, () => new Promise((resolve) => setTimeout(resolve, 0)));
  await made.open("one");
  return made;
}

test("SHELL-26: jobs of the workstation: in the background, stopped by Ctrl-Z, brought back", async () => {
  const made = await desk();
  expect(await made.run("kubectl get nodes -w >nodes.txt &")).toMatch(/^\[1\] \d+\nworkstation:~\$ $/);
  expect(await made.run("jobs")).toBe(
    `[1]+  Running                 kubectl get nodes -w >nodes.txt &\n${P}`,
  );
  expect(await made.run("kill %1")).toMatch(/Terminated +kubectl get nodes -w >nodes.txt\nworkstation:~\$ $/);
  expect(await made.run("sleep 3", "one", 500)).toBe("");
  made.workstation.suspend("one");
  expect(await made.pass(10)).toBe(`\n[1]+  Stopped                 sleep 3\n${P}`);
  expect(await made.run("fg")).toBe(`sleep 3\n${P}`);
});

test("SHELL-27: tcpdump sees the workstation's own packets until Ctrl-C", async () => {
  const made = await desk();
  const shown = await made.run(
    "tcpdump -nnt -c 2 tcp port 80 & sleep 0.1; curl -s -o /dev/null http://example.com; wait",
  );
  expect(shown.replaceAll(/ options \[[^\]]*\],/g, "").replaceAll(/seq \d+|ack \d+/g, "#")).toBe(
    `[1] 3
tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
IP 198.51.100.20.32770 > 198.51.100.80.80: Flags [S], #, win 64240, length 0
IP 198.51.100.80.80 > 198.51.100.20.32770: Flags [S.], #, #, win 65160, length 0
2 packets captured
2 packets received by filter
0 packets dropped by kernel
[1]+  Done                    tcpdump -nnt -c 2 tcp port 80
${P}`,
  );
  expect(await made.run("tcpdump -i lo", "one", 100)).toMatch(/^tcpdump: verbose/);
  made.workstation.interrupt("one");
  expect(await made.pass(10)).toBe(
    `\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n${P}`,
  );
});

test("SHELL-28: a certificate that openssl makes serves an Ingress's host, and curl trusts it with --cacert", async () => {
  const made = await desk();
  await made.run(
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 365 -subj /CN=kubia.example.com 2>/dev/null",
  );
  expect(await made.run("kubectl create secret tls cert --cert=c --key=k")).toBe(`secret/cert created\n${P}`);
  await made.run(
    "kubectl create deployment kubia --image=luksa/kubia --port=8080 && kubectl expose deployment kubia --port=80 --target-port=8080",
  );
  await made.run(
    "kubectl create ingress kubia --class=nginx --rule='kubia.example.com/*=kubia:80,tls=cert' && sleep 20",
  );
  const curl = "curl -sS --resolve kubia.example.com:443:203.0.113.80";
  expect(await made.run(`${curl} https://kubia.example.com 2>&1 | head -1`)).toBe(
    `curl: (60) SSL certificate problem: self-signed certificate\n${P}`,
  );
  expect(await made.run(`${curl} --cacert c https://kubia.example.com`)).toMatch(/^You've hit kubia-/);
  expect(
    await made.run(
      "openssl s_client -connect 203.0.113.80:443 -servername kubia.example.com </dev/null 2>/dev/null | openssl x509 -noout -subject",
    ),
  ).toBe(`subject=CN = kubia.example.com\n${P}`);
});
