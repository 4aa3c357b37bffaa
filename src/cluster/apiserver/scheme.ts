// What the API server knows of kinds: which resource of which group and version leads to which definition.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/runtime/scheme.go (v1.35)
import type { KindDefinition, TypeTable } from "#api/define";
import type { KindName } from "#api/kinds";

export interface Scheme {
  readonly kinds: readonly KindDefinition[];
  readonly types: TypeTable;
  readonly byKind: ReadonlyMap<string, KindDefinition>;
  /** By "group/version/plural". */
  readonly byResource: ReadonlyMap<string, KindDefinition>;
}

export function createScheme(kinds: readonly KindDefinition[], types: TypeTable): Scheme {
  return {
    kinds,
    types,
    byKind: new Map(kinds.map((definition) => [definition.kind, definition])),
    byResource: new Map(
      kinds.map((definition) => [
        `${definition.group}/${definition.version}/${definition.plural}`,
        definition,
      ]),
    ),
  };
}

export function definitionOf(scheme: Scheme, kind: KindName): KindDefinition {
  const definition = scheme.byKind.get(kind);
  if (!definition) throw new Error(`kind ${kind} is not in the scheme`);
  return definition;
}

/** "v1" or "apps/v1". */
export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group ? `${group}/${version}` : version;
}

/** As errors name the resource: "services", "deployments.apps". */
export function resourceName({ group, plural }: KindDefinition): string {
  return group ? `${plural}.${group}` : plural;
}
