// A line of Go's log as kubectl writes to stderr: severity, month and day, time, process id, source.
// Kubernetes: k8s.io/klog/v2 (v1.35)
import { formatRfc3339 } from "#base/time";
import type { KubectlIo } from "../command.ts";

export function klogLine(
  io: Pick<KubectlIo, "nowMs">,
  severity: "W" | "E" | "I" | "F",
  source: string,
  message: string,
): string {
  const now = io.nowMs();
  const [, month, day, time] = /^\d+-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(formatRfc3339(now)) ?? [];
  const micros = String(Math.floor((now % 1000) * 1000)).padStart(6, "0");
  return `${severity}${month}${day} ${time}.${micros}       1 ${source}] ${message}\n`;
}
