// The text form of label selectors, read token by token as the real parser does, with its errors.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/labels/selector.go (v1.35)
import type { Operator, Requirement } from "#api/selectors";
import { badRequest } from "./status.ts";

const SYMBOLS = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"];

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  let rest = text;
  while (rest !== "") {
    const space = /^\s+/.exec(rest);
    const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate));
    const token = space?.[0] ?? symbol ?? /^[^\s=!(),<>]+/.exec(rest)![0];
    if (!space) tokens.push(token);
    rest = rest.slice(token.length);
  }
  return tokens;
}

interface Reader {
  tokens: string[];
  at: number;
}

const isWord = (token: string | undefined): token is string =>
  token !== undefined && !SYMBOLS.includes(token);

function unexpected(found: string | undefined, expected: string): never {
  throw badRequest(`unable to parse requirement: found '${found ?? ""}', expected: ${expected}`);
}

export function parseRequirements(selector: string): Requirement[] {
  const reader: Reader = { tokens: tokenize(selector), at: 0 };
  const requirements: Requirement[] = [];
  while (reader.at < reader.tokens.length) {
    requirements.push(parseRequirement(reader));
    const next = reader.tokens[reader.at];
    if (next === undefined) break;
    if (next !== ",") throw badRequest(`found '${next}', expected: ',' or 'end of string'`);
    reader.at++;
    const after = reader.tokens[reader.at];
    if (!isWord(after) && after !== "!")
      throw badRequest(`found '${after ?? ""}', expected: identifier after ','`);
  }
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function parseRequirement(reader: Reader): Requirement {
  let operator: Operator = "exists";
  if (reader.tokens[reader.at] === "!") {
    operator = "!";
    reader.at++;
  }
  const key = reader.tokens[reader.at++];
  if (!isWord(key)) unexpected(key, "identifier");
  const next = reader.tokens[reader.at];
  if (operator === "!" || next === undefined || next === ",") return { key, operator, values: [] };
  reader.at++;
  switch (next) {
    case "=":
    case "==":
    case "!=":
      return { key, operator: next, values: [exactValue(reader)] };
    case "in":
    case "notin":
      return { key, operator: next, values: setOfValues(reader) };
    case ">":
    case "<":
      return { key, operator: next === ">" ? "gt" : "lt", values: [exactValue(reader)] };
    default:
      return unexpected(next, "in, notin, =, ==, !=, gt, lt");
  }
}

function exactValue(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined || token === ",") return "";
  if (!isWord(token)) unexpected(token, "identifier");
  reader.at++;
  return token;
}

function setOfValues(reader: Reader): string[] {
  if (reader.tokens[reader.at] !== "(") unexpected(reader.tokens[reader.at], "'('");
  reader.at++;
  const values: string[] = [];
  for (;;) {
    const token = reader.tokens[reader.at++];
    if (token === ")") return values.length > 0 ? values : [""];
    if (token === ",") continue;
    if (!isWord(token)) unexpected(token, "',', ')' or identifier");
    values.push(token);
  }
}
