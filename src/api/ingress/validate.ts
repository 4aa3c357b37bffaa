// Which Ingresses the API server accepts.
// Kubernetes: ValidateIngressCreate in pkg/apis/networking/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, notSupported, required } from "../field-error.ts";
import { parseAddress } from "../ip.ts";
import {
  dns1035Label,
  dns1123Subdomain,
  pathSegment,
  portName,
  portNumber,
  wildcardSubdomain,
} from "../names.ts";
import type { Ingress, IngressBackend, IngressPath, IngressRule, IngressTls } from "./types.ts";

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];
const BAD_SEQUENCES = ["//", "/./", "/../", "%2f", "%2F"];
const BAD_ENDINGS = ["/..", "/."];

export function validateIngress(ingress: Ingress): FieldError[] {
  const errors = validateSpec(ingress);
  const annotation = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  const { ingressClassName: name } = ingress.spec;
  if (annotation !== undefined && name !== undefined && annotation !== name) {
    const detail = "must match `ingressClassName` when both are specified";
    errors.push(invalid(`annotations.${CLASS_ANNOTATION}`, annotation, detail));
  }
  return errors;
}

export const validateIngressUpdate = (next: Ingress): FieldError[] => validateSpec(next);

function validateSpec({ spec }: Ingress): FieldError[] {
  const { defaultBackend, rules, tls = [], ingressClassName: name } = spec;
  const errors: FieldError[] = [];
  if (!rules?.length && !defaultBackend) {
    errors.push(invalid("spec", rules ?? null, "either `defaultBackend` or `rules` must be specified"));
  }
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, "spec.defaultBackend"));
  for (const [index, rule] of (rules ?? []).entries())
    errors.push(...validateRule(rule, `spec.rules[${index}]`));
  for (const [index, entry] of tls.entries()) errors.push(...validateTls(entry, `spec.tls[${index}]`));
  if (name !== undefined)
    errors.push(...dns1123Subdomain(name).map((text) => invalid("spec.ingressClassName", name, text)));
  return errors;
}

const checkHost = (field: string, host: string): FieldError[] =>
  (host.includes("*") ? wildcardSubdomain(host) : dns1123Subdomain(host)).map((text) =>
    invalid(field, host, text),
  );

function validateTls({ hosts = [], secretName }: IngressTls, field: string): FieldError[] {
  const errors = hosts.flatMap((host, index) => checkHost(`${field}.hosts[${index}]`, host));
  if (!secretName) return errors;
  return [
    ...errors,
    ...dns1123Subdomain(secretName).map((text) => invalid(`${field}.secretName`, secretName, text)),
  ];
}

function validateRule({ host, http }: IngressRule, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (host) {
    if (parseAddress(host))
      errors.push(invalid(`${field}.host`, host, "must be a DNS name, not an IP address"));
    errors.push(...checkHost(`${field}.host`, host));
  }
  if (!http) return errors;
  const paths = http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${field}.http.paths`));
  return [...errors, ...paths.flatMap((path, index) => validatePath(path, `${field}.http.paths[${index}]`))];
}

function validatePath({ path = "", pathType, backend }: IngressPath, field: string): FieldError[] {
  if (pathType === undefined) return [required(`${field}.pathType`, "pathType must be specified")];
  const errors: FieldError[] = [];
  const isExact = pathType === "Exact" || pathType === "Prefix";
  const refuse = (detail: string): FieldError => invalid(`${field}.path`, path, detail);
  if (!PATH_TYPES.includes(pathType)) errors.push(notSupported(`${field}.pathType`, pathType, PATH_TYPES));
  else if (!path.startsWith("/") && (isExact || path !== "")) errors.push(refuse("must be an absolute path"));
  if (isExact) {
    for (const part of BAD_SEQUENCES)
      if (path.includes(part)) errors.push(refuse(`must not contain '${part}'`));
    for (const end of BAD_ENDINGS) if (path.endsWith(end)) errors.push(refuse(`cannot end with '${end}'`));
  }
  return [...errors, ...validateBackend(backend ?? {}, `${field}.backend`)];
}

function validateBackend({ service, resource }: IngressBackend, field: string): FieldError[] {
  if (resource && service) return [invalid(field, "", "cannot set both resource and service backends")];
  if (resource) return validateResource(resource, `${field}.resource`);
  if (!service) return [invalid(field, "", "resource or service backend is required")];
  const { name, port = {} } = service;
  const errors = name
    ? dns1035Label(name).map((text) => invalid(`${field}.service.name`, name, text))
    : [required(`${field}.service.name`)];
  if (port.name && port.number) errors.push(invalid(field, "", "cannot set both port name & port number"));
  else if (port.name) {
    errors.push(...portName(port.name).map((text) => invalid(`${field}.service.port.name`, port.name, text)));
  } else if (port.number) {
    errors.push(
      ...portNumber(port.number).map((text) => invalid(`${field}.service.port.number`, port.number, text)),
    );
  } else errors.push(required(field, "port name or number is required"));
  return errors;
}

/** A reference to an object of any kind: group, kind and name must fit into a path. */
export function validateResource(
  { apiGroup, kind, name }: { apiGroup?: string; kind?: string; name?: string },
  field: string,
): FieldError[] {
  const errors =
    apiGroup === undefined
      ? []
      : dns1123Subdomain(apiGroup).map((text) => invalid(`${field}.apiGroup`, apiGroup, text));
  for (const [key, value] of [
    ["kind", kind],
    ["name", name],
  ] as const) {
    if (!value) errors.push(required(`${field}.${key}`));
    else errors.push(...pathSegment(value).map((text) => invalid(`${field}.${key}`, value, text)));
  }
  return errors;
}
