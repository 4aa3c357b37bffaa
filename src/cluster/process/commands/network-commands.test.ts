import { expect, test } from "vitest";
import type { HttpResult } from "../../http-client/types.ts";
import { CLUSTER_CA } from "../../tls/cluster-authority.ts";
import { createLab, type Lab } from "../testing.ts";

type Spec = { [key: string]: unknown };

/** A lab with a container that has all tools, whose HTTP calls, look-ups and connections are answered as said. */
function lab(image: string, reply: (what: string, spec: Spec) => Spec | undefined): { lab: Lab; id: string } {
  const made = createLab();
  made.reply = (what, spec) => {
    const answer = reply(what, spec);
    return answer ? { answer: answer as never, delayMs: 1 } : undefined;
  };
  return { lab: made, id: made.run({ image, command: ["sleep", "1000000"] }).id };
}

const page = (body: string, status = 200, headers: Record<string, string> = {}): HttpResult => ({
  ok: true,
  journey: null,
  status,
  headers,
  body,
  remote: "10.96.0.5:80",
  local: "10.244.1.5:40000",
  elapsedMs: 1,
  reused: false,
});

const broken = (failure: string, exit: number, text: string): Spec => ({
  ok: false,
  journey: null,
  failure,
  text,
  exit,
  elapsedMs: 1,
});

const NETSHOOT = "nicolaka/netshoot";

test("SH-2: curl prints bodies, headers and errors as its options say, and ends with the failure's code", () => {
  const { lab: made, id } = lab(NETSHOOT, (_what, spec) =>
    spec["url"] === "http://empty"
      ? broken("refused", 7, "Failed to connect to empty port 80 after 1 ms: Couldn't connect to server")
      : (page("You've hit kubia\n", 200, { Date: "today" }) as Spec),
  );
  expect(made.sh(id, "curl -sS http://kubia")).toBe("You've hit kubia\n");
  expect(made.sh(id, "curl -si http://kubia")).toBe(
    "HTTP/1.1 200 OK\r\nDate: today\r\n\r\nYou've hit kubia\n",
  );
  expect(made.sh(id, "curl -sSI http://kubia")).toBe("HTTP/1.1 200 OK\r\nDate: today\r\n\r\n");
  expect(made.sh(id, "curl -s -o /dev/null -w '%{http_code} %{num_connects}\\n' http://kubia")).toBe(
    "200 1\n",
  );
  expect(made.sh(id, "curl -s -o f http://kubia; cat f")).toBe("You've hit kubia\n");
  expect(made.sh(id, "curl -sS http://empty")).toBe(
    "[stderr] curl: (7) Failed to connect to empty port 80 after 1 ms: Couldn't connect to server\n[exit 7]",
  );
  expect(made.sh(id, "curl -s http://empty")).toBe("[exit 7]");
  expect(made.sh(id, "curl -s -w '%{http_code}' http://empty")).toBe("000[exit 7]");
  expect(made.sh(id, "curl --nosuch")).toBe(
    "[stderr] curl: option --nosuch: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n[exit 2]",
  );
  expect(made.sh(id, "curl")).toBe(
    "[stderr] curl: try 'curl --help' or 'curl --manual' for more information\n[exit 2]",
  );
});

test("SH-3: curl's method, headers, body, limits and --resolve reach the HTTP client", () => {
  const { lab: made, id } = lab(NETSHOOT, () => page("ok") as Spec);
  made.sh(
    id,
    "curl -s -X PUT -H 'Host: a.com' -d a=1 -d b=2 -m 3 --connect-timeout 0.5 --resolve a.com:80:10.0.0.1 -k https://a.com/x",
  );
  const { spec } = made.asked[0]!;
  expect(spec).toMatchObject({
    from: "pod:uid-1",
    program: "curl",
    method: "PUT",
    url: "https://a.com/x",
    body: "a=1&b=2",
    maxTimeMs: 3000,
    connectTimeoutMs: 500,
    insecure: true,
    resolve: { "a.com:80": "10.0.0.1" },
    curlVersion: "7.88.1",
    headers: {
      host: "a.com",
      "user-agent": "curl/7.88.1",
      accept: "*/*",
      "content-length": "7",
      "content-type": "application/x-www-form-urlencoded",
    },
  });
});

