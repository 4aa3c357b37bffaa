// Carries out what a person does. Actions that name something that is gone do nothing: a replayed link must not fail
// because a pod got another name.
import { unreachable } from "#base/assert";
import type { Action } from "./actions.ts";
import { removeClient, sendByHand, setClient, type ClientsState } from "./clients/clients.ts";
import {
  LOAD_BALANCER_COMPONENT,
  setLoadBalancerProvider,
  type LoadBalancerState,
} from "./cloud/load-balancer.ts";
import { findContainer, runningContainers } from "./kubelet/container-of.ts";
import { setNodePower } from "./kubelet/node.ts";
import type { KubeletState } from "./kubelet/state.ts";
import { defineComponent } from "./machine/component.ts";
import type { Machine } from "./machine/machine.ts";
import type { RuntimeState } from "./process/runtime.ts";
import {
  attachSession,
  closeSession,
  interruptSession,
  suspendSession,
  openSession,
  refuseSession,
  typeIntoSession,
} from "./process/session.ts";
import type { ProcessFaults } from "./process/types.ts";
import { WORKSTATION, WORKSTATION_IP, type WorkstationAction } from "./workstation/types.ts";
import { performWorkstation, type WorkstationState } from "./workstation/workstation.ts";

/** Takes the answers of commands that a person runs without looking at their output. */
export const actions = defineComponent<null>({
  name: "actions",
  start: () => null,
  timers: { done: () => undefined },
});

export function perform(machine: Machine, action: Action): void {
  const { context } = machine;
  switch (action.type) {
    case "api":
      context.api.handle(action.request);
      return;
    case "exec":
    case "crash":
    case "setFaults":
      return inContainer(machine, action);
    case "setClient":
    case "removeClient":
    case "send":
      return toClients(machine, action);
    case "nodePower": {
      const kubelet = machine.enter<KubeletState>("kubelet");
      if (!kubelet.state.nodes.has(action.node)) return;
      context.network.setNodeUp(action.node, action.up);
      setNodePower(kubelet, action.node, action.up);
      return;
    }
    case "loadBalancerProvider": {
      const provider = machine.enter<LoadBalancerState>(LOAD_BALANCER_COMPONENT);
      setLoadBalancerProvider(provider.context, provider.state, action.on);
      return;
    }
    case "openSession":
    case "typeIntoSession":
    case "interruptSession":
    case "closeSession":
      return inSession(machine, action);
    case "workstation":
      return onWorkstation(machine, action);
    default:
      unreachable(action);
  }
}

type SessionAction = Extract<Action, { session: string }>;

function inSession(machine: Machine, action: SessionAction): void {
  const kernel = machine.enter<RuntimeState>("runtime");
  const { session } = action;
  if (action.type === "closeSession") return closeSession(kernel, session);
  if (action.type === "interruptSession")
    return action.suspend ? suspendSession(kernel, session) : interruptSession(kernel, session);
  if (action.type === "typeIntoSession")
    return typeIntoSession(kernel, session, action.text, action.end ?? false);
  const { state } = machine.enter<KubeletState>("kubelet");
  const found = findContainer(state, action.namespace, action.pod, action.container);
  const { network } = machine.context;
  if (found && !network.isNodeUp(found.node)) {
    const kubelet = `${network.ipOf(`node:${found.node}`)}:10250`;
    return refuseSession(
      kernel,
      session,
      `error dialing backend: dial tcp ${kubelet}: connect: no route to host`,
    );
  }
  const { command, stdin, tty } = action;
  const container = found?.id ?? "";
  if (command) openSession(kernel, session, { container, command, stdin, tty });
  else attachSession(kernel, session, container, tty);
}

/** The workstation stands on the canvas among the clients as soon as it asks for something. */
function onWorkstation(machine: Machine, action: WorkstationAction): void {
  const clients = machine.enter<ClientsState>("clients");
  if (!clients.state.clients.has(WORKSTATION)) {
    setClient(clients.context, clients.state, {
      name: WORKSTATION,
      location: { kind: "outside", ip: WORKSTATION_IP },
      program: "curl",
      url: "http://198.51.100.20/",
      method: "GET",
      headers: {},
      rate: 0,
      keepAlive: false,
      cookies: false,
    });
  }
  const own = machine.enter<WorkstationState>(WORKSTATION);
  const host =
    action.do === "forward"
      ? findContainer(machine.enter<KubeletState>("kubelet").state, action.namespace, action.pod)?.host
      : undefined;
  performWorkstation(own.context, own.state, action, host);
}

type ContainerAction = Extract<Action, { type: "exec" | "crash" | "setFaults" }>;

function inContainer(machine: Machine, action: ContainerAction): void {
  const { state } = machine.enter<KubeletState>("kubelet");
  const found = findContainer(state, action.namespace, action.pod, action.container);
  if (!found?.running || found.id === undefined) return;
  const { runtime } = machine.context;
  if (action.type === "crash") runtime.crash(found.id);
  else if (action.type === "setFaults") runtime.setFaults(found.id, action.faults);
  else
    runtime.exec({
      container: found.id,
      command: action.command,
      replyTo: { to: actions.name, what: "done", data: null },
    });
}

function toClients(
  machine: Machine,
  action: Extract<Action, { type: "setClient" | "removeClient" | "send" }>,
): void {
  const { context, state } = machine.enter<ClientsState>("clients");
  if (action.type === "setClient") setClient(context, state, action.client);
  else if (action.type === "removeClient") removeClient(context, state, action.name);
  else sendByHand(context, state, action.client, action.count);
}

/** Faults that are set, by "namespace/pod/container". */
export function faultsByContainer(machine: Machine): Record<string, ProcessFaults> {
  const { state } = machine.enter<KubeletState>("kubelet");
  const faults: Record<string, ProcessFaults> = {};
  for (const { namespace, pod, container, id } of runningContainers(state)) {
    const set = machine.context.runtime.faults(id);
    if (Object.keys(set).length > 0) faults[`${namespace}/${pod}/${container}`] = set;
  }
  return faults;
}
