// kubectl describe for kinds without a describer of their own, such as Event: the object's fields, sorted, with names
// taken apart into words.
// Kubernetes: genericDescriber in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import type { KubeObject } from "#api/meta";
import type { DescribeContext } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, type Lines } from "./lines.ts";

/** Shown at the top, or not at all. */
const APART = new Set([
  ".metadata.managedFields",
  ".metadata.name",
  ".metadata.namespace",
  ".metadata.labels",
  ".metadata.annotations",
]);

export function describeGeneric(object: JsonObject, context: DescribeContext): Lines {
  const known = object as unknown as KubeObject;
  const { name, namespace = "", labels, annotations } = known.metadata;
  return [
    line(0, "Name:", name),
    line(0, "Namespace:", namespace),
    ...labelLines("Labels", labels),
    ...annotationLines("Annotations", annotations),
    ...fieldLines(object, 0, ""),
    ...eventLines(known, context),
  ];
}

function fieldLines(object: Record<string, unknown>, level: number, path: string): Lines {
  return Object.keys(object)
    .sort()
    .flatMap((field) => {
      const own = `${path}.${field}`;
      return APART.has(own) ? [] : valueLines(`${wordsOf(field)}:`, object[field], level, own);
    });
}

function valueLines(title: string, value: unknown, level: number, path: string): Lines {
  if (isObject(value)) return [line(level, title), ...fieldLines(value, level + 1, path)];
  if (!Array.isArray(value)) return [line(level, title, plainText(value))];
  const items = value.flatMap((item: unknown) =>
    isObject(item) ? fieldLines(item, level + 1, path) : [line(level + 1, plainText(item))],
  );
  return [line(level, title), ...items];
}

const plainText = (value: unknown): string =>
  value === null || value === undefined ? "<nil>" : String(value);

const ACRONYMS = new Set(["API", "URL", "UID", "GUID"]);

/** "involvedObject" becomes "Involved Object", "apiVersion" "API Version"; other signs than letters leave it as it is. */
export function wordsOf(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const parts = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]+/g) ?? [];
  return parts
    .map((part) => {
      if (ACRONYMS.has(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(" ");
}
