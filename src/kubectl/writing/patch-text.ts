// A patch as a person types it: JSON goes to the server as it is, anything else is read as YAML.
// Kubernetes: k8s.io/apimachinery/pkg/util/yaml ToJSON, encoding/json (v1.35)
import type { Status } from "#api/meta";
import type { Json } from "#base/json";
import { plainError, StatusError } from "../errors.ts";
import { goQuote } from "../go-values.ts";
import { parseYaml } from "../manifests/parse.ts";

/** The patch, or what the server says of its JSON; what is no YAML either is refused at once. */
export function readPatch(text: string, jsonPatch: boolean): () => Json {
  if (text.trimStart().startsWith("{")) return () => readJson(text, jsonPatch);
  const parsed = parseYaml(text);
  if (!parsed.ok) throw plainError(`unable to parse ${goQuote(text)}: ${parsed.problem.text}`);
  const { value } = parsed.parsed;
  return () => value;
}

function readJson(text: string, jsonPatch: boolean): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new StatusError(badJson(`${jsonPatch ? "error decoding patch: " : ""}${jsonProblem(text)}`));
  }
}

function badJson(message: string): Status {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "BadRequest",
    message,
    code: 400,
  };
}

/** What Go's parser says of text that is no JSON. */
export function jsonProblem(text: string): string {
  const tokens = /\s+|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y;
  const stack: ("object" | "array")[] = [];
  let expect: "value" | "firstKey" | "key" | "colon" | "comma" = "value";
  let first = false;
  let at = 0;
  const invalid = (sign: string, where: string): string => `invalid character ${goSign(sign)} ${where}`;
  while (at < text.length) {
    tokens.lastIndex = at;
    const token = tokens.exec(text)?.[0];
    const sign = text[at]!;
    if (token?.trim() === "") {
      at += token.length;
      continue;
    }
    if (token === undefined && sign === '"') return "unexpected end of JSON input";
    const where = {
      value: "looking for beginning of value",
      firstKey: "looking for beginning of object key string",
      key: "looking for beginning of object key string",
      colon: "after object key",
      comma:
        stack.at(-1) === "object"
          ? "after object key:value pair"
          : stack.length > 0
            ? "after array element"
            : "after top-level value",
    }[expect];
    if (token === undefined) return invalid(sign, where);
    const isKey = token.startsWith('"');
    if (expect === "firstKey" && token === "}") {
      stack.pop();
      expect = "comma";
    } else if (expect === "firstKey" || expect === "key") {
      if (!isKey) return invalid(sign, where);
      expect = "colon";
    } else if (expect === "colon") {
      if (token !== ":") return invalid(sign, where);
      expect = "value";
    } else if (expect === "comma") {
      const top = stack.at(-1);
      if (top && token === ",") expect = top === "object" ? "key" : "value";
      else if ((top === "object" && token === "}") || (top === "array" && token === "]")) stack.pop();
      else return invalid(sign, where);
    } else if (token === "{" || token === "[") {
      stack.push(token === "{" ? "object" : "array");
      expect = token === "{" ? "firstKey" : "value";
      first = token === "[";
      at += token.length;
      continue;
    } else if (token === "]" && first) {
      stack.pop();
      expect = "comma";
    } else if (/^[}\],:]$/.test(token)) return invalid(sign, where);
    else expect = "comma";
    first = false;
    at += token.length;
  }
  return "unexpected end of JSON input";
}

const goSign = (sign: string): string =>
  sign === "'" ? `'\\''` : `'${goQuote(sign).slice(1, -1).replace('\\"', '"')}'`;
