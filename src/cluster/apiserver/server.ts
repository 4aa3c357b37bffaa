// What every part of the API server works on: its stored state, the kinds that it knows, and the machine's context.
import type { AnyObject, KindName } from "#api/kinds";
import type { KindDefinition } from "#api/define";
import type { JsonObject } from "#base/json";
import type { ServiceContext } from "../machine/component.ts";
import type { Allocations } from "./allocate/allocator.ts";
import type { EventIndex } from "./event-correlator.ts";
import type { Manager } from "./managers/managers.ts";
import type { Scheme } from "./scheme.ts";
import { nextRevision, putObject, removeObject, type StoreState } from "./store.ts";

export interface ApiServerState {
  store: StoreState;
  clusterIps: Allocations;
  nodePorts: Allocations;
  events: EventIndex;
  /** Who manages the fields of an object, by its uid. */
  managers: Map<string, readonly Manager[]>;
}

export interface Server {
  readonly scheme: Scheme;
  readonly state: ApiServerState;
  readonly context: ServiceContext;
}

export interface WriteOptions {
  dryRun?: boolean;
  /**
   * From a component: nobody reads warnings, and its objects come from the store, so a change of them needs no defaults
   * and no validation.
   */
  trusted?: boolean;
  /** Who manages its fields has changed: that is worth a revision. */
  touched?: boolean;
}

export interface Written {
  object: AnyObject;
  warnings: string[];
  created?: boolean;
}

/** Gives the object its new revision, stores it and tells the watchers. */
export function commit(server: Server, object: AnyObject, old: AnyObject | undefined): AnyObject {
  const { store } = server.state;
  const metadata = { ...object.metadata, resourceVersion: nextRevision(store) };
  const committed = { ...object, metadata } as AnyObject;
  putObject(store, committed, old);
  const kind = committed.kind as KindName;
  server.context.publish(
    old ? { type: "MODIFIED", kind, object: committed, old } : { type: "ADDED", kind, object: committed },
  );
  return committed;
}

/** For an object that was made for this one call: it gets its revision and is not copied. */
export function commitNew(server: Server, object: AnyObject): void {
  object.metadata.resourceVersion = nextRevision(server.state.store);
  putObject(server.state.store, object, undefined);
  server.context.publish({ type: "ADDED", kind: object.kind as KindName, object });
}

/** Takes the object out of the store; watchers get its last state with the revision of the deletion. */
export function expunge(server: Server, last: AnyObject): AnyObject {
  const { store } = server.state;
  removeObject(store, last);
  server.state.managers.delete(last.metadata.uid);
  const metadata = { ...last.metadata, resourceVersion: nextRevision(store) };
  const object = { ...last, metadata } as AnyObject;
  server.context.publish({ type: "DELETED", kind: last.kind as KindName, object, old: last });
  return object;
}

/** Chance is used up only by what is written: refusals and dry runs leave no trace, so that replays may omit them. */
export function sparingChance<T>({ context }: Server, options: WriteOptions, write: () => T): T {
  const { random } = context;
  const before = { ...random };
  try {
    const result = write();
    if (options.dryRun) Object.assign(random, before);
    return result;
  } catch (error) {
    Object.assign(random, before);
    throw error;
  }
}

export function asJson(object: AnyObject): JsonObject {
  return object as unknown as JsonObject;
}

export function asObject(object: JsonObject): AnyObject {
  return object as unknown as AnyObject;
}

export function namespaceFor(definition: KindDefinition, namespace: string | undefined): string {
  return definition.namespaced ? (namespace ?? "default") : "";
}
