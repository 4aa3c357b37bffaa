// The tag in an image's name, which decides how it is pulled by default. defaults.ts and default-volumes.ts ask.

const REFERENCE =
  /^(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?$/;

/** Whether the image names the tag "latest", or none and no digest. */
export function isLatest(image: string): boolean {
  // What is no reference has no tag; what looks like the id of an image is none.
  if (image.includes("@") || !REFERENCE.test(image) || /^[0-9a-f]{64}$/.test(image)) return false;
  const name = image.slice(image.lastIndexOf("/") + 1);
  const colon = name.indexOf(":");
  return colon < 0 || name.slice(colon + 1) === "latest";
}
