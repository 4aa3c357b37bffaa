// JSON patch: add, remove, replace, move, copy and test by JSON pointers. RFC 6902, but for what the server's library
// lets pass.
// Kubernetes: gopkg.in/evanphx/json-patch.v4 (v1.35)
import { clone, deepEqual, define, isObject, type Json, type JsonObject } from "#base/json";

export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

/** The operation does not fit the document, or a test failed. */
export class JsonPatchError extends Error {}

export function jsonPatch(document: Json, operations: readonly JsonPatchOperation[]): Json {
  let result = clone(document);
  for (const operation of operations) {
    if (!isObject(operation)) throw new JsonPatchError("an operation is an object");
    result = apply(result, operation);
  }
  return result;
}

function apply(document: Json, { op, path, from, value = null }: JsonPatchOperation): Json {
  const to = pointer(path);
  switch (op) {
    case "add":
      return add(document, to, value);
    case "remove":
      return remove(document, to);
    case "replace":
      return replace(document, to, value);
    case "move": {
      const source = pointer(from);
      const moved = read(document, source);
      return add(remove(document, source), to, moved);
    }
    case "copy":
      return add(document, to, clone(read(document, pointer(from))));
    case "test":
      if (deepEqual(find(document, to) ?? null, value)) return document;
      throw new JsonPatchError(`testing value ${path} failed`);
    default:
      throw new JsonPatchError(`unexpected kind: ${op}`);
  }
}

/** What an object does not have is added, as by the server's library. */
function replace(document: Json, path: readonly string[], value: Json): Json {
  const key = path.at(-1);
  if (key === undefined) return value;
  const container = read(document, path.slice(0, -1));
  if (Array.isArray(container)) return add(remove(document, path), path, value);
  return add(document, path, value);
}

function pointer(text: string | undefined): string[] {
  if (text === "") return [];
  if (typeof text !== "string" || !text.includes("/")) throw new JsonPatchError("a path begins with /");
  // What stands before the first slash counts for nothing.
  return text
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
}

function child(container: Json, key: string): Json | undefined {
  if (Array.isArray(container)) return /^(0|[1-9]\d*)$/.test(key) ? container[Number(key)] : undefined;
  return isObject(container) && Object.hasOwn(container, key) ? (container as JsonObject)[key] : undefined;
}

function find(document: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path) value = value === undefined ? undefined : child(value, key);
  return value;
}

function read(document: Json, path: readonly string[]): Json {
  const value = find(document, path);
  if (value === undefined) throw new JsonPatchError(`missing path: /${path.join("/")}`);
  return value;
}

function add(document: Json, path: readonly string[], value: Json): Json {
  const key = path.at(-1);
  if (key === undefined) return value;
  const container = read(document, path.slice(0, -1));
  if (Array.isArray(container)) {
    const index = key === "-" ? container.length : /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
    if (index < 0 || index > container.length) throw new JsonPatchError(`index ${key} is out of bounds`);
    container.splice(index, 0, value);
  } else if (isObject(container)) define(container, key, value);
  else throw new JsonPatchError(`/${path.join("/")} is not inside of an object or list`);
  return document;
}

function remove(document: Json, path: readonly string[]): Json {
  const key = path.at(-1);
  if (key === undefined) return null;
  const container = read(document, path.slice(0, -1));
  if (child(container, key) === undefined) throw new JsonPatchError(`missing path: /${path.join("/")}`);
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete (container as JsonObject)[key];
  return document;
}
