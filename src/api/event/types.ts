// Event, core/v1: what `kubectl describe` lists under Events.
import type { KubeObject, ObjectReference } from "../meta.ts";

export interface KubeEvent extends KubeObject {
  apiVersion: "v1";
  kind: "Event";
  involvedObject: ObjectReference;
  reason: string;
  message: string;
  type: "Normal" | "Warning";
  count?: number;
  firstTimestamp: string | null;
  lastTimestamp: string | null;
  eventTime?: string | null;
  action?: string;
  /** Of an Event that came again and has one time only. */
  series?: { count: number; lastObservedTime: string };
  source: { component?: string; host?: string };
  reportingComponent: string;
  reportingInstance: string;
}
