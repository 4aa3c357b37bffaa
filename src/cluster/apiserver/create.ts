// Creating: defaults, admission, allocation, preparation, validation, storage, in the order in which Kubernetes does it.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { ObjectMeta } from "#api/meta";
import type { Json, JsonObject } from "#base/json";
import { admitCreate } from "./admission/admit.ts";
import { asDryRun } from "./allocate/dry-run.ts";
import { allocateForCreate, settle, undo } from "./allocate/service.ts";
import { generateName, metadataForCreate, newUid } from "./metadata.ts";
import { validateMetadata } from "./metadata-validation.ts";
import {
  asObject,
  commit,
  namespaceFor,
  sparingChance,
  type Server,
  type WriteOptions,
  type Written,
} from "./server.ts";
import { OTHER_NAMESPACE } from "./request-body.ts";
import { apiVersionOf } from "./scheme.ts";
import { alreadyExists, badRequest, failure, invalid } from "./status.ts";
import { getObject } from "./store.ts";

export function createObject(
  server: Server,
  definition: KindDefinition,
  namespace: string | undefined,
  given: JsonObject,
  options: WriteOptions = {},
): Written {
  return sparingChance(server, options, () => create(server, definition, namespace, given, options));
}

function create(
  server: Server,
  definition: KindDefinition,
  requestNamespace: string | undefined,
  given: JsonObject,
  options: WriteOptions,
): Written {
  const namespace = namespaceFor(definition, requestNamespace);
  const meta = (given["metadata"] ?? {}) as unknown as Partial<ObjectMeta>;
  if (meta.namespace && meta.namespace !== namespace) {
    throw badRequest(OTHER_NAMESPACE);
  }
  const name = nameOf(server, definition, namespace, meta);
  const warnings: string[] = [];
  // Admission comes before names are generated, so its refusals know only what they will begin with.
  const known = meta.name || meta.generateName || name || "Unknown";
  const admitted = admitCreate(server, definition, namespace, known, definition.defaults(given));
  const { context } = server;
  const metadata = metadataForCreate(
    definition.kind,
    { ...(admitted["metadata"] as unknown as Partial<ObjectMeta>) },
    { name, namespace, uid: newUid(context.random), timestamp: context.timestamp() },
  );
  const named: JsonObject = {
    ...admitted,
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    metadata: metadata as unknown as JsonObject,
  };
  const allocation = allocateForCreate(server, definition, named, options);
  try {
    const warn = (text: string): void => void warnings.push(text);
    const prepared = definition.prepareForCreate?.(allocation.object, warn) ?? allocation.object;
    const errors = [
      ...validateMetadata(definition, metadata, namespace),
      ...(isCheckedPod(given, options) ? [] : definition.validate(prepared, {})),
    ];
    if (errors.length > 0) throw invalid(definition, name, errors);
    if (options.trusted) noteChecked(definition, given);
    else warnings.push(...(definition.warnings?.(prepared) ?? []));
    if (!options.dryRun && !options.trusted && Number(meta.resourceVersion) > 0)
      throw failure(500, "", "resourceVersion should not be set on objects to be created");
    if (getObject(server.state.store, definition.kind, namespace, name)) {
      throw alreadyExists(definition, name, Boolean(meta.generateName));
    }
    const object = asObject(prepared);
    if (options.dryRun) {
      undo(server, allocation);
      return { object: asDryRun(object, given), warnings, created: true };
    }
    const committed = commit(server, object, undefined);
    settle(server, allocation);
    return { object: committed, warnings, created: true };
  } catch (refusal) {
    undo(server, allocation);
    throw refusal;
  }
}

/** By the spec as components gave it, annotations of pods that were right: pods of a ReplicaSet share both. */
const checkedPods = new WeakMap<object, Json | undefined>();

function noteChecked(definition: KindDefinition, given: JsonObject): void {
  if (definition.kind === "Pod") checkedPods.set(given["spec"] as JsonObject, annotationsOf(given));
}

function isCheckedPod(given: JsonObject, { trusted }: WriteOptions): boolean {
  const spec = given["spec"] as JsonObject;
  return trusted === true && checkedPods.has(spec) && checkedPods.get(spec) === annotationsOf(given);
}

function annotationsOf(given: JsonObject): Json | undefined {
  return (given["metadata"] as JsonObject | undefined)?.["annotations"];
}

function nameOf(
  server: Server,
  definition: KindDefinition,
  namespace: string,
  meta: Partial<ObjectMeta>,
): string {
  if (meta.name) return meta.name;
  if (!meta.generateName) return "";
  for (;;) {
    const name = generateName(meta.generateName, server.context.random);
    if (!getObject(server.state.store, definition.kind, namespace, name)) return name;
  }
}
