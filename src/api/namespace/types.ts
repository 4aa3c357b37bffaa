// Namespace, core/v1.
import type { Condition, KubeObject } from "../meta.ts";

export interface Namespace extends KubeObject {
  apiVersion: "v1";
  kind: "Namespace";
  spec: { finalizers?: string[] };
  status: { phase: "Active" | "Terminating"; conditions?: Condition[] };
}
