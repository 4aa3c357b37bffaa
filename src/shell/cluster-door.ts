// What a workstation may do with the cluster: look at it, and change it by actions and requests that whoever owns the
// cluster may write down for a replay.
import type { Action } from "#cluster/actions";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { Cluster } from "#cluster/cluster";

export interface ClusterDoor {
  readonly cluster: Cluster;
  act(action: Action): void;
  request(request: ApiRequest): ApiResponse;
}

/** A cluster that nobody writes anything down of. */
export function openDoor(cluster: Cluster): ClusterDoor {
  return { cluster, act: cluster.act, request: cluster.handle };
}
