// Who may do what in a fresh cluster: administrators everything, everybody else what Kubernetes' own roles give. Asked
// by kubectl for `auth can-i` and for requests in another's name.
// Simplified: there are no RBAC kinds, so that nobody can be given more; the rules are those of a cluster of kubeadm's.
// Kubernetes: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (v1.35)

export interface User {
  name: string;
  uid?: string;
  groups: readonly string[];
  extra?: Record<string, readonly string[]>;
}

export interface Rule {
  verbs: readonly string[];
  groups?: readonly string[];
  resources?: readonly string[];
  paths?: readonly string[];
}

export type Attempt =
  | { verb: string; path: string }
  | {
      verb: string;
      group: string;
      resource: string;
      subresource?: string | undefined;
      name?: string | undefined;
      namespace?: string | undefined;
    };

const AUTHENTICATED = "system:authenticated";
const ADMINISTRATORS: ReadonlySet<string> = new Set(["system:masters", "kubeadm:cluster-admins"]);

const EVERYTHING: readonly Rule[] = [
  { verbs: ["*"], groups: ["*"], resources: ["*"] },
  { verbs: ["*"], paths: ["*"] },
];
const PUBLIC: readonly Rule[] = [
  { verbs: ["get"], paths: ["/healthz", "/livez", "/readyz", "/version", "/version/"] },
];
/** system:basic-user and system:discovery. */
const BASIC: readonly Rule[] = [
  { verbs: ["create"], groups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
  { verbs: ["create"], groups: ["authorization.k8s.io"], resources: ["selfsubjectaccessreviews"] },
  { verbs: ["create"], groups: ["authorization.k8s.io"], resources: ["selfsubjectrulesreviews"] },
  {
    verbs: ["get"],
    paths: [
      "/api",
      "/api/*",
      "/apis",
      "/apis/*",
      "/healthz",
      "/livez",
      "/openapi",
      "/openapi/*",
      "/readyz",
      "/version",
      "/version/",
    ],
  },
];
/** system:service-account-issuer-discovery. */
const ISSUER: readonly Rule[] = [
  {
    verbs: ["get"],
    paths: [
      "/.well-known/openid-configuration",
      "/.well-known/openid-configuration/",
      "/openid/v1/jwks",
      "/openid/v1/jwks/",
    ],
  },
];

export const ADMINISTRATOR: User = {
  name: "kubernetes-admin",
  groups: ["kubeadm:cluster-admins", AUTHENTICATED],
};

/** A user by name, with the groups that the server adds. */
export function userNamed(name: string, groups: readonly string[] = []): User {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  if (name === "system:anonymous") return { name, groups: ["system:unauthenticated"] };
  const own =
    groups.length > 0 || namespace === undefined
      ? groups
      : ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
  return { name, groups: [...new Set([...own, AUTHENTICATED])] };
}

export function isAdministrator({ groups }: User): boolean {
  return groups.some((group) => ADMINISTRATORS.has(group));
}

export function rulesOf(user: User): readonly Rule[] {
  return [
    ...(isAdministrator(user) ? EVERYTHING : []),
    ...(user.groups.includes(AUTHENTICATED) ? BASIC : []),
    ...PUBLIC,
    ...(user.groups.includes("system:serviceaccounts") ? ISSUER : []),
  ];
}

export function isAllowed(user: User, attempt: Attempt): boolean {
  return rulesOf(user).some((rule) => allows(rule, attempt));
}

const names = (list: readonly string[] | undefined, wanted: string): boolean =>
  list?.some((item) => item === "*" || item === wanted) ?? false;

function allows(rule: Rule, attempt: Attempt): boolean {
  if (!names(rule.verbs, attempt.verb)) return false;
  if ("path" in attempt)
    return (
      rule.paths?.some((path) =>
        path.endsWith("*") ? attempt.path.startsWith(path.slice(0, -1)) : path === attempt.path,
      ) ?? false
    );
  const { group, resource, subresource } = attempt;
  const whole = subresource ? `${resource}/${subresource}` : resource;
  return names(rule.groups, group) && names(rule.resources, whole);
}
