// The Endpoints controller: one Endpoints object for each Service with a selector. Deprecated in Kubernetes 1.33 and
// still running; kube-proxy reads EndpointSlices instead.
// Kubernetes: pkg/controller/endpoint/endpoints_controller.go (v1.35)
import type { Endpoints } from "#api/endpoints/types";
import type { Service } from "#api/service/types";
import { deepEqual } from "#base/json";
import { nextFloat } from "#base/random";
import { defineComponent, isKind, type Change, type Context } from "../../machine/component.ts";
import { body, keyOf, splitKey } from "../keys.ts";
import { countWrites, createBatch, dueNow, type Batch } from "../services/batch.ts";
import { applyToPodSets, podsByAddress, type PodSets } from "../services/pod-sets.ts";
import { isHeadless } from "../services/pod-endpoint.ts";
import { TRIGGER_TIME, triggerTime, type TriggerTimes } from "../services/trigger-times.ts";
import { subsetsOf, truncate } from "./subsets.ts";

const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const HEADLESS = "service.kubernetes.io/headless";
const OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

interface State {
  sets: PodSets;
  batch: Batch;
  times: TriggerTimes;
}

export const endpointsController = defineComponent<State>({
  name: "endpoints-controller",
  start: () => ({ sets: new Map(), batch: createBatch(), times: new Map() }),
  watches: ["Service", "Pod", "Endpoints"],
  watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
  onChanges(context, state, changes) {
    const dirty = applyToPodSets(context, state.sets, changes);
    for (const change of changes) if (deletedEndpoints(change)) dirty.add(keyOf(change.object));
    for (const key of dueNow(context, state, dirty)) sync(context, state, key);
  },
  timers: {
    sync(context, state, data: { key: string }) {
      state.batch.waiting.delete(data.key);
      sync(context, state, data.key);
    },
  },
});

function deletedEndpoints(change: Change): boolean {
  return isKind(change, "Endpoints") && change.type === "DELETED";
}

function sync(context: Context, state: State, key: string): void {
  const [namespace, name] = splitKey(key);
  const service = context.api.get("Service", namespace, name);
  const current = context.api.get("Endpoints", namespace, name);
  if (!service) {
    state.times.delete(key);
    if (current) context.api.delete("Endpoints", namespace, name);
    return;
  }
  const { selector, type } = service.spec;
  if (type === "ExternalName" || !selector || Object.keys(selector).length === 0) return;
  if (service.metadata.deletionTimestamp !== undefined) return;
  const pods = podsByAddress(context, state.sets, key);
  const time = triggerTime(state.times, key, service, pods);
  const { subsets, truncated } = truncate(subsetsOf(service, pods));
  const wrote = write(context, service, current, { subsets, truncated, time });
  if (wrote) countWrites(context, state.batch, 1);
}

interface Wanted {
  subsets: NonNullable<Endpoints["subsets"]>;
  truncated: boolean;
  time: string | undefined;
}

/** Whether there was anything to write. */
function write(context: Context, service: Service, current: Endpoints | undefined, wanted: Wanted): boolean {
  const labels: Record<string, string> = { ...service.metadata.labels, [MANAGED_BY]: "endpoint-controller" };
  delete labels[HEADLESS];
  if (isHeadless(service)) labels[HEADLESS] = "";
  const annotations: Record<string, string> = { ...current?.metadata.annotations };
  delete annotations[TRIGGER_TIME];
  delete annotations[OVER_CAPACITY];
  if (wanted.time !== undefined) annotations[TRIGGER_TIME] = wanted.time;
  if (wanted.truncated) annotations[OVER_CAPACITY] = "truncated";
  if (current && unchanged(current, labels, wanted)) return false;
  const { namespace, name } = service.metadata;
  const extras = {
    labels,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  const subsets = wanted.subsets.length > 0 && { subsets: wanted.subsets };
  if (current) {
    const { annotations: _, ...metadata } = current.metadata;
    const { subsets: __, ...rest } = current;
    context.api.update("Endpoints", { ...rest, metadata: { ...metadata, ...extras }, ...subsets });
  } else {
    const metadata = { name, ...extras };
    context.api.create(
      "Endpoints",
      namespace,
      body({ apiVersion: "v1", kind: "Endpoints", metadata, ...subsets }),
    );
  }
  return true;
}

function unchanged(current: Endpoints, labels: Record<string, string>, wanted: Wanted): boolean {
  const over = current.metadata.annotations?.[OVER_CAPACITY] !== undefined;
  return (
    over === wanted.truncated &&
    deepEqual(current.subsets ?? [], wanted.subsets) &&
    deepEqual(current.metadata.labels ?? {}, labels)
  );
}