test("SH-4: curl follows redirects with -L, fails with -f, retries, and keeps cookies", () => {
  let calls = 0;
  const { lab: made, id } = lab(NETSHOOT, (_what, spec) => {
    calls++;
    if (spec["url"] === "http://a/old") return page("", 302, { Location: "/new" }) as Spec;
    if (spec["url"] === "http://a/flaky" && calls < 3) return page("wait", 503) as Spec;
    if (spec["url"] === "http://a/login") return page("in\n", 200, { "Set-Cookie": "id=7; Path=/" }) as Spec;
    const cookie = (spec["headers"] as Record<string, string>)["cookie"];
    return page(
      `${String(spec["url"])} ${cookie ?? "-"}\n`,
      spec["url"] === "http://a/none" ? 404 : 200,
    ) as Spec;
  });
  expect(made.sh(id, "curl -sL -w '%{num_redirects}' http://a/old")).toBe("http://a/new -\n1");
  expect(made.sh(id, "curl -sSf http://a/none")).toBe(
    "[stderr] curl: (22) The requested URL returned error: 404\n[exit 22]",
  );
  calls = 0;
  expect(made.sh(id, "curl -s --retry 5 http://a/flaky")).toBe("http://a/flaky -\n");
  expect(calls).toBe(3);
  expect(made.sh(id, "curl -s -c jar http://a/login; curl -s -b jar http://a/x")).toBe(
    "in\nhttp://a/x id=7\n",
  );
});

test("SH-5: curl expands URL patterns and spreads transfers with --rate", () => {
  const { lab: made, id } = lab(NETSHOOT, (_what, spec) => page(`${String(spec["url"])}\n`) as Spec);
  expect(made.sh(id, "curl -s 'http://web/{hostname,echo}?[1-2]'")).toBe(
    "http://web/hostname?1\nhttp://web/hostname?2\nhttp://web/echo?1\nhttp://web/echo?2\n",
  );
  const before = made.machine.state.now;
  made.sh(id, "curl -s --rate 2/s 'http://web/?[1-5]'");
  expect(made.machine.state.now - before).toBe(2011);
});

test("SH-6: wget in GNU's and in busybox's words", () => {
  const reply = (what: string, spec: Spec): Spec => {
    if (what === "resolve")
      return { outcome: "resolved", addresses: ["10.96.0.9"], name: "empty.", elapsedMs: 1 };
    const url = String(spec["url"]);
    if (url.includes("empty")) return broken("refused", 7, "Failed to connect");
    if (url.includes("nowhere")) return broken("dns", 6, "Could not resolve host: nowhere");
    return page("hello\n", url.includes("none") ? 404 : 200) as Spec;
  };
  const gnu = lab(NETSHOOT, reply);
  const run = (made: { lab: Lab; id: string }, script: string): string => made.lab.sh(made.id, script);
  expect(run(gnu, "wget -qO- http://kubia")).toBe("hello\n");
  expect(run(gnu, "wget -nv -O- http://kubia")).toBe(
    'hello\n[stderr] 2026-03-02 09:00:00 URL:http://kubia/ [6] -> "-" [1]\n',
  );
  expect(run(gnu, "wget -nv -O- http://nowhere")).toBe(
    "[stderr] wget: unable to resolve host address 'nowhere'\n[exit 4]",
  );
  expect(run(gnu, "wget -T 2 -t 1 -O- http://empty")).toBe(
    "[stderr] --2026-03-02 09:00:00--  http://empty/\nResolving empty (empty)... 10.96.0.9\nConnecting to empty (empty)|10.96.0.9|:80... failed: Connection refused.\n[exit 4]",
  );
  expect(run(gnu, "wget -q http://kubia/none")).toBe("[exit 8]");
  const box = lab("busybox", reply);
  expect(run(box, "wget -qO- kubia")).toBe("hello\n");
  expect(run(box, "wget -q -O- http://empty")).toBe(
    "[stderr] wget: can't connect to remote host (10.96.0.9): Connection refused\n[exit 1]",
  );
  expect(run(box, "wget -q -O- http://nowhere")).toBe("[stderr] wget: bad address 'nowhere'\n[exit 1]");
  expect(run(box, "wget -O- http://none")).toBe(
    "[stderr] Connecting to none (10.96.0.5:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n[exit 1]",
  );
});

