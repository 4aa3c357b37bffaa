// The `ephemeralcontainers` subresource of pods: containers that join a running pod, and stay in its spec for good.
// Kubernetes: podEphemeralContainersStrategy in pkg/registry/core/pod/strategy.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { Pod } from "#api/pod/types";
import { validatePodEphemeralUpdate } from "#api/pod/validate";
import type { JsonObject } from "#base/json";
import type { Answer, ResourceRequest } from "./handle.ts";
import { readOrWrite } from "./read-or-write.ts";
import type { Server } from "./server.ts";

export function handleEphemeralContainers(server: Server, about: ResourceRequest): Answer {
  return readOrWrite(server, { ...about, definition: onlyEphemeral(about.definition) });
}

/** Pods, of which nothing but the ephemeral containers may be written. */
function onlyEphemeral(definition: KindDefinition): KindDefinition {
  return {
    ...definition,
    prepareForUpdate: (next, previous) => {
      const given = (next["spec"] as JsonObject)["ephemeralContainers"];
      const { ephemeralContainers: _, ...spec } = previous["spec"] as JsonObject;
      return { ...previous, spec: { ...spec, ...(given !== undefined && { ephemeralContainers: given }) } };
    },
    validateUpdate: (next, previous) =>
      validatePodEphemeralUpdate(next as unknown as Pod, previous as unknown as Pod),
    warnings: () => [],
  };
}
