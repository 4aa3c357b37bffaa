// Which IngressClasses the API server accepts.
// Kubernetes: ValidateIngressClass in pkg/apis/networking/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, notSupported, required, tooLong } from "../field-error.ts";
import { validateResource } from "../ingress/validate.ts";
import { dns1123Label, dns1123Subdomain } from "../names.ts";
import type { IngressClass } from "./types.ts";

const MAX_CONTROLLER = 250;
const PATH_PATTERN = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

export function validateIngressClass({ spec }: IngressClass): FieldError[] {
  return [...validateController(spec.controller ?? ""), ...validateParameters(spec.parameters)];
}

function validateController(controller: string): FieldError[] {
  const field = "spec.controller";
  if (controller === "") return [required(field)];
  const errors = controller.length > MAX_CONTROLLER ? [tooLong(field, MAX_CONTROLLER)] : [];
  const slash = controller.indexOf("/");
  const host = controller.slice(0, Math.max(0, slash));
  const path = controller.slice(slash + 1);
  if (host === "" || path === "") {
    return [...errors, invalid(field, controller, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  errors.push(...dns1123Subdomain(host).map((text) => invalid(field, host, text)));
  if (!new RegExp(`^${PATH_PATTERN}$`).test(path)) {
    errors.push(invalid(field, path, `Invalid path (regex used for validation is '${PATH_PATTERN}')`));
  }
  return errors;
}

function validateParameters(parameters: IngressClass["spec"]["parameters"]): FieldError[] {
  if (!parameters) return [];
  const field = "spec.parameters";
  const { scope, namespace } = parameters;
  const errors = validateResource(parameters, field);
  if (scope === undefined) return [...errors, required(`${field}.scope`)];
  if (scope !== "Cluster" && scope !== "Namespace") {
    return [...errors, notSupported(`${field}.scope`, scope, ["Cluster", "Namespace"])];
  }
  const path = `${field}.namespace`;
  if (scope === "Cluster") {
    return namespace === undefined
      ? errors
      : [...errors, forbidden(path, "`parameters.scope` is set to 'Cluster'")];
  }
  if (namespace === undefined) return [...errors, required(path, "`parameters.scope` is set to 'Namespace'")];
  return [...errors, ...dns1123Label(namespace).map((text) => invalid(path, namespace, text))];
}

export function validateIngressClassUpdate(next: IngressClass, previous: IngressClass): FieldError[] {
  const { controller } = next.spec;
  const isSame = controller === previous.spec.controller;
  return [
    ...(isSame ? [] : [invalid("spec.controller", controller ?? "", "field is immutable")]),
    ...validateIngressClass(next),
  ];
}
