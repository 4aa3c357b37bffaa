// Ephemeral containers: what they may hold, and that those which exist stay as they are. Asked by every check of a pod's
// spec, and by the API server's subresource that adds them.
// Kubernetes: validateEphemeralContainers and ValidatePodEphemeralContainersUpdate in
// pkg/apis/core/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, notFound } from "../field-error.ts";
import { containerDiff } from "./spec-diff.ts";
import type { Container, Pod, PodSpec } from "./types.ts";
import { validateCommon } from "./validate-containers.ts";
import type { VolumeSources } from "./validate-volumes.ts";

/** In the order of Go's fields. */
const NOT_ALLOWED = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
] as const;
const DETAIL = "cannot be set for an Ephemeral Container";

export function validateEphemeralContainers(
  spec: PodSpec,
  volumes: VolumeSources,
  field: string,
): FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = spec;
  const others = new Set([...containers, ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  return ephemeralContainers.flatMap((container, index) => {
    const path = `${field}[${index}]`;
    const errors = validateCommon(container, volumes, path, spec);
    if (names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.push(notFound(`${path}.targetContainerName`, target));
    const alien = NOT_ALLOWED.filter((name) => isSet(container, name));
    errors.push(...alien.map((name) => forbidden(`${path}.${name}`, DETAIL)));
    return [...errors, ...validateSubPaths(container, `${path}.volumeMounts`)];
  });
}

/** Empty structs and lists are as good as absent. */
function isSet(container: Container, name: string): boolean {
  const value = (container as unknown as Record<string, unknown>)[name];
  if (value === undefined || value === null) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function validateSubPaths({ volumeMounts = [] }: Container, field: string): FieldError[] {
  return volumeMounts.flatMap((mount, index) =>
    (["subPath", "subPathExpr"] as const).flatMap((name) =>
      mount[name] ? [forbidden(`${field}[${index}].${name}`, DETAIL)] : [],
    ),
  );
}

/** What a change of the ephemeral containers alone is refused for. */
export function validateEphemeralUpdate(next: Pod, previous: Pod): FieldError[] {
  if (previous.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined)
    return [forbidden("", "static pods do not support ephemeral containers")];
  const field = "spec.ephemeralContainers";
  const byName = new Map((next.spec.ephemeralContainers ?? []).map((item) => [item.name, item]));
  const kept = (previous.spec.ephemeralContainers ?? []).flatMap((old) => {
    const now = byName.get(old.name);
    const which = `existing ephemeral containers ${JSON.stringify(old.name)} may not be`;
    if (!now) return [forbidden(field, `${which} removed\n`)];
    if (deepEqual(now, old)) return [];
    return [forbidden(field, `${which} changed\n${containerDiff(old, now)}`)];
  });
  return kept;
}
