// The objects that a line is about, fetched from the server: by name, by selector, or what files name. Errors of single
// objects are collected, so that the others are still handled.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/resource (v1.35)
import type { Status } from "#api/meta";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "./command.ts";
import { resourcePath } from "./discovery.ts";
import { plainError, StatusError, throwAll } from "./errors.ts";
import { readObjects, type LocalObject } from "./files.ts";
import { longName, type ApiResource } from "./mapper.ts";
import { selectorTest } from "./writing/local-selector.ts";
import { select, type Selection, type SelectionOptions } from "./selection.ts";

export interface Info {
  resource: ApiResource;
  namespace: string | undefined;
  name: string;
  /** As the server has it. */
  object: JsonObject;
  /** The manifest and where it stood, if it came from a file. */
  local?: LocalObject;
}

/** One request that selects objects: a list, or a single object. */
export type Target =
  | { kind: "list"; resource: ApiResource; path: string; query: Record<string, string>; selection: Selection }
  | {
      kind: "one";
      resource: ApiResource;
      path: string;
      namespace: string | undefined;
      name: string;
      local?: LocalObject;
    };

export interface Targets {
  targets: Target[];
  errors: Error[];
  selection: Selection;
}

/** What a line selects, as the requests to send. Throws where the line itself is wrong. */
export async function targetsOf(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  options: SelectionOptions = {},
): Promise<Targets> {
  const selection = select(args, flags, io, options);
  if (selection.files.length > 0) return fromFiles(selection, io);
  const targets: Target[] = [
    ...selection.lists.map((resource) => listTarget(resource, selection)),
    ...selection.names.map(({ resource, name }) => oneTarget(resource, selection.namespace, name)),
  ];
  return { targets, errors: [], selection };
}

function listTarget(resource: ApiResource, selection: Selection): Target {
  const { labelSelector, fieldSelector, namespace } = selection;
  const query = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  return { kind: "list", resource, path: resourcePath(resource, namespace), query, selection };
}

function oneTarget(
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  local?: LocalObject,
): Target {
  const own = resource.namespaced ? namespace : undefined;
  const problem = nameProblem(name);
  if (problem) throw plainError(problem);
  const path = resourcePath(resource, own, name);
  return { kind: "one", resource, path, namespace: own, name, ...(local && { local }) };
}

/** Names that cannot stand in a path never reach the server. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "resource name may not be empty";
  const bad = ["/", "%"].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
  if (name === "." || name === "..") return `invalid resource name "${name}": [may not be '${name}']`;
  return bad.length > 0 ? `invalid resource name "${name}": [${bad.join(" ")}]` : undefined;
}

async function fromFiles(selection: Selection, io: KubectlIo): Promise<Targets> {
  const selected = selectorTest(selection.labelSelector);
  const { objects, errors } = await readObjects(io, selection.files, {
    recursive: selection.recursive,
    resources: selection.resources,
    namespace: selection.namespace ?? "default",
    enforceNamespace: selection.enforceNamespace,
  });
  const targets = objects
    .filter(({ object }) => selected(object))
    .map((local) => oneTarget(local.resource, local.namespace, local.name, local));
  return { targets, errors, selection };
}

/** Sends a request; throws the Status that came back if it is an error. */
export function request(io: Pick<KubectlIo, "handle">, request: ApiRequest, context?: string): ApiResponse {
  const response = io.handle(request);
  if (response.status >= 400) throw new StatusError(response.body as unknown as Status, context);
  return response;
}

/** Asks for a target, with the words that kubectl adds to a list's errors. */
export function fetchTarget(
  io: Pick<KubectlIo, "handle">,
  target: Target,
  extra: { accept?: string; query?: Record<string, string> } = {},
): ApiResponse {
  const query = { ...(target.kind === "list" ? target.query : {}), ...extra.query };
  const response = io.handle({
    method: "GET",
    path: target.path,
    query,
    ...(extra.accept && { accept: extra.accept }),
  });
  if (response.status < 400) return response;
  const status = response.body as unknown as Status;
  if (target.kind === "one") throw new StatusError(missingNamespace(io, target, status) ?? status);
  if (status.code !== 400 && status.code !== 404) throw new StatusError(status);
  const { labelSelector, fieldSelector } = target.selection;
  const what =
    labelSelector || fieldSelector
      ? `Unable to find "${longName(target.resource)}" that match label selector "${labelSelector}", field selector "${fieldSelector}"`
      : `Unable to list "${longName(target.resource)}"`;
  throw new StatusError({ ...status, message: `${what}: ${status.message ?? ""}` });
}

