// Names of a kustomization: prefix, suffix, namespace and the hash of what was generated, and that whoever names an
// object goes on naming it.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/builtins/{Prefix,Suffix,Namespace,Hash}Transformer.go,
// konfig/builtinpluginconsts/namereference.go (kubectl v1.35)
import type { JsonObject } from "#base/json";
import { contentHash } from "../commands/create/content-hash.ts";
import { containersOf, listAt, mapAt, podSpecsOf } from "./fields.ts";
import { metadataOf, type Item } from "./types.ts";

const UNCHANGED = new Set(["Namespace", "CustomResourceDefinition", "APIService"]);
const NOT_NAMESPACED = new Set(
  "Namespace Node PersistentVolume StorageClass ClusterRole ClusterRoleBinding CustomResourceDefinition IngressClass PriorityClass RuntimeClass APIService".split(
    " ",
  ),
);

export function setNamespace(items: readonly Item[], namespace: string | undefined): void {
  if (!namespace) return;
  for (const item of items) {
    if (item.kind === "Namespace") metadataOf(item.object)["name"] = namespace;
    if (NOT_NAMESPACED.has(item.kind)) continue;
    metadataOf(item.object)["namespace"] = namespace;
    item.namespace = namespace;
  }
}

export function addNames(items: readonly Item[], prefix: string, suffix: string): void {
  if (prefix === "" && suffix === "") return;
  rename(items, ({ kind, object }) => {
    const name = String(metadataOf(object)["name"]);
    return UNCHANGED.has(kind) ? name : `${prefix}${name}${suffix}`;
  });
}

export function hashNames(items: readonly Item[]): void {
  rename(items, ({ object, kind, hash }) => {
    const name = String(metadataOf(object)["name"]);
    if (!hash) return name;
    const data = object["data"] ?? "";
    const content: JsonObject = { data, kind, name };
    if (kind === "Secret") content["type"] = object["type"] ?? "";
    return `${name}-${contentHash(content)}`;
  });
}

function rename(items: readonly Item[], nameOf: (item: Item) => string): void {
  const renamed = new Map<string, string>();
  for (const item of items) {
    const metadata = metadataOf(item.object);
    const before = String(metadata["name"]);
    const now = nameOf(item);
    if (now !== before) renamed.set(`${item.kind}/${before}`, now);
    metadata["name"] = now;
  }
  if (renamed.size === 0) return;
  for (const { object } of items)
    for (const { holder, key, kind } of referencesOf(object)) {
      const now = renamed.get(`${kind}/${String(holder[key])}`);
      if (now !== undefined) holder[key] = now;
    }
}

interface Reference {
  holder: JsonObject;
  key: string;
  kind: string;
}

function referencesOf(object: JsonObject): Reference[] {
  return [...podSpecsOf(object).flatMap(podReferences), ...otherReferences(object)];
}

function podReferences(spec: JsonObject): Reference[] {
  const found: Reference[] = [];
  const add = (holder: JsonObject | undefined, kind: string, key = "name"): void => {
    if (holder && typeof holder[key] === "string") found.push({ holder, key, kind });
  };
  for (const container of containersOf(spec)) {
    for (const source of listAt(container, "envFrom")) {
      add(mapAt(source, "configMapRef"), "ConfigMap");
      add(mapAt(source, "secretRef"), "Secret");
    }
    for (const variable of listAt(container, "env")) {
      add(mapAt(variable, "valueFrom", "configMapKeyRef"), "ConfigMap");
      add(mapAt(variable, "valueFrom", "secretKeyRef"), "Secret");
    }
  }
  for (const volume of listAt(spec, "volumes")) {
    add(mapAt(volume, "configMap"), "ConfigMap");
    add(mapAt(volume, "secret"), "Secret", "secretName");
    add(mapAt(volume, "persistentVolumeClaim"), "PersistentVolumeClaim", "claimName");
    for (const source of listAt(mapAt(volume, "projected") ?? {}, "sources")) {
      add(mapAt(source, "configMap"), "ConfigMap");
      add(mapAt(source, "secret"), "Secret");
    }
  }
  for (const secret of listAt(spec, "imagePullSecrets")) add(secret, "Secret");
  add(spec, "ServiceAccount", "serviceAccountName");
  add(spec, "ServiceAccount", "serviceAccount");
  return found;
}

function otherReferences(object: JsonObject): Reference[] {
  const spec = mapAt(object, "spec");
  if (!spec) return [];
  const found: Reference[] = [];
  const service = (holder: JsonObject | undefined): void => {
    if (holder) found.push({ holder, key: "name", kind: "Service" });
  };
  if (object["kind"] === "Ingress") {
    service(mapAt(spec, "defaultBackend", "service"));
    for (const rule of listAt(spec, "rules"))
      for (const path of listAt(mapAt(rule, "http") ?? {}, "paths"))
        service(mapAt(path, "backend", "service"));
    for (const tls of listAt(spec, "tls")) found.push({ holder: tls, key: "secretName", kind: "Secret" });
    if (spec["ingressClassName"]) found.push({ holder: spec, key: "ingressClassName", kind: "IngressClass" });
  }
  if (object["kind"] === "StatefulSet") found.push({ holder: spec, key: "serviceName", kind: "Service" });
  const scaled = mapAt(spec, "scaleTargetRef");
  if (scaled) found.push({ holder: scaled, key: "name", kind: String(scaled["kind"]) });
  return found;
}
