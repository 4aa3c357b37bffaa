// What a real 1.35 API server said to manifests and patches and what it stored of them, beside what this one does.
import { apiServer } from "#cluster/apiserver/apiserver";
import type { ApiClient, ApiResponse } from "#cluster/apiserver/client";
import { http } from "#cluster/http-client/http-client";
import { createMachine } from "#cluster/machine/machine";
import { network } from "#cluster/network/network";
import { runtime } from "#cluster/process/runtime";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { trace } from "#cluster/trace/trace";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "#base/json";
import answers from "./fixtures/validation.json" with { type: "json" };
import stored from "./fixtures/defaults.json" with { type: "json" };
import type { Status } from "./meta.ts";
import { apiVersionOf, kindNamed } from "./registry.ts";

/** An API server and nothing else: no controller, no scheduler. */
function startServer(): ApiClient {
  const machine = createMachine(DEFAULT_SETTINGS, { trace, api: apiServer, network, runtime, http }, []);
  const { api } = machine.context;
  for (const body of BEFORE) api.handle({ method: "POST", path: pathOf(body.kind), body });
  return api;
}

const BEFORE: (JsonObject & { kind: string })[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes" },
    spec: { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  },
];

function pathOf(kind: string, namespace = "default"): string {
  const definition = kindNamed(kind as never);
  const root = definition.group ? `/apis/${apiVersionOf(definition)}` : "/api/v1";
  return `${root}${definition.namespaced ? `/namespaces/${namespace}` : ""}/${definition.plural}`;
}

interface Step {
  name: string;
  manifest?: JsonObject & {
    apiVersion: string;
    kind: string;
    metadata?: { name?: string; resourceVersion?: string };
  };
  /** The object is there already: the manifest replaces what it was made of. */
  replaces?: boolean;
  patch?: JsonObject | JsonObject[];
  type?: "strategic" | "merge" | "json";
  kind?: string;
  object?: string;
  /** The scheduler gives the pod a node. */
  bind?: string;
  warnings?: string[];
  errors?: string[];
  refused?: string;
}

const TYPES = {
  strategic: "application/strategic-merge-patch+json",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
};

function sender(api: ApiClient): (step: Step) => ApiResponse {
  const query = { fieldValidation: "Strict" };
  return ({ manifest, replaces, patch, type, kind, object, bind }) => {
    if (bind) {
      api.bind("default", object ?? "", bind);
      return { status: 200, body: {}, warnings: [] };
    }
    if (!manifest) {
      const path = `${pathOf(kind ?? "")}/${object}`;
      return api.handle({
        method: "PATCH",
        path,
        query,
        contentType: TYPES[type ?? "strategic"],
        body: patch ?? {},
      });
    }
    const path = pathOf(manifest.kind);
    if (!replaces) {
      // kubectl, with which it was recorded, sends no version of a new object.
      const { resourceVersion: _, ...metadata } = manifest.metadata ?? {};
      return api.handle({ method: "POST", path, query, body: { ...manifest, metadata } });
    }
    const contentType = TYPES.strategic;
    return api.handle({
      method: "PATCH",
      path: `${path}/${manifest.metadata?.name}`,
      query,
      contentType,
      body: manifest,
    });
  };
}

/** Generated names and the server's own choices differ from run to run. */
function outcomeOf({ status, body, warnings }: ApiResponse): {
  errors?: string[];
  refused?: string;
  warnings?: string[];
} {
  const heard = warnings.length > 0 ? { warnings } : {};
  if (status < 400) return heard;
  const refusal = body as unknown as Status;
  if (refusal.reason !== "Invalid") return { ...heard, refused: refusal.message ?? "" };
  const texts = (refusal.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
  return { ...heard, errors: [...new Set(texts)] };
}

const blurred = (text: string): string =>
  text
    .replaceAll(/\b(Conf_)\w{5}\b/g, "$1xxxxx")
    .replaceAll(/service account [\w-]+\//g, "service account NAMESPACE/");

describe("KIND-1: the server answers as the recorded one did", () => {
  for (const { scenario, steps } of answers as unknown as { scenario: string; steps: Step[] }[]) {
    test(scenario, () => {
      const send = sender(startServer());
      const heard = steps.map((step) => ({ name: step.name, ...outcomeOf(send(step)) }));
      const expected = steps.map(({ name, errors, refused, warnings }) => ({
        name,
        ...(errors && { errors }),
        ...(refused !== undefined && { refused }),
        ...(warnings && { warnings }),
      }));
      expect(JSON.parse(blurred(JSON.stringify(heard)))).toEqual(
        JSON.parse(blurred(JSON.stringify(expected))),
      );
    });
  }
});

interface Case {
  from: string;
  manifest: JsonObject & { kind: string; metadata: JsonObject };
  stored: JsonObject;
}

/** Given by chance, by allocation or by the scheduler; what the manifest names is compared. */
const CHOSEN = ["clusterIP", "clusterIPs", "nodePort", "healthCheckNodePort", "nodeName"];

function blur(value: Json, given: Json | undefined): Json {
  if (typeof value === "string") return value.replace(/^kube-api-access-\w+$/, "kube-api-access-xxxxx");
  if (Array.isArray(value))
    return value.map((item, index) => blur(item, Array.isArray(given) ? given[index] : undefined));
  if (!isObject(value)) return value;
  const source = isObject(given) ? (given as JsonObject) : {};
  const kept = Object.keys(value).filter((key) => !CHOSEN.includes(key) || source[key] !== undefined);
  return Object.fromEntries(kept.map((key) => [key, blur((value as JsonObject)[key] ?? null, source[key])]));
}

function store({ manifest }: Case): JsonObject {
  const api = startServer();
  const namespace = String(manifest.metadata["namespace"] ?? "default");
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  api.handle({ method: "POST", path: pathOf("Namespace"), body });
  const path = pathOf(manifest.kind, namespace);
  const query = { fieldValidation: "Strict" };
  const { body: object, status } = api.handle({ method: "POST", path, query, body: manifest });
  expect([status, object]).toEqual([201, expect.anything()]);
  const { metadata, status: _status, ...rest } = object as JsonObject & { metadata: JsonObject };
  return { ...rest, ...(metadata["labels"] ? { labels: metadata["labels"] } : {}) };
}

describe("KIND-4: every default of the server is filled in", () => {
  for (const [index, given] of (stored as unknown as Case[]).entries()) {
    test(`${given.manifest.kind} of ${given.from} (${index})`, () => {
      // Labels that the node gives a scheduled pod come later.
      const { labels, ...rest } = given.stored as JsonObject & { labels?: JsonObject };
      const own = Object.entries(labels ?? {}).filter(([key]) => !key.startsWith("topology.kubernetes.io/"));
      const expected = own.length > 0 ? { ...rest, labels: Object.fromEntries(own) } : rest;
      expect(blur(store(given), given.manifest)).toEqual(blur(expected, given.manifest));
    });
  }
});
