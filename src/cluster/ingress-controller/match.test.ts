import { expect, test } from "vitest";
import type { Ingress } from "#api/ingress/types";
import { match, serverFor } from "./match.ts";
import { makeTable } from "./table.ts";

/** Which path a backend is asked for: "service path", or that no rule fits. */
function asked(paths: Record<string, string>, rewriteTarget?: string): (target: string) => string {
  const ingress: Ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "web",
      namespace: "default",
      uid: "",
      resourceVersion: "",
      creationTimestamp: "",
      annotations: {
        "nginx.ingress.kubernetes.io/use-regex": "true",
        ...(rewriteTarget !== undefined && { "nginx.ingress.kubernetes.io/rewrite-target": rewriteTarget }),
      },
    },
    spec: {
      rules: [
        {
          host: "web.example.com",
          http: {
            paths: Object.entries(paths).map(([path, name]) => ({
              path,
              pathType: "ImplementationSpecific",
              backend: { service: { name, port: { number: 80 } } },
            })),
          },
        },
      ],
    },
    status: { loadBalancer: {} },
  };
  const server = serverFor(makeTable([ingress], new Map()), "web.example.com")!;
  return (target) => {
    const found = match(server, target);
    return found ? `${found.location.backend.service} ${found.path}` : "none";
  };
}

test("ING-14: paths are expressions of PCRE in either case, whose groups the target takes", () => {
  const rest = asked({ "/something(/|$)(.*)": "some", "/api/v(\\d+)/(?!private)(.+)": "api" }, "/$2");
  expect(rest("/something")).toBe("some /");
  expect(rest("/something/")).toBe("some /");
  expect(rest("/Something/new?a=1")).toBe("some /new?a=1");
  expect(rest("/somethingelse")).toBe("none");
  expect(rest("/api/v12/users")).toBe("api /users");
  expect(rest("/api/v12/private")).toBe("none");
  const plain = asked({ "/foo/[A-Z0-9]{3}": "three", "/foo/.*": "rest", "/(": "wrong" });
  expect(["/foo/abc", "/foo/a", "/foo", "/("].map(plain)).toEqual([
    "three /foo/abc",
    "rest /foo/a",
    "none",
    "none",
  ]);
});

test("REGEX-1: a path that backtracks for ever elsewhere matches or does not", () => {
  const slow = asked({ "/(a+)+$": "slow", "/((b|bb)+)+c(?=d)": "never" });
  expect(slow(`/${"a".repeat(5000)}!`)).toBe("none");
  expect(slow(`/${"a".repeat(50)}`)).toBe(`slow /${"a".repeat(50)}`);
  expect(slow(`/${"b".repeat(60)}`)).toBe("none");
});
