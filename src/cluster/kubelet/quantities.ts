// Quantities such as 250m, 64Mi and 1e3 as numbers, for resource fields in the environment and for QoS.
const FACTORS: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

export function quantityValue(quantity: string | number): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity));
  if (!match) return 0;
  return Number(match[1]) * (FACTORS[match[2] ?? ""] ?? 1);
}

/** How often the divisor goes into the quantity, rounded up. */
export function divideQuantity(quantity: string | number, divisor: string | number | undefined): string {
  const by = quantityValue(divisor ?? "1") || 1;
  const quotient = quantityValue(quantity) / by;
  // 0.1 / 0.001 is a little more than 100 in binary fractions.
  return String(Math.ceil(Number(quotient.toPrecision(12))));
}
