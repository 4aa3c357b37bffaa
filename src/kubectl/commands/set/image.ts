// `kubectl set image`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_image.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { goQuote } from "../../go-values.ts";
import { writingMode } from "../../writing/announce.ts";
import { parsePairs } from "../../writing/pairs.ts";
import {
  checkSetWords,
  forEachItem,
  infosToSet,
  sendChange,
  SetError,
  withPodSpec,
} from "../../writing/pod-spec-change.ts";
import { divideWords } from "../../writing/words.ts";
import { SET_FLAGS } from "./flags.ts";

export const setImage = defineCommand({
  name: "set image",
  short: "Update the image of a pod template",
  long: "Update existing container image(s) of resources.\n\n Possible resources include (case insensitive):\n\n  pod (po), replicationcontroller (rc), deployment (deploy), daemonset (ds), statefulset (sts), cronjob (cj), replicaset (rs)",
  examples:
    "kubectl set image deployment/web main=nginx:1.28\n\n# Every container\nkubectl set image deployment/web '*=nginx:1.28'",
  usage:
    "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
  flags: SET_FLAGS,
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const { resources, pairs } = divideWords(args, "image");
    const images = parsePairs(pairs, "image", false).set;
    const infos = await infosToSet(resources, flags, io);
    checkSetWords(resources, flags, dryRun);
    const names = Object.keys(images);
    if (names.length === 0) throw plainError("at least one image update is required");
    if (names.length > 1 && names.includes("*"))
      throw plainError(
        "all containers are already specified by *, but saw more than one container_name=container_image pairs",
      );
    forEachItem(infos, (info, note) => {
      const { copy, spec } = withPodSpec(info);
      for (const name of names)
        if (!setImages(spec, name, images[name]!))
          note(new SetError(`unable to find container named ${goQuote(name)}`));
      sendChange(io, flags, info, copy, {
        operation: "image updated",
        failure: "failed to patch image update to pod template: ",
        dryRun,
      });
    });
    return 0;
  },
});

/** False where no container has the name. */
function setImages(spec: JsonObject, name: string, image: string): boolean {
  const containers = [
    ...((spec["initContainers"] ?? []) as JsonObject[]),
    ...((spec["containers"] ?? []) as JsonObject[]),
  ];
  const meant = containers.filter((container) => name === "*" || container["name"] === name);
  for (const container of meant) container["image"] = image;
  return meant.length > 0;
}
