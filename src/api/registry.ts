// All kinds, in the order in which the API server lists its resources, and the ways to find one.
import type { KindDefinition } from "./define.ts";
import { configMap } from "./configmap/definition.ts";
import { deployment } from "./deployment/definition.ts";
import { endpoints } from "./endpoints/definition.ts";
import { endpointSlice } from "./endpointslice/definition.ts";
import { event } from "./event/definition.ts";
import { ingress } from "./ingress/definition.ts";
import { ingressClass } from "./ingressclass/definition.ts";
import type { KindName } from "./kinds.ts";
import { namespace } from "./namespace/definition.ts";
import { node } from "./node/definition.ts";
import { pod } from "./pod/definition.ts";
import { replicaSet } from "./replicaset/definition.ts";
import { replicationController } from "./replicationcontroller/definition.ts";
import { secret } from "./secret/definition.ts";
import { service } from "./service/definition.ts";
import { serviceAccount } from "./serviceaccount/definition.ts";

export const KINDS: readonly KindDefinition[] = [
  configMap,
  endpoints,
  event,
  namespace,
  node,
  pod,
  replicationController,
  secret,
  serviceAccount,
  service,
  deployment,
  replicaSet,
  endpointSlice,
  ingressClass,
  ingress,
];

const byKind = new Map(KINDS.map((definition) => [definition.kind as string, definition]));

export function kindNamed(kind: KindName): KindDefinition {
  const definition = byKind.get(kind);
  if (!definition) throw new Error(`no kind ${kind}`);
  return definition;
}

/** By apiVersion and kind, as a manifest names it. */
export function findKind(apiVersion: string, kind: string): KindDefinition | undefined {
  const definition = byKind.get(kind);
  return definition && apiVersionOf(definition) === apiVersion ? definition : undefined;
}

/** By what a person types: plural, singular, short name, kind, or plural.group, in any case. */
export function findResource(word: string): KindDefinition | undefined {
  const wanted = word.toLowerCase();
  return KINDS.find(({ plural, singular, shortNames, kind, group, version }) => {
    const names = [plural, singular, kind.toLowerCase(), ...shortNames];
    if (names.includes(wanted)) return true;
    return [plural, singular].some(
      (name) => wanted === `${name}.${group}` || wanted === `${name}.${version}.${group}`,
    );
  });
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group ? `${group}/${version}` : version;
}
