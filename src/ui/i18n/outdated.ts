// What changed since a line from an old book worked: said in the terminal below kubectl's own error.
// Commands and field names stay English.

export const outdatedStrings = {
  en: {
    outdated_ingressVersion:
      "Since Kubernetes 1.22 an Ingress is written in networking.k8s.io/v1: each path needs a pathType, and the backend is service.name with service.port.number or service.port.name.",
    outdated_workloadVersion:
      "Since Kubernetes 1.16 workloads are written in apps/v1, where spec.selector is required and must match the template's labels.",
    outdated_networkPolicyVersion:
      "Since Kubernetes 1.16 a NetworkPolicy is written in networking.k8s.io/v1, with the same fields.",
    outdated_batchVersion:
      "Since Kubernetes 1.25 a CronJob is written in batch/v1 and a PodDisruptionBudget in policy/v1.",
    outdated_runGenerator:
      "Since Kubernetes 1.18 `kubectl run` only makes a Pod, and --generator has since been removed: kubectl run NAME --image=IMAGE. For several copies: kubectl create deployment NAME --image=IMAGE --replicas=3.",
    outdated_execServerFlag:
      "Since Kubernetes 1.31 two dashes must stand before the command: kubectl exec POD -- COMMAND. Without them, kubectl took -s as its own flag --server.",
    outdated_execWithoutDashes:
      "Since Kubernetes 1.31 two dashes must stand before the command: kubectl exec POD -- COMMAND.",
    outdated_rollingUpdate:
      "Since Kubernetes 1.18 `kubectl rolling-update` is gone. A Deployment does the same: kubectl set image deployment/NAME CONTAINER=IMAGE.",
    outdated_getExport:
      "Since Kubernetes 1.18 --export is gone. Use kubectl get TYPE NAME -o yaml and remove status and whatever the server filled in.",
  },
  zh: {
    outdated_ingressVersion:
      "从 Kubernetes 1.22 起，Ingress 要写成 networking.k8s.io/v1：每个 path 都要有 pathType，后端写成 service.name，再加 service.port.number 或 service.port.name。",
    outdated_workloadVersion:
      "从 Kubernetes 1.16 起，工作负载要写成 apps/v1，必须给出 spec.selector，并且与模板的标签匹配。",
    outdated_networkPolicyVersion:
      "从 Kubernetes 1.16 起，NetworkPolicy 要写成 networking.k8s.io/v1，字段不变。",
    outdated_batchVersion:
      "从 Kubernetes 1.25 起，CronJob 要写成 batch/v1，PodDisruptionBudget 要写成 policy/v1。",
    outdated_runGenerator:
      "从 Kubernetes 1.18 起，`kubectl run` 只创建一个 Pod，--generator 后来也已移除：kubectl run NAME --image=IMAGE。需要多个副本时：kubectl create deployment NAME --image=IMAGE --replicas=3。",
    outdated_execServerFlag:
      "从 Kubernetes 1.31 起，命令之前必须有两个短横线：kubectl exec POD -- COMMAND。没有它们，kubectl 会把 -s 当作自己的参数 --server。",
    outdated_execWithoutDashes:
      "从 Kubernetes 1.31 起，命令之前必须有两个短横线：kubectl exec POD -- COMMAND。",
    outdated_rollingUpdate:
      "从 Kubernetes 1.18 起，`kubectl rolling-update` 已移除，改由 Deployment 完成：kubectl set image deployment/NAME CONTAINER=IMAGE。",
    outdated_getExport:
      "从 Kubernetes 1.18 起，--export 已移除。请用 kubectl get TYPE NAME -o yaml，再删去 status 和服务器填入的内容。",
  },
} as const;
