// Ages as the AGE column prints them.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go (v1.35)
import { parseRfc3339 } from "#base/time";

const withRest = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large}${unit}` : `${large}${unit}${small}${smallUnit}`;

/** "45s", "3m40s", "17m", "5h10m", "26h", "3d4h", "12d", "1y30d". */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return withRest(days, "d", hours % 24, "h");
  if (days < 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return days < 365 * 8 ? withRest(years, "y", days % 365, "d") : `${years}y`;
}

/** The age of a timestamp, "<unknown>" if there is none. */
export function ageOf(timestamp: string | null | undefined, nowMs: number): string {
  const then = timestamp ? parseRfc3339(timestamp) : undefined;
  return then === undefined ? "<unknown>" : humanDuration(nowMs - then);
}
