// Where a pod may run: affinity, tolerations, topology spread.
// Kubernetes: validateAffinity and its neighbours in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notSupported, required } from "../field-error.ts";
import { checkLabelKey, checkLabelSelector } from "../labels.ts";
import type { LabelSelector, Unmodelled } from "../meta.ts";
import { dns1123Label, dns1123Subdomain, labelValue } from "../names.ts";
import type { Toleration, TopologySpreadConstraint } from "./types.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const NUMERIC = ["Lt", "Gt"];
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

interface NodeRequirement {
  key: string;
  operator: string;
  values?: string[];
}

interface NodeTerm {
  matchExpressions?: NodeRequirement[];
  matchFields?: NodeRequirement[];
}

interface PodTerm {
  labelSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  namespaces?: string[];
  topologyKey?: string;
}

interface PodAffinity {
  [REQUIRED]?: PodTerm[];
  [PREFERRED]?: { weight: number; podAffinityTerm: PodTerm }[];
}

interface Affinity {
  nodeAffinity?: {
    [REQUIRED]?: { nodeSelectorTerms?: NodeTerm[] };
    [PREFERRED]?: { weight: number; preference: NodeTerm }[];
  };
  podAffinity?: PodAffinity;
  podAntiAffinity?: PodAffinity;
}

export function validateAffinity(given: Unmodelled | undefined, field: string): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = (given ?? {}) as Affinity;
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${field}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${field}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${field}.podAntiAffinity`) : []),
  ];
}

function validateNodeAffinity(affinity: NonNullable<Affinity["nodeAffinity"]>, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const selector = affinity[REQUIRED];
  if (selector) {
    const path = `${field}.${REQUIRED}.nodeSelectorTerms`;
    const terms = selector.nodeSelectorTerms ?? [];
    if (terms.length === 0) errors.push(required(path, "must have at least one node selector term"));
    errors.push(...terms.flatMap((term, index) => validateNodeTerm(term, true, `${path}[${index}]`)));
  }
  for (const [index, { weight, preference }] of (affinity[PREFERRED] ?? []).entries()) {
    const path = `${field}.${PREFERRED}[${index}]`;
    errors.push(
      ...checkWeight(weight, path),
      ...validateNodeTerm(preference ?? {}, false, `${path}.preference`),
    );
  }
  return errors;
}

function checkWeight(weight: number, path: string): FieldError[] {
  return weight > 0 && weight <= 100 ? [] : [invalid(`${path}.weight`, weight, "must be in the range 1-100")];
}

function validateNodeTerm(term: NodeTerm, checksValues: boolean, field: string): FieldError[] {
  const expressions = (term.matchExpressions ?? []).flatMap((requirement, index) =>
    validateNodeRequirement(requirement, checksValues, `${field}.matchExpressions[${index}]`),
  );
  const fields = (term.matchFields ?? []).flatMap(({ key, operator, values = [] }, index) => {
    const path = `${field}.matchFields[${index}]`;
    const errors: FieldError[] = [];
    if (operator !== "In" && operator !== "NotIn") {
      errors.push(invalid(`${path}.operator`, operator, "not a valid selector operator"));
    } else if (values.length !== 1) {
      const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
      errors.push(required(`${path}.values`, detail));
    }
    if (key !== "metadata.name")
      return [...errors, invalid(`${path}.key`, key, "not a valid field selector key")];
    const names = values.flatMap((value, at) =>
      dns1123Subdomain(value).map((text) => invalid(`${path}.values[${at}]`, value, text)),
    );
    return [...errors, ...names];
  });
  return [...expressions, ...fields];
}

function validateNodeRequirement(
  { key, operator, values = [] }: NodeRequirement,
  checksValues: boolean,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0)
      errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length > 0) {
      errors.push(
        forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
    }
  } else if (operator === "Gt" || operator === "Lt") {
    if (values.length !== 1) {
      errors.push(
        required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"),
      );
    }
  } else errors.push(invalid(`${field}.operator`, operator, "not a valid selector operator"));
  errors.push(...checkLabelKey(key, `${field}.key`));
  if (!checksValues) return errors;
  const wrong = values.flatMap((value, at) =>
    labelValue(value).map((text) => invalid(`${field}.values[${at}]`, value, text)),
  );
  return [...errors, ...wrong];
}

function validatePodAffinity(affinity: PodAffinity, field: string): FieldError[] {
  const hard = (affinity[REQUIRED] ?? []).flatMap((term, index) =>
    validatePodTerm(term, `${field}.${REQUIRED}[${index}]`),
  );
  const soft = (affinity[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
    const path = `${field}.${PREFERRED}[${index}]`;
    return [
      ...checkWeight(weight, path),
      ...validatePodTerm(podAffinityTerm ?? {}, `${path}.podAffinityTerm`),
    ];
  });
  return [...hard, ...soft];
}

function validatePodTerm(term: PodTerm, field: string): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = "" } = term;
  return [
    ...checkLabelSelector(labelSelector, `${field}.labelSelector`),
    ...checkLabelSelector(namespaceSelector, `${field}.namespaceSelector`),
    ...namespaces.flatMap((name) =>
      dns1123Label(name).map((text) => invalid(`${field}.namespace`, name, text)),
    ),
    ...(topologyKey ? [] : [required(`${field}.topologyKey`, "can not be empty")]),
    ...checkLabelKey(topologyKey, `${field}.topologyKey`),
  ];
}

export function validateTolerations(tolerations: readonly Toleration[], field: string): FieldError[] {
  return tolerations.flatMap(({ key, operator = "", value = "", effect = "", tolerationSeconds }, index) => {
    const path = `${field}[${index}]`;
    const errors = key ? checkLabelKey(key, `${path}.key`) : [];
    if (!key && operator !== "Exists") {
      const detail =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${path}.operator`, operator, detail));
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute") {
      errors.push(
        invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"),
      );
    }
    if (operator === "Equal" || operator === "") {
      const texts = labelValue(value);
      if (texts.length > 0) errors.push(invalid(`${path}.operator`, value, texts.join(";")));
    } else if (operator === "Exists") {
      if (value)
        errors.push(invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else {
      // Numeric ones are known, though not switched on.
      const supported = ["Equal", "Exists", ...(NUMERIC.includes(operator) ? NUMERIC : [])];
      errors.push(notSupported(`${path}.operator`, operator, supported, false));
    }
    if (effect && !EFFECTS.includes(effect))
      errors.push(notSupported(`${path}.effect`, effect, EFFECTS, false));
    return errors;
  });
}

