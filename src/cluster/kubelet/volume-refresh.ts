// Changed ConfigMaps and Secrets reach the volumes of running pods at the kubelet's next look at the pod, up to one
// and a half minutes later; nothing in a container's environment ever changes.
import type { KindName } from "#api/kinds";
import type { ObjectMeta } from "#api/meta";
import { jitter } from "./durations.ts";
import type { Kubelet, PodState } from "./state.ts";
import { refreshVolumes } from "./volumes.ts";
import { nextFloat } from "#base/random";

const SYNC_PERIOD_MS = 60_000;

export function noteSource(kubelet: Kubelet, kind: KindName, { namespace, name }: ObjectMeta): void {
  const { context, state } = kubelet;
  for (const uid of state.volumeUsers.get(`${kind}/${namespace}/${name}`) ?? []) {
    const delay = jitter(context, SYNC_PERIOD_MS) * nextFloat(context.random);
    context.after(delay, "volumes", { pod: uid });
  }
}

export function onVolumeRefresh(kubelet: Kubelet, pod: PodState): void {
  if (pod.stage === "active" && pod.volumesReady) refreshVolumes(kubelet, pod);
}
