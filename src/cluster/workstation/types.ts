// What a workstation outside of the cluster asks of its network: the waits of its commands, handed over as actions.
import type { JsonObject } from "#base/json";
import type { ProxyRules } from "./proxy.ts";

/** Where its requests come from; the card of this name on the canvas stands for it. */
export const WORKSTATION = "workstation";
export const WORKSTATION_IP = "198.51.100.20";

export type WorkstationCall =
  | "http"
  | "resolve"
  | "connect"
  | "exchange"
  | "datagram"
  | "ping"
  | "watchPackets";

export type WorkstationAction =
  /** Answered under `id`, see takeAnswers(). `spec` is the call's, without `from` and `replyTo`. */
  | { type: "workstation"; do: "call"; id: number; call: WorkstationCall; spec: JsonObject }
  /** Connections that are kept under a key are closed, its calls and watches given up; or one connection is closed. */
  | { type: "workstation"; do: "forget"; key: string }
  | { type: "workstation"; do: "disconnect"; connection: number }
  /** `kubectl port-forward`: connections to the workstation's port go to the pod's own. */
  | {
      type: "workstation";
      do: "forward";
      id: number;
      namespace: string;
      pod: string;
      localPort: number;
      port: number;
    }
  /** `kubectl proxy`: the API server answers at the workstation's port; stopped like a forward. */
  | { type: "workstation"; do: "proxy"; id: number; localPort: number; rules: ProxyRules }
  | { type: "workstation"; do: "stopForward"; id: number };
