// The sets of characters that tr takes: ranges, classes and escapes.
import { unescape } from "./echo.ts";

const range = (from: string, to: string): string => {
  let text = "";
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) text += String.fromCharCode(code);
  return text;
};

const CLASSES: Record<string, string> = {
  lower: range("a", "z"),
  upper: range("A", "Z"),
  alpha: range("A", "Z") + range("a", "z"),
  digit: range("0", "9"),
  alnum: range("0", "9") + range("A", "Z") + range("a", "z"),
  space: " \t\n\r\f\v",
  blank: " \t",
  punct: range("!", "/") + range(":", "@") + range("[", "`") + range("{", "~"),
  xdigit: `${range("0", "9")}ABCDEFabcdef`,
};

export function trSet(text: string): string {
  return unescape(text)
    .text.replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? "")
    .replace(/([^])-([^])/g, (_, from: string, to: string) => range(from, to));
}
