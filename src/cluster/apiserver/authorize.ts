// Turns a request away that its user may not make, in the API server's words.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go (v1.35)
import type { Status } from "#api/meta";
import { isAllowed, type Attempt, type User } from "./access-rules.ts";
import { parseRequestPath } from "./request-path.ts";
import { failure } from "./status.ts";

const ON_MANY: Record<string, string> = {
  GET: "list",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "deletecollection",
};
const ON_ONE: Record<string, string> = {
  GET: "get",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/** What decides about a request; the method may be one that no resource knows. */
interface Asked {
  method: string;
  path: string;
  query?: Record<string, string>;
}

function attemptOf({ method, path, query = {} }: Asked): Attempt {
  const about = parseRequestPath(path);
  if (!about) return { verb: method.toLowerCase(), path };
  const { group, resource, subresource, name, namespace } = about;
  const isWatch = method === "GET" && (query["watch"] === "true" || query["watch"] === "1");
  const verb = isWatch ? "watch" : ((name === undefined ? ON_MANY : ON_ONE)[method] ?? method.toLowerCase());
  // A Namespace counts as an object of itself.
  const own = resource === "namespaces" && group === "" ? name : undefined;
  return { verb, group, resource, subresource, name, namespace: namespace ?? own };
}

/** The Status of a refusal; undefined where the user may go on. */
export function refusalFor(user: User, request: Asked): Status | undefined {
  const attempt = attemptOf(request);
  if (isAllowed(user, attempt)) return undefined;
  const who = `User ${JSON.stringify(user.name)}`;
  if ("path" in attempt)
    return failure(403, "Forbidden", `forbidden: ${who} cannot ${attempt.verb} path "${attempt.path}"`, {})
      .status;
  const { verb, group, resource, subresource, name, namespace } = attempt;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const full = group ? `${resource}.${group}` : resource;
  const what = name === undefined ? full : `${full} "${name}"`;
  const part = subresource === undefined ? resource : `${resource}/${subresource}`;
  const message = `${what} is forbidden: ${who} cannot ${verb} resource "${part}" in API group "${group}" ${where}`;
  return failure(403, "Forbidden", message, {
    ...(name !== undefined && { name }),
    ...(group && { group }),
    kind: resource,
  }).status;
}
