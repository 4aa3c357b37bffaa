// The suffix that --append-hash, and kustomize, put behind the name of a ConfigMap or Secret: ten signs of a SHA-256
// of its content.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/util/hash/hash.go (v1.35)
import { sha256 } from "#base/sha256";
import type { JsonObject } from "#base/json";
import { encodeUtf8 } from "#base/utf8";
import { goJson } from "../../apply/last-applied.ts";

/** Signs that might make up a word are replaced. */
const REPLACED: Record<string, string> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

/** `content` has the fields that count: kind, name, data, type and so on. */
export function contentHash(content: JsonObject): string {
  const digits = sha256(encodeUtf8(goJson(content))).slice(0, 10);
  return [...digits].map((digit) => REPLACED[digit] ?? digit).join("");
}
