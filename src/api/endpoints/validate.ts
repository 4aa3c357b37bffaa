// Which Endpoints the API server accepts.
// Kubernetes: ValidateEndpoints in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import { checkIp, checkSpecialIp } from "../ip.ts";
import { oneOf } from "../labels.ts";
import { dns1123Label, dns1123Subdomain, portNumber, qualifiedName } from "../names.ts";
import type { EndpointAddress, EndpointPort, Endpoints, EndpointSubset } from "./types.ts";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

export function validateEndpoints({ subsets = [] }: Endpoints): FieldError[] {
  return subsets.flatMap((subset, index) => validateSubset(subset, `subsets[${index}]`));
}

export const validateEndpointsUpdate = (next: Endpoints): FieldError[] => validateEndpoints(next);

function validateSubset(
  { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (addresses.length === 0 && notReadyAddresses.length === 0) {
    errors.push(required(field, "must specify `addresses` or `notReadyAddresses`"));
  }
  for (const [index, address] of addresses.entries())
    errors.push(...validateAddress(address, `${field}.addresses[${index}]`));
  for (const [index, address] of notReadyAddresses.entries()) {
    errors.push(...validateAddress(address, `${field}.notReadyAddresses[${index}]`));
  }
  for (const [index, port] of ports.entries()) {
    errors.push(...validatePort(port, ports.length > 1, `${field}.ports[${index}]`));
  }
  return errors;
}

function validateAddress({ ip, hostname, nodeName }: EndpointAddress, field: string): FieldError[] {
  const errors = checkIp(`${field}.ip`, ip);
  if (hostname)
    errors.push(...dns1123Label(hostname).map((text) => invalid(`${field}.hostname`, hostname, text)));
  if (nodeName !== undefined) {
    errors.push(...dns1123Subdomain(nodeName).map((text) => invalid(`${field}.nodeName`, nodeName, text)));
  }
  return [...errors, ...checkSpecialIp(`${field}.ip`, ip)];
}

function validatePort(
  { name, port, protocol, appProtocol }: EndpointPort,
  needsName: boolean,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (needsName && !name) errors.push(required(`${field}.name`));
  else if (name) errors.push(...dns1123Label(name).map((text) => invalid(`${field}.name`, name, text)));
  errors.push(...portNumber(port).map((text) => invalid(`${field}.port`, port, text)));
  errors.push(
    ...(protocol ? oneOf(`${field}.protocol`, protocol, PROTOCOLS) : [required(`${field}.protocol`)]),
  );
  if (appProtocol !== undefined) {
    errors.push(
      ...qualifiedName(appProtocol).map((text) => invalid(`${field}.appProtocol`, appProtocol, text)),
    );
  }
  return errors;
}