export function validateSpread(
  constraints: readonly TopologySpreadConstraint[],
  field: string,
): FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const path = `${field}[${index}]`;
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector } = constraint;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(invalid(`${path}.maxSkew`, maxSkew, "must be greater than zero"));
    if (!topologyKey) errors.push(required(`${path}.topologyKey`, "can not be empty"));
    const actions = ["DoNotSchedule", "ScheduleAnyway"];
    if (!actions.includes(whenUnsatisfiable)) {
      errors.push(notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, actions));
    }
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (isRepeated) {
      errors.push(
        duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`),
      );
    }
    errors.push(...validateSpreadOptions(constraint, path));
    return [...errors, ...checkLabelSelector(labelSelector, `${path}.labelSelector`)];
  });
}

interface SpreadOptions {
  minDomains?: number;
  nodeAffinityPolicy?: string;
  nodeTaintsPolicy?: string;
  matchLabelKeys?: string[];
}

function validateSpreadOptions(constraint: TopologySpreadConstraint, path: string): FieldError[] {
  const { whenUnsatisfiable, labelSelector } = constraint;
  const options = constraint as SpreadOptions;
  const errors: FieldError[] = [];
  const { minDomains, matchLabelKeys = [] } = options;
  if (minDomains !== undefined) {
    const field = `${path}.minDomains`;
    if (minDomains <= 0) errors.push(invalid(field, minDomains, "must be greater than zero"));
    if (whenUnsatisfiable !== "DoNotSchedule") {
      const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
      errors.push(invalid(field, minDomains, detail));
    }
  }
  for (const key of ["nodeAffinityPolicy", "nodeTaintsPolicy"] as const) {
    const policy = options[key];
    const policies = ["Honor", "Ignore"];
    if (policy !== undefined && !policies.includes(policy))
      errors.push(notSupported(`${path}.${key}`, policy, policies));
  }
  if (matchLabelKeys.length === 0) return errors;
  const field = `${path}.matchLabelKeys`;
  if (!labelSelector) return [...errors, forbidden(field, "must not be set when labelSelector is not set")];
  const selected = [
    ...Object.keys(labelSelector.matchLabels ?? {}),
    ...(labelSelector.matchExpressions ?? []).map(({ key }) => key),
  ];
  for (const [index, key] of matchLabelKeys.entries()) {
    errors.push(...checkLabelKey(key, `${field}[${index}]`));
    if (selected.includes(key)) {
      const detail = "exists in both matchLabelKeys and labelSelector";
      errors.push(invalid(`${field}[${index}]`, key, detail));
    }
  }
  return errors;
}
