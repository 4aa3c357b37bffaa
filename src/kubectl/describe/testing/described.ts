// Describes an object as a test gives it, with whatever else the server is to have, by path.
import type { Json, JsonObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import { describeObject } from "../registry.ts";

export const NOW = "2026-11-24T02:10:00Z";

/** Lists by path, single objects by path; everything else is not found. */
export type Stored = Record<string, readonly object[] | object>;

export function described(object: object, stored: Stored = {}, showEvents = true): string {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const handle = (request: ApiRequest): ApiResponse => answer(stored, request);
  return describeObject({ group, kind }, object as JsonObject, {
    handle,
    nowMs: parseRfc3339(NOW)!,
    showEvents,
  });
}

function answer(stored: Stored, { path }: ApiRequest): ApiResponse {
  const found = stored[path];
  if (found === undefined) {
    const [, resource = "", name = ""] = /\/(\w+)\/([^/]+)$/.exec(path) ?? [];
    return { status: 404, body: { message: `${resource} "${name}" not found` }, warnings: [] };
  }
  const body = (Array.isArray(found) ? { items: found } : found) as Json;
  return { status: 200, body, warnings: [] };
}

/** "kind: Pod" and the metadata that every stored object has. */
export function object(
  apiVersion: string,
  kind: string,
  fields: { metadata?: object; [field: string]: unknown },
): object {
  const { metadata, ...rest } = fields;
  return {
    apiVersion,
    kind,
    metadata: {
      name: "web",
      namespace: "shop",
      uid: "u-1",
      creationTimestamp: "2026-11-24T02:09:00Z",
      ...metadata,
    },
    ...rest,
  };
}

export const lines = (...text: string[]): string => `${text.join("\n")}\n`;
