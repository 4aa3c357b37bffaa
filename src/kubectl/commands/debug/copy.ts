// kubectl debug --copy-to: the same pod once more, with another container or with something of one changed.
// Kubernetes: generatePodCopyWithDebugContainer in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Pod } from "#api/pod/types";
import { clone, type JsonObject } from "#base/json";
import { plainError } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { request } from "../../resources.ts";
import { withCustom } from "./custom.ts";
import { createPod, debuggerName, pairsOf, podPath, warnOfUser, type Draft, type Making } from "./making.ts";
import { applyProfile } from "./profiles.ts";

export function copyPod(making: Making, pod: Pod): { pod: Pod; container: string } {
  const { io, flags } = making;
  const draft = draftOf(making, pod);
  const name = changeContainer(making, draft);
  const { namespace = "", name: original } = pod.metadata;
  warnOfUser(
    io,
    draft.spec.containers.find((item) => item["name"] === name),
    draft,
  );
  const made = createPod(io, namespace, draft);
  if (flag(flags, "replace"))
    request(io, {
      method: "DELETE",
      path: podPath(namespace, original),
      body: { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0 },
    });
  return { pod: made, container: name };
}

function draftOf({ flags }: Making, pod: Pod): Draft {
  const { labels, annotations, namespace } = pod.metadata;
  const spec = clone(pod.spec) as unknown as Draft["spec"];
  delete spec.ephemeralContainers;
  if (changed(flags, "share-processes")) spec["shareProcessNamespace"] = flag(flags, "share-processes");
  if (!flag(flags, "same-node")) delete spec["nodeName"];
  const images = new Map(pairsOf(flags, "set-image"));
  for (const container of spec.containers) {
    const image = images.get(String(container["name"])) ?? images.get("*");
    if (image) container["image"] = image;
  }
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: text(flags, "copy-to"),
      namespace: namespace ?? "",
      ...(annotations && { annotations: { ...annotations } }),
      ...(labels && { labels: { ...labels } }),
    },
    spec,
  };
}

/** Adds the debug container, or changes the one that was named; "" where only images were set. */
function changeContainer(making: Making, draft: Draft): string {
  const { flags, command, custom } = making;
  const image = text(flags, "image");
  const { containers, initContainers = [] } = draft.spec;
  const asked = text(flags, "container");
  let container = [...containers, ...initContainers].find((item) => item["name"] === asked);
  if (!container) {
    if (!image) {
      if (pairsOf(flags, "set-image").length > 0) return "";
      throw plainError("you must specify image when creating new container");
    }
    container = { name: debuggerName(making, draft), resources: {}, terminationMessagePolicy: "File" };
    containers.push(container);
  }
  overwrite(making, container, command);
  applyProfile(flags, draft, container, "copy");
  Object.assign(container, withCustom(container, custom));
  return String(container["name"]);
}

function overwrite({ flags }: Making, container: JsonObject, command: readonly string[]): void {
  if (command.length > 0) {
    if (flag(flags, "arguments-only")) container["args"] = [...command];
    else {
      container["command"] = [...command];
      delete container["args"];
    }
  }
  const env = pairsOf(flags, "env").map(([key, value]) => ({ name: key, ...(value && { value }) }));
  if (env.length > 0) container["env"] = env;
  for (const [flagName, field] of [
    ["image", "image"],
    ["image-pull-policy", "imagePullPolicy"],
  ] as const)
    if (text(flags, flagName)) container[field] = text(flags, flagName);
  for (const name of ["stdin", "tty"]) {
    if (flag(flags, name)) container[name] = true;
    else delete container[name];
  }
}
