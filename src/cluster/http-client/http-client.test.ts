// What curl 7.88.1 says and how it ends for each failure, measured; and how calls are recorded.
import { expect, test } from "vitest";
import { lab, type Lab } from "../clients/testing/lab.ts";
import { endpoint, service, slice } from "../clients/testing/objects.ts";
import type { TraceState } from "../trace/trace.ts";

/** Services web (a pod), empty (no endpoints) and wrong (a port on which nobody listens). */
function world(hopMs = 0.2): Lab & { ip: string } {
  const made = lab({ hopMs });
  const ip = made.pod("web-1", "node-1");
  made.put(service("web", { clusterIP: "10.96.1.1" }));
  made.put(slice("web", [endpoint(ip, "web-1")]));
  made.put(service("empty", { clusterIP: "10.96.1.2" }));
  made.put(slice("empty", []));
  made.put(
    service("wrong", { clusterIP: "10.96.1.3", ports: [{ protocol: "TCP", port: 80, targetPort: 8000 }] }),
  );
  made.put(slice("wrong", [endpoint(ip, "web-1")], [{ name: "", protocol: "TCP", port: 8000 }]));
  made.run(2000);
  return { ...made, ip };
}

const REFUSED = /^\(7\) Failed to connect to (\S+) port (\d+) after \d ms: Couldn't connect to server$/;

test("HTTP-1: a call by address, and by a Service's name", () => {
  const { curl, ip } = world();
  expect(curl(`http://${ip}:8080/a`)).toBe("web-1 10.244.3.2 /a");
  expect(curl("http://web/b?c=1#d")).toBe("web-1 10.244.3.2 /b?c=1");
  expect(curl("web")).toBe("web-1 10.244.3.2 /");
});

test("HTTP-2: a name that nobody knows is curl's 6", () => {
  const { curl } = world();
  expect(curl("http://nowhere")).toBe("(6) Could not resolve host: nowhere");
  expect(curl("http://web.nowhere")).toBe("(6) Could not resolve host: web.nowhere");
});

test("HTTP-3: refusals are curl's 7 at once, worded by its version", () => {
  const { curl, ip } = world();
  for (const url of ["http://empty", "http://wrong", `${ip}:1`, "http://127.0.0.1:1", "telnet://empty:80"]) {
    expect(curl(url)).toMatch(REFUSED);
  }
  expect(curl("http://empty", { curlVersion: "8.14.1" })).toMatch(
    /^\(7\) Failed to connect to empty port 80 after \d ms: Could not connect to server$/,
  );
});

test("HTTP-4: what hangs ends by --max-time, --connect-timeout, or the kernel's patience", () => {
  const { curl } = world();
  expect(curl("http://web:81", { maxTimeMs: 2000 })).toBe(
    "(28) Connection timed out after 2001 milliseconds",
  );
  expect(curl("https://web", { maxTimeMs: 3000 })).toBe("(28) Connection timed out after 3001 milliseconds");
  expect(curl("http://web:81", { connectTimeoutMs: 2000 })).toBe(
    "(28) Failed to connect to web port 81 after 2000 ms: Timeout was reached",
  );
  expect(curl("http://web:81")).toMatch(
    /^\(28\) Failed to connect to web port 81 after 12\d{4} ms: Couldn't connect to server$/,
  );
  expect(curl("http://web/silent", { maxTimeMs: 2000 })).toBe(
    "(28) Operation timed out after 2000 milliseconds with 0 bytes received",
  );
});

test("HTTP-5: servers that hang up, reset, answer nonsense or too little", () => {
  const { call, curl } = world();
  expect(curl("http://web/hangup")).toBe("(52) Empty reply from server");
  expect(curl("http://web/reset")).toBe("(56) Recv failure: Connection reset by peer");
  expect(call("http://web/raw/nonsense")).toMatchObject({
    ok: false,
    failure: "garbage",
    exit: 1,
    text: "Received HTTP/0.9 when not allowed",
    body: "nonsense",
  });
  const short = encodeURIComponent("HTTP/1.1 200 OK\nContent-Length: 100\n\nx\n");
  expect(call(`http://web/raw/${short}`)).toMatchObject({
    ok: false,
    exit: 18,
    text: "transfer closed with 98 bytes remaining to read",
    body: "x\n",
  });
  const plain = encodeURIComponent("HTTP/1.0 200 OK\r\n\r\nhello");
  expect(curl(`http://web/raw/${plain}`)).toBe("hello");
});

test("HTTP-6: URLs that curl does not take", () => {
  const { curl } = world();
  expect(curl("foo://web")).toBe('(1) Protocol "foo" not supported or disabled in libcurl');
  for (const url of ["http://", "http://web:99999", "http://web:x", "http://a b/"]) {
    expect(curl(url)).toBe("(3) URL using bad/illegal format or missing URL");
  }
});

const DETAILS = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

