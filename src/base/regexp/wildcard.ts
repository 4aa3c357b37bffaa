// Names with * in them: what kubectl takes for containers and for files.
import { ANY, invert } from "./character-set.ts";
import { readBracket } from "./posix-bracket.ts";
import { PatternError } from "./problems.ts";
import { expressionOf, type Expression } from "./search.ts";
import { literal, placeNode, sequence, setNode, type Node } from "./tree.ts";

const NO_SLASH = setNode(invert([47, 47]));

/** Fits the whole of a name. In file names ? and [...] are signs too, and none of them stands for a slash. */
export function wildcard(pattern: string, isFile = false): Expression {
  const char = isFile ? NO_SLASH : setNode(ANY);
  const parts: Node[] = [placeNode("start")];
  for (let at = 0; at < pattern.length; at++) {
    const set = isFile && pattern[at] === "[" ? bracketAt(pattern, at) : undefined;
    if (pattern[at] === "*")
      parts.push({ kind: "repeat", node: char, least: 0, most: Infinity, lazy: false });
    else if (pattern[at] === "?" && isFile) parts.push(char);
    else if (set) {
      parts.push(setNode(set.set));
      at = set.end - 1;
    } else parts.push(literal(pattern[at]!));
  }
  return expressionOf({ node: sequence([...parts, placeNode("end")]), groups: 0 }, "first");
}

function bracketAt(pattern: string, at: number): ReturnType<typeof readBracket> | undefined {
  try {
    return readBracket(pattern, at + 1, { ignoreCase: false });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return undefined;
  }
}
