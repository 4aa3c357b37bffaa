// Subresources: status, scale, binding, eviction, log and ephemeral containers of pods, tokens of service accounts,
// finalize of namespaces.
// Kubernetes: pkg/registry/core/rest/storage_core.go, pkg/registry/apps/rest/storage_apps.go (v1.35)
import { notSupported, required } from "#api/field-error";
import { EVICTED, withDisruption } from "#api/pod/disruption";
import type { Pod } from "#api/pod/types";
import { isObject, type Json } from "#base/json";
import { handleToken } from "./account-token.ts";
import { bindPod } from "./binding.ts";
import { deleteObject } from "./delete.ts";
import { handleEphemeralContainers } from "./ephemeral-containers.ts";
import { messageOf } from "./field-errors.ts";
import { finalizeNamespace } from "./finalize-namespace.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { handlePodLog } from "./pod-log.ts";
import { existing } from "./read-requests.ts";
import { readOrWrite } from "./read-or-write.ts";
import { isDryRun } from "./request-options.ts";
import { handleScale } from "./scale.ts";
import { commit, type Server } from "./server.ts";
import { badRequest, failure, methodNotAllowed, noSuchResource } from "./status.ts";

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

/** The body of a binding or eviction names the pod once more. */
function checkName({ request, path }: ResourceRequest, kind: string): void {
  if (field(request.body, "metadata", "name") !== path.name)
    throw badRequest(`name in URL does not match name in ${kind} object`);
}

function onBinding(server: Server, about: ResourceRequest): Answer {
  const { request, path } = about;
  if (request.method !== "POST") throw methodNotAllowed();
  checkName(about, "Binding");
  const [node, kind = ""] = [field(request.body, "target", "name"), field(request.body, "target", "kind")];
  const errors = [
    ...(kind === "" || kind === "Node"
      ? []
      : [notSupported("target.kind", kind, ["Node", "<empty>"], false)]),
    ...(node ? [] : [required("target.name")]),
  ];
  if (errors.length > 0) throw failure(500, "", messageOf(errors));
  bindPod(server, path.namespace ?? "", path.name ?? "", String(node), isDryRun(request));
  return { status: 201, body: { ...SUCCESS, code: 201 } };
}

// Simplified: there are no PodDisruptionBudgets, so an eviction is a deletion that says so.
// Kubernetes: pkg/registry/core/pod/storage/eviction.go (v1.35)
function onEviction(server: Server, about: ResourceRequest): Answer {
  const { request, definition } = about;
  if (request.method !== "POST") throw methodNotAllowed();
  const pod = existing(server, about);
  checkName(about, "Eviction");
  const grace = field(request.body, "deleteOptions", "gracePeriodSeconds");
  const options = typeof grace === "number" ? { gracePeriodSeconds: grace } : {};
  const dryRun = isDryRun(request);
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
