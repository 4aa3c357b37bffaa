// What can be done to nodes, workloads and anything else that is not a pod.
import type { AnyObject, KindMap } from "#api/kinds";
import { act } from "#session/cluster-link";
import { objectsOf, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { Control } from "./Control.tsx";
import { commandTarget, cordonAction, deleteAction, evictAction, scaleAction } from "./requests.ts";

export function NodeControls({ node }: { node: KindMap["Node"] }): React.JSX.Element {
  const t = useT();
  const { name } = node.metadata;
  const down = useStore((state) => state.stoppedNodes.includes(name));
  const cordoned = node.spec.unschedulable === true;
  const drain = (): void => {
    act(cordonAction(node, true));
    for (const pod of objectsOf(useStore.getState().objects, "Pod").values()) {
      if (
        pod.spec.nodeName === name &&
        !pod.metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet")
      )
        act(evictAction(pod.metadata.namespace!, pod.metadata.name));
    }
  };
  return (
    <div className="controls">
      <Control
        label={t(cordoned ? "nodeUncordon" : "nodeCordon")}
        action={cordonAction(node, !cordoned)}
        command={`kubectl ${cordoned ? "uncordon" : "cordon"} ${name}`}
      />
      <Control
        label={t("nodeDrain")}
        action={drain}
        command={`kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data --force`}
      />
      <Control
        label={t(down ? "nodeStart" : "nodeStop")}
        action={{ type: "nodePower", node: name, up: down }}
        pressed={down}
        note={t("nodeStopNote")}
        nearest={
          down ? undefined : `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data --force`
        }
      />
    </div>
  );
}

type Workload = KindMap["ReplicationController" | "ReplicaSet" | "Deployment"];

export function WorkloadControls({ workload }: { workload: Workload }): React.JSX.Element {
  const t = useT();
  const { replicas } = workload.spec;
  const command = (count: number): string => `kubectl scale ${commandTarget(workload)} --replicas=${count}`;
  return (
    <div className="controls">
      <Control
        label={t("scaleTo", { count: replicas + 1 })}
        action={scaleAction(workload, replicas + 1)}
        command={command(replicas + 1)}
      />
      {replicas > 0 && (
        <Control
          label={t("scaleTo", { count: replicas - 1 })}
          action={scaleAction(workload, replicas - 1)}
          command={command(replicas - 1)}
        />
      )}
      <DeleteControl object={workload} />
    </div>
  );
}

export function DeleteControl({ object }: { object: AnyObject }): React.JSX.Element {
  const t = useT();
  return (
    <Control
      label={t("objectDelete", { kind: object.kind })}
      action={deleteAction(object)}
      command={`kubectl delete ${commandTarget(object)}`}
    />
  );
}
