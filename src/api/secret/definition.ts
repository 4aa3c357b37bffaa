// Secret, core/v1: confidential data, Base64 on the wire.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn } from "../table.ts";
import { decodeBase64, encodeBase64 } from "#base/base64";
import type { Secret } from "./types.ts";
import { validateSecret, validateSecretUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const { stringData, ...secret } = canonical("Secret", object) as unknown as Secret;
  const next: Secret = { ...secret, type: secret.type || "Opaque" };
  if (stringData) {
    const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(text)]);
    next.data = { ...next.data, ...(Object.fromEntries(encoded) as Record<string, string>) };
  }
  return next as unknown as JsonObject;
}

/** Simplified: of certificate and key only the PEM frame is looked at. */
function tlsWarnings(data: Record<string, string>): string[] {
  for (const [key, what] of [
    ["tls.crt", "certificate"],
    ["tls.key", "key"],
  ] as const) {
    const isPem = decodeBase64(data[key] ?? "").includes("-----BEGIN ");
    if (!isPem) return [`tls: failed to find any PEM data in ${what} input`];
  }
  return [];
}

export const secret = defineKind<Secret>({
  group: "",
  version: "v1",
  kind: "Secret",
  plural: "secrets",
  singular: "secret",
  shortNames: [],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "Secret",
  defaults,
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  warnings: ({ type, data }) => (type === "kubernetes.io/tls" ? tlsWarnings(data ?? {}) : []),
  columns: [
    nameColumn(),
    column({
      name: "Type",
      description: "Used to facilitate programmatic handling of secret data.",
      value: ({ type }) => type,
    }),
    column({
      name: "Data",
      type: "string",
      description: "Data contains the secret data.",
      value: ({ data }) => Object.keys(data ?? {}).length,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
