// The order in which kustomize writes objects out: what others need stands first.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/builtins/SortOrderTransformer.go (kubectl v1.35)
import { metadataOf, type Item } from "./types.ts";

const FIRST =
  "Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget".split(
    " ",
  );
const LAST = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

function rank(kind: string): number {
  const first = FIRST.indexOf(kind);
  return first >= 0 ? first - FIRST.length : 1 + LAST.indexOf(kind);
}

function idOf({ object, kind }: Item): string {
  const [group, version] = String(object["apiVersion"]).includes("/")
    ? String(object["apiVersion"]).split("/")
    : ["", String(object["apiVersion"])];
  const { namespace = "", name = "" } = metadataOf(object) as { namespace?: string; name?: string };
  return `${group || "~G"}_${version}_${kind}|${namespace || "~X"}|${name}`;
}

export function inLegacyOrder(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => {
    const byRank = rank(a.kind) - rank(b.kind);
    if (byRank !== 0) return byRank;
    const [left, right] = [idOf(a), idOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
