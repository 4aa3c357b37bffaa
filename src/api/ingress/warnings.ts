// Texts of the warnings that come with an Ingress that is accepted.
// Kubernetes: pkg/registry/networking/ingress/strategy.go (v1.35)
import type { Ingress } from "./types.ts";

export function ingressWarnings({ metadata, spec }: Ingress, previous?: Ingress): string[] {
  const key = "kubernetes.io/ingress.class";
  if (previous || metadata.annotations?.[key] === undefined || spec.ingressClassName !== undefined) return [];
  return [`annotation "${key}" is deprecated, please use 'spec.ingressClassName' instead`];
}
