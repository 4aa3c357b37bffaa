// Plain data, the only state that the cluster keeps: snapshots are copies and comparisons are structural.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** An object whose keys come from outside (manifests, links): no prototype, so `__proto__` is a key like any other. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** The value of a key that a person chose; `constructor` and the like, which every object inherits, do not count. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Structural equality of plain data; a missing key equals an undefined one. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  // Pairs that are still to be compared. Engines copy a function that calls itself into itself again and again, and
  // throw the result away at the next kind of object: here that cost more than the comparisons.
  const left: object[] = [a];
  const right: object[] = [b];
  while (left.length > 0) {
    const one = left.pop() as Record<string, unknown>;
    const other = right.pop() as Record<string, unknown>;
    const isList = Array.isArray(one);
    if (isList !== Array.isArray(other)) return false;
    if (isList) {
      const list = one as unknown[];
      const others = other as unknown as unknown[];
      if (list.length !== others.length) return false;
      for (let index = 0; index < list.length; index++) {
        const x = list[index];
        const y = others[index];
        if (x === y) continue;
        if (typeof x !== "object" || typeof y !== "object" || x === null || y === null) return false;
        left.push(x);
        right.push(y);
      }
      continue;
    }
    // `for in` walks plain data without a list of its keys.
    for (const key in one) {
      const x = one[key];
      const y = other[key];
      if (x === y) continue;
      if (typeof x !== "object" || typeof y !== "object" || x === null || y === null) return false;
      if (y === Object.prototype) return false;
      left.push(x);
      right.push(y);
    }
    for (const key in other) {
      const x = one[key];
      if (x === undefined) {
        if (other[key] !== undefined) return false;
        // A key that is only there because every object has it, such as `constructor`: plain data holds no functions.
      } else if (typeof x === "function" || x === Object.prototype) return false;
    }
  }
  return true;
}

/** A deep copy of plain data. Keys set to undefined are left out. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) define(copy, key, clone(item));
  }
  return copy as T;
}

/** Sets a key that may be `__proto__` without touching the prototype. */
export function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

/** JSON with sorted keys: equal data gives equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(",")}}`;
}