test("SH-7: nc -z tells open from refused from silent, in both families' words", () => {
  const reply = (what: string, spec: Spec): Spec => {
    if (what === "resolve") {
      return spec["name"] === "nowhere"
        ? { outcome: "notFound", elapsedMs: 1 }
        : { outcome: "resolved", addresses: ["10.96.0.9"], name: "kubia.", elapsedMs: 1 };
    }
    const port = (spec["to"] as { port: number }).port;
    if (port === 80)
      return { outcome: "connected", connection: 1, local: "a:1", remote: "b:2", elapsedMs: 1 };
    return { outcome: port === 81 ? "timeout" : "refused", place: null, elapsedMs: 1 };
  };
  const gnu = lab(NETSHOOT, reply);
  expect(gnu.lab.sh(gnu.id, "nc -zv -w 2 kubia 80")).toBe(
    "[stderr] Connection to kubia (10.96.0.9) 80 port [tcp/http] succeeded!\n",
  );
  expect(gnu.lab.sh(gnu.id, "nc -zv -w 2 kubia 81")).toBe(
    "[stderr] nc: connect to kubia (10.96.0.9) port 81 (tcp) timed out: Operation now in progress\n[exit 1]",
  );
  expect(gnu.lab.sh(gnu.id, "nc -zv -w 2 127.0.0.1 1")).toBe(
    "[stderr] nc: connect to 127.0.0.1 port 1 (tcp) failed: Connection refused\n[exit 1]",
  );
  expect(gnu.lab.sh(gnu.id, "nc -zv -w 2 nowhere 80")).toBe(
    '[stderr] nc: getaddrinfo for host "nowhere" port 80: Name or service not known\n[exit 1]',
  );
  const box = lab("busybox", reply);
  expect(box.lab.sh(box.id, "nc -zv -w 2 kubia 80")).toBe("[stderr] kubia (10.96.0.9:80) open\n");
  expect(box.lab.sh(box.id, "nc -w 2 nowhere 80 </dev/null")).toBe(
    "[stderr] nc: bad address 'nowhere'\n[exit 1]",
  );
});

test("SH-8: ping prints answers and losses as iputils and busybox do", () => {
  const reply = (_what: string, spec: Spec): Spec =>
    spec["ip"] === "10.244.2.71"
      ? { outcome: "answer", ttl: 62, elapsedMs: 0.15 }
      : { outcome: "timeout", elapsedMs: 1000 };
  const gnu = lab(NETSHOOT, reply);
  expect(gnu.lab.sh(gnu.id, "ping -c 2 -W 1 10.244.2.71")).toBe(
    "PING 10.244.2.71 (10.244.2.71) 56(84) bytes of data.\n64 bytes from 10.244.2.71: icmp_seq=1 ttl=62 time=0.150 ms\n64 bytes from 10.244.2.71: icmp_seq=2 ttl=62 time=0.150 ms\n\n--- 10.244.2.71 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 1000ms\nrtt min/avg/max/mdev = 0.150/0.150/0.150/0.000 ms\n",
  );
  const box = lab("busybox", reply);
  expect(box.lab.sh(box.id, "ping -c 1 -W 1 10.96.0.1")).toBe(
    "PING 10.96.0.1 (10.96.0.1): 56 data bytes\n\n--- 10.96.0.1 ping statistics ---\n1 packets transmitted, 0 packets received, 100% packet loss\n[exit 1]",
  );
  const filtered = (): Spec => ({ outcome: "unreachable", from: "10.0.0.1", elapsedMs: 0, notSent: true });
  const node = lab(NETSHOOT, filtered);
  expect(node.lab.sh(node.id, "ping -c 1 -W 1 10.96.0.1")).toBe(
    "PING 10.96.0.1 (10.96.0.1) 56(84) bytes of data.\nFrom 10.0.0.1 icmp_seq=1 Destination Port Unreachable\n\n--- 10.96.0.1 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n[stderr] ping: sendmsg: Operation not permitted\n[exit 1]",
  );
  const nodeBox = lab("busybox", filtered);
  expect(nodeBox.lab.sh(nodeBox.id, "ping -c 1 -W 1 10.96.0.1")).toBe(
    "PING 10.96.0.1 (10.96.0.1): 56 data bytes\n[stderr] ping: sendto: Operation not permitted\n[exit 1]",
  );
  // Unanswered packets follow each other every second all the same; the last one is waited for ten seconds.
  const waits: unknown[] = [];
  const silent = lab(NETSHOOT, (_what, spec) => {
    waits.push(spec["timeoutMs"]);
    return { outcome: "timeout", elapsedMs: 1000 };
  });
  expect(silent.lab.sh(silent.id, "ping -c 3 10.96.0.1")).toBe(
    "PING 10.96.0.1 (10.96.0.1) 56(84) bytes of data.\n\n--- 10.96.0.1 ping statistics ---\n3 packets transmitted, 0 received, 100% packet loss, time 2000ms\n\n[exit 1]",
  );
  expect(waits).toEqual([1000, 1000, 10_000]);
});

