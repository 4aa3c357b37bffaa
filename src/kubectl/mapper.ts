// Finds the resource that a word such as `svc`, `deployments.apps` or `all` means, by the server's discovery documents.
// Kubernetes: staging/src/k8s.io/client-go/restmapper and cli-runtime's resource builder (v1.35)
import type { KubectlIo } from "./command.ts";
import type { ResourceMapping } from "./discovery.ts";
import { plainError, StatusError } from "./errors.ts";
import type { Status } from "#api/meta";

export interface ApiResource extends ResourceMapping {
  singular: string;
  shortNames: readonly string[];
  categories: readonly string[];
  verbs: readonly string[];
  /** Such as "scale". */
  subresources: readonly { name: string; verbs: readonly string[] }[];
}

interface DiscoveryList {
  items: {
    metadata: { name?: string };
    versions: { version: string; resources: DiscoveredResource[] }[];
  }[];
}

interface DiscoveredResource {
  resource: string;
  responseKind: { group: string; version: string; kind: string };
  scope: "Namespaced" | "Cluster";
  singularResource: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  subresources?: { subresource: string; verbs: string[] }[];
}

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/** Everything that the server has, core first, then group by group in the server's order. */
export function discoverResources(io: Pick<KubectlIo, "handle">): ApiResource[] {
  return ["/api", "/apis"].flatMap((path) => {
    const response = io.handle({ method: "GET", path, accept: AGGREGATED });
    if (response.status !== 200) throw new StatusError(response.body as unknown as Status);
    const { items } = response.body as unknown as DiscoveryList;
    return items.flatMap(({ metadata, versions }) =>
      versions.flatMap(({ version, resources }) =>
        resources.map((found) => describe(found, metadata.name ?? "", version)),
      ),
    );
  });
}

function describe(found: DiscoveredResource, group: string, version: string): ApiResource {
  return {
    group,
    version,
    kind: found.responseKind.kind,
    resource: found.resource,
    namespaced: found.scope === "Namespaced",
    singular: found.singularResource,
    shortNames: found.shortNames ?? [],
    categories: found.categories ?? [],
    verbs: found.verbs,
    subresources: (found.subresources ?? []).map(({ subresource, verbs }) => ({ name: subresource, verbs })),
  };
}

/** The resource that a word means; throws kubectl's error where there is none. */
export function resourceFor(resources: readonly ApiResource[], word: string): ApiResource {
  const found = findResource(resources, word);
  if (!found) throw plainError(`the server doesn't have a resource type "${word.split(".")[0]}"`);
  return found;
}

/** By plural, singular, short name or kind; `resource.group` and `resource.version.group` narrow it down. */
export function findResource(resources: readonly ApiResource[], word: string): ApiResource | undefined {
  const [typed = "", ...rest] = word.split(".");
  const named = byName(resources, typed);
  if (rest.length === 0) return named[0];
  const [version, ...group] = rest;
  const versioned =
    group.length > 0 && named.find((item) => item.version === version && item.group === group.join("."));
  if (versioned) return versioned;
  const wanted = rest.join(".");
  return named.find(({ group }) => group === wanted) ?? named.find(({ group }) => group.startsWith(wanted));
}

/** Plural and singular count in any case, short names only as they are. */
function byName(resources: readonly ApiResource[], typed: string): ApiResource[] {
  const name = typed.toLowerCase();
  const plain = resources.filter((item) => item.resource === name || item.singular === name);
  return plain.length > 0 ? plain : resources.filter((item) => item.shortNames.includes(typed));
}

/** `all` and other categories stand for their resources. */
export function expandCategories(resources: readonly ApiResource[], words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const members = resources.filter(({ categories }) => categories.includes(word));
    return members.length > 0 ? members.map(resourceGroup) : [word];
  });
}

const resourceGroup = ({ resource, group }: ApiResource): string =>
  group ? `${resource}.${group}` : resource;

/** "apps/v1, Resource=deployments", as errors name a resource. */
export const longName = ({ group, version, resource }: ResourceMapping): string =>
  `${group}/${version}, Resource=${resource}`;

export function findKind(
  resources: readonly ApiResource[],
  apiVersion: string,
  kind: string,
): ApiResource | undefined {
  return resources.find(
    (item) =>
      // kubectl's mapper knows every kind in lower case too.
      (item.kind === kind || item.kind.toLowerCase() === kind) &&
      (item.group ? `${item.group}/${item.version}` : item.version) === apiVersion,
  );
}
