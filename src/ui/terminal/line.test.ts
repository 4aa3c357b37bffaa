import { expect, test } from "vitest";
import { commonStart, inColumns } from "./candidates.ts";
import { emptyLine, insert, press, widthOf, type Line } from "./line.ts";

const HISTORY = ["kubectl get pods", "curl -s http://kubia", "kubectl get svc"];

/** The line after these keys, with a bar where the cursor is, and the last effect. */
function typed(...keys: string[]): string {
  let line: Line = emptyLine(HISTORY);
  let last = "";
  for (const key of keys) {
    const edited =
      key.length > 1 && !key.startsWith("\u001b") ? insert(line, key) : press(line, key, HISTORY);
    line = edited.line;
    last = edited.effect.do === "enter" ? `enter ${edited.effect.text}` : edited.effect.do;
  }
  return `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)} ${last}`;
}

const [UP, DOWN, RIGHT, LEFT] = ["\u001b[A", "\u001b[B", "\u001b[C", "\u001b[D"];
const CTRL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 96);

test.each([
  [["echo a", LEFT, "b"], "echo b|a draw"],
  [["echo", CTRL("a"), "x"], "x|echo draw"],
  [["one two", CTRL("w")], "one | draw"],
  [["one two", CTRL("w"), CTRL("a"), CTRL("y")], "two|one  draw"],
  [["one two", CTRL("a"), CTRL("k")], "| draw"],
  [["one two", "\u001bb", CTRL("u")], "|two draw"],
  [["one two", CTRL("a"), "\u001bf", "\u001bd"], "one| draw"],
  [["ab", "\u007f"], "a| draw"],
  [["ab", CTRL("a"), "\u001b[3~"], "|b draw"],
  [["ab", CTRL("a"), CTRL("d")], "|b draw"],
  [[CTRL("d")], "| endInput"],
  [["ab", CTRL("c")], "ab| interrupt"],
  [[UP], "kubectl get svc| draw"],
  [[UP, UP], "curl -s http://kubia| draw"],
  [["dr", UP, DOWN], "dr| draw"],
  [[UP, UP, UP, UP], "kubectl get pods| bell"],
  [["你好", LEFT, "a"], "你a|好 draw"],
  [["😀", "\u007f"], "| draw"],
  [["ls", "\r"], "| enter ls"],
  [["\u001b[99~"], "| draw"],
  [["a\u0007b\tc"], "ab    c| draw"],
  [[RIGHT], "| draw"],
])("SHELL-23: keys edit the line as readline does: %j", (keys, after) => {
  expect(typed(...(keys as string[]))).toBe(after);
});

test.each([
  [[CTRL("r"), "g", "e", "t"], "kubectl |get svc draw"],
  [[CTRL("r"), "g", "e", "t", CTRL("r")], "kubectl |get pods draw"],
  [[CTRL("r"), "c", "u", "r", "\r"], "| enter curl -s http://kubia"],
  [[CTRL("r"), "c", "u", "r", RIGHT], "c|url -s http://kubia draw"],
  [[CTRL("r"), "x", "y"], "| bell"],
  [[CTRL("r"), "g", CTRL("c")], "| interrupt"],
])("SHELL-24: Ctrl-R finds what was typed: %j", (keys, after) => {
  expect(typed(...(keys as string[]))).toBe(after);
});

test("SHELL-21: what Tab shows", () => {
  expect(commonStart(["replicasets", "replicationcontrollers"])).toBe("replica");
  expect(inColumns(["a", "bb", "ccc", "d"], 10)).toBe("a    ccc\nbb   d\n");
  expect(inColumns(["dir/a", "dir/b/"], 80)).toBe("a   b/\n");
  expect([widthOf("abc"), widthOf("你好"), widthOf("😀")]).toEqual([3, 4, 2]);
});
