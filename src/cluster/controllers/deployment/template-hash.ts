// The pod-template-hash: a short name for the content of a pod template.
// Kubernetes: pkg/controller/controller_utils.go ComputeHash, apimachinery/pkg/util/rand SafeEncodeString (v1.35)
import { fnv1a } from "#base/hash";
import { canonicalJson, deepEqual } from "#base/json";
import type { PodTemplateSpec } from "#api/pod/types";

export const HASH_LABEL = "pod-template-hash";

const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

// Simplified: a hash of the template's JSON, so that it differs from the one a real cluster would compute.
export function templateHash(template: PodTemplateSpec, collisions = 0): string {
  const digits = String(fnv1a(canonicalJson(template) + (collisions > 0 ? String(collisions) : "")));
  return [...digits].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join("");
}

/** Equal but for the hash label that the controller itself adds. */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  if (template.metadata.labels?.[HASH_LABEL] === undefined) return template;
  const { [HASH_LABEL]: _, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}
