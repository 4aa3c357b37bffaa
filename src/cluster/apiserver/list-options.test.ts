import { expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const ALL = "/api/v1/configmaps";
const PATH = "/api/v1/namespaces/default/configmaps";

interface List {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: { metadata: { namespace: string; name: string } }[];
}

function threeMaps() {
  const machine = createApiMachine(["default", "shop"]);
  for (const [namespace, name] of [
    ["default", "b"],
    ["default", "a"],
    ["shop", "a"],
  ] as const)
    machine.send("POST", `/api/v1/namespaces/${namespace}/configmaps`, { metadata: { name } });
  return machine;
}

test("API-68: a list comes in pages, each with the way to the next and how many remain", () => {
  const { send, api } = threeMaps();
  const page = (query: Record<string, string>): { names: string[]; metadata: List["metadata"] } => {
    const { items, metadata } = send("GET", ALL, undefined, { query }).body as unknown as List;
    return { names: items.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`), metadata };
  };
  const first = page({ limit: "2" });
  const resourceVersion = "5";
  const next = expect.stringMatching(/^eyJ2IjoibWV0YS5rOHMuaW8vdjEi/);
  expect(first).toEqual({
    names: ["default/a", "default/b"],
    metadata: { resourceVersion, continue: next, remainingItemCount: 1 },
  });
  api.create("ConfigMap", "default", { metadata: { name: "c" } });
  expect(page({ limit: "2", continue: first.metadata.continue! })).toEqual({
    names: ["default/c", "shop/a"],
    metadata: { resourceVersion },
  });
  expect(page({ limit: "1", labelSelector: "!x" }).metadata).toEqual({
    resourceVersion: "6",
    continue: next,
  });
  const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
  const table = send("GET", PATH, undefined, { query: { limit: "1" }, accept }).body as unknown as {
    rows: { cells: Json[] }[];
    metadata: List["metadata"];
  };
  expect([table.rows.length, table.metadata.remainingItemCount]).toEqual([1, 2]);
});

test.each([
  [{ limit: "x" }, 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    { continue: "@" },
    400,
    "invalid continue token: continue key is not valid: illegal base64 data at input byte 0",
  ],
  [
    { continue: "e30" },
    400,
    'invalid continue token: continue key is not valid: server does not recognize this encoded version ""',
  ],
  [
    { resourceVersion: "x" },
    400,
    'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
  [{ resourceVersion: "999" }, 504, "Timeout: Too large resource version: 999, current: 5"],
  [
    { resourceVersionMatch: "Exact" },
    422,
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ],
  [
    { resourceVersion: "0", resourceVersionMatch: "Exact" },
    422,
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
  ],
  [
    { resourceVersion: "1", resourceVersionMatch: "Newest" },
    422,
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
  ],
  [
    { sendInitialEvents: "true" },
    422,
    'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
  ],
])("API-68: what a list cannot be asked: %j", (query, status, message) => {
  const answer = threeMaps().send("GET", PATH, undefined, { query: query as Record<string, string> });
  expect([answer.status, (answer.body as JsonObject)["message"]]).toEqual([status, message]);
});
