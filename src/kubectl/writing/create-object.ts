// POSTs an object that a command has built, and prints it: what create's generators, run and expose have in common.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go (v1.35)
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import { withTypedLastApplied } from "../apply/last-applied.ts";
import type { FlagValues, KubectlIo } from "../command.ts";
import { mapKind, resourcePath, splitApiVersion, type ResourceMapping } from "../discovery.ts";
import { plainError, StatusError } from "../errors.ts";
import { flag, text } from "../flags.ts";
import { namespaceOf } from "../selection.ts";
import { announce } from "./announce.ts";
import { dryRunQuery, type DryRun } from "./dry-run.ts";
import { asGoPrints } from "./go-order.ts";
import { recorded } from "./record.ts";

export interface NewObject {
  object: JsonObject;
  /** Known even where the server has no such kind. */
  plural: string;
  namespaced: boolean;
  dryRun: DryRun;
  operation?: string;
  /** "failed to create deployment": makes the server's refusal a plain error. Absent: as the server says it. */
  failure?: string;
  /** The answer is printed as Go's type. */
  typedAnswer?: boolean;
}

/** The object as the server has it (in a client-side dry run as it would be sent). */
export function sendObject(
  io: KubectlIo,
  flags: FlagValues,
  made: NewObject,
): { resource: ResourceMapping; object: JsonObject } {
  const { dryRun } = made;
  const resource = mappingOf(io, made);
  const namespace = made.namespaced ? namespaceOf(io, flags) : undefined;
  const own = recorded(flags, made.object);
  const object = flag(flags, "save-config") ? withTypedLastApplied(asGoPrints(own)) : own;
  if (dryRun === "client") return { resource, object };
  const response = io.handle({
    method: "POST",
    path: resourcePath(resource, namespace),
    query: { fieldManager: text(flags, "field-manager"), ...dryRunQuery(dryRun) },
    body: object,
  });
  if (response.status < 300) return { resource, object: response.body as JsonObject };
  const status = response.body as unknown as Status;
  throw made.failure ? plainError(`${made.failure}${status.message ?? ""}`) : new StatusError(status);
}

export function createObject(io: KubectlIo, flags: FlagValues, made: NewObject): void {
  const { dryRun, operation = "created", typedAnswer = true } = made;
  const { resource, object } = sendObject(io, flags, made);
  announce(io, flags, { resource, object, operation, dryRun, typed: typedAnswer || dryRun === "client" });
}

/** What the client knows of a kind without asking; the server may have it under another version. */
function mappingOf({ handle }: KubectlIo, { object, plural, namespaced }: NewObject): ResourceMapping {
  const apiVersion = String(object["apiVersion"]);
  const kind = String(object["kind"]);
  const [group, version] = splitApiVersion(apiVersion);
  return mapKind(handle, apiVersion, kind) ?? { group, version, kind, resource: plural, namespaced };
}

/** The namespace that a generated object names itself: only one that was given with -n. */
export function ownNamespace(flags: FlagValues): { namespace?: string } {
  const namespace = text(flags, "namespace");
  return namespace ? { namespace } : {};
}
