// What create, apply and replace check of a document before they decode it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/validation/schema.go (v1.35)
import type { Json, JsonObject } from "#base/json";
import { KubectlError, type FlagValues, type KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { filesOf, readObjects, type LocalObjects } from "../files.ts";
import { list, flag, text } from "../flags.ts";
import { discoverResources } from "../mapper.ts";
import { readManifest } from "../manifests/validate.ts";
import { namespaceOf } from "../selection.ts";
import { selectorTest } from "./local-selector.ts";

/** --validate as the server's fieldValidation. */
export function fieldValidationOf(flags: FlagValues): "Strict" | "Warn" | "Ignore" {
  switch (text(flags, "validate")) {
    case "true":
    case "strict":
      return "Strict";
    case "warn":
      return "Warn";
    case "false":
    case "ignore":
      return "Ignore";
    default:
      throw plainError(
        `invalid - validate option ${JSON.stringify(text(flags, "validate"))}; must be one of: strict (or true), warn, ignore (or false)`,
      );
  }
}

export function requireFiles(flags: FlagValues): void {
  if (list(flags, "filename").length > 0 && text(flags, "kustomize"))
    throw plainError("only one of -f or -k can be specified");
  if (list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError("must specify one of -f and -k");
}

/** What create and replace send with --raw: one file, as it is. */
export async function readRaw(io: KubectlIo, flags: FlagValues): Promise<JsonObject> {
  requireRawPath(text(flags, "raw"));
  const files = list(flags, "filename");
  if (files.length !== 1) throw plainError("--raw can only use a single local file or stdin");
  const content = files[0] === "-" ? await io.stdin() : io.readFile(files[0]!);
  if (content === undefined) throw plainError(`open ${files[0]!}: no such file or directory`);
  return rawBody(content);
}

/** What --raw names must be a path of the server. */
export function requireRawPath(raw: string): void {
  if (!raw.startsWith("/"))
    throw plainError(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
}

/** What is no JSON is sent all the same; the server finds no kind in it. */
function rawBody(content: string): JsonObject {
  try {
    return JSON.parse(content) as JsonObject;
  } catch {
    return {};
  }
}

/** The objects of -f, checked as create and apply check them. */
export async function readManifests(io: KubectlIo, flags: FlagValues): Promise<LocalObjects> {
  const strict = fieldValidationOf(flags) !== "Ignore";
  const selected = selectorTest(text(flags, "selector"));
  const read = await readObjects(io, filesOf(flags), {
    recursive: flag(flags, "recursive"),
    resources: discoverResources(io),
    namespace: namespaceOf(io, flags),
    enforceNamespace: text(flags, "namespace") !== "",
    ...(strict && { check: checkManifest }),
  });
  return { ...read, objects: read.objects.filter(({ object }) => selected(object)) };
}

function checkManifest(value: unknown, source: string): void {
  const result = readManifest(value as Json, source);
  if (!result.ok) throw new KubectlError(result.problem.text);
}
