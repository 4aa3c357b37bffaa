// REST paths: which resource, namespace, name and subresource a request is about.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go (v1.35)

export interface RequestPath {
  group: string;
  version: string;
  resource: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/** Undefined for paths that are no resource's: discovery, /version, health checks, and paths that lead nowhere. */
export function parseRequestPath(path: string): RequestPath | undefined {
  const parts = decodeParts(path);
  if (!parts) return undefined;
  const [root] = parts;
  let rest: string[];
  let group = "";
  let version: string | undefined;
  if (root === "api") [version, rest] = [parts[1], parts.slice(2)];
  else if (root === "apis") [group, version, rest] = [parts[1] ?? "", parts[2], parts.slice(3)];
  else return undefined;
  if (version === undefined || rest.length === 0) return undefined;
  const place = { group, version };
  if (rest[0] === "namespaces" && rest.length > 2 && !NAMESPACE_SUBRESOURCES.has(rest[2]!)) {
    const [, namespace, resource = "", name, subresource, extra] = rest;
    if (extra !== undefined) return undefined;
    return {
      ...place,
      namespace,
      resource,
      ...(name !== undefined && { name }),
      ...(subresource !== undefined && { subresource }),
    };
  }
  const [resource = "", name, subresource, extra] = rest;
  if (extra !== undefined) return undefined;
  return {
    ...place,
    resource,
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

/** Undefined where a percent sign escapes nothing. */
function decodeParts(path: string): string[] | undefined {
  try {
    return path
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

const NAMESPACE_SUBRESOURCES: ReadonlySet<string> = new Set(["status", "finalize"]);
