// What the pod template of a controller must look like.
// Kubernetes: ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, notSupported, required } from "../field-error.ts";
import { checkAnnotations, checkLabels, checkLabelSelector, selectorValue, sortedLabels } from "../labels.ts";
import type { LabelSelector } from "../meta.ts";
import { matchesLabelSelector } from "../selectors.ts";
import type { PodTemplateSpec } from "./types.ts";
import { validatePodSpec } from "./validate-spec.ts";

function validateTemplate({ metadata, spec }: PodTemplateSpec, field: string): FieldError[] {
  const errors = [
    ...checkLabels(metadata.labels, `${field}.labels`),
    ...checkAnnotations(metadata.annotations, `${field}.annotations`),
    ...validatePodSpec(spec, `${field}.spec`),
  ];
  if (spec.ephemeralContainers?.length) {
    errors.push(
      forbidden(`${field}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template"),
    );
  }
  return errors;
}

/** The template of a controller that keeps replicas: its labels must match, its pods must restart. */
export function validateReplicaTemplate(
  template: PodTemplateSpec | undefined,
  controller: "ReplicaSet" | "ReplicationController",
  matches: (labels: Record<string, string>) => boolean,
): FieldError[] {
  const field = "spec.template";
  if (!template) return [required(field)];
  const { labels } = template.metadata;
  const errors: FieldError[] = [];
  if (!matches(labels ?? {})) {
    errors.push(
      invalid(
        `${field}.metadata.labels`,
        labels ? sortedLabels(labels) : null,
        "`selector` does not match template `labels`",
      ),
    );
  }
  errors.push(...validateTemplate(template, field));
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== "Always")
    errors.push(notSupported(`${field}.spec.restartPolicy`, restartPolicy, ["Always"]));
  if (activeDeadlineSeconds !== undefined) {
    const detail = `activeDeadlineSeconds in ${controller} is not Supported`;
    errors.push(forbidden(`${field}.spec.activeDeadlineSeconds`, detail));
  }
  return errors;
}

/** Selector and template of ReplicaSets and Deployments; the text about deployments stands in both. */
export function validateSelectedTemplate(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec,
): FieldError[] {
  const field = "spec.selector";
  const errors: FieldError[] = [];
  const isEmpty =
    selector !== undefined &&
    Object.keys(selector.matchLabels ?? {}).length === 0 &&
    !selector.matchExpressions?.length;
  if (!selector) errors.push(required(field));
  else {
    const wrong = checkLabelSelector(selector, field);
    errors.push(...wrong);
    if (isEmpty)
      errors.push(invalid(field, selectorValue(selector), "empty selector is invalid for deployment"));
    if (wrong.length > 0)
      return [...errors, invalid(field, selectorValue(selector), "invalid label selector")];
  }
  // No selector selects nothing, an empty one everything.
  const matches = (labels: Record<string, string>): boolean =>
    isEmpty || matchesLabelSelector(selector, labels);
  return [...errors, ...validateReplicaTemplate(template, "ReplicaSet", matches)];
}
