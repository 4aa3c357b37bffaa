// Bodies of requests: decoded, checked against the kind that the path names and against the URL.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update,patch}.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject } from "#api/kinds";
import { isObject, type Json, type JsonObject } from "#base/json";
import { decode, DecodeError } from "./decode.ts";
import type { ResourceRequest } from "./handle.ts";
import type { Patched } from "./patch/apply-patch.ts";
import type { FieldValidation } from "./request-options.ts";
import { apiVersionOf } from "./scheme.ts";
import type { Server } from "./server.ts";
import { badRequest, failure, invalid } from "./status.ts";

interface Body {
  object: JsonObject;
  warnings: string[];
}

export function decodeBody(
  server: Server,
  definition: KindDefinition,
  body: Json,
  validation: FieldValidation,
): Body {
  const expected = definition.kind;
  if (!isObject(body)) {
    const summary = JSON.stringify(body).slice(0, 30);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${expected}): couldn't get version/kind; json parse error (${summary})`,
    );
  }
  const { apiVersion = apiVersionOf(definition), kind = expected } = body as Record<string, Json>;
  const version = String(apiVersion).split("/").at(-1) ?? "";
  const refuse = (why: string): never => {
    throw badRequest(
      `${String(kind)} in version ${JSON.stringify(version)} cannot be handled as a ${expected}: ${why}`,
    );
  };
  const named = server.scheme.byKind.get(String(kind));
  if (!named || apiVersionOf(named) !== apiVersion) {
    refuse(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  if (apiVersion !== apiVersionOf(definition)) {
    throw badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${apiVersionOf(definition)})`,
    );
  }
  if (kind !== expected) {
    throw badRequest(`the kind in the data (${String(kind)}) does not match the expected kind (${expected})`);
  }
  return decodeTyped(server, definition, body as JsonObject, validation, refuse);
}

export function decodePatched(
  server: Server,
  definition: KindDefinition,
  patched: Patched,
  validation: FieldValidation,
): Body {
  const refuse = (why: string): never => {
    throw invalid(undefined, "", [{ field: "patch", type: "invalid", value: patched.text(), detail: why }]);
  };
  return decodeTyped(server, definition, patched.object, validation, refuse, patched.isData);
}

/** A manifest of server-side apply, which was checked before. */
export function decodeApplied(
  server: Server,
  definition: KindDefinition,
  body: JsonObject,
  validation: FieldValidation,
  about: string,
): Body {
  const gvk = about.replace(/^.*; /, "");
  const refuse = (why: string): never => {
    const what = `unable to convert unstructured object to ${gvk}`;
    throw failure(500, "", `failed to convert new object (${about}) to proper version: ${what}: ${why}`);
  };
  return decodeTyped(server, definition, body, validation, refuse, true);
}

/** `refuse` throws what the request is told of a problem. */
function decodeTyped(
  server: Server,
  definition: KindDefinition,
  given: JsonObject,
  validation: FieldValidation,
  refuse: (why: string) => never,
  wasMerged = false,
): Body {
  try {
    const { object, problems } = decode(server.scheme.types, definition.type, given);
    if (problems.length > 0 && validation === "Strict")
      refuse(`strict decoding error: ${problems.join(", ")}`);
    return { object: typed(definition, object), warnings: validation === "Warn" ? problems : [] };
  } catch (error) {
    if (error instanceof DecodeError) return refuse(wasMerged ? error.restoring : error.message);
    throw error;
  }
}

function typed(definition: KindDefinition, object: JsonObject): JsonObject {
  return { ...object, apiVersion: apiVersionOf(definition), kind: definition.kind };
}

export const OTHER_NAMESPACE =
  "the namespace of the provided object does not match the namespace sent on the request";

export function checkUrl({ path, definition }: ResourceRequest, object: JsonObject): void {
  const { name = "", namespace } = (object["metadata"] ?? {}) as unknown as Partial<AnyObject["metadata"]>;
  if (name === "") {
    throw badRequest(
      `the name of the object (${path.name ?? ""} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name !== path.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${path.name ?? ""})`,
    );
  }
  if (definition.namespaced && namespace && namespace !== path.namespace) {
    throw badRequest(OTHER_NAMESPACE);
  }
}
