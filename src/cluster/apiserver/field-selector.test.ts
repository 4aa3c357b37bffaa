import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const said = (path: string, fieldSelector: string): unknown => {
  const { status, body } = createApiMachine().send("GET", path, undefined, { query: { fieldSelector } });
  return status === 200 ? "ok" : (body as JsonObject)["message"];
};

test.each([
  ["=", "ok"],
  ["!=,,", "ok"],
  ["metadata.name=a\\,b\\=c\\\\", "ok"],
  ["a", "invalid selector: 'a'; can't understand 'a'"],
  ["a=b=c", "invalid field selector: unescaped character in value: 61"],
  ["a=\\x", "invalid field selector: invalid escape sequence: \\x"],
  ["a=b\\", "invalid field selector: invalid escape sequence: \\"],
])("API-17: the form of a field selector: %s", (selector, text) => {
  expect(said("/api/v1/namespaces/default/pods", selector)).toBe(text);
});

test.each([
  ["/api/v1/namespaces/default/pods", "status.podIPs=1", "ok"],
  ["/api/v1/nodes", "metadata.namespace=x", "field label not supported: metadata.namespace"],
  ["/api/v1/namespaces", "metadata.namespace=x", "field label not supported: metadata.namespace"],
  [
    "/apis/apps/v1/replicasets",
    "status.replicas=1",
    '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  ["/api/v1/replicationcontrollers", "status.replicas=1", "ok"],
])("API-17: %s by %s", (path, selector, text) => {
  expect(said(path, selector)).toBe(text);
});
