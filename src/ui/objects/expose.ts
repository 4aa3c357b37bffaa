// The Service that `kubectl expose` would make of a workload, as YAML for the editor. Pure.
import type { Container, Pod } from "#api/pod/types";
import type { AnyObject } from "#api/kinds";
import { stringify } from "yaml";

export type ExposeType = "ClusterIP" | "NodePort" | "LoadBalancer" | "Headless";

export interface ExposeChoice {
  name: string;
  type: ExposeType;
  port: number;
  /** A number, or the name of a container port. */
  targetPort: string;
}

export interface Exposable {
  kind: "Pod" | "ReplicationController" | "ReplicaSet" | "Deployment";
  name: string;
  namespace: string;
  selector: Record<string, string>;
  ports: { name?: string; port: number }[];
}

/** What can be exposed, with the selector that finds its pods; undefined for other kinds and pods without labels. */
export function exposable(object: AnyObject): Exposable | undefined {
  const { name, namespace = "default", labels } = object.metadata;
  switch (object.kind) {
    case "Pod": {
      const pod = object as Pod;
      return (
        labels && { kind: "Pod", name, namespace, selector: labels, ports: portsOf(pod.spec.containers) }
      );
    }
    case "ReplicationController":
      return {
        kind: object.kind,
        name,
        namespace,
        selector: object.spec.selector,
        ports: portsOf(object.spec.template.spec.containers),
      };
    case "ReplicaSet":
    case "Deployment": {
      const selector = object.spec.selector.matchLabels ?? {};
      return {
        kind: object.kind,
        name,
        namespace,
        selector,
        ports: portsOf(object.spec.template.spec.containers),
      };
    }
    default:
      return undefined;
  }
}

function portsOf(containers: readonly Container[]): Exposable["ports"] {
  return containers.flatMap((container) =>
    (container.ports ?? []).map(({ name, containerPort }) => ({
      ...(name ? { name } : {}),
      port: containerPort,
    })),
  );
}

export function exposeYaml(target: Exposable, choice: ExposeChoice): string {
  const targetPort = /^\d+$/.test(choice.targetPort) ? Number(choice.targetPort) : choice.targetPort;
  return stringify(
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: choice.name,
        ...(target.namespace === "default" ? {} : { namespace: target.namespace }),
      },
      spec: {
        ...(choice.type === "Headless"
          ? { clusterIP: "None" }
          : choice.type === "ClusterIP"
            ? {}
            : { type: choice.type }),
        selector: target.selector,
        ports: [{ port: choice.port, targetPort }],
      },
    },
    { version: "1.1" },
  );
}

const SHORT = {
  Pod: "pod",
  ReplicationController: "rc",
  ReplicaSet: "rs",
  Deployment: "deployment",
} as const;

export function exposeCommand(target: Exposable, choice: ExposeChoice): string {
  const type =
    choice.type === "Headless"
      ? " --cluster-ip=None"
      : choice.type === "ClusterIP"
        ? ""
        : ` --type=${choice.type}`;
  const name = choice.name === target.name ? "" : ` --name=${choice.name}`;
  const namespace = target.namespace === "default" ? "" : ` -n ${target.namespace}`;
  return `kubectl expose ${SHORT[target.kind]} ${target.name}${namespace}${name}${type} --port=${choice.port} --target-port=${choice.targetPort}`;
}
