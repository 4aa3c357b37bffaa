// What the machine recorded of the first example's first seconds, made when the page is built. The same seed gives the
// same cluster to the byte, so the page can show it while the worker is still on its way, and nobody sees the change.
import type { Batch } from "../protocol.ts";

export interface Recording {
  /** Virtual ms of its end. */
  until: number;
  /** As the worker would send them; the first one replaces everything. */
  batches: Batch[];
}
