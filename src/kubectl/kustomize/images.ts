// images and replicas of a kustomization: other names and tags for images, other numbers of replicas.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/image/image.go, builtins/ReplicaCountTransformer.go (kubectl v1.35)
import { plainError } from "../errors.ts";
import { containersOf, makeMapAt, podSpecsOf } from "./fields.ts";
import type { ImageEntry, Item } from "./types.ts";

export function setImages(items: readonly Item[], images: readonly ImageEntry[]): void {
  for (const entry of images)
    for (const { object } of items)
      for (const container of podSpecsOf(object).flatMap(containersOf))
        if (typeof container["image"] === "string") container["image"] = renamed(container["image"], entry);
}

function renamed(image: string, { name, newName, newTag, digest, tagSuffix = "" }: ImageEntry): string {
  const [, own = image, tag = "", hash = ""] =
    /^((?:[^/@]*\/)*[^:@/]+)(:[\w][\w.-]*)?(@[\w:.+-]+)?$/.exec(image) ?? [];
  if (own !== name) return image;
  const shown = newName ?? own;
  if (digest) return `${shown}@${digest}`;
  if (newTag) return `${shown}:${newTag}`;
  return `${shown}${tag ? `${tag}${tagSuffix}` : ""}${hash}`;
}

const WITH_REPLICAS = new Set(["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"]);

export function setReplicas(
  items: readonly Item[],
  replicas: readonly { name: string; count: number }[],
): void {
  for (const { name, count } of replicas) {
    const found = items.filter(({ kind, originalName }) => WITH_REPLICAS.has(kind) && originalName === name);
    if (found.length === 0)
      throw plainError(
        `resource with name ${name} does not match a config with the following GVK [Deployment.v1.apps ReplicationController.v1.[noGrp] ReplicaSet.v1.apps StatefulSet.v1.apps]`,
      );
    for (const { object } of found) makeMapAt(object, "spec")["replicas"] = count;
  }
}
