// Subresources: status, scale, binding, eviction, log and ephemeral containers of pods, tokens of service accounts,
// finalize of namespaces.
// Kubernetes: pkg/registry/core/rest/storage_core.go, pkg/registry/apps/rest/storage_apps.go (v1.35)
import { EVICTED, withDisruption } from "#api/pod/disruption";
import type { Pod } from "#api/pod/types";
import { isObject, type Json } from "#base/json";
import { handleToken } from "./account-token.ts";
import { bindPod } from "./binding.ts";
import { deleteObject } from "./delete.ts";
import { handleEphemeralContainers } from "./ephemeral-containers.ts";
import { finalizeNamespace } from "./finalize-namespace.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { handlePodLog } from "./pod-log.ts";
import { existing } from "./read-requests.ts";
import { readOrWrite } from "./read-or-write.ts";
import { isDryRun } from "./request-options.ts";
import { handleScale } from "./scale.ts";
import { commit, type Server } from "./server.ts";
import { badRequest, methodNotAllowed, noSuchResource } from "./status.ts";

export function handleSubresource(server: Server, about: ResourceRequest): Answer {
  const { definition, path } = about;
  const { subresource } = path;
  if (subresource === "status" && definition.subresources.includes("status"))
    return readOrWrite(server, about);
  if (subresource === "scale" && definition.subresources.includes("scale")) return handleScale(server, about);
  if (definition.kind === "Pod" && subresource === "binding") return onBinding(server, about);
  if (definition.kind === "Pod" && subresource === "eviction") return onEviction(server, about);
  if (definition.kind === "Pod" && subresource === "log") return handlePodLog(server, about);
  if (definition.kind === "Pod" && subresource === "ephemeralcontainers")
    return handleEphemeralContainers(server, about);
  if (definition.kind === "ServiceAccount" && subresource === "token") return handleToken(server, about);
  if (definition.kind === "Namespace" && subresource === "finalize") return onFinalize(server, about);
  throw noSuchResource();
}

function field(body: Json | undefined, ...path: string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path) value = isObject(value) ? (value as Record<string, Json>)[key] : undefined;
  return value;
}

const SUCCESS = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };

function onBinding(server: Server, { request, path }: ResourceRequest): Answer {
  if (request.method !== "POST") throw methodNotAllowed();
  const node = field(request.body, "target", "name");
  if (typeof node !== "string" || node === "") throw badRequest("target.name: Required value");
  bindPod(server, path.namespace ?? "", path.name ?? "", node, isDryRun(request));
  return { status: 201, body: { ...SUCCESS, code: 201 } };
}

// Simplified: there are no PodDisruptionBudgets, so an eviction is a deletion that says so.
// Kubernetes: pkg/registry/core/pod/storage/eviction.go (v1.35)
function onEviction(server: Server, about: ResourceRequest): Answer {
  const { request, definition } = about;
  if (request.method !== "POST") throw methodNotAllowed();
  const grace = field(request.body, "deleteOptions", "gracePeriodSeconds");
  const options = typeof grace === "number" ? { gracePeriodSeconds: grace } : {};
  const dryRun = isDryRun(request);
  const pod = existing(server, about);
  const marked = withDisruption(pod as Pod, EVICTED, server.context.timestamp());
  deleteObject(server, definition, dryRun ? pod : commit(server, marked, pod), options, { dryRun });
  return { status: 201, body: { ...SUCCESS, code: 201 } };
}

function onFinalize(server: Server, { request, path }: ResourceRequest): Answer {
  if (request.method !== "PUT") throw methodNotAllowed();
  const finalizers = field(request.body, "spec", "finalizers");
  const kept = Array.isArray(finalizers) ? finalizers.map(String) : [];
  return { status: 200, body: finalizeNamespace(server, path.name ?? "", kept).object as unknown as Json };
}
