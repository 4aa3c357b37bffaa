// kube-apiserver: the store of all objects, the one entrance for requests, and the typed client that every component
// finds in its context.
import { KINDS } from "#api/registry";
import { TYPES } from "#api/type-table";
import { defineService, type Service } from "../machine/component.ts";
import { createClusterIps } from "./allocate/cluster-ips.ts";
import { createNodePorts } from "./allocate/node-ports.ts";
import type { ApiClient } from "./client.ts";
import { createEventIndex } from "./event-correlator.ts";
import { createScheme } from "./scheme.ts";
import type { ApiServerState } from "./server.ts";
import { createStore } from "./store.ts";
import { createApiClient } from "./typed-client.ts";

const SCHEME = createScheme(KINDS, TYPES);

export const apiServer: Service = defineService<ApiServerState, ApiClient>({
  name: "apiserver",
  start: () => ({
    store: createStore(),
    clusterIps: createClusterIps(),
    nodePorts: createNodePorts(),
    events: createEventIndex(),
    managers: new Map(),
  }),
  provide: (context, state) => createApiClient({ scheme: SCHEME, state, context }),
});
