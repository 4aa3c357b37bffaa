// What was made of an object is made once: objects are immutable, so it holds as long as they do.

/** Forgotten with the object. */
export function memo<K extends object, V>(made: WeakMap<K, V>, object: K, make: (object: K) => V): V {
  let value = made.get(object);
  if (value === undefined) made.set(object, (value = make(object)));
  return value;
}
