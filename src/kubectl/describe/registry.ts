// The describers of all kinds, and the text that one gives for an object. Called by `kubectl describe`.
import type { JsonObject } from "#base/json";
import { configMapDescriber } from "./configmap.ts";
import type { DescribeContext, Describer } from "./context.ts";
import { deploymentDescriber } from "./deployment.ts";
import { endpointsDescriber } from "./endpoints.ts";
import { endpointSliceDescriber } from "./endpointslice.ts";
import { describeGeneric } from "./generic.ts";
import { ingressDescriber } from "./ingress.ts";
import { ingressClassDescriber } from "./ingressclass.ts";
import { namespaceDescriber } from "./namespace.ts";
import { nodeDescriber } from "./node.ts";
import { podDescriber } from "./pod.ts";
import { replicaSetDescriber } from "./replicaset.ts";
import { replicationControllerDescriber } from "./replicationcontroller.ts";
import { secretDescriber } from "./secret.ts";
import { serviceDescriber } from "./service.ts";
import { serviceAccountDescriber } from "./serviceaccount.ts";
import { setColumns } from "./tabwriter.ts";

const DESCRIBERS: readonly Describer[] = [
  configMapDescriber,
  deploymentDescriber,
  endpointsDescriber,
  endpointSliceDescriber,
  ingressDescriber,
  ingressClassDescriber,
  namespaceDescriber,
  nodeDescriber,
  podDescriber,
  replicaSetDescriber,
  replicationControllerDescriber,
  secretDescriber,
  serviceDescriber,
  serviceAccountDescriber,
];

/** The description of an object, ending in a newline. */
export function describeObject(
  { group, kind }: { group: string; kind: string },
  object: JsonObject,
  context: DescribeContext,
): string {
  const describer = DESCRIBERS.find((item) => item.group === group && item.kind === kind);
  const lines = describer ? describer.describe(object, context) : describeGeneric(object, context);
  return setColumns(`${lines.join("\n")}\n`);
}
