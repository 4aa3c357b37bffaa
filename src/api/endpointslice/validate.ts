// Which EndpointSlices the API server accepts.
// Kubernetes: ValidateEndpointSlice in pkg/apis/discovery/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, invalid, notSupported, required, tooMany } from "../field-error.ts";
import { checkIp, checkSpecialIp, familyOf } from "../ip.ts";
import { oneOf } from "../labels.ts";
import { dns1123Label, dns1123Subdomain, qualifiedName, withoutTrailingDot } from "../names.ts";
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "./types.ts";

const MAX_ENDPOINTS = 1000;
const MAX_PORTS = 20_000;
const MAX_ADDRESSES = 100;
const MAX_HINTS = 8;
const ADDRESS_TYPES = ["FQDN", "IPv4", "IPv6"];

export function validateSlice({ addressType, endpoints: given, ports }: EndpointSlice): FieldError[] {
  const endpoints = given ?? [];
  const errors: FieldError[] = [];
  if (!addressType) errors.push(required("addressType"));
  else if (!ADDRESS_TYPES.includes(addressType))
    errors.push(notSupported("addressType", addressType, ADDRESS_TYPES));
  errors.push(...validatePorts(ports ?? []));
  if (endpoints.length > MAX_ENDPOINTS)
    return [...errors, tooMany("endpoints", endpoints.length, MAX_ENDPOINTS)];
  for (const [index, endpoint] of endpoints.entries()) {
    errors.push(...validateEndpoint(endpoint, addressType, `endpoints[${index}]`));
  }
  return errors;
}

export function validateSliceUpdate(next: EndpointSlice, previous: EndpointSlice): FieldError[] {
  const isSame = next.addressType === previous.addressType;
  return [
    ...validateSlice(next),
    ...(isSame ? [] : [invalid("addressType", next.addressType, "field is immutable")]),
  ];
}

function validateEndpoint(endpoint: Endpoint, addressType: string, field: string): FieldError[] {
  const { addresses = [], nodeName, hostname, hints } = endpoint;
  const errors: FieldError[] = [];
  const path = `${field}.addresses`;
  if (addresses.length === 0) errors.push(required(path, "must contain at least 1 address"));
  else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(path, addresses.length, MAX_ADDRESSES));
  for (const [index, address] of addresses.entries()) {
    errors.push(...validateAddress(address, addressType, `${path}[${index}]`));
  }
  if (nodeName !== undefined) {
    errors.push(...dns1123Subdomain(nodeName).map((text) => invalid(`${field}.nodeName`, nodeName, text)));
  }
  if (hostname !== undefined) {
    errors.push(...dns1123Label(hostname).map((text) => invalid(`${field}.hostname`, hostname, text)));
  }
  for (const key of ["forZones", "forNodes"] as const) {
    const list = hints?.[key] ?? [];
    const at = `${field}.hints.${key}`;
    if (list.length > MAX_HINTS) errors.push(tooMany(at, list.length, MAX_HINTS));
    for (const [index, { name }] of list.entries()) {
      if (list.findIndex((other) => other.name === name) < index)
        errors.push(duplicate(`${at}[${index}].name`, name));
      const texts = key === "forZones" ? qualifiedName(name) : dns1123Subdomain(name);
      errors.push(...texts.map((text) => invalid(`${at}[${index}].name`, name, text)));
    }
  }
  return errors;
}

function validateAddress(address: string, addressType: string, field: string): FieldError[] {
  if (addressType === "FQDN") return validateDomain(address, field);
  if (addressType !== "IPv4" && addressType !== "IPv6") return [];
  const wrong = checkIp(field, address);
  if (wrong.length > 0) return wrong;
  const family = addressType === "IPv4" ? "an IPv4" : "an IPv6";
  // The whole list is blamed for an address of the other family.
  const list = field.replace(/\[\d+\]$/, "");
  return [
    ...(familyOf(address) === addressType ? [] : [invalid(list, address, `must be ${family} address`)]),
    ...checkSpecialIp(field, address),
  ];
}

function validateDomain(address: string, field: string): FieldError[] {
  if (address === "") return [required(field)];
  const name = withoutTrailingDot(address);
  const texts = dns1123Subdomain(name);
  if (texts.length > 0) return [invalid(field, name, texts.join(","))];
  const labels = name.split(".");
  if (labels.length < 2) {
    return [invalid(field, name, "should be a domain with at least two segments separated by dots")];
  }
  const wrong = labels.find((label) => dns1123Label(label).length > 0);
  return wrong === undefined ? [] : [invalid(field, wrong, dns1123Label(wrong).join(","))];
}

function validatePorts(ports: readonly EndpointSlicePort[]): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany("ports", ports.length, MAX_PORTS)];
  const names = new Set<string>();
  return ports.flatMap(({ name = "", protocol, appProtocol }, index) => {
    const field = `ports[${index}]`;
    const errors = name ? dns1123Label(name).map((text) => invalid(`${field}.name`, name, text)) : [];
    if (names.has(name)) errors.push(duplicate(`${field}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${field}.protocol`));
    else errors.push(...oneOf(`${field}.protocol`, protocol, ["TCP", "UDP", "SCTP"]));
    if (appProtocol === undefined) return errors;
    return [
      ...errors,
      ...qualifiedName(appProtocol).map((text) => invalid(`${field}.appProtocol`, appProtocol, text)),
    ];
  });
}
