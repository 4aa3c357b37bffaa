// The gallery, in the order in which it is shown.
import { ENTRANCE_EXAMPLES } from "./entrances.ts";
import type { Example } from "./example.ts";
import { INGRESS_EXAMPLES } from "./ingress-more.ts";
import { READINESS_EXAMPLES } from "./readiness.ts";
import { SERVICE_EXAMPLES } from "./services.ts";

export const EXAMPLES: readonly Example[] = [
  ...SERVICE_EXAMPLES,
  ...ENTRANCE_EXAMPLES,
  ...INGRESS_EXAMPLES,
  ...READINESS_EXAMPLES,
];

/** The page opens on this one. */
export const FIRST_EXAMPLE = "nodeport";

export function findExample(slug: string): Example | undefined {
  return EXAMPLES.find((example) => example.slug === slug);
}
