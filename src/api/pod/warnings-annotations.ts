// Warnings of annotations that once did what fields do now. warnings.ts calls it; AppArmor's are in app-armor.ts.
// Kubernetes: pkg/api/pod/warnings.go (v1.35)

const OLD_ANNOTATIONS: Record<string, string> = {
  "scheduler.alpha.kubernetes.io/critical-pod": `non-functional in v1.16+; use the "priorityClassName" field instead`,
  "security.alpha.kubernetes.io/sysctls": `non-functional in v1.11+; use the "sysctls" field instead`,
  "security.alpha.kubernetes.io/unsafe-sysctls": `non-functional in v1.11+; use the "sysctls" field instead`,
};

type Annotations = Record<string, string> | undefined;

export function annotationWarnings(annotations: Annotations, prefix: string): string[] {
  return Object.entries(OLD_ANNOTATIONS).flatMap(([key, text]) =>
    annotations?.[key] === undefined ? [] : [`${prefix}metadata.annotations[${key}]: ${text}`],
  );
}

/** `container` is a container's name; absent, the annotation is the pod's. */
export function seccompWarnings(
  annotations: Annotations,
  securityContext: object | undefined,
  container: string | undefined,
  prefix: string,
): string[] {
  const key =
    container === undefined
      ? "seccomp.security.alpha.kubernetes.io/pod"
      : `container.seccomp.security.alpha.kubernetes.io/${container}`;
  if (annotations?.[key] === undefined || (securityContext && "seccompProfile" in securityContext)) return [];
  return [
    `${prefix}metadata.annotations[${key}]: non-functional in v1.27+; use the "seccompProfile" field instead`,
  ];
}
