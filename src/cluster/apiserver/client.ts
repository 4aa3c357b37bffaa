// How components talk to the API server: typed, synchronous, by the same admission, storage and watch path as
// `handle(request)`, only without a path to parse. What it returns is immutable and shared.
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import type { Status } from "#api/meta";
import type { Json, JsonObject } from "#base/json";

/** One request as it would come over HTTP. Bodies are parsed JSON (or YAML text is parsed before it comes here). */
export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path without the query, such as `/api/v1/namespaces/default/services/web`. */
  path: string;
  /** labelSelector, fieldSelector, fieldValidation, dryRun, propagationPolicy, gracePeriodSeconds, watch ... */
  query?: Record<string, string>;
  /** For PATCH: application/strategic-merge-patch+json, application/merge-patch+json or application/json-patch+json. */
  contentType?: string;
  /** `application/json;as=Table;v=v1;g=meta.k8s.io` asks for a Table. */
  accept?: string;
  body?: Json;
}

export interface ApiResponse {
  /** HTTP status. */
  status: number;
  /** The object, list, Table, discovery document, or a Status. */
  body: Json;
  /** Texts of Warning headers, in order. */
  warnings: string[];
}

export type Outcome<T> = { ok: true; object: T } | { ok: false; status: Status };

export interface EventInput {
  involvedObject: KindMap[KindName];
  /** Such as `spec.containers{main}`. */
  fieldPath?: string;
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** Such as "kubelet"; host is the node's name where there is one. */
  component: string;
  host?: string;
  /** What was tried, of a component that records by events.k8s.io: its Events have one time and a series. */
  action?: string;
}

export interface ListOptions {
  namespace?: string;
  /** Equality-based: all of these labels. */
  labels?: Record<string, string>;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: "Background" | "Foreground" | "Orphan";
  uid?: string;
}

export interface ApiClient {
  /** The one entrance for everything that speaks HTTP: the page, kubectl, tests, real clients. */
  handle(request: ApiRequest): ApiResponse;
  get<K extends KindName>(kind: K, namespace: string | undefined, name: string): KindMap[K] | undefined;
  /** In order of namespace, then name. Do not keep the array. */
  list<K extends KindName>(kind: K, options?: ListOptions): readonly KindMap[K][];
  create<K extends KindName>(kind: K, namespace: string | undefined, object: JsonObject): Outcome<KindMap[K]>;
  /** Replaces; fails with Conflict if metadata.resourceVersion is set and old. */
  update<K extends KindName>(kind: K, object: KindMap[K]): Outcome<KindMap[K]>;
  updateStatus<K extends KindName>(kind: K, object: KindMap[K]): Outcome<KindMap[K]>;
  /** Sets spec.nodeName and the PodScheduled condition (pods/binding). */
  bind(namespace: string, pod: string, node: string): Outcome<KindMap["Pod"]>;
  delete<K extends KindName>(
    kind: K,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): Outcome<KindMap[K]>;
  /** Records an Event; the same event again raises the count of the first one, as the real recorder does. */
  recordEvent(event: EventInput): void;
  /** Objects of any kind whose ownerReferences name this uid. */
  listOwned(uid: string): AnyObject[];
  /** Every object in a namespace. */
  listContents(namespace: string): AnyObject[];
  /** Leaves of the finalizers of spec only those (namespaces/finalize); a namespace that is being deleted is gone then. */
  finalizeNamespace(name: string, kept: string[]): Outcome<KindMap["Namespace"]>;
}
