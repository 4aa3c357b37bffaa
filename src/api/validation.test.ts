// What a real 1.35 API server said to manifests and patches, and what this one says.
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { apiServer } from "#cluster/apiserver/apiserver";
import type { ApiResponse } from "#cluster/apiserver/client";
import { http } from "#cluster/http-client/http-client";
import { createMachine } from "#cluster/machine/machine";
import { network } from "#cluster/network/network";
import { runtime } from "#cluster/process/runtime";
import { trace } from "#cluster/trace/trace";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import recorded from "./fixtures/validation.json" with { type: "json" };
import type { Status } from "./meta.ts";
import { apiVersionOf, kindNamed } from "./registry.ts";

interface Step {
  name: string;
  manifest?: JsonObject & { apiVersion: string; kind: string; metadata?: { name?: string } };
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

function pathOf(kind: string): string {
  const definition = kindNamed(kind as never);
  const root = definition.group ? `/apis/${apiVersionOf(definition)}` : "/api/v1";
  return `${root}${definition.namespaced ? "/namespaces/default" : ""}/${definition.plural}`;
}

const BEFORE = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kubernetes" },
    spec: { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  },
];

function startServer(): (step: Step) => ApiResponse {
  const machine = createMachine(DEFAULT_SETTINGS, { trace, api: apiServer, network, runtime, http }, []);
  const { api } = machine.context;
  for (const body of BEFORE) api.handle({ method: "POST", path: pathOf(body.kind), body });
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
    if (!replaces) return api.handle({ method: "POST", path, query, body: manifest });
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
  for (const { scenario, steps } of recorded as unknown as { scenario: string; steps: Step[] }[]) {
    test(scenario, () => {
      const send = startServer();
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
