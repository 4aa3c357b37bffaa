// A machine with nothing but the API server and some namespaces, for the tests of this folder.
import type { Json, JsonObject } from "#base/json";
import { defineService, type Change, type Service } from "../../machine/component.ts";
import { createMachine, type Machine } from "../../machine/machine.ts";
import { DEFAULT_SETTINGS } from "../../settings.ts";
import { apiServer } from "../apiserver.ts";
import type { ApiClient, ApiRequest, ApiResponse } from "../client.ts";

export interface ApiMachine {
  machine: Machine;
  api: ApiClient;
  changes: Change[];
  send(method: ApiRequest["method"], path: string, body?: Json, rest?: Partial<ApiRequest>): ApiResponse;
}

const absent = (name: string): Service => defineService({ name, start: () => null, provide: () => null });

export function createApiMachine(namespaces: readonly string[] = ["default"]): ApiMachine {
  const services = {
    trace: absent("trace"),
    api: apiServer,
    network: absent("network"),
    runtime: absent("runtime"),
    http: absent("http"),
  };
  const machine = createMachine(DEFAULT_SETTINGS, services, []);
  const { api } = machine.context;
  for (const name of namespaces) {
    const namespace: JsonObject = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    const outcome = api.create("Namespace", undefined, namespace);
    if (!outcome.ok) throw new Error(outcome.status.message);
  }
  const changes: Change[] = [];
  machine.onPublish((change) => changes.push(change));
  const send: ApiMachine["send"] = (method, path, body, rest) =>
    api.handle({ method, path, ...(body !== undefined && { body }), ...rest });
  return { machine, api, changes, send };
}
