// Replacing an object or its status: preconditions, what only the server may change, allocation, validation, storage.
// A replacement that changes nothing keeps its revision.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject, KindName } from "#api/kinds";
import type { ObjectMeta } from "#api/meta";
import { deepEqual, type JsonObject } from "#base/json";
import { admitUpdate } from "./admission/admit.ts";
import { allocateForUpdate, settle, undo } from "./allocate/service.ts";
import { finishDeletion } from "./delete.ts";
import { bumpsGeneration, metadataForUpdate } from "./metadata.ts";
import { validateMetadata, validateMetadataUpdate } from "./metadata-validation.ts";
import {
  asJson,
  asObject,
  commit,
  sparingChance,
  type Server,
  type WriteOptions,
  type Written,
} from "./server.ts";
import { conflict, invalid, MODIFIED } from "./status.ts";

export function replaceObject(
  server: Server,
  definition: KindDefinition,
  previous: AnyObject,
  given: JsonObject,
  options: WriteOptions = {},
): Written {
  return sparingChance(server, options, () => replace(server, definition, previous, given, options));
}

function replace(
  server: Server,
  definition: KindDefinition,
  previous: AnyObject,
  given: JsonObject,
  options: WriteOptions,
): Written {
  const meta = given["metadata"] as unknown as ObjectMeta;
  checkVersion(definition, previous, meta);
  const warnings: string[] = [];
  const before = asJson(previous);
  const isTrusted = Boolean(options.trusted) && definition.kind !== "Service";
  const admitted = admitUpdate(isTrusted ? given : definition.defaults(given), previous);
  const metadata = metadataForUpdate(admitted["metadata"] as unknown as ObjectMeta, previous.metadata);
  const named: JsonObject = { ...admitted, metadata: metadata as unknown as JsonObject };
  const allocation = allocateForUpdate(server, definition, named, previous, options);
  try {
    const prepared = definition.prepareForUpdate?.(allocation.object, before) ?? allocation.object;
    const next = asObject(prepared);
    if (!isTrusted) warnings.push(...checkUpdate(definition, prepared, before));
    if (options.dryRun) {
      undo(server, allocation);
      return { object: counted(next, previous), warnings };
    }
    const object = store(server, counted(next, previous), previous, options.touched);
    settle(server, allocation);
    return { object, warnings };
  } catch (refusal) {
    undo(server, allocation);
    throw refusal;
  }
}

/** Throws what is wrong with the replacement; returns what only deserves a warning. */
function checkUpdate(definition: KindDefinition, next: JsonObject, previous: JsonObject): string[] {
  const [meta, before] = [asObject(next).metadata, asObject(previous).metadata];
  const errors = [
    ...validateMetadata(definition, meta, before.namespace ?? ""),
    ...validateMetadataUpdate(meta, before),
    ...definition.validate(next, { previous }),
    ...definition.validateUpdate(next, previous),
  ];
  if (errors.length > 0) throw invalid(definition, before.name, errors);
  return definition.warnings?.(next, previous) ?? [];
}

/** Takes the status of the given object, and its labels and annotations; everything else stays. */
export function replaceStatus(
  server: Server,
  definition: KindDefinition,
  previous: AnyObject,
  given: JsonObject,
  options: WriteOptions = {},
): Written {
  const meta = given["metadata"] as unknown as ObjectMeta;
  checkVersion(definition, previous, meta);
  const metadata = { ...previous.metadata };
  if (differ(meta.annotations, metadata.annotations)) set(metadata, "annotations", meta.annotations);
  if (definition.group !== "apps" && differ(meta.labels, metadata.labels))
    set(metadata, "labels", meta.labels);
  const next = {
    ...asJson(previous),
    metadata: metadata as unknown as JsonObject,
    status: given["status"] ?? {},
  };
  // A load balancer's addresses are the only status with defaults.
  const needsDefaults = !options.trusted || definition.kind === "Service";
  const object = asObject(needsDefaults ? definition.defaults(next) : next);
  const errors = options.trusted ? [] : (definition.validateStatus?.(asJson(object)) ?? []);
  if (errors.length > 0) throw invalid(definition, previous.metadata.name, errors);
  if (options.dryRun) return { object, warnings: [] };
  return { object: store(server, object, previous, options.touched), warnings: [] };
}

/** None is the same as empty. */
function differ(a: Record<string, string> | undefined, b: Record<string, string> | undefined): boolean {
  return a !== b && !deepEqual(a ?? {}, b ?? {});
}

function set(
  metadata: ObjectMeta,
  key: "labels" | "annotations",
  value: Record<string, string> | undefined,
): void {
  if (value) metadata[key] = value;
  else delete metadata[key];
}

function checkVersion(definition: KindDefinition, previous: AnyObject, meta: ObjectMeta): void {
  const { name, uid, resourceVersion } = previous.metadata;
  if (meta.uid && meta.uid !== uid) {
    const failed = `Precondition failed: UID in precondition: ${meta.uid}, UID in object meta: ${uid}`;
    const why = `StorageError: invalid object, Code: 4, Key: ${storageKey(definition, previous)}, ResourceVersion: 0, AdditionalErrorMsg: ${failed}`;
    throw conflict(definition, name, why);
  }
  if (meta.resourceVersion && meta.resourceVersion !== resourceVersion)
    throw conflict(definition, name, MODIFIED);
}

/** Where etcd has them, for which some kinds have names of old. */
const STORED_AS: Partial<Record<KindName, string>> = {
  Endpoints: "services/endpoints",
  Ingress: "ingress",
  Node: "minions",
  ReplicationController: "controllers",
  Service: "services/specs",
};

function storageKey({ kind, plural }: KindDefinition, { metadata }: AnyObject): string {
  const place = [STORED_AS[kind] ?? plural, metadata.namespace, metadata.name];
  return `/registry/${place.filter(Boolean).join("/")}`;
}

function store(server: Server, next: AnyObject, previous: AnyObject, touched = false): AnyObject {
  if (!touched && deepEqual(next, previous)) return previous;
  if (finishDeletion(server, next)) return next;
  return commit(server, next, previous);
}

function counted(next: AnyObject, previous: AnyObject): AnyObject {
  const { generation } = previous.metadata;
  if (generation === undefined || !bumpsGeneration(next, previous)) return next;
  return { ...next, metadata: { ...next.metadata, generation: generation + 1 } } as AnyObject;
}
