// Addresses that a load balancer or an Ingress controller writes into a status.
// Kubernetes: ValidateLoadBalancerStatus in pkg/apis/core/validation/validation.go, ValidateIngressLoadBalancerStatus in
// pkg/apis/networking/validation/validation.go (v1.35)
import type { FieldError } from "./define.ts";
import { forbidden, invalid, notSupported } from "./field-error.ts";
import { checkIp, familyOf } from "./ip.ts";
import { dns1123Subdomain } from "./names.ts";

interface Address {
  ip?: string;
  hostname?: string;
  ipMode?: string;
}

const FIELD = "status.loadBalancer.ingress";

export function validateBalancerAddresses(addresses: readonly Address[]): FieldError[] {
  return addresses.flatMap(({ ip, hostname, ipMode }, index) => {
    const path = `${FIELD}[${index}]`;
    const errors = ip ? checkIp(`${path}.ip`, ip) : [];
    if (ipMode !== undefined) {
      if (!ip) errors.push(forbidden(`${path}.ipMode`, "may not be specified when `ip` is not set"));
      else if (ipMode !== "VIP" && ipMode !== "Proxy")
        errors.push(notSupported(`${path}.ipMode`, ipMode, ["Proxy", "VIP"]));
    }
    if (!hostname) return errors;
    const name = `${path}.hostname`;
    errors.push(...dns1123Subdomain(hostname).map((text) => invalid(name, hostname, text)));
    if (familyOf(hostname)) errors.push(invalid(name, hostname, "must be a DNS name, not an IP address"));
    return errors;
  });
}

/** Only load balancers have such addresses. */
export function validateServiceStatus(type: string, addresses: readonly Address[]): FieldError[] {
  if (type === "LoadBalancer" || addresses.length === 0) return validateBalancerAddresses(addresses);
  return [forbidden(FIELD, "may only be used when `spec.type` is 'LoadBalancer'")];
}
