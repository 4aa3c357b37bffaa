// Which Ingresses count and which rule a request meets, as ingress-nginx behaves.
import { expect, test } from "vitest";
import { lab } from "../clients/testing/lab.ts";
import { ingress } from "../clients/testing/objects.ts";
import { NGINX, path, rule, spec, world } from "./fixtures/world.ts";

test("ING-1: a request goes by host and path straight to a pod, which sees the controller as its client", () => {
  const { short } = world(ingress("shop", spec(rule("shop.example.com", path("/", "a"), path("/b", "b")))));
  expect(short("http://shop.example.com/x?y=1")).toBe("200 a-1 10.244.0.80 /x?y=1");
  expect(short("http://shop.example.com/b/x")).toBe("200 b-1 10.244.0.80 /b/x");
  expect(short("http://SHOP.example.com:80/")).toBe("200 a-1 10.244.0.80 /");
});

test("ING-2: a host or path that no rule has is nginx' own 404", () => {
  const { get, short } = world(ingress("shop", spec(rule("shop.example.com", path("/b", "b")))));
  expect(short("http://other.test/")).toBe("404 Not Found");
  expect(short("http://shop.example.com/")).toBe("404 Not Found");
  expect(short("http://203.0.113.80/")).toBe("404 Not Found");
  expect(get("http://other.test/")).toMatchObject({
    status: 404,
    headers: { "Content-Type": "text/html" },
    body: "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
  });
});

test("ING-3: Exact, Prefix by elements, ImplementationSpecific by text; exact first, then the longest", () => {
  const { short } = world(
    ingress(
      "shop",
      spec(
        rule(
          "shop.example.com",
          path("/foo", "a"),
          path("/foo/bar", "b"),
          path("/foo", "b", "Exact"),
          path("/imp", "a", "ImplementationSpecific"),
          path("/slash/", "a"),
        ),
      ),
    ),
  );
  const to = (target: string): string => short(`http://shop.example.com${target}`).slice(0, 5);
  expect(
    ["/foo", "/foo/", "/foo/x", "/foo/bar", "/foo/barx", "/foobar", "/implement", "/slash", "/slash/y"].map(
      to,
    ),
  ).toEqual(["200 b", "200 a", "200 a", "200 b", "200 a", "404 N", "200 a", "200 a", "200 a"]);
});

test("ING-4: an exact host wins over a wildcard, which stands for one label; without host it is for all others", () => {
  const { short } = world(
    ingress("hosts", spec(rule("*.example.com", path("/", "a")), rule("shop.example.com", path("/", "b")))),
    ingress("rest", spec(rule(undefined, path("/any", "b")))),
  );
  expect(short("http://x.example.com/")).toBe("200 a-1 10.244.0.80 /");
  expect(short("http://shop.example.com/")).toBe("200 b-1 10.244.0.80 /");
  expect(short("http://y.x.example.com/")).toBe("404 Not Found");
  expect(short("http://other.test/any")).toBe("200 b-1 10.244.0.80 /any");
  expect(short("http://shop.example.com/any")).toBe("200 b-1 10.244.0.80 /any");
});

test("ING-5: a default backend serves what its hosts leave open, or without rules all hosts that nobody has", () => {
  const backend = { service: { name: "b", port: { number: 80 } } };
  const { short } = world(
    ingress("shop", { ...spec(rule("shop.example.com", path("/a", "a"))), defaultBackend: backend }),
    ingress("all", {
      ingressClassName: "nginx",
      defaultBackend: { service: { name: "a", port: { number: 80 } } },
    }),
  );
  expect(short("http://shop.example.com/a")).toBe("200 a-1 10.244.0.80 /a");
  expect(short("http://shop.example.com/z")).toBe("200 b-1 10.244.0.80 /z");
  expect(short("http://other.test/z")).toBe("200 a-1 10.244.0.80 /z");
});

test("ING-6: only Ingresses of its class, by name or by the older annotation", () => {
  const made = world(
    ingress("mine", spec(rule("shop.example.com", path("/", "a")))),
    ingress("theirs", { ...spec(rule("x.example.com", path("/", "a"))), ingressClassName: "other" }),
    ingress("nobodys", { rules: [rule("other.test", path("/", "a"))] }),
    ingress(
      "old",
      { rules: [rule("y.x.example.com", path("/", "a"))] },
      { "kubernetes.io/ingress.class": "nginx" },
    ),
  );
  expect(
    ["shop.example.com", "x.example.com", "other.test", "y.x.example.com"].map((host) =>
      made.short(`http://${host}/`).slice(0, 3),
    ),
  ).toEqual(["200", "404", "404", "200"]);
});

test("ING-7: its address stands in the status, and an Event says that it was scheduled", () => {
  const made = world(
    ingress("mine", spec(rule("shop.example.com", path("/", "a")))),
    ingress("theirs", { ...spec(rule("x.example.com", path("/", "a"))), ingressClassName: "other" }),
  );
  const status = (name: string) => made.context.api.get("Ingress", "default", name)?.status;
  expect(status("mine")).toEqual({ loadBalancer: { ingress: [{ ip: "203.0.113.80" }] } });
  expect(status("theirs")).toEqual({ loadBalancer: {} });
  expect(
    made.events.map(({ involvedObject, type, reason, message, component }) => [
      involvedObject.metadata.name,
      type,
      reason,
      message,
      component,
    ]),
  ).toEqual([
    ["mine", "Normal", "Sync", "Scheduled for sync", "nginx-ingress-controller"],
    ["mine", "Normal", "Sync", "Scheduled for sync", "nginx-ingress-controller"],
  ]);
});

test("ING-14: rewrite-target replaces the path, with capture groups of an expression", () => {
  const annotations = { [`${NGINX}rewrite-target`]: "/$2", [`${NGINX}use-regex`]: "true" };
  const made = world(
    ingress(
      "shop",
      spec(rule("shop.example.com", path("/api(/|$)(.*)", "a", "ImplementationSpecific"))),
      annotations,
    ),
    ingress("plain", spec(rule("x.example.com", path("/old", "b"))), { [`${NGINX}rewrite-target`]: "/" }),
  );
  expect(made.short("http://shop.example.com/api/v1/x?q=1")).toBe("200 a-1 10.244.0.80 /v1/x?q=1");
  expect(made.short("http://shop.example.com/api")).toBe("200 a-1 10.244.0.80 /");
  expect(made.short("http://shop.example.com/apix")).toBe("404 Not Found");
  expect(made.short("http://x.example.com/old/deep?q")).toBe("200 b-1 10.244.0.80 /?q");
});

test("ING-16: a path belongs to the oldest Ingress that claims it", () => {
  const young = ingress("a-young", spec(rule("shop.example.com", path("/", "b"))));
  const made = world(
    { ...young, metadata: { ...young.metadata, creationTimestamp: "2026-03-02T09:10:00Z" } },
    ingress("b-old", spec(rule("shop.example.com", path("/", "a")))),
  );
  expect(made.short("http://shop.example.com/")).toBe("200 a-1 10.244.0.80 /");
});

test("ING-18: without the controller nothing is at its address", () => {
  const made = lab({ ingressController: false });
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  expect(made.curl("http://203.0.113.80/", { from: "outside:ann", maxTimeMs: 1000 })).toBe(
    "(28) Connection timed out after 1001 milliseconds",
  );
});
