// The text form of label selectors, read token by token as the real parser does, with its errors. The API server reads
// queries with it, kubectl the selectors that it applies itself.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/labels/selector.go (v1.35)
import { labelValue, qualifiedName } from "#api/names";
import type { Operator, Requirement } from "#api/selectors";
import { badRequest } from "./status.ts";

type SelectorReading = { ok: true; requirements: Requirement[] } | { ok: false; problem: string };

const SYMBOLS = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"];
const OPERATORS: Record<string, Operator> = {
  "=": "=",
  "==": "==",
  "!=": "!=",
  in: "in",
  notin: "notin",
  ">": "gt",
  "<": "lt",
};

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  let rest = text;
  while (rest !== "") {
    const space = /^[ \t\r\n]+/.exec(rest);
    const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate));
    const token = space?.[0] ?? symbol ?? /^[^ \t\r\n=!(),<>]+/.exec(rest)![0];
    if (!space) tokens.push(token);
    rest = rest.slice(token.length);
  }
  return tokens;
}

interface Reader {
  tokens: string[];
  at: number;
}

/** What is wrong with a selector; caught where reading began. */
class SelectorProblem extends Error {}

const isWord = (token: string | undefined): token is string =>
  token !== undefined && !SYMBOLS.includes(token);

function unexpected(found: string | undefined, expected: string): never {
  throw new SelectorProblem(`found '${found ?? ""}'${expected}`);
}

export function parseRequirements(selector: string): Requirement[] {
  const read = readSelector(selector);
  if (!read.ok) throw badRequest(read.problem);
  return read.requirements;
}

/** The requirements of a selector, sorted by key, or what is wrong with it. */
export function readSelector(selector: string): SelectorReading {
  try {
    return { ok: true, requirements: readRequirements(selector) };
  } catch (error) {
    if (error instanceof SelectorProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

function readRequirements(selector: string): Requirement[] {
  const reader: Reader = { tokens: tokenize(selector), at: 0 };
  const requirements: Requirement[] = [];
  while (reader.at < reader.tokens.length) {
    const first = reader.tokens[reader.at];
    if (!isWord(first) && first !== "!") unexpected(first, ", expected: !, identifier, or 'end of string'");
    requirements.push(readRequirement(reader));
    const next = reader.tokens[reader.at];
    if (next === undefined) break;
    if (next !== ",") unexpected(next, ", expected: ',' or 'end of string'");
    reader.at++;
    const after = reader.tokens[reader.at];
    if (!isWord(after) && after !== "!") unexpected(after, ", expected: identifier after ','");
  }
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function readRequirement(reader: Reader): Requirement {
  try {
    const requirement = keyAndValues(reader);
    const problems = requirementProblems(requirement);
    if (problems.length > 0)
      throw new SelectorProblem(problems.length > 1 ? `[${problems.join(", ")}]` : problems[0]);
    return requirement;
  } catch (error) {
    if (error instanceof SelectorProblem)
      throw new SelectorProblem(`unable to parse requirement: ${error.message}`);
    throw error;
  }
}

function keyAndValues(reader: Reader): Requirement {
  const absent = reader.tokens[reader.at] === "!";
  if (absent) reader.at++;
  const key = reader.tokens[reader.at++];
  if (!isWord(key)) unexpected(key, ", expected: identifier");
  const problems = qualifiedName(key);
  if (problems.length > 0)
    throw new SelectorProblem(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join("; ")}`);
  if (absent) return { key, operator: "!", values: [] };
  const next = reader.tokens[reader.at];
  if (next === undefined || next === ",") return { key, operator: "exists", values: [] };
  reader.at++;
  const operator = Object.hasOwn(OPERATORS, next) ? OPERATORS[next] : undefined;
  if (!operator) unexpected(next, ", expected: in, notin, =, ==, !=, gt, lt");
  const isSet = operator === "in" || operator === "notin";
  return { key, operator, values: isSet ? setOfValues(reader) : [exactValue(reader)] };
}

function exactValue(reader: Reader): string {
  const token = reader.tokens[reader.at];
  if (token === undefined || token === ",") return "";
  if (!isWord(token)) unexpected(token, ", expected: identifier");
  reader.at++;
  return token;
}

/** `(a,b)`; nothing between two commas is the empty value. */
function setOfValues(reader: Reader): string[] {
  const open = reader.tokens[reader.at++];
  if (open !== "(") unexpected(open, " expected: '('");
  const first = reader.tokens[reader.at];
  if (first === ")") {
    reader.at++;
    return [""];
  }
  if (!isWord(first) && first !== ",") unexpected(first, ", expected: ',', ')' or identifier");
  const values = new Set<string>();
  for (;;) {
    const token = reader.tokens[reader.at++];
    const next = reader.tokens[reader.at];
    if (isWord(token)) {
      values.add(token);
      if (next !== "," && next !== ")") unexpected(next, ", expected: ',' or ')'");
    } else if (token === ",") {
      if (values.size === 0 || next === "," || next === ")") values.add("");
    } else unexpected(token, ", expected: ',', or identifier");
    if (next === ")") {
      reader.at++;
      return [...values].sort();
    }
  }
}

function requirementProblems({ key, operator, values }: Requirement): string[] {
  const problems = values.flatMap((value, index) => {
    if ((operator !== "gt" && operator !== "lt") || /^[-+]?\d+$/.test(value)) return [];
    return `values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`;
  });
  values.forEach((value, index) => {
    const text = labelValue(value).join("; ");
    if (text) problems.push(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${text}`);
  });
  return problems;
}
