// The building blocks of a description: lines with tabs between their cells, indented by two blanks a level. Values
// come from objects, so what would steer a terminal is made visible.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Taint } from "#api/node/types";
import type { Toleration } from "#api/pod/types";
import { MONTHS, parseRfc3339, toCivil } from "#base/time";

export type Lines = string[];

/** Cells with tabs between them. */
export const line = (level: number, ...cells: readonly string[]): string =>
  "  ".repeat(level) + cells.join("\t").replaceAll("\u001b", "^[").replaceAll("\r", "\\r");

export const noneIfEmpty = (text: string): string => text || "<none>";

/** "True" and "False", as Go programs for people print them. */
export const boolText = (value: boolean): string => (value ? "True" : "False");

/** "Title:", and the values one below the other. */
export function under(title: string, values: readonly string[]): Lines {
  const [first = "<none>", ...rest] = values;
  return [line(0, `${title}:`, first), ...rest.map((value) => line(0, "", value))];
}

export function labelLines(title: string, labels: Readonly<Record<string, string>> | undefined): Lines {
  const keys = Object.keys(labels ?? {}).sort();
  return under(
    title,
    keys.map((key) => `${key}=${labels?.[key]}`),
  );
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const LONGEST = 140;

/** Annotations that are long, or that have several lines, stand below their key. */
export function annotationLines(
  title: string,
  annotations: Readonly<Record<string, string>> | undefined,
): Lines {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  const values = keys.flatMap((key) => {
    const value = (annotations?.[key] ?? "").replace(/\n$/, "");
    const length = bytes(value) + bytes(key) + 2;
    if (length <= LONGEST && !value.includes("\n")) return [`${key}: ${value}`];
    return [`${key}:`, ...value.split("\n").map((part) => `  ${shorten(part)}`)];
  });
  return under(title, values);
}

const shorten = (text: string): string =>
  text.length > LONGEST - 2 ? `${text.slice(0, LONGEST - 2)}...` : text;

function bytes(text: string): number {
  let length = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

const byText = <T>(items: readonly T[], textOf: (item: T) => string): T[] =>
  items.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0));

export function tolerationLines(title: string, tolerations: readonly Toleration[] | undefined): Lines {
  return under(title, byText(tolerations ?? [], ({ key = "" }) => key).map(tolerationText));
}

function tolerationText({
  key = "",
  value = "",
  effect = "",
  operator,
  tolerationSeconds,
}: Toleration): string {
  let text = key;
  if (value) text += `=${value}`;
  if (effect) text += `:${effect}`;
  if (operator === "Exists" && value === "") text += key || effect ? " op=Exists" : "op=Exists";
  return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
}

export function taintLines(title: string, taints: readonly Taint[] | undefined): Lines {
  return under(title, byText(taints ?? [], ({ effect, key }) => `${effect},${key}`).map(taintText));
}

function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const two = (value: number): string => String(value).padStart(2, "0");

/** "Tue, 24 Nov 2026 02:09:03 +0000"; Go's first moment where there is no time. */
export function dateText(timestamp: string | null | undefined): string {
  const ms = timestamp ? parseRfc3339(timestamp) : undefined;
  if (ms === undefined) return "Mon, 01 Jan 0001 00:00:00 +0000";
  const { year, month, day, hour, minute, second, weekday } = toCivil(ms);
  const date = `${DAYS[weekday]}, ${two(day)} ${MONTHS[month - 1]} ${String(year).padStart(4, "0")}`;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)} +0000`;
}
