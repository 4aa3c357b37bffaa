// What a pod asks for and is limited to in all: its containers together, or the largest of its init containers if that
// is more; sidecars count with both. For `kubectl describe node`.
// Kubernetes: staging/src/k8s.io/component-helpers/resource/helpers.go (v1.35)
import type { IntOrString } from "#api/meta";
import type { Container, Pod } from "#api/pod/types";
import { formatQuantity, parseQuantity } from "#api/quantity";

export interface Amount {
  value: number;
  /** Some of it was given in powers of 1024, and so is the sum. */
  isBinary: boolean;
}

export type Amounts = ReadonlyMap<string, Amount>;

const NOTHING: Amount = { value: 0, isBinary: false };

export const amountOf = (amounts: Amounts, name: string): Amount => amounts.get(name) ?? NOTHING;

export function podAmounts({ spec }: Pod, list: "requests" | "limits"): Amounts {
  const of = (container: Container): Amounts => readAmounts(container.resources?.[list]);
  let total = addAll(spec.containers.map(of));
  let sidecars: Amounts = new Map();
  let first: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = of(container);
    if (container.restartPolicy === "Always") {
      total = addAll([total, own]);
      sidecars = addAll([sidecars, own]);
      first = largest(first, sidecars);
    } else first = largest(first, addAll([own, sidecars]));
  }
  return largest(total, first);
}

export function readAmounts(list: Record<string, IntOrString> | undefined): Amounts {
  return new Map(
    Object.entries(list ?? {}).map(([name, text]) => [
      name,
      { value: parseQuantity(String(text)) ?? 0, isBinary: String(text).endsWith("i") },
    ]),
  );
}

export function addAll(lists: readonly Amounts[]): Amounts {
  const sum = new Map<string, Amount>();
  for (const list of lists) {
    for (const [name, { value, isBinary }] of list) {
      const before = sum.get(name) ?? NOTHING;
      sum.set(name, { value: before.value + value, isBinary: before.isBinary || isBinary });
    }
  }
  return sum;
}

function largest(a: Amounts, b: Amounts): Amounts {
  const result = new Map(a);
  for (const [name, amount] of b) {
    if (amount.value > amountOf(result, name).value) result.set(name, amount);
  }
  return result;
}

export function amountText({ value, isBinary }: Amount): string {
  if (!isBinary)
    return formatQuantity(
      Number.isInteger(value) ? String(value) : `${Math.ceil(Number((value * 1000).toFixed(6)))}m`,
    );
  return value % 1024 === 0 ? formatQuantity(`${value / 1024}Ki`) : String(value);
}