/** Where an object is not found because there is no such namespace, that is what is said. */
function missingNamespace(
  io: Pick<KubectlIo, "handle">,
  { namespace }: { namespace: string | undefined },
  { reason }: Status,
): Status | undefined {
  if (reason !== "NotFound" || !namespace || namespace === "default") return undefined;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const { status, body } = io.handle({ method: "GET", path });
  return status === 404 ? (body as unknown as Status) : undefined;
}

/** The objects themselves. With `ignoreNotFound`, objects that are not there are left out without a word. */
export function fetchInfos(
  io: Pick<KubectlIo, "handle">,
  targets: readonly Target[],
  ignoreNotFound = false,
): { infos: Info[]; errors: Error[] } {
  const infos: Info[] = [];
  const errors: Error[] = [];
  for (const item of infosOrErrors(io, targets, ignoreNotFound)) {
    if (item instanceof Error) errors.push(item);
    else infos.push(item);
  }
  return { infos, errors };
}

/** In the order of the line: each object, or why it cannot be had. One is asked for once those before it are handled. */
export function* infosOrErrors(
  io: Pick<KubectlIo, "handle">,
  targets: readonly Target[],
  ignoreNotFound = false,
): Generator<Info | Error> {
  for (const target of targets) {
    try {
      yield* infosOf(io, target);
    } catch (error) {
      if (ignoreNotFound && error instanceof StatusError && error.status.reason === "NotFound") continue;
      yield error as Error;
    }
  }
}

/**
 * Does `body` for each object, and throws at the end everything that went wrong, in the order in which it did. Returns
 * how many objects there were.
 */
export async function visit(
  items: Iterable<Info | Error>,
  body: (info: Info) => void | Promise<void>,
): Promise<number> {
  const failed: Error[] = [];
  let count = 0;
  for (const item of items) {
    if (item instanceof Error) {
      failed.push(item);
      continue;
    }
    count++;
    try {
      await body(item);
    } catch (error) {
      failed.push(error as Error);
    }
  }
  throwAll(failed);
  return count;
}

/** The same targets, but what the server has below them, such as their status. */
export function withSubresource(targets: readonly Target[], subresource: string): readonly Target[] {
  return subresource
    ? targets.map((target) => ({ ...target, path: `${target.path}/${subresource}` }))
    : targets;
}

function infosOf(io: Pick<KubectlIo, "handle">, target: Target): Info[] {
  const body = fetchTarget(io, target).body as JsonObject;
  const { resource } = target;
  if (target.kind === "one") {
    const { namespace, name, local } = target;
    return [{ resource, namespace, name, object: body, ...(local && { local }) }];
  }
  return ((body["items"] ?? []) as JsonObject[]).map((item) => {
    const metadata = item["metadata"] as { name: string; namespace?: string };
    // Items of a list carry no kind of their own.
    const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
    const object = { apiVersion, kind: resource.kind, ...item };
    return { resource, namespace: metadata.namespace, name: metadata.name, object };
  });
}

/** What a line means, in its order: each object, or why it cannot be had; behind them what files cannot be read. */
export async function itemsOf(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<Iterable<Info | Error>> {
  const { targets, errors } = await targetsOf(args, flags, io);
  return inTurn(infosOrErrors(io, targets), errors);
}

/** The same for commands that read everything before they begin, and so find first what files cannot be read. */
export async function itemsReadBefore(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  options: SelectionOptions = {},
): Promise<(Info | Error)[]> {
  const { targets, errors } = await targetsOf(args, flags, io, options);
  return [...errors, ...infosOrErrors(io, targets)];
}

function* inTurn<T>(first: Iterable<T>, then: Iterable<T>): Generator<T> {
  yield* first;
  yield* then;
}

/** For commands that handle whole sets at once: the objects, or the errors thrown. */
export async function objectsOf(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  options: SelectionOptions = {},
): Promise<Info[]> {
  const { targets, errors } = await targetsOf(args, flags, io, options);
  const fetched = fetchInfos(io, targets);
  throwAll([...errors, ...fetched.errors]);
  return fetched.infos;
}
