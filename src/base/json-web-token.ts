// The shape of a JSON Web Token: head, claims and signature, each in the Base64 of URLs. What signs it is up to the
// caller; nothing here checks one.
import { encodeBase64Url } from "./base64.ts";
import type { JsonObject } from "./json.ts";
import { encodeUtf8 } from "./utf8.ts";

export interface WebToken {
  head: JsonObject;
  claims: JsonObject;
  signature: string;
}

export function jsonWebToken({ head, claims, signature }: WebToken): string {
  const parts = [JSON.stringify(head), JSON.stringify(claims), signature];
  return parts.map((part) => encodeBase64Url(encodeUtf8(part))).join(".");
}
