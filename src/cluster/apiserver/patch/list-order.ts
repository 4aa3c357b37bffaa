// The order of merged lists: items of the patch in the patch's order, the others in the live object's, and both
// interleaved as the live object had them.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go normalizeElementOrder (v1.35)
import { deepEqual, isObject, type Json, type JsonObject } from "#base/json";

/** Where an item with the same key (or the same scalar) stands. */
export function indexOf(list: readonly Json[], item: Json, mergeKey: string | undefined): number {
  if (mergeKey === undefined) return list.indexOf(item);
  const key = isObject(item) ? (item as JsonObject)[mergeKey] : undefined;
  return list.findIndex((other) => isObject(other) && deepEqual((other as JsonObject)[mergeKey], key));
}

/** Those of the items that the other list has too, and the rest. */
export function partition(
  items: readonly Json[],
  listed: readonly Json[],
  mergeKey: string | undefined,
): [listed: Json[], rest: Json[]] {
  const inside: Json[] = [];
  const outside: Json[] = [];
  for (const item of items) (indexOf(listed, item, mergeKey) >= 0 ? inside : outside).push(item);
  return [inside, outside];
}

export function orderItems(
  patchItems: readonly Json[],
  serverItems: readonly Json[],
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string | undefined,
): Json[] {
  const left = sortBy(serverItems, serverOrder, mergeKey);
  const right = sortBy(patchItems, patchOrder, mergeKey);
  const result: Json[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [inLeft, inRight] = [
      indexOf(serverOrder, left[i]!, mergeKey),
      indexOf(serverOrder, right[j]!, mergeKey),
    ];
    if (inLeft >= 0 && inRight >= 0 && inLeft < inRight) result.push(left[i++]!);
    else result.push(right[j++]!);
  }
  return [...result, ...left.slice(i), ...right.slice(j)];
}

function sortBy(items: readonly Json[], order: readonly Json[], mergeKey: string | undefined): Json[] {
  const places = new Map(items.map((item) => [item, indexOf(order, item, mergeKey)]));
  return [...items].sort((a, b) => places.get(a)! - places.get(b)!);
}
