// `kubectl create deployment`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_deployment.go (v1.35)
import type { JsonObject } from "#base/json";
import { fnv1a } from "#base/hash";
import { plainError } from "../../errors.ts";
import { list, number } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { defineGenerator } from "./generator.ts";

export const createDeployment = defineGenerator({
  name: "create deployment",
  aliases: ["deploy"],
  short: "Create a deployment with the specified name",
  examples:
    "# Three copies of nginx\nkubectl create deployment web --image=nginx --replicas=3\n\n# With a command of its own\nkubectl create deployment box --image=busybox -- sleep 3600",
  usage: "create deployment NAME --image=image -- [COMMAND] [args...]",
  flags: [
    aFlag("image", "stringList", "[]", "Images to run; each makes a container", { required: true }),
    aFlag("port", "int", "-1", "Port that the first container declares"),
    aFlag("replicas", "int", "1", "Number of pods", { short: "r" }),
  ],
  plural: "deployments",
  failure: "failed to create deployment: ",
  build: (name, flags, _io, command) => {
    const images = list(flags, "image");
    if (images.length > 1 && command.length > 0)
      throw plainError("cannot specify multiple --image options and command");
    const port = number(flags, "port");
    const containers = images.map((image, index): JsonObject => ({
      name: containerName(image),
      image,
      ...(command.length > 0 && { command: [...command] }),
      ...(port >= 0 && index === 0 && { ports: [{ containerPort: port }] }),
    }));
    const labels = { app: name };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, labels, ...ownNamespace(flags) },
      spec: {
        replicas: number(flags, "replicas"),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    };
  },
});

/** The image's last word; one with signs that no name may have gets a suffix that keeps it unique. */
export function containerName(image: string): string {
  const name = image.split("/").at(-1)!.split(":")[0]!.split("@")[0]!;
  if (!/[_.:]/.test(name)) return name;
  const digits = "bcdfghjklmnpqrstvwxz2456789";
  let seed = fnv1a(image);
  let suffix = "";
  for (let index = 0; index < 5; index++) {
    suffix += digits[seed % digits.length]!;
    seed = Math.floor(seed / digits.length);
  }
  return `${name.replace(/[_.:]/g, "-")}-${suffix}`;
}
