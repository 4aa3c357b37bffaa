// What etcd is to the API server: every object by kind, namespace and name, with indexes by label and by owner, and
// one counter of revisions. Objects are immutable; a change replaces them.
import type { AnyObject, KindName } from "#api/kinds";
import { addName, countOf, createSortedNames, dropName, listOf, type SortedNames } from "./sorted-objects.ts";

interface NamespaceStore {
  byName: Map<string, AnyObject>;
  /** Goes up with every change. */
  version: number;
  all: SortedNames;
  /** By "key=value". */
  byLabel: Map<string, SortedNames>;
}

interface KindStore {
  namespaces: Map<string, NamespaceStore>;
  /** Every object of the kind in order, until the next change. */
  list?: readonly AnyObject[];
}

export interface StoreState {
  revision: number;
  kinds: Map<KindName, KindStore>;
  /** Objects by the uid of an owner, then by their own. */
  owned: Map<string, Map<string, AnyObject>>;
}

const EMPTY: readonly AnyObject[] = [];

export function createStore(): StoreState {
  return { revision: 0, kinds: new Map(), owned: new Map() };
}

export function nextRevision(store: StoreState): string {
  return String(++store.revision);
}

export function getObject(
  store: StoreState,
  kind: KindName,
  namespace: string,
  name: string,
): AnyObject | undefined {
  return store.kinds.get(kind)?.namespaces.get(namespace)?.byName.get(name);
}

/** In order of namespace, then name; of one namespace if it is given, with all of the labels if there are any. */
export function listObjects(
  store: StoreState,
  kind: KindName,
  namespace?: string,
  labels?: Record<string, string>,
): readonly AnyObject[] {
  const kindStore = store.kinds.get(kind);
  if (!kindStore) return EMPTY;
  const pairs = labels ? Object.entries(labels) : [];
  if (namespace === undefined && pairs.length === 0) return listKind(kindStore);
  const namespaces = namespace === undefined ? [...kindStore.namespaces.keys()].sort() : [namespace];
  const lists = namespaces.map((name) => listNamespace(kindStore.namespaces.get(name), pairs));
  return lists.length === 1 ? lists[0]! : lists.flat();
}

function listKind(kindStore: KindStore): readonly AnyObject[] {
  if (kindStore.list) return kindStore.list;
  const lists = [...kindStore.namespaces]
    .filter(([, { byName }]) => byName.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { all, byName, version }]) => listOf(all, byName, version));
  kindStore.list = lists.length === 1 ? lists[0]! : lists.flat();
  return kindStore.list;
}

function listNamespace(store: NamespaceStore | undefined, pairs: [string, string][]): readonly AnyObject[] {
  if (!store) return EMPTY;
  const { byName, version } = store;
  if (pairs.length === 0) return listOf(store.all, byName, version);
  let smallest: SortedNames | undefined;
  for (const [key, value] of pairs) {
    const list = store.byLabel.get(`${key}=${value}`);
    if (!list) return EMPTY;
    if (!smallest || countOf(list) < countOf(smallest)) smallest = list;
  }
  const list = listOf(smallest!, byName, version);
  if (pairs.length === 1) return list;
  return list.filter(({ metadata }) => pairs.every(([key, value]) => metadata.labels?.[key] === value));
}

/** Objects of any kind that name this uid among their owners. */
export function ownedBy(store: StoreState, uid: string): AnyObject[] {
  return [...(store.owned.get(uid)?.values() ?? [])];
}

/** Namespaced objects of every kind in a namespace. */
export function contentsOf(store: StoreState, namespace: string): AnyObject[] {
  return [...store.kinds.values()].flatMap(({ namespaces }) => {
    const found = namespace === "" ? undefined : namespaces.get(namespace);
    return found ? listOf(found.all, found.byName, found.version) : [];
  });
}

export function putObject(store: StoreState, object: AnyObject, old: AnyObject | undefined): void {
  const kindStore = kindStoreOf(store, object.kind as KindName);
  const { name, namespace = "", labels, ownerReferences } = object.metadata;
  let place = kindStore.namespaces.get(namespace);
  if (!place) {
    place = { byName: new Map(), version: 0, all: createSortedNames(), byLabel: new Map() };
    kindStore.namespaces.set(namespace, place);
  }
  kindStore.list = undefined;
  place.version++;
  place.byName.set(name, object);
  if (!old) addName(place.all, name);
  if (!old || old.metadata.labels !== labels) {
    if (old) dropLabels(place, old);
    addLabels(place, object);
  }
  if (old?.metadata.ownerReferences && old.metadata.ownerReferences !== ownerReferences)
    dropOwners(store, old);
  for (const owner of ownerReferences ?? []) {
    let owned = store.owned.get(owner.uid);
    if (!owned) store.owned.set(owner.uid, (owned = new Map()));
    owned.set(object.metadata.uid, object);
  }
}

export function removeObject(store: StoreState, object: AnyObject): void {
  const kindStore = kindStoreOf(store, object.kind as KindName);
  const place = kindStore.namespaces.get(object.metadata.namespace ?? "");
  if (!place) return;
  kindStore.list = undefined;
  place.version++;
  place.byName.delete(object.metadata.name);
  dropName(place.all, object.metadata.name);
  dropLabels(place, object);
  dropOwners(store, object);
  if (place.byName.size === 0) kindStore.namespaces.delete(object.metadata.namespace ?? "");
}

function kindStoreOf(store: StoreState, kind: KindName): KindStore {
  let kindStore = store.kinds.get(kind);
  if (!kindStore) store.kinds.set(kind, (kindStore = { namespaces: new Map() }));
  return kindStore;
}

function addLabels(place: NamespaceStore, { metadata }: AnyObject): void {
  const { name, labels } = metadata;
  for (const key in labels) {
    const pair = `${key}=${labels[key]}`;
    let list = place.byLabel.get(pair);
    if (!list) place.byLabel.set(pair, (list = createSortedNames()));
    addName(list, name);
  }
}

function dropLabels(place: NamespaceStore, object: AnyObject): void {
  const { name, labels } = object.metadata;
  for (const key in labels) {
    const pair = `${key}=${labels[key]}`;
    const list = place.byLabel.get(pair);
    if (!list) continue;
    dropName(list, name);
    if (countOf(list) === 0) place.byLabel.delete(pair);
  }
}

function dropOwners(store: StoreState, object: AnyObject): void {
  for (const { uid } of object.metadata.ownerReferences ?? []) {
    const owned = store.owned.get(uid);
    owned?.delete(object.metadata.uid);
    if (owned?.size === 0) store.owned.delete(uid);
  }
}
