// Names in order and the objects that bear them, put together only when somebody lists: what the API server lists
// from, one per namespace and one per label value. Most changes are never listed one by one.
import type { AnyObject } from "#api/kinds";

export interface SortedNames {
  /** In order, as of the last listing. */
  names: string[];
  /** Came since then. */
  added: Set<string>;
  /** Went since then. */
  gone: Set<string>;
  /** The last listing, and the version of the objects that it shows. */
  list: readonly AnyObject[];
  version: number;
}

export function createSortedNames(): SortedNames {
  return { names: [], added: new Set(), gone: new Set(), list: [], version: 0 };
}

/** The name was not among them. */
export function addName(sorted: SortedNames, name: string): void {
  if (!sorted.gone.delete(name)) sorted.added.add(name);
}

/** The name was among them. */
export function dropName(sorted: SortedNames, name: string): void {
  if (!sorted.added.delete(name)) sorted.gone.add(name);
}

export function countOf({ names, added, gone }: SortedNames): number {
  return names.length + added.size - gone.size;
}

/** The objects in order. `version` goes up with every change; the array does not change any more. */
export function listOf(
  sorted: SortedNames,
  objects: ReadonlyMap<string, AnyObject>,
  version: number,
): readonly AnyObject[] {
  if (sorted.version === version) return sorted.list;
  if (sorted.added.size > 0 || sorted.gone.size > 0) settle(sorted);
  sorted.list = sorted.names.map((name) => objects.get(name)!);
  sorted.version = version;
  return sorted.list;
}

function settle(sorted: SortedNames): void {
  const { names, gone } = sorted;
  const added = [...sorted.added].sort();
  const merged: string[] = [];
  let next = 0;
  for (const name of names) {
    while (next < added.length && added[next]! < name) merged.push(added[next++]!);
    if (!gone.has(name)) merged.push(name);
  }
  while (next < added.length) merged.push(added[next++]!);
  sorted.names = merged;
  sorted.added.clear();
  gone.clear();
}
