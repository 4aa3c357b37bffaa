// The kustomization file, and an object on its way through it.
// Kubernetes: sigs.k8s.io/kustomize/api/types/kustomization.go (kubectl v1.35)
import type { JsonObject } from "#base/json";

export interface GeneratorArgs {
  name?: string;
  namespace?: string;
  behavior?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  /** Of a Secret. */
  type?: string;
  options?: GeneratorOptions;
}

export interface GeneratorOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface Target {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
}

export interface PatchEntry {
  path?: string;
  patch?: string;
  target?: Target;
}

export interface ImageEntry {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
  tagSuffix?: string;
}

export interface LabelEntry {
  pairs: Record<string, string>;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
}

export interface Kustomization {
  resources?: string[];
  bases?: string[];
  namespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  commonLabels?: Record<string, string>;
  labels?: LabelEntry[];
  commonAnnotations?: Record<string, string>;
  images?: ImageEntry[];
  replicas?: { name: string; count: number }[];
  patches?: PatchEntry[];
  patchesStrategicMerge?: string[];
  patchesJson6902?: PatchEntry[];
  configMapGenerator?: GeneratorArgs[];
  secretGenerator?: GeneratorArgs[];
  generatorOptions?: GeneratorOptions;
}

export const FIELDS: ReadonlySet<string> = new Set(
  "apiVersion kind metadata resources bases namespace namePrefix nameSuffix commonLabels labels commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions".split(
    " ",
  ),
);

export interface Item {
  object: JsonObject;
  kind: string;
  /** Before prefixes and suffixes: what others of the same kustomization call it. */
  originalName: string;
  namespace: string;
  /** Generated, so that its name gets a hash of its content. */
  hash: boolean;
}

export const metadataOf = (object: JsonObject): JsonObject => (object["metadata"] ??= {}) as JsonObject;
