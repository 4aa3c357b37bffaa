// The API server's ways of saying no: Status objects with Kubernetes' own reasons, codes and texts. They travel as
// a thrown Refusal inside this folder and leave it as responses or outcomes.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go (v1.35)
import type { FieldError, KindDefinition } from "#api/define";
import type { Status, StatusCause } from "#api/meta";
import { causeOf, messageOf } from "./field-errors.ts";
import { resourceName } from "./scheme.ts";

export class Refusal extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.status = status;
  }
}

export function failure(
  code: number,
  reason: string,
  message: string,
  details?: NonNullable<Status["details"]>,
): Refusal {
  return new Refusal({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    ...(reason && { reason }),
    ...(details && { details }),
    code,
  });
}

function about({ group, plural }: KindDefinition, name: string): NonNullable<Status["details"]> {
  return { ...(name && { name }), ...(group && { group }), kind: plural };
}

export function notFound(definition: KindDefinition, name: string): Refusal {
  const message = `${resourceName(definition)} "${name}" not found`;
  return failure(404, "NotFound", message, about(definition, name));
}

/** For a path that leads nowhere. */
export function noSuchResource(): Refusal {
  return failure(404, "NotFound", "the server could not find the requested resource", {});
}

export function alreadyExists(definition: KindDefinition, name: string, generated: boolean): Refusal {
  const tail = generated ? ", the server was not able to generate a unique name for the object" : "";
  const message = `${resourceName(definition)} "${name}" already exists${tail}`;
  return failure(409, "AlreadyExists", message, about(definition, name));
}

export function conflict(definition: KindDefinition, name: string, why: string): Refusal {
  const message = `Operation cannot be fulfilled on ${resourceName(definition)} "${name}": ${why}`;
  return failure(409, "Conflict", message, about(definition, name));
}

export const MODIFIED =
  "the object has been modified; please apply your changes to the latest version and try again";

export function forbidden(
  definition: KindDefinition,
  name: string,
  why: string,
  causes?: StatusCause[],
): Refusal {
  const message = `${resourceName(definition)} "${name}" is forbidden: ${why}`;
  return failure(403, "Forbidden", message, { ...about(definition, name), ...(causes && { causes }) });
}

export function badRequest(message: string): Refusal {
  return failure(400, "BadRequest", message);
}

export function methodNotAllowed(): Refusal {
  const message = "the server does not allow this method on the requested resource";
  return failure(405, "MethodNotAllowed", message, {});
}

export function unsupportedMediaType(): Refusal {
  return failure(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
}

/** What a patch that does not fit the object gets. */
export function unprocessable(): Refusal {
  return failure(422, "Invalid", "the server rejected our request due to an error in our request", {});
}

export function invalid(
  definition: { group: string; kind: string } | undefined,
  name: string,
  errors: readonly FieldError[],
): Refusal {
  const group = definition?.group ?? "";
  const kind = definition?.kind ?? "";
  const who = group ? `${kind}.${group}` : kind;
  return failure(422, "Invalid", `${who} "${name}" is invalid: ${messageOf(errors)}`, {
    ...(name && { name }),
    ...(group && { group }),
    ...(kind && { kind }),
    causes: errors.map(causeOf),
  });
}
