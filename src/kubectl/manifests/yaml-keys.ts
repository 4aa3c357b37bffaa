// Keys that YAML has and a manifest cannot: mappings and lists, as `{{ name }}` of a template makes them, and nothing.
// parse.ts asks for every document.
// Kubernetes: vendored go.yaml.in/yaml/v2, decode.go; sigs.k8s.io/yaml convertToJSONableObject (v1.35)
import { isCollection, isMap, isPair, isScalar, isSeq } from "yaml";

interface KeyProblem {
  text: string;
  at: number;
}

/** A null key is told of only where the document has no worse one: it is found later, on the way to JSON. */
export function keyProblem(contents: unknown): KeyProblem | undefined {
  return firstKey(contents, collectionKey) ?? firstKey(contents, nullKey);
}

function firstKey(
  node: unknown,
  problem: (key: unknown, value: unknown) => KeyProblem | undefined,
): KeyProblem | undefined {
  if (!isCollection(node)) return undefined;
  for (const item of node.items) {
    const found = isPair(item)
      ? (problem(item.key, item.value) ?? firstKey(item.value, problem))
      : firstKey(item, problem);
    if (found) return found;
  }
  return undefined;
}

function collectionKey(key: unknown): KeyProblem | undefined {
  if (!isCollection(key)) return undefined;
  return { text: `yaml: invalid map key: ${goLiteral(key)}`, at: key.range?.[0] ?? 0 };
}

function nullKey(key: unknown, value: unknown): KeyProblem | undefined {
  if (!isScalar(key) || key.value !== null) return undefined;
  const text = `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goLiteral(value)}`;
  return { text, at: key.range?.[0] ?? 0 };
}

/** As Go's %#v prints it. */
function goLiteral(node: unknown): string {
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => `${goLiteral(key)}:${goLiteral(value)}`);
    return `map[interface {}]interface {}{${pairs.join(", ")}}`;
  }
  if (isSeq(node)) return `[]interface {}{${node.items.map(goLiteral).join(", ")}}`;
  const value: unknown = isScalar(node) ? node.value : null;
  return value === null ? "interface {}(nil)" : JSON.stringify(value);
}
