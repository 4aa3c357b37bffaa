// Changes of an object's pod spec, as the set commands make them: a copy is changed, and the difference goes to the
// server as a strategic merge patch.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set.go CalculatePatches, polymorphichelpers (v1.35)
import { matches } from "#base/regexp/search";
import { wildcard } from "#base/regexp/wildcard";
import type { Status } from "#api/meta";
import { TYPES } from "#api/type-table";
import { clone, isObject, type JsonObject } from "#base/json";
import { threeWayPatch } from "../apply/three-way.ts";
import { KubectlError, type FlagValues, type KubectlIo } from "../command.ts";
import { resourcePath } from "../discovery.ts";
import { plainError, StatusError, throwAll } from "../errors.ts";
import { flag, list, text } from "../flags.ts";
import { objectsOf, type Info } from "../resources.ts";
import { announce } from "./announce.ts";
import { dryRunQuery, type DryRun } from "./dry-run.ts";
import { localInfos, requireLocalFiles } from "./local-infos.ts";
import { recorded } from "./record.ts";

/** The objects that a set command is about. With --local most refuse words; the others overlook them. */
export async function infosToSet(
  words: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  overlooksWords = false,
): Promise<Info[]> {
  if (flag(flags, "local")) {
    requireLocalFiles(flags, overlooksWords ? [] : words);
    return localInfos(io, flags);
  }
  return objectsOf(words, flags, io);
}

export function checkSetWords(words: readonly string[], flags: FlagValues, dryRun: DryRun): void {
  if (flag(flags, "all") && text(flags, "selector"))
    throw plainError("cannot set --all and --selector at the same time");
  if (flag(flags, "local") && dryRun === "server")
    throw plainError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  if (words.length === 0 && list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
}

/** A copy of the object, and the pod spec in it, to be written to. */
export function withPodSpec(info: Info): { copy: JsonObject; spec: JsonObject } {
  const { version, kind } = info.resource;
  const copy = clone(info.object);
  const spec = podSpecIn(copy);
  if (spec) return { copy, spec };
  throw new SetError(
    `${shownName(info)} the object is not a pod or does not have a pod template: *${version}.${kind}\n`,
  );
}

/** What went wrong with one of several objects: it keeps its own "error: ". */
export class SetError extends KubectlError {
  constructor(text: string) {
    super(`error: ${text}`);
  }
}

/** "deployments/web"; with --local, where no server is asked for resources, "service/web". */
export function shownName({ resource: { resource, group, kind }, name, object, local }: Info): string {
  if (local?.object !== object) return `${resource}/${name}`;
  // The end of the line is kubectl's own, and stands in the middle of what it says.
  return group ? `${kind.toLowerCase()}.${group}/${name}\n` : `${kind.toLowerCase()}/${name}`;
}

function podSpecIn(object: JsonObject): JsonObject | undefined {
  const spec = object["spec"];
  if (!isObject(spec)) return undefined;
  if (object["kind"] === "Pod") return spec as JsonObject;
  const job = object["kind"] === "CronJob" ? (spec["jobTemplate"] as JsonObject)?.["spec"] : spec;
  const template = isObject(job) ? job["template"] : undefined;
  const inner = isObject(template) ? template["spec"] : undefined;
  return isObject(inner) ? (inner as JsonObject) : undefined;
}

/** Containers that a name or a pattern with * means. */
export function selectContainers(spec: JsonObject, pattern: string): JsonObject[] {
  const all = [
    ...((spec["containers"] ?? []) as JsonObject[]),
    ...((spec["initContainers"] ?? []) as JsonObject[]),
  ];
  const expression = wildcard(pattern);
  return all.filter(({ name }) => matches(expression, String(name)));
}

export interface Setting {
  operation: string;
  /** Before the server's refusal: "failed to patch image update to pod template: "; "": as the server says it. */
  failure: string;
  dryRun: DryRun;
  /** Announced even if nothing is different. */
  always?: boolean;
}

/** Sends what is different, with --record as part of it, and announces it; nothing different, no word. */
export function sendChange(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  next: JsonObject,
  setting: Setting,
): void {
  const { resource, namespace, name, object } = info;
  const { operation, failure, dryRun } = setting;
  const after = recorded(flags, next);
  const patch = threeWayPatch(object, after, object, { types: TYPES, root: resource.kind });
  if (Object.keys(patch).length === 0 && !setting.always) return;
  if (dryRun === "client" || flag(flags, "local"))
    return announce(io, flags, { resource, object: after, operation, dryRun, typed: true });
  const response = io.handle({
    method: "PATCH",
    path: resourcePath(resource, namespace, name),
    contentType: "application/strategic-merge-patch+json",
    query: { fieldManager: text(flags, "field-manager"), ...dryRunQuery(dryRun) },
    body: patch,
  });
  if (response.status >= 300) {
    const status = response.body as unknown as Status;
    throw failure ? plainError(`${failure}${status.message ?? ""}`) : new StatusError(status);
  }
  announce(io, flags, { resource, object: response.body as JsonObject, operation, dryRun });
}

/**
 * Does `body` for each object and throws at the end what went wrong: first why objects cannot be had, and, as kubectl
 * does here, with an "error: " for each if there are several.
 */
export function forEachItem(
  items: readonly (Info | Error)[],
  body: (info: Info, note: (error: Error) => void) => void,
): void {
  const failed = items.filter((item) => item instanceof Error);
  for (const item of items) {
    if (item instanceof Error) continue;
    try {
      body(item, (error) => failed.push(error));
    } catch (error) {
      failed.push(error as Error);
    }
  }
  throwAll(
    failed.length > 1
      ? failed.map((error) => (error instanceof SetError ? plainError(error.message) : error))
      : failed,
  );
}
