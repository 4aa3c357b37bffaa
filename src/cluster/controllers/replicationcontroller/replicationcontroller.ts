// The ReplicationController controller.
import type { ReplicationController } from "#api/replicationcontroller/types";
import { matchesLabels } from "#api/selectors";
import { defineComponent } from "../../machine/component.ts";
import { replicaComponent } from "../replicas/component.ts";

export const replicationController = defineComponent(
  replicaComponent("replication-controller", {
    kind: "ReplicationController",
    component: "replication-controller",
    matches: (owner, labels) => matchesLabels((owner as ReplicationController).spec.selector, labels),
    related: (_context, _state, _owner, own) => own,
  }),
);
