// The Events at the end of a description: those of this very object, by its UID, the latest last.
// Kubernetes: DescribeEvents in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import { ageOf } from "#api/duration";
import type { KubeEvent } from "#api/event/types";
import type { KubeObject } from "#api/meta";
import { parseRfc3339 } from "#base/time";
import { listItems, type DescribeContext } from "./context.ts";
import { line, type Lines } from "./lines.ts";

interface SearchOptions {
  /** Pods are searched without their kind. */
  anyKind?: boolean;
  /** Further UIDs under which components report: kubelets take the node's name for one. */
  otherUid?: string;
}

export function eventLines(object: KubeObject, context: DescribeContext, options: SearchOptions = {}): Lines {
  if (!context.showEvents) return [];
  const uids = [object.metadata.uid, ...(options.otherUid === undefined ? [] : [options.otherUid])];
  const events = uids.flatMap((uid) => search(object, uid, context, options));
  if (events.length === 0) return [line(0, "Events:", "<none>")];
  const rows = events
    .toSorted((a, b) => lastSeenMs(a) - lastSeenMs(b))
    .map((event) => eventRow(event, context.nowMs));
  return [
    line(0, "Events:"),
    line(1, "Type", "Reason", "Age", "From", "Message"),
    line(1, "----", "------", "----", "----", "-------"),
    ...rows,
  ];
}

function search(
  { kind, metadata }: KubeObject,
  uid: string,
  context: DescribeContext,
  { anyKind }: SearchOptions,
): readonly KubeEvent[] {
  const { name, namespace } = metadata;
  const terms = [
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace ?? ""}`,
    ...(anyKind ? [] : [`involvedObject.kind=${kind}`]),
    ...(uid ? [`involvedObject.uid=${uid}`] : []),
  ];
  const path = namespace ? `/api/v1/namespaces/${namespace}/events` : "/api/v1/events";
  return listItems<KubeEvent>(context, path, { fieldSelector: terms.join(",") });
}

/** Events that only have an eventTime count as the oldest. */
const lastSeenMs = ({ lastTimestamp }: KubeEvent): number =>
  (lastTimestamp && parseRfc3339(lastTimestamp)) || 0;

function eventRow(event: KubeEvent, nowMs: number): string {
  const { type, reason, series, count = 0, lastTimestamp, firstTimestamp, eventTime } = event;
  const first = ageOf(eventTime || firstTimestamp, nowMs);
  let age = first;
  if (series) age = `${ageOf(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  else if (count > 1) age = `${ageOf(lastTimestamp, nowMs)} (x${count} over ${first})`;
  const from = event.source?.component || event.reportingComponent || "";
  const { fieldPath } = event.involvedObject;
  const message = (event.message ?? "").trim();
  return line(1, type ?? "", reason ?? "", age, from, fieldPath ? `${fieldPath}: ${message}` : message);
}
