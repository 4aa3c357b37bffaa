// Secret, core/v1. stringData is folded into data when it is written.
import type { KubeObject } from "../meta.ts";

export interface Secret extends KubeObject {
  apiVersion: "v1";
  kind: "Secret";
  type: string;
  /** Base64. */
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  immutable?: boolean;
}