test("SH-9: servers written with httpd and nc answer requests", () => {
  const made = createLab();
  made.run({ command: ["httpd", "-f", "-p", "127.0.0.1:8080", "-h", "/etc"], hostname: "web" });
  const script =
    "nc -ll -p 9001 -e sleep 60 & nc -ll -p 9002 -e head -n 1 & nc -ll -p 9003 -e sleep 0.3 & nc -ll -p 9004 -e sh -c 'head -n 1 >/dev/null' & wait";
  made.run({ command: ["sh", "-c", script] });
  made.advance(1000);
  expect([...made.listeners.values()].map(({ address, port }) => `${address}:${port}`)).toEqual([
    "127.0.0.1:8080",
    "0.0.0.0:9001",
    "0.0.0.0:9002",
    "0.0.0.0:9003",
    "0.0.0.0:9004",
  ]);
  expect(made.request(8080, "/passwd")).toMatchObject({ status: 200, close: true });
  expect(made.request(8080, "/nothing")).toMatchObject({ status: 404 });
  expect(made.request(9002)).toEqual({ raw: "GET / HTTP/1.1\r\n" });
  expect(made.request(9003)).toEqual({ reset: true });
  expect(made.request(9004)).toEqual({ hangUp: true });
  const before = made.machine.state.now;
  expect(made.request(9001)).toEqual({ reset: true });
  expect(made.machine.state.now - before).toBe(60_000);
});

test("TLS-2: curl --cacert trusts the certificates of the file beside the public ones", () => {
  const { lab: made, id } = lab(NETSHOOT, () => page("ok") as Spec);
  made.runtime.writeFile(id, "/tmp/ca.crt", CLUSTER_CA);
  expect(made.sh(id, "curl -s --cacert /tmp/ca.crt https://kubernetes")).toBe("ok");
  expect(made.asked.at(-1)!.spec["authorities"]).toEqual(["CN=Public CA", "CN=kubernetes"]);
  expect(made.sh(id, "CURL_CA_BUNDLE=/tmp/ca.crt curl -s https://kubernetes")).toBe("ok");
  expect(made.asked.at(-1)!.spec["authorities"]).toEqual(["CN=Public CA", "CN=kubernetes"]);
  expect(made.sh(id, "curl -sS --cacert /nope https://kubernetes")).toBe(
    "[stderr] curl: (77) error setting certificate file: /nope\n[exit 77]",
  );
});

test("SH-2: curl -v shows the way of a request that failed, and -D its answer's head", () => {
  const { lab: made, id } = lab(NETSHOOT, (_what, spec) => {
    if (spec["url"] === "http://kubia") return page("hi\n", 200, { Date: "today" }) as Spec;
    const refused = broken("refused", 7, "Failed to connect to empty port 80 after 0 ms: Couldn't connect");
    if (spec["url"] === "http://empty") return { ...refused, tried: ["10.96.0.9:80"] };
    const silent = broken("empty", 52, "Empty reply from server");
    return { ...silent, tried: ["10.96.0.8:80"], remote: "10.96.0.8:80" };
  });
  expect(made.sh(id, "curl -sv http://empty")).toBe(
    "[stderr] *   Trying 10.96.0.9:80...\n* connect to 10.96.0.9 port 80 failed: Connection refused\n* Failed to connect to empty port 80 after 0 ms: Couldn't connect\n* Closing connection 0\n[exit 7]",
  );
  expect(made.sh(id, "curl -sv http://mute/x")).toBe(
    "[stderr] *   Trying 10.96.0.8:80...\n* Connected to mute (10.96.0.8) port 80 (#0)\n> GET /x HTTP/1.1\n> Host: mute\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n* Empty reply from server\n* Closing connection 0\n[exit 52]",
  );
  expect(made.sh(id, "curl -s -D - -o /dev/null http://kubia")).toBe(
    "HTTP/1.1 200 OK\r\nDate: today\r\n\r\n",
  );
});

test("SH-7: bytes that are no request get a web server's 400", () => {
  const made = createLab();
  made.run({ image: "luksa/kubia" });
  made.advance(2000);
  expect(made.request(8080, "", { method: "", headers: {}, body: "hello\n" })).toEqual({
    raw: "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
  });
});
