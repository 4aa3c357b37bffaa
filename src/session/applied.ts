// Objects as they were when somebody last applied or made them, so that the editor can tell what commands changed since.
// Only pointers to what the page has anyway; cluster-link tells it of each batch.
import type { AnyObject, KindName } from "#api/kinds";
import { LAST_APPLIED } from "#kubectl/apply/last-applied";
import type { Batch } from "./protocol.ts";

export interface Applied {
  object: AnyObject;
  /** Seen from its beginning, or at the moment of an apply; else commands may have changed it before. */
  sure: boolean;
  gone?: true;
  /** Its own file deletes it. */
  unmissed?: true;
}

export type AppliedObjects = ReadonlyMap<string, Applied>;

/** What no file makes. */
const UNKEPT: ReadonlySet<KindName> = new Set<KindName>(["Event", "EndpointSlice", "Node"]);

const applied = new Map<string, Applied>();

export function appliedObjects(): AppliedObjects {
  return applied;
}

export function noteApplied(batch: Batch): void {
  noteInto(applied, batch);
}

/** An object that its own file deleted is not missed. */
export function forgetApplied(kind: string, key: string): void {
  const before = applied.get(`${kind}/${key}`);
  if (before) applied.set(`${kind}/${key}`, { ...before, unmissed: true });
}

export function noteInto(known: Map<string, Applied>, batch: Pick<Batch, "reset" | "changes">): void {
  if (batch.reset) known.clear();
  for (const { type, kind, key, object } of batch.changes) {
    if (UNKEPT.has(kind)) continue;
    const id = `${kind}/${key}`;
    const before = known.get(id);
    if (type === "delete") {
      if (before?.unmissed) known.delete(id);
      else if (before) known.set(id, { ...before, gone: true });
    } else if (object && !object.metadata.ownerReferences && (!before || isNew(before, object)))
      known.set(id, { object, sure: !batch.reset });
  }
}

function isNew({ object: before, gone }: Applied, object: AnyObject): boolean {
  const { uid, annotations } = object.metadata;
  return (
    gone === true ||
    before.metadata.uid !== uid ||
    before.metadata.annotations?.[LAST_APPLIED] !== annotations?.[LAST_APPLIED]
  );
}
