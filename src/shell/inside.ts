// What the parts of a workstation share: its machine, its terminals, and the programs that run outside of the machine.
import type { filesOf, OutsideCall } from "#cluster/process/outside";
import type { KubectlConfig, PodTarget } from "#kubectl/command";
import type { Abort } from "./abort.ts";
import type { Bridge } from "./bridge.ts";
import type { ClusterDoor } from "./cluster-door.ts";
import type { Computer } from "./machine.ts";
import type { Remote, Remotes } from "./remote.ts";
import type { Sleepers } from "./sleepers.ts";
import type { Hint } from "./todays-command.ts";

export interface Inside {
  door: ClusterDoor;
  bridge: Bridge;
  computer: Computer;
  remotes: Remotes;
  sleepers: Sleepers;
  config: KubectlConfig;
  files: ReturnType<typeof filesOf>;
  terminals: Map<string, Terminal>;
  /** By host and process. */
  running: Map<string, Running>;
  /** Programs that wait for more input. */
  waiters: { call: OutsideCall; wake(): void }[];
  /** Promises may be going on. */
  unsettled: boolean;
  /** Work that knows no virtual time and has to be waited for. */
  held: number;
  nextId(): number;
  /** Opens the editor of the page on a text. */
  edit?: (name: string, text: string) => Promise<string | undefined>;
  typeDocs?: () => Promise<unknown>;
}

export interface Running {
  call: OutsideCall;
  abort: Abort;
  /** The command in a pod that it has joined. */
  remote?: Remote;
}

export interface Terminal {
  /** A shell in a container, when it is none of the workstation's. */
  remote?: Remote;
  target?: PodTarget;
  text: string;
  hints: Hint[];
  reading: boolean;
  ended?: { exit: number } | { error: string };
}
