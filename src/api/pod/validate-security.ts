// Security contexts of pods and containers.
// Kubernetes: ValidateSecurityContext in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, notSupported, required } from "../field-error.ts";
import type { Unmodelled } from "../meta.ts";
import { checkDescendingPath } from "./validate-paths.ts";

const MAX_ID = 2_147_483_647;
const ID_TEXT = `must be between 0 and ${MAX_ID}, inclusive`;

interface SecurityContext {
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  procMount?: string;
  runAsUser?: number;
  runAsGroup?: number;
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  supplementalGroups?: number[];
  capabilities?: { add?: string[] };
  seccompProfile?: { type?: string; localhostProfile?: string };
  sysctls?: { name?: string; value?: string }[];
}

function checkId(field: string, id: number | undefined): FieldError[] {
  return id !== undefined && (id < 0 || id > MAX_ID) ? [invalid(field, id, ID_TEXT)] : [];
}

function validateSeccomp(profile: SecurityContext["seccompProfile"], field: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const types = ["Localhost", "RuntimeDefault", "Unconfined"];
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${field}.type`, "type is required when seccompProfile is set"));
  else if (!types.includes(type)) errors.push(notSupported(`${field}.type`, type, types));
  const path = `${field}.localhostProfile`;
  if (type === "Localhost") {
    if (localhostProfile === undefined)
      errors.push(required(path, "must be set when seccomp type is Localhost"));
    else errors.push(...checkDescendingPath(path, localhostProfile));
  } else if (localhostProfile !== undefined) {
    errors.push(invalid(path, profile, "can only be set when seccomp type is Localhost"));
  }
  return errors;
}

export function validateContainerSecurity(given: Unmodelled | undefined, field: string): FieldError[] {
  if (!given) return [];
  const context = given as SecurityContext;
  const errors = [
    ...checkId(`${field}.runAsUser`, context.runAsUser),
    ...checkId(`${field}.runAsGroup`, context.runAsGroup),
  ];
  if (
    context.procMount !== undefined &&
    context.procMount !== "Default" &&
    context.procMount !== "Unmasked"
  ) {
    errors.push(notSupported(`${field}.procMount`, context.procMount, ["Default", "Unmasked"]));
  }
  errors.push(...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`));
  if (context.allowPrivilegeEscalation === false) {
    const start = "cannot set `allowPrivilegeEscalation` to false and";
    if (context.privileged) errors.push(invalid(field, given, `${start} \`privileged\` to true`));
    if (context.capabilities?.add?.includes("CAP_SYS_ADMIN")) {
      errors.push(invalid(field, given, `${start} \`capabilities.Add\` CAP_SYS_ADMIN`));
    }
  }
  return errors;
}

/** Simplified: sysctls, Windows options, AppArmor and SELinux are taken as they are. */
export function validatePodSecurity(given: Unmodelled | undefined, field: string): FieldError[] {
  const context = (given ?? {}) as SecurityContext;
  const errors = [
    ...checkId(`${field}.fsGroup`, context.fsGroup),
    ...checkId(`${field}.runAsUser`, context.runAsUser),
    ...checkId(`${field}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      checkId(`${field}.supplementalGroups[${index}]`, id),
    ),
  ];
  const policies = ["Always", "OnRootMismatch"];
  const { fsGroupChangePolicy: policy } = context;
  if (policy !== undefined && !policies.includes(policy)) {
    errors.push(notSupported(`${field}.fsGroupChangePolicy`, policy, policies));
  }
  return [...errors, ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`)];
}
