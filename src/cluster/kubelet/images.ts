// Getting a container's image onto the node: pull policies, one pull at a time per node, back-off after failures.
// Kubernetes: pkg/kubelet/images/image_manager.go (v1.35)
import type { Container } from "#api/pod/types";
import { fnv1a } from "#base/hash";
import { parseReference } from "../images/reference.ts";
import { nextBackOff } from "./back-off.ts";
import { between, goDuration } from "./durations.ts";
import { record } from "./events.ts";
import { nodeOf, type Kubelet, type PodState } from "./state.ts";

export type ImageOutcome =
  | { outcome: "present" }
  /** The answer comes when the pull ends. */
  | { outcome: "pulling"; readyAt: number; startedAt: number; error?: string; sizeBytes: number }
  | { outcome: "failed"; reason: string; message: string; retryAt?: number };

/** Asking the registry for what a tag names. */
const REGISTRY_MS = 50;

export function ensureImage(kubelet: Kubelet, pod: PodState, container: Container): ImageOutcome {
  const { image, name, imagePullPolicy: policy } = container;
  const reference = parseReference(image);
  if (!reference) {
    const message = invalidName(image);
    record(kubelet, pod, "Warning", "InspectFailed", message, name);
    return { outcome: "failed", reason: "InvalidImageName", message };
  }
  const present = isPresent(kubelet, pod, image, reference.full);
  if (present && policy !== "Always") {
    const text = `Container image "${image}" already present on machine and can be accessed by the pod`;
    record(kubelet, pod, "Normal", "Pulled", text, name);
    return { outcome: "present" };
  }
  if (policy === "Never") {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    record(kubelet, pod, "Warning", "ErrImageNeverPull", message, name);
    return { outcome: "failed", reason: "ErrImageNeverPull", message };
  }
  const backOff = pod.pullBackOff.get(image);
  const { now } = kubelet.context;
  if (backOff && now - backOff.since < backOff.delayMs) {
    const text = `Back-off pulling image "${image}"`;
    record(kubelet, pod, "Normal", "BackOff", text, name);
    const known = kubelet.context.runtime.resolveImage(image);
    const message = known.found ? text : `${text}: ErrImagePull: ${known.error}`;
    return {
      outcome: "failed",
      reason: "ImagePullBackOff",
      message,
      retryAt: backOff.since + backOff.delayMs,
    };
  }
  record(kubelet, pod, "Normal", "Pulling", `Pulling image "${image}"`, name);
  return pull(kubelet, pod, image, present);
}

function pull(kubelet: Kubelet, pod: PodState, image: string, present: boolean): ImageOutcome {
  const { context } = kubelet;
  const node = nodeOf(kubelet, pod);
  const known = context.runtime.resolveImage(image);
  const startedAt = Math.max(context.now, node.pullFreeAt);
  const full = parseReference(image)!.full;
  // Layers that are on the node, or will be when this pull's turn comes, are not fetched again: the registry is only
  // asked whether the tag still names them.
  const fetch = known.found && !present && !node.images.has(full) ? known.pullMs : REGISTRY_MS;
  const readyAt = startedAt + fetch * between(context, 0.75, 1.25);
  node.pullFreeAt = readyAt;
  if (known.found) {
    if (!node.images.has(full)) node.images.set(full, readyAt);
    return { outcome: "pulling", startedAt, readyAt, sizeBytes: known.sizeBytes };
  }
  return { outcome: "pulling", startedAt, readyAt, sizeBytes: 0, error: known.error };
}

/** The pull is over: Events, the image's place on the node, or the next back-off. */
export function finishPull(
  kubelet: Kubelet,
  pod: PodState,
  container: Container,
  pulled: { askedAt: number; startedAt: number; sizeBytes: number; error?: string },
): { reason: string; message: string } | undefined {
  const { image, name } = container;
  const { now } = kubelet.context;
  if (pulled.error !== undefined) {
    pod.pullBackOff.set(image, nextBackOff(pod.pullBackOff.get(image), now, now));
    record(kubelet, pod, "Warning", "Failed", `Failed to pull image "${image}": ${pulled.error}`, name);
    return { reason: "ErrImagePull", message: pulled.error };
  }
  pod.pullBackOff.delete(image);
  const took = `${goDuration(now - pulled.startedAt)} (${goDuration(now - pulled.askedAt)} including waiting)`;
  const text = `Successfully pulled image "${image}" in ${took}. Image size: ${pulled.sizeBytes} bytes.`;
  record(kubelet, pod, "Normal", "Pulled", text, name);
  return undefined;
}

/** A missing pull secret is said aloud, and the pull tried without it. */
export function checkPullSecrets(kubelet: Kubelet, pod: PodState): void {
  const names = (pod.pod.spec.imagePullSecrets ?? []).map(({ name = "" }) => name);
  const missing = names.filter((name) => !kubelet.context.api.get("Secret", pod.namespace, name));
  if (missing.length === 0) return;
  const text = `Unable to retrieve some image pull secrets (${missing.join(", ")}); attempting to pull the image may not succeed.`;
  record(kubelet, pod, "Warning", "FailedToRetrieveImagePullSecret", text);
}

function isPresent(kubelet: Kubelet, pod: PodState, image: string, full: string): boolean {
  const since = nodeOf(kubelet, pod).images.get(full);
  if (since !== undefined && since <= kubelet.context.now) return true;
  return kubelet.context.settings.imagesPresent === true && kubelet.context.runtime.resolveImage(image).found;
}

function invalidName(image: string): string {
  const tagged = image.includes(":") || image.includes("@") ? image : `${image}:latest`;
  const lower = image.toLowerCase();
  const repaired = lower === image ? undefined : parseReference(lower);
  const name = repaired?.registry === "docker.io" ? repaired.path : undefined;
  const original = image.replace(/[:@].*$/, "");
  const path = name?.startsWith("library/") ? `library/${original}` : original;
  const why = repaired ? `: repository name (${path}) must be lowercase` : "";
  return `Failed to apply default image tag "${image}": couldn't parse image name "${tagged}": invalid reference format${why}`;
}

/** "docker.io/library/busybox@sha256:...": a digest of the simulated image. */
export function imageIdOf(image: string): string {
  let id = imageIds.get(image);
  if (id !== undefined) return id;
  id = makeImageId(image);
  if (imageIds.size >= MOST_IMAGE_IDS) imageIds.clear();
  imageIds.set(image, id);
  return id;
}

/** What was made before: the pods of a workload all run the same few images. */
const imageIds = new Map<string, string>();
const MOST_IMAGE_IDS = 500;

function makeImageId(image: string): string {
  const reference = parseReference(image);
  if (!reference) return "";
  let digest = "";
  for (let part = 0; part < 8; part++) {
    digest += fnv1a(`${part}/${reference.full}`).toString(16).padStart(8, "0");
  }
  return `${reference.repository}@sha256:${reference.digest?.slice(7) ?? digest}`;
}

/** As the status spells it: "docker.io/library/busybox:1.36". */
export function imageStatusName(image: string): string {
  return parseReference(image)?.full ?? image;
}
