// Lengths of time as Go prints them in the kubelet's texts, and the jitter of its retries.
import { nextFloat } from "#base/random";
import type { Context } from "../machine/component.ts";

/** "10s", "1m20s", "82ms", "1.234s". */
export function goDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  const seconds = Math.round(ms) / 1000;
  if (seconds < 60) return `${seconds}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${minutes}m${Math.round((seconds % 60) * 1000) / 1000}s`;
  return hours > 0 ? `${hours}h${rest}` : rest;
}

/** Between `ms` and one and a half times that. */
export function jitter(context: Context, ms: number): number {
  return ms * (1 + 0.5 * nextFloat(context.random));
}

/** Between `low` and `high`. */
export function between(context: Context, low: number, high: number): number {
  return low + (high - low) * nextFloat(context.random);
}
