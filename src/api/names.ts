// Checks of names, labels' parts and ports, with the texts that Kubernetes gives; an empty list means a valid value.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go (v1.35)

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DNS1123_LABEL = new RegExp(`^${LABEL}$`);
const DNS1123_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const DNS1123_SUBDOMAIN_UNDERSCORE = new RegExp(`^${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*$`);
const DNS1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const WILDCARD_SUBDOMAIN = new RegExp(`^\\*\\.${LABEL}(\\.${LABEL})*$`);
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const HTTP_HEADER = /^[-A-Za-z0-9]+$/;

/** Labels are measured in bytes, everything else in characters. */
const tooManyBytesText = (limit: number): string => `must be no more than ${limit} bytes`;
const tooLongText = (limit: number): string => `must be no more than ${limit} characters`;

/** The sentence that ends every complaint about a pattern. */
function patternText(message: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

const DNS1123_LABEL_TEXT = patternText(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  "my-name",
  "123-abc",
);
const DNS1123_SUBDOMAIN_TEXT = patternText(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  `${LABEL}(\\.${LABEL})*`,
  "example.com",
);

export function dns1123Label(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(tooLongText(63));
  if (!DNS1123_LABEL.test(value)) {
    // Names that would pass as subdomains are told only about the dot.
    if (DNS1123_SUBDOMAIN.test(value)) errors.push("must not contain dots");
    else errors.push(DNS1123_LABEL_TEXT);
  }
  return errors;
}

export function dns1123Subdomain(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(tooLongText(253));
  if (!DNS1123_SUBDOMAIN.test(value)) errors.push(DNS1123_SUBDOMAIN_TEXT);
  return errors;
}

export function dns1123SubdomainWithUnderscore(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(tooLongText(253));
  if (!DNS1123_SUBDOMAIN_UNDERSCORE.test(value)) {
    const message =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
    errors.push(patternText(message, `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`, "example.com"));
  }
  return errors;
}

export function dns1035Label(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(tooLongText(63));
  if (!DNS1035_LABEL.test(value)) {
    const message =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
    errors.push(patternText(message, "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123"));
  }
  return errors;
}

export function wildcardSubdomain(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(tooLongText(253));
  if (!WILDCARD_SUBDOMAIN.test(value)) {
    const message =
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
    errors.push(patternText(message, `\\*\\.${LABEL}(\\.${LABEL})*`, "*.example.com"));
  }
  return errors;
}

/** A subdomain that may end in a dot, as externalName and DNS search paths may. */
export function withoutTrailingDot(value: string): string {
  return value.endsWith(".") ? value.slice(0, -1) : value;
}

/** Names in a path: `.`, `..`, `/` and `%` would break URLs. */
export function pathSegment(value: string): string[] {
  if (value === "." || value === "..") return [`may not be '${value}'`];
  return ["/", "%"].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
}

/** `prefix/name` or `name`: keys of labels, annotations and conditions. */
export function qualifiedName(value: string): string[] {
  const errors: string[] = [];
  const parts = value.split("/");
  let name = value;
  if (parts.length === 2) {
    const prefix = parts[0] ?? "";
    name = parts[1] ?? "";
    if (prefix === "") errors.push("prefix part must be non-empty");
    else errors.push(...dns1123Subdomain(prefix).map((text) => `prefix part ${text}`));
  } else if (parts.length > 2) {
    const message = patternText(
      "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]",
      "MyName",
      "my.name",
      "123-abc",
    );
    return [`${message} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  if (name === "") errors.push("name part must be non-empty");
  else if (name.length > 63) errors.push(`name part ${tooManyBytesText(63)}`);
  if (!QUALIFIED_NAME.test(name)) {
    const message =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    const pattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    errors.push(`name part ${patternText(message, pattern, "MyName", "my.name", "123-abc")}`);
  }
  return errors;
}

export function labelValue(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 63) errors.push(tooManyBytesText(63));
  if (!LABEL_VALUE.test(value)) {
    const message =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    const pattern = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    errors.push(patternText(message, pattern, "MyValue", "my_value", "12345"));
  }
  return errors;
}

/** Names of container ports, and names that targetPort gives. */
export function portName(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 15) errors.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(value)) {
    errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  }
  if (!/[a-z]/.test(value)) errors.push("must contain at least one letter (a-z)");
  if (value.includes("--")) errors.push("must not contain consecutive hyphens");
  if (value.startsWith("-") || value.endsWith("-")) errors.push("must not begin or end with a hyphen");
  return errors;
}

export function envVarName(value: string): string[] {
  const errors: string[] = [];
  if (
    ![...value].every((character) => character >= " " && character <= "~" && character !== "=") ||
    value === ""
  ) {
    errors.push(
      "a valid environment variable name must consist only of printable ASCII characters other than '='",
    );
  }
  return errors;
}

/** Keys of ConfigMaps and Secrets. */
export function configMapKey(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 253) errors.push(tooLongText(253));
  if (!CONFIG_KEY.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(patternText(message, "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"));
  }
  return [...errors, ...dotNames(value)];
}

function dotNames(value: string): string[] {
  if (value === ".") return ["must not be '.'"];
  if (value === "..") return ["must not be '..'"];
  if (value.startsWith("..")) return ["must not start with '..'"];
  return [];
}

export function httpHeaderName(value: string): string[] {
  if (HTTP_HEADER.test(value)) return [];
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [patternText(message, "[-A-Za-z0-9]+", "X-Header-Name")];
}

export function portNumber(value: number): string[] {
  return value >= 1 && value <= 65_535 ? [] : ["must be between 1 and 65535, inclusive"];
}
