// Everything that a person can do to the cluster. A seed plus the list of timed actions is the whole scenario, so an
// action is plain data and its effect depends on nothing but the cluster's state at that moment.
import type { ApiRequest } from "./apiserver/client.ts";
import type { ClientSpec } from "./clients/types.ts";
import type { ProcessFaults } from "./process/types.ts";
import type { WorkstationAction } from "./workstation/types.ts";

export type Action =
  | { type: "api"; request: ApiRequest }
  /** `kubectl exec POD -c CONTAINER -- COMMAND`, output not shown. */
  | { type: "exec"; namespace: string; pod: string; container?: string; command: string[] }
  /** The container's main process ends by itself with exit code 1. */
  | { type: "crash"; namespace: string; pod: string; container?: string }
  | { type: "setFaults"; namespace: string; pod: string; container?: string; faults: ProcessFaults }
  | { type: "setClient"; client: ClientSpec }
  | { type: "removeClient"; name: string }
  | { type: "send"; client: string; count: number }
  /** Switches a node's power: its kubelet and network stop or start. */
  | { type: "nodePower"; node: string; up: boolean }
  | { type: "loadBalancerProvider"; on: boolean }
  /** `kubectl exec` or, without a command, `kubectl attach`, by somebody who watches and may type: process/session.ts */
  | {
      type: "openSession";
      session: string;
      namespace: string;
      pod: string;
      container?: string;
      command?: string[];
      stdin: boolean;
      tty: boolean;
    }
  | { type: "typeIntoSession"; session: string; text: string; end?: boolean }
  /** Ctrl-C, or Ctrl-Z. */
  | { type: "interruptSession"; session: string; suspend?: boolean }
  | { type: "closeSession"; session: string }
  | WorkstationAction;

export interface TimedAction {
  /** Virtual milliseconds. */
  at: number;
  action: Action;
}
