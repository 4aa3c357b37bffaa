// Names and DNS settings of a pod.
// Kubernetes: validatePodDNSConfig in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import { checkIp } from "../ip.ts";
import { dns1123Subdomain, dns1123SubdomainWithUnderscore, withoutTrailingDot } from "../names.ts";
import type { PodSpec } from "./types.ts";

const MAX_SERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

export function validateDnsConfig({ dnsConfig, dnsPolicy }: PodSpec, field: string): FieldError[] {
  if (dnsPolicy === "None") {
    if (!dnsConfig) return [required(field, "must provide `dnsConfig` when `dnsPolicy` is None")];
    if (!dnsConfig.nameservers?.length) {
      return [
        required(`${field}.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None"),
      ];
    }
  }
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  const errors: FieldError[] = [];
  if (nameservers.length > MAX_SERVERS) {
    errors.push(
      invalid(`${field}.nameservers`, nameservers, `must not have more than ${MAX_SERVERS} nameservers`),
    );
  }
  for (const [index, server] of nameservers.entries())
    errors.push(...checkIp(`${field}.nameservers[${index}]`, server));
  if (searches.length > MAX_SEARCHES) {
    errors.push(
      invalid(`${field}.searches`, searches, `must not have more than ${MAX_SEARCHES} search paths`),
    );
  }
  if (searches.join(" ").length > MAX_SEARCH_CHARACTERS) {
    const detail = `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`;
    errors.push(invalid(`${field}.searches`, searches, detail));
  }
  for (const [index, search] of searches.entries()) {
    const name = withoutTrailingDot(search);
    if (search === ".") continue;
    errors.push(
      ...dns1123SubdomainWithUnderscore(name).map((text) =>
        invalid(`${field}.searches[${index}]`, name, text),
      ),
    );
  }
  for (const [index, { name }] of options.entries()) {
    if (!name) errors.push(required(`${field}.options[${index}]`, "must not be empty"));
  }
  return errors;
}

export function validateHostAliases(
  aliases: NonNullable<PodSpec["hostAliases"]>,
  field: string,
): FieldError[] {
  return aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...checkIp(`${field}[${index}].ip`, ip),
    ...hostnames.flatMap((name, at) =>
      dns1123Subdomain(name).map((text) => invalid(`${field}[${index}].hostnames[${at}]`, name, text)),
    ),
  ]);
}
