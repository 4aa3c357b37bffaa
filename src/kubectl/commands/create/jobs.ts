// `kubectl create job` and `kubectl create cronjob`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_job.go, create_cronjob.go (v1.35)
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { discoverResources, resourceFor } from "../../mapper.ts";
import { request } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { defineGenerator } from "./generator.ts";

export const createJob = defineGenerator({
  name: "create job",
  short: "Create a job with the specified name",
  examples:
    "kubectl create job once --image=busybox -- date\n\n# From a cron job\nkubectl create job by-hand --from=cronjob/nightly",
  usage: "create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]",
  flags: [
    aFlag("image", "string", "", "Image to run"),
    aFlag("from", "string", "", "What to make the job from (only cronjob is supported)"),
  ],
  plural: "jobs",
  failure: "failed to create job: ",
  build: (name, flags, io, command) => {
    const [image, from] = [text(flags, "image"), text(flags, "from")];
    if ((image === "") === (from === "")) throw plainError("either --image or --from must be specified");
    if (command.length > 0 && from) throw plainError("cannot specify --from and command");
    if (from) return fromCronJob(name, from, flags, io);
    return {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name, ...ownNamespace(flags) },
      spec: podTemplate(name, image, command, "Never"),
    };
  },
});

function podTemplate(
  name: string,
  image: string,
  command: readonly string[],
  restartPolicy: string,
): JsonObject {
  const container = { name, image, ...(command.length > 0 && { command: [...command] }) };
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

function fromCronJob(name: string, from: string, flags: FlagValues, io: KubectlIo): JsonObject {
  const [type = "", owner = ""] = from.split("/");
  const resource = resourceFor(discoverResources(io), type);
  const path = resourcePath(resource, namespaceOf(io, flags), owner);
  const object = request(io, { method: "GET", path }).body as JsonObject;
  if (resource.kind !== "CronJob") throw plainError(`unknown object type *v1.${resource.kind}`);
  const metadata = object["metadata"] as { name: string; uid: string };
  const template = (object["spec"] as JsonObject)["jobTemplate"] as JsonObject;
  const own = (template["metadata"] ?? {}) as { labels?: JsonObject; annotations?: JsonObject };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      ...ownNamespace(flags),
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...own.annotations },
      ...(own.labels && { labels: own.labels }),
      ownerReferences: [
        { apiVersion: "batch/v1", kind: "CronJob", name: metadata.name, uid: metadata.uid, controller: true },
      ],
    },
    spec: template["spec"] ?? {},
  };
}

export const createCronJob = defineGenerator({
  name: "create cronjob",
  aliases: ["cj"],
  short: "Create a cron job with the specified name",
  examples: "kubectl create cronjob nightly --image=busybox --schedule='0 3 * * *' -- date",
  usage: "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  flags: [
    aFlag("image", "string", "", "Image to run", { required: true }),
    aFlag("schedule", "string", "", "When to run, in cron's format", { required: true }),
    aFlag("restart", "string", "", "Restart policy of the pods: OnFailure or Never"),
  ],
  plural: "cronjobs",
  failure: "failed to create cronjob: ",
  build: (name, flags, _io, command) => ({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name, ...ownNamespace(flags) },
    spec: {
      schedule: text(flags, "schedule"),
      jobTemplate: {
        metadata: { name },
        spec: podTemplate(name, text(flags, "image"), command, text(flags, "restart") || "OnFailure"),
      },
    },
  }),
});
