import { expect, test } from "vitest";
import { CLUSTER_CA } from "../../tls/cluster-authority.ts";
import { createLab, type Lab } from "../testing.ts";

const NETSHOOT = "nicolaka/netshoot";

/** Names resolve, port 443 shows a certificate, port 80 has none, port 81 refuses, and .2 answers pings. */
function lab(image: string): { lab: Lab; sh: (script: string) => string } {
  const made = createLab();
  made.reply = (what, spec): ReturnType<Lab["reply"]> => {
    const to = spec["to"] as { port: number } | undefined;
    if (what === "resolve" && spec["name"] === "nowhere")
      return { answer: { outcome: "notFound", elapsedMs: 1 } };
    if (what === "resolve")
      return {
        answer: {
          outcome: "resolved",
          addresses: ["10.96.0.9"],
          name: "web.default.svc.cluster.local.",
          elapsedMs: 1,
        },
      };
    if (what === "connect" && to?.port === 81)
      return { answer: { outcome: "refused", place: null, elapsedMs: 1 } };
    if (what === "connect")
      return {
        answer: {
          outcome: "connected",
          connection: to!.port,
          local: "a:1",
          remote: "b:2",
          elapsedMs: 1,
          tls: null,
        },
      };
    if (what === "exchange")
      return {
        answer: { outcome: "response", status: 200, headers: { A: "b" }, body: "hi\n", elapsedMs: 1 },
      };
    if (what === "ping" && String(spec["ip"]).startsWith("10.244."))
      return { answer: { outcome: "answer", ttl: 62, elapsedMs: 0.2 } };
    return { answer: { outcome: "timeout", elapsedMs: 1 } };
  };
  made.certificate = (connection) =>
    connection === 443
      ? { subject: "O=Acme Co; CN=web", issuer: "CN=kubernetes", names: ["web", "10.96.0.9"] }
      : undefined;
  const { id } = made.run({ image, command: ["sleep", "1000000"] });
  made.runtime.writeFile(id, "/tmp/ca.crt", CLUSTER_CA);
  return { lab: made, sh: (script) => made.sh(id, script) };
}

test("SH-12: openssl s_client and x509 show a server's certificate and the verdict on it", () => {
  const { sh } = lab(NETSHOOT);
  expect(
    sh(
      "openssl s_client -connect web:443 </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName",
    ),
  ).toBe(`subject=O = Acme Co, CN = web
issuer=CN = kubernetes
notBefore=Mar  1 09:00:00 2026 GMT
notAfter=Mar  1 09:00:00 2027 GMT
X509v3 Subject Alternative Name: 
    DNS:web, IP Address:10.96.0.9
`);
  expect(sh("openssl s_client -connect web:443 </dev/null 2>&1 >/dev/null")).toBe(
    "depth=1 CN = kubernetes\nverify error:num=19:self-signed certificate in certificate chain\nverify return:1\ndepth=1 CN = kubernetes\nverify return:1\ndepth=0 O = Acme Co, CN = web\nverify return:1\n",
  );
  expect(sh("echo Q | openssl s_client -CAfile /tmp/ca.crt -connect web:443 2>/dev/null | tail -3")).toBe(
    "Verify return code: 0 (ok)\n---\nDONE\n",
  );
  expect(sh("openssl s_client -connect 10.96.0.9:80 2>/dev/null </dev/null | sed -n 3p")).toBe(
    "no peer certificate available\n",
  );
  expect(sh("openssl s_client -connect web:81 2>&1 | tail -1")).toBe("connect:errno=111\n");
  expect(
    sh("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect web:443 2>/dev/null"),
  ).toBe("HTTP/1.1 200 OK\r\nA: b\r\n\r\nhi\n");
});

test("SH-12: openssl req makes a certificate that signs itself, for a Secret", () => {
  const { sh } = lab(NETSHOOT);
  const make =
    "cd /tmp; openssl genrsa -out k 2048; openssl req -new -x509 -key k -out c -days 360 -subj /CN=kubia.example.com";
  expect(sh(`${make}; head -1 k c; openssl x509 -in c -noout -subject -enddate -checkend 60`)).toBe(
    "==> k <==\n-----BEGIN PRIVATE KEY-----\n\n==> c <==\n-----BEGIN CERTIFICATE-----\nsubject=CN = kubia.example.com\nnotAfter=Feb 25 09:00:00 2027 GMT\nCertificate will not expire\n",
  );
  expect(sh("openssl x509 -in /etc/passwd 2>&1")).toBe(
    "Could not read certificate from /etc/passwd\nUnable to load certificate\n[exit 1]",
  );
});

test("SH-13: telnet in netkit's and in busybox's words", () => {
  const { sh } = lab(NETSHOOT);
  expect(sh("telnet web 80 </dev/null")).toBe(
    "Trying 10.96.0.9...\nConnected to web.default.svc.cluster.local.\nEscape character is '^]'.\n[stderr] Connection closed by foreign host.\n[exit 1]",
  );
  expect(sh("telnet 10.96.0.9 81")).toBe(
    "Trying 10.96.0.9...\n[stderr] telnet: Unable to connect to remote host: Connection refused\n[exit 1]",
  );
  expect(sh("telnet nowhere 80")).toBe(
    "[stderr] telnet: could not resolve nowhere/80: Name or service not known\n[exit 1]",
  );
  expect(sh("printf 'GET / HTTP/1.1\\r\\n\\r\\n' | telnet web 80 2>/dev/null | tail -4")).toBe(
    "HTTP/1.1 200 OK\r\nA: b\r\n\r\nhi\n",
  );
  const box = lab("busybox");
  expect(box.sh("telnet web 81")).toBe(
    "[stderr] telnet: can't connect to remote host (10.96.0.9): Connection refused\n[exit 1]",
  );
});

test("SH-13: traceroute shows the nodes on the way, and stars where nobody answers", () => {
  const { sh } = lab(NETSHOOT);
  const times = (text: string): string => text.replaceAll(/ {2}[\d.]+ ms/g, "");
  expect(times(sh("traceroute 10.244.2.7"))).toBe(
    "traceroute to 10.244.2.7 (10.244.2.7), 30 hops max, 60 byte packets\n 1  10.244.1.1 (10.244.1.1)\n 2  192.168.8.12 (192.168.8.12)\n 3  10.244.2.7 (10.244.2.7)\n",
  );
  expect(times(sh("traceroute -n -m 3 web"))).toBe(
    "traceroute to web (10.96.0.9), 3 hops max, 60 byte packets\n 1  10.244.1.1\n 2  * * *\n 3  * * *\n",
  );
});
