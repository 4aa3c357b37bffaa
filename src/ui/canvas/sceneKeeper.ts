// Keeps the scene up to date with the projection: laid out again when objects, clients or the canvas's size change,
// with the memory of the last layout, so that nothing that stands moves. Lives outside of rendering.
import { create } from "zustand";
import { deepEqual } from "#base/json";
import type { KindName } from "#api/kinds";
import { WORLD } from "#cluster/settings";
import { useStore, type Projection } from "#session/store";
import { layoutScene, type Scene, type Size } from "../layout/scene.ts";
import { NO_SLOTS, type Slots } from "../layout/slots.ts";
import { createSightings } from "./sightings.ts";

/** Kinds that the picture shows; changes of others, such as Events, lay nothing out. */
const SHOWN: readonly KindName[] = [
  "Pod",
  "Service",
  "EndpointSlice",
  "Node",
  "Ingress",
  "ReplicaSet",
  "Deployment",
  "ReplicationController",
];

/** With so many pods changes gather for a moment, in a task of their own, before the picture is laid out again. */
const CROWD = 60;
const CROWD_PAUSE_MS = 100;

/** Height that a window may gain or lose before rows are dealt out anew. */
const RELAYOUT = 32;

export interface SceneKeeper {
  useScene: () => Scene | null;
  /** The scene as it stands, outside of React. */
  current: () => Scene | null;
  resize: (size: Size) => void;
  /** Forgets where things stood and lays out anew. */
  tidy: () => void;
  /** Starts following the projection; returns how to stop. */
  start: () => () => void;
}

function follow(refresh: (state: Projection) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useStore.subscribe((state) => {
    if ((state.objects.Pod?.size ?? 0) < CROWD) return refresh(state);
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh(useStore.getState());
    }, CROWD_PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

export function createSceneKeeper(): SceneKeeper {
  const store = create<{ scene: Scene | null }>(() => ({ scene: null }));
  let slots: Slots = NO_SLOTS;
  const sightings = createSightings();
  let size: Size | null = null;
  let inputs: readonly unknown[] = [];
  let faults: Projection["faults"] = {};
  let stoppedNodes: Projection["stoppedNodes"] = [];
  let now = 0;

  const refresh = (state: Projection): void => {
    // Time runs backwards only when another scenario is loaded.
    if (state.now < now) {
      slots = NO_SLOTS;
      sightings.forget();
    }
    now = state.now;
    const seen = sightings.look(state.journeys, state.clients);
    if (!size) return;
    const { objects, clients, settings } = state;
    // These come anew with every batch, mostly as they were.
    if (!deepEqual(faults, state.faults)) faults = state.faults;
    if (!deepEqual(stoppedNodes, state.stoppedNodes)) stoppedNodes = state.stoppedNodes;
    const next = [
      ...SHOWN.map((kind) => objects[kind]),
      clients,
      faults,
      stoppedNodes,
      settings,
      seen,
      size,
      slots.epoch,
    ];
    if (next.length === inputs.length && next.every((value, index) => value === inputs[index])) return;
    const ingressIp = settings?.ingressController === false ? null : WORLD.ingressIp;
    const laidOut = layoutScene({ objects, clients, faults, stoppedNodes, ingressIp, seen }, size, slots);
    slots = laidOut.slots;
    next[next.length - 1] = slots.epoch;
    inputs = next;
    store.setState({ scene: laidOut.scene });
  };

  return {
    useScene: () => store((state) => state.scene),
    current: () => store.getState().scene,
    resize: (next) => {
      // A window of another height is laid out for its own height; only what comes and goes may not move things.
      if (size && Math.abs(size.height - next.height) > RELAYOUT) slots = NO_SLOTS;
      size = next;
      refresh(useStore.getState());
    },
    tidy: () => {
      slots = NO_SLOTS;
      refresh(useStore.getState());
    },
    start: () => {
      refresh(useStore.getState());
      return follow(refresh);
    },
  };
}
