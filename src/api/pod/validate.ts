// Which pods the API server accepts, and what may change in one that exists.
// Kubernetes: ValidatePodCreate and ValidatePodUpdate in pkg/apis/core/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { forbidden, invalid, NIL, required } from "../field-error.ts";
import { APP_ARMOR_PREFIX } from "./app-armor.ts";
import { specDiff } from "./spec-diff.ts";
import { validateEphemeralUpdate } from "./validate-ephemeral.ts";
import type { Container, Pod, PodSpec, Toleration } from "./types.ts";
import { validateTolerations } from "./validate-scheduling.ts";
import { validatePodSpec } from "./validate-spec.ts";

const MAX_INT32 = 2_147_483_647;
const MIRROR = "kubernetes.io/config.mirror";
const UPDATABLE = [
  "`spec.containers[*].image`",
  "`spec.initContainers[*].image`",
  "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");

export function validatePod(pod: Pod): FieldError[] {
  const errors = validatePodAndSpec(pod);
  const { ephemeralContainers, nodeName } = pod.spec;
  if (ephemeralContainers?.length)
    errors.push(forbidden("spec.ephemeralContainers", "cannot be set on create"));
  if (nodeName && gatesOf(pod.spec).length > 0) {
    errors.push(forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared"));
  }
  return errors;
}

const gatesOf = (spec: PodSpec): { name: string }[] =>
  (spec as { schedulingGates?: { name: string }[] }).schedulingGates ?? [];

function validatePodAndSpec({ metadata, spec }: Pod): FieldError[] {
  const errors: FieldError[] = [];
  const cost = "controller.kubernetes.io/pod-deletion-cost";
  const value = metadata.annotations?.[cost];
  if (value !== undefined && !/^(0|-?[1-9]\d{0,9})$/.test(value)) {
    errors.push(invalid(`metadata.annotations[${cost}]`, value, "must be a 32bit integer"));
  }
  errors.push(...validatePodSpec(spec, "spec", true));
  for (const list of ["containers", "initContainers"] as const)
    errors.push(...checkImages(spec[list] ?? [], `spec.${list}`));
  return errors;
}

/** Templates may hold images with spaces around them, for the sake of old ones; pods may not. */
function checkImages(containers: readonly Container[], field: string): FieldError[] {
  return containers.flatMap(({ image = "" }, index) =>
    image.trim() === image
      ? []
      : [invalid(`${field}[${index}].image`, image, "must not have leading or trailing whitespace")],
  );
}

/** For the subresource that adds ephemeral containers: nothing else can have changed. */
export function validatePodEphemeralUpdate(next: Pod, previous: Pod): FieldError[] {
  return [...validatePodAndSpec(next), ...validateEphemeralUpdate(next, previous)];
}

export function validatePodUpdate(next: Pod, previous: Pod): FieldError[] {
  const errors = [...validatePodAndSpec(next), ...validateKeptAnnotations(next, previous)];
  for (const list of ["containers", "initContainers"] as const) {
    const containers = next.spec[list] ?? [];
    if (containers.length !== (previous.spec[list] ?? []).length) {
      errors.push(forbidden(`spec.${list}`, "pod updates may not add or remove containers"));
      return errors;
    }
    for (const [index, { image }] of containers.entries()) {
      if (!image) errors.push(required(`spec.${list}[${index}].image`));
    }
    errors.push(...checkImages(containers, `spec.${list}`));
  }
  const deadline = validateDeadline(next.spec.activeDeadlineSeconds, previous.spec.activeDeadlineSeconds);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(...validateAddedTolerations(next.spec.tolerations ?? [], previous.spec.tolerations ?? []));
  errors.push(...validateRemovedGates(gatesOf(next.spec), gatesOf(previous.spec)));
  const munged = withUpdatableFieldsOf(next.spec, previous.spec);
  if (!deepEqual(munged, previous.spec)) {
    const detail = `pod updates may not change fields other than ${UPDATABLE}\n${specDiff(previous.spec, munged)}`;
    errors.push(forbidden("spec", detail));
  }
  return errors;
}

/** What was read when the pod was made. */
function validateKeptAnnotations({ metadata: next }: Pod, { metadata: previous }: Pod): FieldError[] {
  const [now, before] = [next.annotations ?? {}, previous.annotations ?? {}];
  const refuse = (name: string, what: string): FieldError[] =>
    now[name] === before[name] ? [] : [forbidden(`metadata.annotations[${name}]`, `may not ${what}`)];
  const isAppArmor = (name: string): boolean => name.startsWith(APP_ARMOR_PREFIX);
  return [
    ...Object.keys(before).flatMap((name) => {
      if (isAppArmor(name)) return refuse(name, "remove or update AppArmor annotations");
      return name === MIRROR ? refuse(name, "remove or update mirror pod annotation") : [];
    }),
    ...Object.keys(now).flatMap((name) => {
      if (name in before) return [];
      if (isAppArmor(name)) return refuse(name, "add AppArmor annotations");
      return name === MIRROR ? refuse(name, "add mirror pod annotation") : [];
    }),
  ];
}

function validateDeadline(
  next: number | undefined,
  previous: number | undefined,
): { errors: FieldError[]; stop: boolean } {
  const refuse = (detail: string, stop: boolean): { errors: FieldError[]; stop: boolean } => ({
    errors: [invalid("spec.activeDeadlineSeconds", next ?? NIL, detail)],
    stop,
  });
  if (next === undefined) {
    if (previous === undefined) return { errors: [], stop: false };
    return refuse("must not update from a positive integer to nil value", false);
  }
  if (next < 0 || next > MAX_INT32) return refuse(`must be between 0 and ${MAX_INT32}, inclusive`, true);
  if (previous !== undefined && previous < next)
    return refuse("must be less than or equal to previous value", true);
  return { errors: [], stop: false };
}

function validateAddedTolerations(
  next: readonly Toleration[],
  previous: readonly Toleration[],
): FieldError[] {
  const withoutSeconds = ({ tolerationSeconds: _seconds, ...rest }: Toleration): object => rest;
  const isKept = (old: Toleration): boolean =>
    next.some((candidate) => deepEqual(withoutSeconds(candidate), withoutSeconds(old)));
  if (!previous.every(isKept)) {
    return [
      forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"),
    ];
  }
  return validateTolerations(next, "spec.tolerations");
}

function validateRemovedGates(
  next: readonly { name: string }[],
  previous: readonly { name: string }[],
): FieldError[] {
  const known = new Set(previous.map(({ name }) => name));
  return next.flatMap(({ name }, index) =>
    known.has(name)
      ? []
      : [
          forbidden(
            `spec.schedulingGates[${index}].name`,
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}

/** The new spec with the old values of everything that may change. */
function withUpdatableFieldsOf(next: PodSpec, previous: PodSpec): PodSpec {
  const munged = { ...next } as PodSpec & { schedulingGates?: unknown };
  const restore = (key: keyof PodSpec | "schedulingGates"): void => {
    const value = (previous as unknown as Record<string, unknown>)[key];
    if (value === undefined) delete (munged as unknown as Record<string, unknown>)[key];
    else (munged as unknown as Record<string, unknown>)[key] = value;
  };
  for (const list of ["containers", "initContainers"] as const) {
    const before = previous[list];
    if (next[list])
      munged[list] = next[list].map((container, index) => ({
        ...container,
        image: before?.[index]?.image ?? "",
      }));
  }
  for (const key of ["activeDeadlineSeconds", "tolerations", "schedulingGates"] as const) restore(key);
  const wasNegative = previous.terminationGracePeriodSeconds < 0 && next.terminationGracePeriodSeconds === 1;
  if (wasNegative) restore("terminationGracePeriodSeconds");
  return munged;
}
