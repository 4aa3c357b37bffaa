// `kubectl port-forward`: ports of the workstation that lead into one pod, past every Service.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/portforward/portforward.go (v1.35)
import { parseIp } from "#base/ipv4";
import type { Service } from "#api/service/types";
import { defineCommand, type ForwardEvent, type KubectlIo } from "../../command.ts";
import { plainError, throwAll, usageError } from "../../errors.ts";
import { list, number } from "../../flags.ts";
import { fetchInfos, targetsOf } from "../../resources.ts";
import { aFlag, podRunningTimeoutFlag } from "../../writing/flag-sets.ts";
import { klogLine } from "../../writing/klog.ts";
import { attachablePod, checkRunningTimeout } from "../../writing/pod-for.ts";
import { parseForwardings, podPorts, servicePorts, type Forwarding } from "./ports.ts";

export const portForwardCommand = defineCommand({
  name: "port-forward",
  short: "Forward one or more local ports to a pod",
  long: "Forward one or more local ports to a pod.\n\n With TYPE/NAME one of its pods is chosen; the forwarding ends with that pod.",
  examples:
    "kubectl port-forward pod/kubia 8888:8080\n\n# To a pod of a Service\nkubectl port-forward svc/kubia 8888:80",
  usage: "port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]",
  flags: [
    aFlag("address", "stringList", "[localhost]", "Addresses to listen on: localhost or IP addresses"),
    podRunningTimeoutFlag("1m0s"),
  ],
  run: async (args, flags, io) => {
    if (args.length < 2)
      throw usageError("port-forward", "TYPE/NAME and list of ports are required for port-forward");
    checkRunningTimeout("port-forward", flags);
    const { targets, errors } = await targetsOf(args.slice(0, 1), flags, io, { defaultType: "pods" });
    const fetched = fetchInfos(io, targets);
    throwAll([...errors, ...fetched.errors]);
    const info = fetched.infos[0]!;
    const pod = await attachablePod(io, info, number(flags, "pod-running-timeout"));
    const words =
      info.resource.kind === "Service"
        ? servicePorts(args.slice(1), info.object as unknown as Service, pod)
        : podPorts(args.slice(1), pod);
    const forwardings = parseForwardings(words);
    if (pod.status.phase !== "Running")
      throw plainError(
        `unable to forward port because pod is not running. Current status=${pod.status.phase}`,
      );
    for (const address of list(flags, "address"))
      if (address !== "localhost" && !isIp(address)) throw plainError(`${address} is not a valid IP`);
    const { namespace = "", name } = pod.metadata;
    return listen(io, { namespace, pod: name }, forwardings, list(flags, "address"));
  },
});

const isIp = (address: string): boolean =>
  parseIp(address) !== undefined || /^[\da-f:.]*:[\da-f:.]*$/i.test(address);

const addressesOf = (given: readonly string[]): string[] =>
  given.flatMap((address) =>
    address === "localhost" ? ["127.0.0.1", "[::1]"] : address.includes(":") ? [`[${address}]`] : [address],
  );

/** Until Ctrl-C, or until the pod is lost. */
async function listen(
  io: KubectlIo,
  target: { namespace: string; pod: string },
  forwardings: readonly Forwarding[],
  addresses: readonly string[],
): Promise<number> {
  const stops: (() => void)[] = [];
  try {
    const lost = await new Promise<boolean>((resolve, reject) => {
      for (const { local, remote } of forwardings) {
        const hear = (event: ForwardEvent): void => {
          if (event.type === "connection") io.stdout(`Handling connection for ${event.localPort}\n`);
          else {
            io.stderr(
              klogLine(io, "E", "portforward.go:424", `"Unhandled Error" err=${JSON.stringify(event.error)}`),
            );
            resolve(true);
          }
        };
        const opened = io.forward({ ...target, localPort: local, port: remote }, hear);
        if (!opened.ok) return reject(plainError(opened.error));
        stops.push(opened.stop);
        for (const address of addressesOf(addresses))
          io.stdout(`Forwarding from ${address}:${opened.localPort} -> ${remote}\n`);
      }
      if (io.signal.aborted) resolve(false);
      io.signal.addEventListener("abort", () => resolve(false));
    });
    // The local connection is closed first, then the one to the server.
    if (lost) await io.sleep(20);
    if (lost) throw plainError("lost connection to pod");
    return 0;
  } finally {
    for (const stop of stops) stop();
  }
}
