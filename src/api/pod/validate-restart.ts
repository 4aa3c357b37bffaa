// When a container of its own restarts: its policy, and rules by exit code.
// Kubernetes: validateContainerRestartPolicy in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, notSupported, required } from "../field-error.ts";
import type { Container } from "./types.ts";

interface Rule {
  action?: string;
  exitCodes?: { operator?: string; values?: number[] };
}

const POLICIES = ["Always", "Never", "OnFailure"];
const ACTIONS = ["Restart"];
const OPERATORS = ["In", "NotIn"];

export function validateRestart(container: Container, path: string): FieldError[] {
  const { restartPolicy } = container;
  const { restartPolicyRules: rules = [] } = container as { restartPolicyRules?: Rule[] };
  const errors: FieldError[] = [];
  if (restartPolicy === undefined) {
    if (rules.length > 0) errors.push(needsPolicy(path));
  } else if (!POLICIES.includes(restartPolicy)) {
    errors.push(notSupported(`${path}.restartPolicy`, restartPolicy, POLICIES));
  }
  for (const [index, { action = "", exitCodes }] of rules.entries()) {
    const at = `${path}.restartPolicyRules[${index}]`;
    if (!ACTIONS.includes(action)) errors.push(notSupported(`${at}.action`, action, ACTIONS));
    if (!exitCodes) errors.push(required(`${at}.exitCodes`, "must be specified"));
    else if (!OPERATORS.includes(exitCodes.operator ?? ""))
      errors.push(notSupported(`${at}.exitCodes.operator`, exitCodes.operator ?? "", OPERATORS));
  }
  return errors;
}

const needsPolicy = (path: string): FieldError =>
  required(`${path}.restartPolicy`, "must specify restartPolicy when restart rules are used");

/** A sidecar restarts whatever happens, so it has no rules. */
export function validateInitRestart(container: Container, path: string): FieldError[] {
  const { restartPolicy } = container;
  const { restartPolicyRules: rules = [] } = container as { restartPolicyRules?: Rule[] };
  if (restartPolicy === undefined && rules.length > 0) return [needsPolicy(path)];
  if (restartPolicy !== "Always") return validateRestart(container, path);
  const detail = "restartPolicyRules are not allowed for init containers with restart policy Always";
  return rules.length > 0 ? [forbidden(`${path}.restartPolicyRules`, detail)] : [];
}
