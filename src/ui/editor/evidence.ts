// The lines of the open files that explain what is selected: an object's document, or the ports, selector, policy or
// rule that decided where a request went. Pure; called by the editor once YAML can be read.
import { isObject, type JsonObject } from "#base/json";
import type { Journey, Step } from "#cluster/trace/types";
import { locateField, type PathPart } from "#kubectl/manifests/locate";
import { splitDocuments } from "#kubectl/manifests/split";
import { objectsOfDocument, type FileObject } from "./file-objects.ts";

/** A document that is looked for, and what of it counts; the whole document without a path. */
export interface Wanted {
  kind: string;
  namespace: string;
  name: string;
  /** From the document's own value, since an entry of a list is found by what it says. */
  path?: (spec: Record<string, unknown>) => PathPart[];
}

export interface Evidence {
  file: string;
  /** 1-based. */
  lines: number[];
}

/** The object's own document, or else that of the workload that made it: an owner's name begins the owned one's. */
export function wantedForObject(
  kind: string,
  key: string,
  owners: readonly { kind: string; name: string }[] = [],
): Wanted[] {
  const [namespace, name] = key.includes("/") ? (key.split("/") as [string, string]) : ["", key];
  const wanted: Wanted[] = [{ kind, namespace, name }];
  for (const owner of owners) {
    wanted.push({ kind: owner.kind, namespace, name: owner.name });
    if (owner.kind === "ReplicaSet")
      wanted.push({ kind: "Deployment", namespace, name: owner.name.replace(/-[^-]+$/, "") });
  }
  return wanted;
}

/** What decided a request, in the order of its steps. */
export function wantedForStory(story: readonly Journey[]): Wanted[] {
  return story.flatMap(({ steps }) => steps.flatMap(wantedForStep));
}

function wantedForStep(step: Step): Wanted[] {
  if (step.step === "service") {
    const wanted = [{ ...service(step.service), path: portPath(step.port) }];
    if (step.policy === "Local")
      wanted.push({ ...service(step.service), path: (spec) => ["spec", policyField(spec)] });
    return wanted;
  }
  if (step.step === "endpoints" && step.pool === "none" && step.candidates.length === 0)
    return [{ ...service(step.service), path: () => ["spec", "selector"] }];
  if (step.step === "choice" && step.how === "affinity") return [];
  if (step.step === "ingress" && step.ingress !== undefined) {
    const { rule, outcome } = step;
    if (outcome === "tlsRedirect")
      return [{ kind: "Ingress", ...split(step.ingress), path: () => ["spec", "tls"] }];
    return [{ kind: "Ingress", ...split(step.ingress), path: (spec) => rulePath(spec, rule) }];
  }
  return [];
}

const split = (key: string): { namespace: string; name: string } => {
  const [namespace = "default", name = ""] = key.includes("/") ? key.split("/") : ["default", key];
  return { namespace, name };
};
const service = (key: string): Wanted => ({ kind: "Service", ...split(key) });

const policyField = (spec: Record<string, unknown>): string =>
  spec["externalTrafficPolicy"] === "Local" ? "externalTrafficPolicy" : "internalTrafficPolicy";

function portPath(port: number): (spec: Record<string, unknown>) => PathPart[] {
  return (spec) => {
    const ports = Array.isArray(spec["ports"]) ? spec["ports"] : [];
    const index = ports.findIndex((item) => isObject(item) && item["port"] === port);
    return index < 0 ? ["spec", "ports"] : ["spec", "ports", index];
  };
}

function rulePath(
  spec: Record<string, unknown>,
  rule: { host?: string; path?: string } | undefined,
): PathPart[] {
  const rules = Array.isArray(spec["rules"]) ? spec["rules"] : [];
  const index = rules.findIndex((item) => isObject(item) && item["host"] === rule?.host);
  const found: unknown = rules[index];
  if (!rule || index < 0 || !isObject(found)) return ["spec", "rules"];
  const http = found["http"];
  const paths = isObject(http) && Array.isArray(http["paths"]) ? http["paths"] : [];
  const at = paths.findIndex((item) => isObject(item) && item["path"] === rule.path);
  return at < 0 ? ["spec", "rules", index] : ["spec", "rules", index, "http", "paths", at];
}

/** Where the files say it. Of an object and its makers only the first that is found counts. */
export function evidenceIn(
  files: readonly { name: string; text: string }[],
  wanted: readonly Wanted[],
): Evidence[] {
  const lines = new Map<string, Set<number>>();
  let whole = false;
  for (const one of wanted) {
    if (one.path === undefined && whole) continue;
    for (const { name, text } of files) {
      const found = linesOf(text, one);
      if (found.length === 0) continue;
      whole ||= one.path === undefined;
      const here = lines.get(name) ?? new Set();
      for (const line of found) here.add(line);
      lines.set(name, here);
    }
  }
  return [...lines].map(([file, found]) => ({ file, lines: [...found].sort((a, b) => a - b) }));
}

function linesOf(text: string, wanted: Wanted): number[] {
  for (const raw of splitDocuments(text)) {
    if (raw.separatorError) break;
    if (!raw.text.includes(wanted.name)) continue;
    const found = objectsOfDocument(raw)?.find(({ value }) => isWanted(value, wanted));
    if (found) return linesIn(found, wanted);
  }
  return [];
}

function isWanted(value: JsonObject, { kind, namespace, name }: Wanted): boolean {
  const metadata = isObject(value["metadata"]) ? value["metadata"] : {};
  const own = typeof metadata["namespace"] === "string" ? metadata["namespace"] : "default";
  return value["kind"] === kind && metadata["name"] === name && (namespace === "" || own === namespace);
}

function linesIn({ raw, document, path, value }: FileObject, wanted: Wanted): number[] {
  const all = raw.text.replace(/\s+$/, "").split("\n");
  if (!wanted.path && path.length === 0)
    return range(raw.firstLine + leading(all), raw.firstLine + all.length - 1);
  const whole = [...path, ...(wanted.path?.(isObject(value["spec"]) ? value["spec"] : {}) ?? [])];
  const { line, depth } = locateField(document, raw.text, whole);
  if (depth < whole.length) return [];
  return range(raw.firstLine + line - 1, raw.firstLine + blockEnd(all, line) - 1);
}

/** Comments and blank lines before the document. */
function leading(lines: readonly string[]): number {
  return Math.max(
    0,
    lines.findIndex((line) => !/^\s*(#.*)?$/.test(line)),
  );
}

/** The last line (1-based) of the block that begins at `line`: all that is indented deeper, or an entry's own fields. */
function blockEnd(lines: readonly string[], line: number): number {
  const first = lines[line - 1] ?? "";
  const depth = first.search(/\S/);
  const isEntry = first.trimStart().startsWith("- ");
  let end = line;
  for (let at = line; at < lines.length; at++) {
    const text = lines[at]!;
    const indent = text.search(/\S/);
    if (indent < 0) continue;
    const entryBelow = text.trimStart().startsWith("- ") && indent === depth;
    if (indent < depth || (indent === depth && (isEntry || !entryBelow))) break;
    end = at + 1;
  }
  return end;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
