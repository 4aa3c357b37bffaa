// What became of a journey, in a word: its glyph, tone and text wherever it is listed.
import type { Journey } from "#cluster/trace/types";
import type { StringKey, Values } from "../i18n/i18n.ts";
import type { GlyphName } from "../status/Glyph.tsx";

export interface OutcomeLook {
  tone: "request" | "ok" | "warn" | "bad";
  glyph: GlyphName;
  word: StringKey;
  values?: Values;
}

const FAILURES = {
  dns: "outcomeDns",
  refused: "outcomeRefused",
  timeout: "outcomeTimeout",
  reset: "outcomeReset",
  empty: "outcomeEmpty",
  tls: "outcomeTls",
  unreachable: "outcomeUnreachable",
  cancelled: "outcomeCancelled",
  badUrl: "outcomeBadUrl",
  unsent: "outcomeUnsent",
} as const;

export function outcomeOf(journey: Journey): OutcomeLook {
  const { end } = journey;
  if (!end) return { tone: "request", glyph: "pending", word: "outcomeInFlight" };
  if (end.kind === "failure") {
    // curl ends with 1 where something other than HTTP came back.
    const word = end.failure === "reset" && end.exit === 1 ? "outcomeNotHttp" : FAILURES[end.failure];
    return { tone: "bad", glyph: "failing", word };
  }
  const values = { status: end.status };
  if (end.status >= 500) return { tone: "bad", glyph: "failing", word: "outcomeStatus", values };
  if (end.status >= 400) return { tone: "warn", glyph: "notReady", word: "outcomeStatus", values };
  return { tone: "ok", glyph: "ready", word: "outcomeStatus", values };
}
