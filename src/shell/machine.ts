// The workstation itself: a machine of its own with one host, whose shell is the same that runs in containers. Its clock
// is the cluster's; its kubectl and a few tools run outside of it, as promises.
import { defineComponent, type Address } from "#cluster/machine/component";
import type { Json } from "#base/json";
import { createMachine, type Machine } from "#cluster/machine/machine";
import { runtime, type RuntimeState } from "#cluster/process/runtime";
import type { ClusterSettings } from "#cluster/settings";
import { WORKSTATION } from "#cluster/workstation/types";
import type { Bridge } from "./bridge.ts";

export interface Computer {
  machine: Machine;
  /** The host's id in the machine's runtime. */
  host: string;
  kernel(): ReturnType<Machine["enter"]> & { state: RuntimeState };
  reply(to: Address, answer: { [key: string]: Json }): void;
}

export const HOME = "/root";

/** Programs that run outside of the machine. */
export const OUTSIDE = ["kubectl", "jq", "yq", "join"];

const BASHRC = `alias k=kubectl
alias ll='ls -l'
`;

export function createComputer(settings: ClusterSettings, bridge: Bridge): Computer {
  const watcher = defineComponent({
    name: "power",
    start: () => null,
    timers: { exited: () => undefined },
  });
  const machine = createMachine(
    { ...settings, seed: `${settings.seed}/workstation` },
    { ...bridge.services, runtime },
    [watcher],
  );
  const { runtime: containers } = machine.context;
  const host = containers.create({
    podUid: WORKSTATION,
    namespace: "",
    podName: WORKSTATION,
    containerName: WORKSTATION,
    host: `outside:${WORKSTATION}`,
    hostname: WORKSTATION,
    image: "ubuntu:24.04",
    command: ["sleep", "infinity"],
    workingDir: HOME,
    env: [
      { name: "HOME", value: HOME },
      { name: "USER", value: "root" },
      { name: "PS1", value: "\\h:\\w$ " },
    ],
    mounts: [],
    files: {
      "/etc/hosts": `127.0.0.1\tlocalhost\n`,
      "/etc/hostname": `${WORKSTATION}\n`,
      "/etc/resolv.conf": "nameserver 198.51.100.53\n",
      [`${HOME}/.bashrc`]: BASHRC,
    },
    declaredPorts: [],
    outside: OUTSIDE,
  });
  containers.provideTools(host);
  containers.start(host, { to: "power", what: "exited", data: {} });
  const kernel = (): ReturnType<Computer["kernel"]> => machine.enter<RuntimeState>("runtime");
  return {
    machine,
    host,
    kernel,
    reply: (to, answer) => machine.enter("power").context.reply(to, answer),
  };
}
