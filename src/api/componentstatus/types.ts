// ComponentStatus, v1.
import type { KubeObject } from "../meta.ts";

export interface ComponentStatus extends KubeObject {
  apiVersion: "v1";
  kind: "ComponentStatus";
  conditions: { type: "Healthy"; status: "True" | "False" | "Unknown"; message?: string; error?: string }[];
}
