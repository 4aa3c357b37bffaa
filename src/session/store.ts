// The projection: what the page knows of the cluster at virtual time `now`. Filled from the worker's batches, at most
// once a frame; every panel and the canvas read from here and from nowhere else.
import { create } from "zustand";
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import type { ClientSpec, ClientStatus } from "#cluster/clients/types";
import type { ProcessFaults } from "#cluster/process/types";
import type { ClusterSettings } from "#cluster/settings";
import type { Journey } from "#cluster/trace/types";
import type { Batch, JourneyGrowth } from "./protocol.ts";

export type Selection =
  | { kind: "object"; objectKind: KindName; key: string }
  | { kind: "client"; name: string }
  | { kind: "journey"; id: number }
  | null;

type ObjectMaps = { [K in KindName]?: ReadonlyMap<string, KindMap[K]> };

export interface Projection {
  /** False until the first batch of a scenario has come. */
  loaded: boolean;
  /** Virtual ms that the worker has simulated up to. */
  now: number;
  /** Wall-clock ms (performance.now()) when that batch came. */
  receivedAt: number;
  /** Virtual ms per wall ms; 0 when paused. */
  speed: number;
  playing: boolean;
  /** By "namespace/name", or "name" for cluster-scoped kinds. A map is replaced when one of its objects changes. */
  objects: ObjectMaps;
  /** The newest journeys, by id, oldest first. */
  journeys: ReadonlyMap<number, Journey>;
  clients: readonly ClientSpec[];
  clientStatus: Readonly<Record<string, ClientStatus>>;
  faults: Readonly<Record<string, ProcessFaults>>;
  stoppedNodes: readonly string[];
  settings: ClusterSettings | null;
  selection: Selection;
  /** Journey whose packet the clock slows down for. */
  followed: number | null;
  /** Actions recorded so far in this scenario. */
  actionCount: number;
}

/** Older journeys leave the page; the log says how many there were. */
export const MAX_JOURNEYS = 2000;

export const useStore = create<Projection>(() => ({
  loaded: false,
  now: 0,
  receivedAt: 0,
  speed: 0,
  playing: false,
  objects: {},
  journeys: new Map(),
  clients: [],
  clientStatus: {},
  faults: {},
  stoppedNodes: [],
  settings: null,
  selection: null,
  followed: null,
  actionCount: 0,
}));

export function select(selection: Selection): void {
  useStore.setState({ selection });
}

/** Virtual time to draw at: moves on between batches, and never past what the worker has already simulated by much. */
export function virtualNow(wallNow: number, state: Projection = useStore.getState()): number {
  if (!state.playing) return state.now;
  const ahead = Math.min(Math.max(wallNow - state.receivedAt, 0), 100);
  return state.now + ahead * state.speed;
}

export function objectsOf<K extends KindName>(objects: ObjectMaps, kind: K): ReadonlyMap<string, KindMap[K]> {
  return (objects[kind] ?? EMPTY) as ReadonlyMap<string, KindMap[K]>;
}
const EMPTY: ReadonlyMap<string, never> = new Map<string, never>();

/** The state after a batch. Pure, so that the page's behaviour can be tested without a worker. */
export function applyBatch(state: Projection, batch: Batch, receivedAt: number): Partial<Projection> {
  const fresh = batch.reset;
  // Batches of the scenario before may still be on their way when another one is opened.
  if (!state.loaded && !fresh) return {};
  return {
    loaded: true,
    now: batch.now,
    receivedAt,
    speed: batch.speed,
    playing: batch.playing,
    objects: changedObjects(fresh ? {} : state.objects, batch),
    journeys: changedJourneys(fresh ? new Map() : state.journeys, batch),
    clients: batch.clientSpecs ?? (fresh ? [] : state.clients),
    clientStatus: Object.fromEntries(batch.clients.map((client) => [client.name, client])),
    faults: batch.faults,
    stoppedNodes: batch.stoppedNodes,
    followed: batch.followed,
    actionCount: batch.actionCount,
    ...(batch.settings ? { settings: batch.settings } : {}),
    ...(fresh ? { selection: null } : {}),
  };
}

function changedObjects(objects: ObjectMaps, batch: Batch): ObjectMaps {
  if (batch.changes.length === 0) return objects;
  const next: Record<string, ReadonlyMap<string, AnyObject>> = { ...objects };
  const copied = new Set<string>();
  for (const change of batch.changes) {
    if (!copied.has(change.kind)) {
      next[change.kind] = new Map(next[change.kind]);
      copied.add(change.kind);
    }
    const map = next[change.kind] as Map<string, AnyObject>;
    if (change.type === "delete") map.delete(change.key);
    else map.set(change.key, change.object!);
  }
  return next as ObjectMaps;
}

function changedJourneys(
  journeys: ReadonlyMap<number, Journey>,
  { journeys: begun, grown }: Batch,
): ReadonlyMap<number, Journey> {
  if (begun.length === 0 && grown.length === 0) return journeys;
  const next = new Map(journeys);
  for (const journey of begun) next.set(journey.id, journey);
  for (const growth of grown) {
    const journey = next.get(growth.id);
    // It may have been too old to be kept.
    if (journey) next.set(growth.id, grownBy(journey, growth));
  }
  for (const id of next.keys()) {
    if (next.size <= MAX_JOURNEYS) break;
    next.delete(id);
  }
  return next;
}

function grownBy(journey: Journey, { legs, steps, end }: JourneyGrowth): Journey {
  return {
    ...journey,
    legs: legs.length > 0 ? [...journey.legs, ...legs] : journey.legs,
    steps: steps.length > 0 ? [...journey.steps, ...steps] : journey.steps,
    ...(end ? { end } : {}),
  };
}
