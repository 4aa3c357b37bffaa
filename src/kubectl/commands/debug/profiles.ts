// Profiles of kubectl debug: which rights the debug container gets, and what of the pod is kept in a copy.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/debug/profiles.go (v1.35)
import type { JsonObject } from "#base/json";
import type { FlagValues } from "../../command.ts";
import { flag, text } from "../../flags.ts";
import type { Draft } from "./making.ts";

export type Style = "node" | "copy" | "ephemeral";

type Change = (pod: Draft, container: JsonObject, style: Style) => void;

const PROFILES: Record<string, Change> = {
  legacy: (pod, container, style) => {
    if (style === "node") onTheNode(pod, container);
  },
  general: (pod, container, style) => {
    if (style === "node") {
      onTheNode(pod, container);
      delete container["securityContext"];
    } else addCapabilities(container, ["SYS_PTRACE"]);
  },
  baseline: (_pod, container) => {
    delete container["securityContext"];
  },
  restricted: (_pod, container) => {
    container["securityContext"] = {
      capabilities: { drop: ["ALL"] },
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      seccompProfile: { type: "RuntimeDefault" },
    };
  },
  netadmin: (pod, container, style) => {
    addCapabilities(container, ["NET_ADMIN", "NET_RAW"]);
    if (style === "node") useHostNamespaces(pod);
  },
  sysadmin: (pod, container, style) => {
    container["securityContext"] = { ...(container["securityContext"] as JsonObject), privileged: true };
    if (style === "node") onTheNode(pod, container);
  },
};

export const isProfile = (name: string): boolean => Object.hasOwn(PROFILES, name);

/** Changes the draft of a pod and its container in place. */
export function applyProfile(flags: FlagValues, pod: Draft, container: JsonObject, style: Style): void {
  const name = text(flags, "profile");
  PROFILES[name]!(pod, container, style);
  if (style !== "copy") return;
  if (name === "legacy") {
    delete pod.metadata["labels"];
    return;
  }
  stripCopy(flags, pod);
  pod.spec["shareProcessNamespace"] ??= true;
}

/** A copy is to take no traffic, and nobody is to restart it while somebody looks at it. */
function stripCopy(flags: FlagValues, { metadata, spec }: Draft): void {
  for (const name of ["labels", "annotations"]) if (!flag(flags, `keep-${name}`)) delete metadata[name];
  for (const container of spec.containers)
    for (const name of ["liveness", "readiness", "startup"])
      if (!flag(flags, `keep-${name}`)) delete container[`${name}Probe`];
  if (!flag(flags, "keep-init-containers")) delete spec.initContainers;
}

function addCapabilities(container: JsonObject, names: readonly string[]): void {
  const context = (container["securityContext"] ?? {}) as JsonObject;
  const capabilities = (context["capabilities"] ?? {}) as JsonObject;
  const before = (capabilities["add"] ?? []) as string[];
  container["securityContext"] = {
    ...context,
    capabilities: { ...capabilities, add: [...before, ...names] },
  };
}

/** The node's own namespaces, and its disk below /host. */
function onTheNode(pod: Draft, container: JsonObject): void {
  const volumes = (pod.spec["volumes"] ?? []) as JsonObject[];
  pod.spec["volumes"] = [...volumes, { name: "host-root", hostPath: { path: "/" } }];
  const mounts = (container["volumeMounts"] ?? []) as JsonObject[];
  container["volumeMounts"] = [...mounts, { name: "host-root", mountPath: "/host" }];
  useHostNamespaces(pod);
}

function useHostNamespaces({ spec }: Draft): void {
  Object.assign(spec, { hostNetwork: true, hostPID: true, hostIPC: true });
}
