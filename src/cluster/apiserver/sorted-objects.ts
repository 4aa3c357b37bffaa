// Objects in order of their keys, with the arrays that were handed to readers left alone: what the API server lists
// from, one per namespace and one per label value.
import type { AnyObject } from "#api/kinds";

export interface SortedObjects {
  keys: string[];
  objects: AnyObject[];
  /** A reader may still walk `objects`: the next change copies it first. */
  shared: boolean;
}

export function createSortedObjects(): SortedObjects {
  return { keys: [], objects: [], shared: false };
}

/** Where the key stands, or would stand. */
function position(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function put(sorted: SortedObjects, key: string, object: AnyObject): void {
  unshare(sorted);
  const index = position(sorted.keys, key);
  if (sorted.keys[index] === key) sorted.objects[index] = object;
  else {
    sorted.keys.splice(index, 0, key);
    sorted.objects.splice(index, 0, object);
  }
}

export function remove(sorted: SortedObjects, key: string): void {
  const index = position(sorted.keys, key);
  if (sorted.keys[index] !== key) return;
  unshare(sorted);
  sorted.keys.splice(index, 1);
  sorted.objects.splice(index, 1);
}

/** The objects in order; the array does not change any more once it was handed out. */
export function share(sorted: SortedObjects): readonly AnyObject[] {
  sorted.shared = true;
  return sorted.objects;
}

function unshare(sorted: SortedObjects): void {
  if (!sorted.shared) return;
  sorted.objects = sorted.objects.slice();
  sorted.shared = false;
}
