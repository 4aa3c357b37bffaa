// The tag in an image's name, which decides how it is pulled by default. defaults.ts and default-volumes.ts ask.

/** Whether the image names the tag "latest", or none and no digest. */
export function isLatest(image: string): boolean {
  if (image.includes("@")) return false;
  const name = image.slice(image.lastIndexOf("/") + 1);
  const colon = name.indexOf(":");
  return colon < 0 || name.slice(colon + 1) === "latest";
}
