// Which Nodes the API server accepts. Paths of taints begin with "metadata" in the real server too.
// Kubernetes: ValidateNode in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notSupported, required } from "../field-error.ts";
import { checkCidr } from "../ip.ts";
import { checkLabelKey } from "../labels.ts";
import { labelValue } from "../names.ts";
import type { Node, Taint } from "./types.ts";

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

export function validateNode({ spec }: Node): FieldError[] {
  const { podCIDRs = [] } = spec;
  const errors = validateTaints(spec.taints ?? [], "metadata.taints");
  for (const [index, block] of podCIDRs.entries())
    errors.push(...checkCidr(`spec.podCIDRs[${index}]`, block));
  const families = new Set(podCIDRs.map((block) => block.includes(":")));
  if (podCIDRs.length > 1 && (families.size < 2 || podCIDRs.length > 2)) {
    errors.push(invalid("spec.podCIDRs", podCIDRs, "may specify no more than one CIDR for each IP family"));
  }
  return errors;
}

export function validateNodeUpdate(next: Node, previous: Node): FieldError[] {
  const errors: FieldError[] = [];
  const before = previous.spec.podCIDRs ?? [];
  if (before.length > 0 && before.join() !== (next.spec.podCIDRs ?? []).join()) {
    errors.push(forbidden("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid'));
  }
  if (previous.spec.providerID && previous.spec.providerID !== next.spec.providerID) {
    errors.push(
      forbidden("spec.providerID", 'node updates may not change providerID except from "" to valid'),
    );
  }
  return [...errors, ...validateTaints(next.spec.taints ?? [], "metadata.taints")];
}

function validateTaints(taints: readonly Taint[], field: string): FieldError[] {
  return taints.flatMap((taint, index) => {
    const path = `${field}[${index}]`;
    const { key = "", value = "", effect } = taint;
    const errors = checkLabelKey(key, `${path}.key`);
    const texts = labelValue(value);
    if (texts.length > 0) errors.push(invalid(`${path}.value`, value, texts.join(";")));
    if (!effect) errors.push(required(`${path}.effect`));
    else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS, false));
    const isRepeated = taints.findIndex((other) => other.key === key && other.effect === effect) < index;
    if (!isRepeated) return errors;
    const shown = { Key: key, Value: value, Effect: effect ?? "", TimeAdded: taint.timeAdded ?? null };
    return [...errors, { ...duplicate(path, shown), detail: "taints must be unique by key and effect pair" }];
  });
}
