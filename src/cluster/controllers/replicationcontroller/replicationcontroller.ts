// The ReplicationController controller.
import { defineComponent } from "../../machine/component.ts";
import type { ReplicationController } from "#api/replicationcontroller/types";
import { replicaComponent } from "../replicas/component.ts";
import { matchesMap } from "../selector.ts";

export const replicationController = defineComponent(
  replicaComponent("replication-controller", {
    kind: "ReplicationController",
    component: "replication-controller",
    matches: (owner, labels) => matchesMap((owner as ReplicationController).spec.selector, labels),
    related: (_context, _state, _owner, own) => own,
  }),
);
