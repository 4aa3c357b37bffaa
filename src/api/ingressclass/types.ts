// IngressClass, networking.k8s.io/v1.
import type { KubeObject } from "../meta.ts";

export interface IngressClass extends KubeObject {
  apiVersion: "networking.k8s.io/v1";
  kind: "IngressClass";
  spec: {
    controller?: string;
    parameters?: { apiGroup?: string; kind: string; name: string; namespace?: string; scope?: string };
  };
}
