// The whole scenario in a URL fragment: `v1.<codec>.<payload>.<crc>`. Every version and codec decodes for ever.
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import type { Scenario } from "../protocol.ts";
import { decodeBase64Url, encodeBase64Url } from "#base/base64";
import { crc32 } from "./checksum.ts";
import { DICTIONARY_D } from "./dictionary-d.ts";
import { fromPayload, toPayload } from "./payload.ts";

export type LinkResult =
  | { ok: true; scenario: Scenario }
  | {
      ok: false;
      /** cut: it is ours but incomplete; foreign: it is not ours; newer: made by a later version; tooLarge. */
      reason: "cut" | "foreign" | "newer" | "tooLarge";
    };

const MAX_LINK = 100_000;
const MAX_PAYLOAD = 2_000_000;
const CHUNK = 4096;

const dictionary = strToU8(DICTIONARY_D);

/** The fragment without its "#". */
export function encodeLink(scenario: Scenario): string {
  const bytes = deflateSync(strToU8(toPayload(scenario)), { level: 9, mem: 12, dictionary });
  const payload = encodeBase64Url(bytes);
  return `v1.d.${payload}.${crc32(payload).toString(36)}`;
}

/** Whether a fragment claims to be a scenario, as opposed to an example's short link or nothing. */
export function isScenarioLink(fragment: string): boolean {
  return /^v\d+\./.test(fragment);
}

export function decodeLink(fragment: string): LinkResult {
  if (fragment.length > MAX_LINK) return { ok: false, reason: "tooLarge" };
  const [version = "", codec = "", payload, checksum] = fragment.split(".");
  if (!/^v\d+$/.test(version)) return { ok: false, reason: "foreign" };
  if (version !== "v1" || (codec !== "" && codec !== "d")) return { ok: false, reason: "newer" };
  if (payload === undefined || checksum === undefined) return { ok: false, reason: "cut" };
  if (crc32(payload).toString(36) !== checksum) return { ok: false, reason: "cut" };
  const bytes = decodeBase64Url(payload);
  if (!bytes) return { ok: false, reason: "foreign" };
  try {
    const text = inflate(Uint8Array.from(bytes));
    return text === undefined ? { ok: false, reason: "tooLarge" } : { ok: true, scenario: fromPayload(text) };
  } catch {
    return { ok: false, reason: "foreign" };
  }
}

/** Inflates piece by piece and stops at the bound, so that a small link cannot fill the memory. */
function inflate(bytes: Uint8Array): string | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate({ dictionary }, (part) => {
    size += part.length;
    if (size <= MAX_PAYLOAD) parts.push(part);
  });
  for (let at = 0; at < bytes.length; at += CHUNK) {
    stream.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    if (size > MAX_PAYLOAD) return undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return strFromU8(whole);
}