test("HTTP-7: certificates: self-signed, another name's, taken by -k and by --cacert; no TLS at all", () => {
  const { curl, put, run } = world();
  put(service("api", { type: "ExternalName", externalName: "api.somecompany.com" }));
  run(100);
  const authorities = ["CN=api.somecompany.com"];
  expect(curl("https://api")).toBe(`(60) SSL certificate problem: self-signed certificate${DETAILS}`);
  expect(curl("https://api", { authorities })).toBe(
    `(60) SSL: no alternative certificate subject name matches target host name 'api'${DETAILS}`,
  );
  expect(curl("https://api.somecompany.com", { authorities })).toMatch(
    /^api.somecompany.com: hello from the internet/,
  );
  expect(curl("https://api", { insecure: true })).toMatch(/^api: hello from the internet/);
  expect(curl("https://web:80")).toBe("(35) error:0A00010B:SSL routines::wrong version number");
});

test("HTTP-8: example.com costs four names and eight questions, a Service's short name two", () => {
  const { call, journey } = world();
  const asked = (url: string): string[] => {
    const result = call(url);
    const step = journey(result.journey!).steps.find((item) => item.step === "dns");
    return step?.step === "dns"
      ? step.queries.map(({ type, name, rcode, answer }) => `${type} ${name} ${rcode} ${answer.join()}`)
      : [];
  };
  const both = (name: string, rcode: string, ip = ""): string[] => [
    `A ${name} ${rcode} ${ip}`,
    `AAAA ${name} ${rcode} `,
  ];
  expect(asked("http://example.com")).toEqual([
    ...both("example.com.default.svc.cluster.local", "NXDOMAIN"),
    ...both("example.com.svc.cluster.local", "NXDOMAIN"),
    ...both("example.com.cluster.local", "NXDOMAIN"),
    ...both("example.com", "NOERROR", "198.51.100.80"),
  ]);
  expect(asked("http://web")).toEqual(both("web.default.svc.cluster.local", "NOERROR", "10.96.1.1"));
  expect(asked("http://web.default.svc.cluster.local").length).toBe(8);
  expect(asked("http://web.default.svc.cluster.local.").length).toBe(2);
  expect(asked("http://nowhere").length).toBe(8);
});

test("HTTP-9: /etc/hosts comes first: in a pod named like a Service the name is the pod itself", () => {
  const made = world();
  made.pod("empty", "node-2", {}, null);
  expect(made.curl("http://empty", { from: "pod:empty" })).toMatch(REFUSED);
  const result = made.call("http://empty", { from: "pod:empty" });
  expect(made.journey(result.journey!).steps[0]).toMatchObject({
    step: "dns",
    name: "empty",
    queries: [],
    result: "10.244.2.2",
    source: "hosts",
  });
});

test("HTTP-10: with fewer dots than ndots the search list comes first, else last; -4 asks for no AAAA", () => {
  const made = world();
  const host = "pod:client";
  const names = (url: string, ndots: number, ipv4Only = false): string[] => {
    made.context.network.setResolver(host, { ...made.context.network.resolverOf(host), ndots });
    const result = made.call(url, { ipv4Only });
    const step = made.journey(result.journey!).steps.find((item) => item.step === "dns");
    return step?.step === "dns" ? step.queries.map(({ name }) => name) : [];
  };
  expect(names("http://example.com", 1)).toEqual(["example.com", "example.com"]);
  expect(names("http://web", 1, true)).toEqual(["web.default.svc.cluster.local"]);
  expect(names("http://web.default", 1, true)).toEqual([
    "web.default",
    "web.default.default.svc.cluster.local",
    "web.default.svc.cluster.local",
  ]);
});

test("HTTP-11: a name server that is silent: as often as the host says, then 6; --max-time may come first", () => {
  const made = world();
  const host = "pod:client";
  const resolver = {
    ...made.context.network.resolverOf(host),
    nameservers: ["10.96.0.250"],
    searches: ["svc.cluster.local"],
  };
  made.context.network.setResolver(host, { ...resolver, timeoutMs: 1000, attempts: 1 });
  expect(made.call("http://web", { maxTimeMs: 8000 })).toMatchObject({
    exit: 6,
    text: "Could not resolve host: web",
    elapsedMs: 2000,
  });
  made.context.network.setResolver(host, resolver);
  expect(made.curl("http://web", { maxTimeMs: 8000 })).toBe(
    "(28) Resolving timed out after 8000 milliseconds",
  );
  expect(made.resolve("web")).toEqual({ outcome: "noServer", elapsedMs: 20_000 });
});

test("HTTP-12: calls with one key reuse a connection, and dial again when it has died", () => {
  const made = world();
  const options = { keepAliveKey: "browser" };
  const reused = (path = "/"): boolean | string => {
    const result = made.call(`http://web${path}`, options);
    return result.ok ? result.reused : result.text;
  };
  expect([reused(), reused(), reused()]).toEqual([false, true, true]);
  expect([reused("/close"), reused()]).toEqual([true, false]);
  made.context.http.forget("browser");
  expect([reused(), reused()]).toEqual([false, true]);
  expect(reused("/hangup")).toBe("Empty reply from server");
});

