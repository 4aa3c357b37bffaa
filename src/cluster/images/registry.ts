// All simulated images, and how a reference finds its image.
import type { Image } from "./image.ts";
import { busybox } from "./busybox.ts";
import { genericImage } from "./generic.ts";
import { kubia, kubiaUnhealthy } from "./kubia.ts";
import { parseReference } from "./reference.ts";

export const IMAGES: readonly Image[] = [busybox, kubia, kubiaUnhealthy];

const BY_REPOSITORY = new Map(IMAGES.map((image) => [image.repository, image]));

/** Images that were asked for: a memory of pure results, so that thousands of containers share one layer. */
const found = new Map<string, Image>();

export function knownImage(repository: string): Image | undefined {
  return BY_REPOSITORY.get(repository);
}

/** The image behind a reference; a generic one if it is not modelled. Whether it may be pulled says resolve.ts. */
export function imageOf(reference: string): Image {
  let image = found.get(reference);
  if (!image) {
    const repository = parseReference(reference)?.repository ?? reference;
    image = knownImage(repository) ?? found.get(repository);
    if (!image) found.set(repository, (image = genericImage(repository)));
    found.set(reference, image);
  }
  return image;
}
