// labels, commonLabels and commonAnnotations: on objects, pod templates and, where they select too, selectors.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/builtins/LabelTransformer.go (kubectl v1.35)
import type { JsonObject } from "#base/json";
import { makeMapAt, mapAt, templatesOf } from "./fields.ts";
import type { Item, Kustomization } from "./types.ts";

const WITH_LABEL_SELECTOR = new Set(["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]);

export function addLabels(items: readonly Item[], kustomization: Kustomization): void {
  for (const { pairs, includeSelectors = false, includeTemplates = false } of kustomization.labels ?? [])
    for (const { object } of items) label(object, pairs, includeSelectors, includeTemplates);
  if (kustomization.commonLabels)
    for (const { object } of items) label(object, kustomization.commonLabels, true, true);
}

function label(
  object: JsonObject,
  pairs: Record<string, string>,
  selectors: boolean,
  templates: boolean,
): void {
  Object.assign(makeMapAt(object, "metadata", "labels"), pairs);
  if (selectors || templates)
    for (const template of templatesOf(object))
      Object.assign(makeMapAt(template, "metadata", "labels"), pairs);
  if (!selectors) return;
  const kind = String(object["kind"]);
  if (WITH_LABEL_SELECTOR.has(kind))
    Object.assign(makeMapAt(object, "spec", "selector", "matchLabels"), pairs);
  else if (kind === "ReplicationController" || kind === "Service") {
    const isExternal = mapAt(object, "spec")?.["type"] === "ExternalName";
    if (!isExternal && (kind !== "Service" || mapAt(object, "spec", "selector")))
      Object.assign(makeMapAt(object, "spec", "selector"), pairs);
  } else if (kind === "NetworkPolicy" || kind === "PodDisruptionBudget") {
    const path = kind === "NetworkPolicy" ? "podSelector" : "selector";
    const found = mapAt(object, "spec", path, "matchLabels");
    if (found) Object.assign(found, pairs);
  }
}

export function addAnnotations(items: readonly Item[], pairs: Record<string, string> | undefined): void {
  if (!pairs) return;
  for (const { object } of items) {
    Object.assign(makeMapAt(object, "metadata", "annotations"), pairs);
    for (const template of templatesOf(object))
      Object.assign(makeMapAt(template, "metadata", "annotations"), pairs);
  }
}
