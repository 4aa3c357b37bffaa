// Security contexts of pods and containers.
// Kubernetes: ValidateSecurityContext in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, invalid, notSupported, required } from "../field-error.ts";
import type { Unmodelled } from "../meta.ts";
import { internalOf } from "./internal-form.ts";
import type { PodSpec } from "./types.ts";
import { checkDescendingPath } from "./validate-paths.ts";

const MAX_ID = 2_147_483_647;
const MAX_SYSCTL = 253;
const SYSCTL_PART = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SYSCTL = `(${SYSCTL_PART}[\\./])*${SYSCTL_PART}`;
const ID_TEXT = `must be between 0 and ${MAX_ID}, inclusive`;

interface Profile {
  type?: string;
  localhostProfile?: string;
}

interface SecurityContext {
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  procMount?: string;
  runAsUser?: number;
  runAsGroup?: number;
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  supplementalGroupsPolicy?: string;
  supplementalGroups?: number[];
  capabilities?: { add?: string[] };
  seccompProfile?: Profile;
  appArmorProfile?: Profile;
  sysctls?: { name?: string; value?: string }[];
}

function checkId(field: string, id: number | undefined): FieldError[] {
  return id !== undefined && (id < 0 || id > MAX_ID) ? [invalid(field, id, ID_TEXT)] : [];
}

const PROFILE_TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];

function validateSeccomp(profile: Profile | undefined, field: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors = checkProfileType(profile, field);
  const path = `${field}.localhostProfile`;
  if (type === "Localhost") {
    if (localhostProfile === undefined)
      errors.push(required(path, "must be set when seccomp type is Localhost"));
    else errors.push(...checkDescendingPath(path, localhostProfile));
  } else if (localhostProfile !== undefined) {
    const shown = internalOf("Profile", profile);
    errors.push(invalid(path, shown, "can only be set when seccomp type is Localhost"));
  }
  return errors;
}

function validateAppArmor(profile: Profile | undefined, field: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors = checkProfileType(profile, field);
  const path = `${field}.localhostProfile`;
  if (type === "Localhost") {
    if (!localhostProfile?.trim()) errors.push(required(path, "must be set when AppArmor type is Localhost"));
  } else if (localhostProfile !== undefined) {
    errors.push(invalid(path, localhostProfile, "can only be set when AppArmor type is Localhost"));
  }
  return errors;
}

function checkProfileType({ type }: Profile, field: string): FieldError[] {
  const what = field.slice(field.lastIndexOf(".") + 1);
  if (!type) return [required(`${field}.type`, `type is required when ${what} is set`)];
  return PROFILE_TYPES.includes(type) ? [] : [notSupported(`${field}.type`, type, PROFILE_TYPES)];
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
  errors.push(
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`),
  );
  const shown = internalOf("SecurityContext", given);
  if (context.allowPrivilegeEscalation === false) {
    const start = "cannot set `allowPrivilegeEscalation` to false and";
    if (context.privileged) errors.push(invalid(field, shown, `${start} \`privileged\` to true`));
    if (context.capabilities?.add?.includes("CAP_SYS_ADMIN")) {
      errors.push(invalid(field, shown, `${start} \`capabilities.Add\` CAP_SYS_ADMIN`));
    }
  }
  return errors;
}

/** Simplified: Windows options and SELinux are taken as they are. */
export function validatePodSecurity(spec: PodSpec, field: string): FieldError[] {
  const context = (spec.securityContext ?? {}) as SecurityContext;
  const { hostPID, shareProcessNamespace } = spec as { hostPID?: boolean; shareProcessNamespace?: boolean };
  const errors = [
    ...checkId(`${field}.fsGroup`, context.fsGroup),
    ...checkId(`${field}.runAsUser`, context.runAsUser),
    ...checkId(`${field}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      checkId(`${field}.supplementalGroups[${index}]`, id),
    ),
  ];
  if (hostPID && shareProcessNamespace) {
    const detail = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.push(invalid(`${field}.shareProcessNamespace`, true, detail));
  }
  errors.push(...validateSysctls(context.sysctls ?? [], `${field}.sysctls`));
  const policies = ["Always", "OnRootMismatch"];
  const { fsGroupChangePolicy: policy } = context;
  if (policy !== undefined && !policies.includes(policy)) {
    errors.push(notSupported(`${field}.fsGroupChangePolicy`, policy, policies));
  }
  const { supplementalGroupsPolicy: merging } = context;
  if (merging !== undefined && merging !== "Merge" && merging !== "Strict")
    errors.push(notSupported(`${field}.supplementalGroupsPolicy`, merging, ["Merge", "Strict"]));
  return [
    ...errors,
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`),
  ];
}

function validateSysctls(sysctls: NonNullable<SecurityContext["sysctls"]>, field: string): FieldError[] {
  const names = new Set<string>();
  return sysctls.flatMap(({ name = "" }, index) => {
    const path = `${field}[${index}].name`;
    const detail = `must have at most ${MAX_SYSCTL} characters and match regex ${SYSCTL}`;
    if (name === "") return [required(path)];
    if (name.length > MAX_SYSCTL || !new RegExp(`^${SYSCTL}$`).test(name))
      return [invalid(path, name, detail)];
    if (names.has(name)) return [duplicate(path, name)];
    names.add(name);
    return [];
  });
}
