// The columns of `kubectl get events`.
// Kubernetes: printEvent in pkg/printers/internalversion/printers.go (v1.35)
import type { Column } from "../define.ts";
import { ageOf } from "../duration.ts";
import { column } from "../table.ts";
import type { KubeEvent } from "./types.ts";

const lastSeen = ({ series, lastTimestamp }: KubeEvent): string | null | undefined =>
  series ? series.lastObservedTime : lastTimestamp;

const firstSeen = (event: KubeEvent, nowMs: number): string =>
  ageOf(event.firstTimestamp || event.eventTime, nowMs);

function objectCell({ involvedObject: { kind, name } }: KubeEvent): string {
  const text = (kind ?? "").toLowerCase();
  return name ? `${text}/${name}` : text;
}

function sourceCell({ source, reportingComponent, reportingInstance }: KubeEvent): string {
  const component = source?.component || reportingComponent || "";
  const host = source?.host || reportingInstance;
  return host ? `${component}, ${host}` : component;
}

export const eventColumns: Column<KubeEvent>[] = [
  column({
    name: "Last Seen",
    description: "The time at which the most recent occurrence of this event was recorded.",
    value: (event, { nowMs }) => (lastSeen(event) ? ageOf(lastSeen(event), nowMs) : firstSeen(event, nowMs)),
  }),
  column({
    name: "Type",
    description: "Type of this event (Normal, Warning), new types could be added in the future",
    value: ({ type }) => type ?? "",
  }),
  column({
    name: "Reason",
    description: "The reason for the transition into the object's current status.",
    value: ({ reason }) => reason ?? "",
  }),
  column({ name: "Object", description: "The object that this event is about.", value: objectCell }),
  column({
    name: "Subobject",
    description: "The part of the object.",
    wide: true,
    value: ({ involvedObject }) => involvedObject.fieldPath ?? "",
  }),
  column({
    name: "Source",
    description: "The component reporting this event.",
    wide: true,
    value: sourceCell,
  }),
  column({
    name: "Message",
    description: "A human-readable description of the status of this operation.",
    value: ({ message }) => (message ?? "").trim(),
  }),
  column({
    name: "First Seen",
    description: "The time at which the event was first recorded.",
    wide: true,
    value: (event, { nowMs }) => firstSeen(event, nowMs),
  }),
  column({
    name: "Count",
    description: "The number of times this event has occurred.",
    wide: true,
    value: ({ series, count }) => series?.count ?? (count || 1),
  }),
  column({
    name: "Name",
    format: "name",
    description: "Name must be unique within a namespace.",
    wide: true,
    value: ({ metadata }) => metadata.name,
  }),
];