test("HTTP-13: of several addresses the next is tried when one refuses", () => {
  const made = world();
  made.put(
    service("each", { clusterIP: "None", ports: [{ protocol: "TCP", port: 8080, targetPort: 8080 }] }),
  );
  const deaf = made.pod("deaf", "node-2", {}, null);
  made.put(slice("each", [endpoint(deaf, "deaf"), endpoint(made.ip, "web-1")]));
  made.run(1000);
  for (let round = 0; round < 10; round++) expect(made.curl("http://each:8080/")).toBe("web-1 10.244.3.2 /");
});

test("HTTP-14: --resolve replaces the look-up of one host and port", () => {
  const { curl, ip } = world();
  expect(curl("http://shop.example:8080/", { resolve: { "shop.example:8080": ip } })).toBe(
    "web-1 10.244.3.2 /",
  );
  const resolve = { "shop.example:80": ip };
  expect(curl("http://shop.example:8080/", { resolve })).toBe("(6) Could not resolve host: shop.example");
});

test("HTTP-15: curl's own headers, which the caller's replace", () => {
  const { call } = world();
  const sent = (headers: Record<string, string>, body?: string): unknown => {
    const result = call(
      "http://web/headers",
      body === undefined ? { headers } : { headers, body, method: "POST" },
    );
    return result.ok && JSON.parse(result.body);
  };
  expect(sent({})).toEqual({ Host: "web", "User-Agent": "curl/7.88.1", Accept: "*/*" });
  expect(sent({ host: "shop", "X-A": "1" }, "a=b")).toEqual({
    Host: "shop",
    "User-Agent": "curl/7.88.1",
    Accept: "*/*",
    "X-A": "1",
    "Content-Length": "3",
    "Content-Type": "application/x-www-form-urlencoded",
  });
});

test("HTTP-16: a journey begins with the client, looks up the name, and ends with the answer", () => {
  const made = world();
  const result = made.call("http://web/");
  const journey = made.journey(result.journey!);
  expect(journey.client).toEqual({
    place: { kind: "pod", namespace: "default", name: "client" },
    ip: "10.244.3.2",
    program: "curl",
  });
  expect(journey.request).toEqual({
    method: "GET",
    url: "http://web/",
    headers: { Host: "web", "User-Agent": "curl/7.88.1", Accept: "*/*" },
  });
  expect(journey.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(["dns", "service", "endpoints", "choice", "rewrite", "socket", "exchange"]),
  );
  expect(journey.end).toEqual({
    kind: "response",
    at: made.machine.state.now,
    status: 200,
    body: "web-1 10.244.3.2 /",
  });
});

test("HTTP-17: a failed journey ends with curl's words and where it stopped", () => {
  const made = world();
  const end = (url: string, options = {}) => made.journey(made.call(url, options).journey!).end;
  expect(end("http://nowhere")).toMatchObject({
    kind: "failure",
    failure: "dns",
    exit: 6,
    place: { kind: "pod", name: "client" },
  });
  expect(end("http://wrong")).toMatchObject({
    failure: "refused",
    exit: 7,
    place: { kind: "pod", name: "web-1" },
  });
  expect(end("http://empty")).toMatchObject({
    failure: "refused",
    exit: 7,
    place: { kind: "node", name: "node-3" },
  });
  expect(end("http://web:81", { maxTimeMs: 1000 })).toMatchObject({ failure: "timeout", exit: 28 });
  expect(end("https://api.somecompany.com")).toMatchObject({
    failure: "tls",
    text: "SSL certificate problem: self-signed certificate",
  });
});

test("HTTP-18: a browser has its own words and agent", () => {
  const made = world();
  const browser = (url: string, options = {}): string => made.curl(url, { program: "browser", ...options });
  expect(browser("http://nowhere")).toBe("(6) ERR_NAME_NOT_RESOLVED");
  expect(browser("http://empty")).toBe("(7) ERR_CONNECTION_REFUSED");
  expect(browser("https://api.somecompany.com")).toBe("(60) ERR_CERT_AUTHORITY_INVALID");
  expect(JSON.parse(browser("http://web/headers"))).toMatchObject({ Host: "web", Connection: "keep-alive" });
});

test("HTTP-19: calls of a program that ends are cancelled, their journeys too", () => {
  const made = world();
  const { context } = made;
  const basics = { from: "pod:client", program: "curl", method: "GET", headers: {}, traced: true };
  const replyTo = { to: "asker", what: "answer", data: { key: "never" } };
  const url = "http://web/silent";
  context.http.call({ ...basics, url, latency: "visible", keepAliveKey: "curl-1", replyTo });
  made.run(1000);
  context.http.forget("curl-1");
  made.run(1000);
  const { journeys } = made.machine.enter<TraceState>("trace").state;
  expect(context.trace.get([...journeys.keys()].at(-1)!)?.end).toMatchObject({
    kind: "failure",
    failure: "cancelled",
  });
  expect(made.machine.enter<{ answers: Map<string, unknown> }>("asker").state.answers.has("never")).toBe(
    false,
  );
});
