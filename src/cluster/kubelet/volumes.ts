// Filling a pod's volumes from ConfigMaps, Secrets, the pod's own fields and its service account's token.
// Kubernetes: pkg/volume/{configmap,secret,projected,downwardapi,emptydir} (v1.35)
import type { Container, KeyToPath, Volume, VolumeMount } from "#api/pod/types";
import { define, emptyRecord, isObject } from "#base/json";
import type { Context } from "../machine/component.ts";
import type { Mount, VolumeContent, VolumeFile } from "../process/types.ts";
import { configMapData, secretData } from "./environment.ts";
import { fieldValue, resourceValue } from "./downward.ts";
import { expand, type LookUp } from "./expansion.ts";
import { hostPathProblem } from "./host-path.ts";
import { serviceAccountToken } from "./token.ts";
import { nodeOf, type Kubelet, type PodState } from "./state.ts";

type Data = Record<string, string>;
type Files = Record<string, VolumeFile>;
type Filled = { ok: true; files: Files } | { ok: false; message: string };

/** Fills every volume that can be filled; returns what kept the others from it. */
export function mountVolumes(kubelet: Kubelet, pod: PodState): { volume: string; message: string }[] {
  const failures: { volume: string; message: string }[] = [];
  for (const volume of pod.pod.spec.volumes ?? []) {
    noteUser(kubelet, pod, volume);
    const { hostPath } = volume;
    const problem = hostPath && hostPathProblem(hostPath, nodeOf(kubelet, pod).hostPaths);
    if (problem !== undefined) {
      failures.push({ volume: volume.name, message: problem });
      continue;
    }
    const filled = fill(kubelet.context, pod, volume);
    if (!filled.ok) failures.push({ volume: volume.name, message: filled.message });
    else if (hostPath) useHostPath(kubelet, pod, hostPath.path);
    else kubelet.context.runtime.setVolume(volumeKey(pod, volume), filled.files);
  }
  return failures;
}

/** Writes changed ConfigMaps, Secrets and fields into volumes that are mounted. */
export function refreshVolumes(kubelet: Kubelet, pod: PodState): void {
  for (const volume of pod.pod.spec.volumes ?? []) {
    if (!isProvided(volume)) continue;
    const filled = fill(kubelet.context, pod, volume);
    if (filled.ok) kubelet.context.runtime.setVolume(volumeKey(pod, volume), filled.files);
  }
}

export function removeVolumes(kubelet: Kubelet, pod: PodState): void {
  for (const volume of pod.pod.spec.volumes ?? []) {
    if (!volume.hostPath) kubelet.context.runtime.removeVolume(volumeKey(pod, volume));
    for (const name of isProvided(volume) ? pod.containers.keys() : [])
      kubelet.context.runtime.removeVolume(frozenKey(pod, volume, name));
    for (const key of referencesOf(pod, volume)) kubelet.state.volumeUsers.get(key)?.delete(pod.uid);
  }
}

/** What the kubelet writes, containers may only read. */
function isProvided({ configMap, secret, projected, downwardAPI }: Volume): boolean {
  return Boolean(configMap ?? secret ?? projected ?? downwardAPI);
}

export function mountsOf(kubelet: Kubelet, pod: PodState, container: Container, lookUp: LookUp): Mount[] {
  return (container.volumeMounts ?? []).flatMap((mount): Mount[] => {
    const volume = pod.pod.spec.volumes?.find(({ name }) => name === mount.name);
    if (!volume) return [];
    const subPath = subPathOf(mount, lookUp);
    const isFrozen = subPath !== undefined && subPath !== "" && isProvided(volume);
    const key = isFrozen ? freeze(kubelet, pod, volume, container.name) : volumeKey(pod, volume);
    if (subPath) kubelet.context.runtime.provideFolder(key, subPath);
    return [
      {
        path: mount.mountPath,
        volume: key,
        ...(subPath ? { subPath } : {}),
        ...(mount.readOnly || isProvided(volume) ? { readOnly: true } : {}),
      },
    ];
  });
}

const frozenKey = (pod: PodState, volume: Volume, container: string): string =>
  `${volumeKey(pod, volume)}/of/${container}`;

/** A single file or folder of a volume stays as it was when its container started. */
function freeze(kubelet: Kubelet, pod: PodState, volume: Volume, container: string): string {
  const key = frozenKey(pod, volume, container);
  const filled = fill(kubelet.context, pod, volume);
  if (filled.ok) kubelet.context.runtime.setVolume(key, filled.files);
  return key;
}

function subPathOf(mount: VolumeMount, lookUp: LookUp): string | undefined {
  return mount.subPathExpr ? expand(mount.subPathExpr, lookUp) : mount.subPath;
}

function volumeKey(pod: PodState, volume: Volume): string {
  return volume.hostPath ? `host/${pod.node}${volume.hostPath.path}` : `${pod.uid}/${volume.name}`;
}

function useHostPath(kubelet: Kubelet, pod: PodState, path: string): void {
  const { hostPaths } = nodeOf(kubelet, pod);
  if (hostPaths.has(path)) return;
  hostPaths.add(path);
  kubelet.context.runtime.setVolume(`host/${pod.node}${path}`, {});
}

function noteUser(kubelet: Kubelet, pod: PodState, volume: Volume): void {
  for (const key of referencesOf(pod, volume)) {
    const users = kubelet.state.volumeUsers.get(key);
    if (users) users.add(pod.uid);
    else kubelet.state.volumeUsers.set(key, new Set([pod.uid]));
  }
}

interface Source {
  configMap?: Volume["configMap"];
  secret?: {
    secretName?: string;
    name?: string;
    items?: KeyToPath[];
    optional?: boolean;
    defaultMode?: number;
  };
  downwardAPI?: { items?: unknown; defaultMode?: number };
  serviceAccountToken?: { path?: string; audience?: string };
}

const DEFAULT_MODE = 0o644;

function put(files: Files, path: string, content: VolumeContent, mode = DEFAULT_MODE): void {
  define(files, path, mode === DEFAULT_MODE ? content : { content, mode });
}

function sourcesOf(volume: Volume): Source[] {
  if (volume.projected) return (volume.projected.sources ?? []) as unknown as Source[];
  return [volume as unknown as Source];
}

/** Root CAs stand in every pod and never change, so they wake nobody. */
function referencesOf(pod: PodState, volume: Volume): string[] {
  return sourcesOf(volume).flatMap(({ configMap, secret }) => {
    const keys: string[] = [];
    if (configMap && configMap.name !== "kube-root-ca.crt")
      keys.push(`ConfigMap/${pod.namespace}/${configMap.name}`);
    if (secret) keys.push(`Secret/${pod.namespace}/${secret.secretName ?? secret.name}`);
    return keys;
  });
}

function fill(context: Context, pod: PodState, volume: Volume): Filled {
  const files = emptyRecord<VolumeFile>();
  for (const source of sourcesOf(volume)) {
    const error = fillFrom(context, pod, source, files, volume.projected?.defaultMode);
    if (error !== undefined) return { ok: false, message: error };
  }
  // Simplified: claims and other storage are empty directories.
  return { ok: true, files };
}

function fillFrom(
  context: Context,
  pod: PodState,
  source: Source,
  files: Files,
  sharedMode: number | undefined,
): string | undefined {
  const { configMap, secret, downwardAPI, serviceAccountToken: token } = source;
  if (configMap) {
    const name = configMap.name ?? "";
    const data = configMapData(context, pod.namespace, name);
    const mode = sharedMode ?? configMap.defaultMode;
    return takeKeys(data, configMap, files, mode, `configmap "${name}" not found`);
  }
  if (secret) {
    const name = secret.secretName ?? secret.name ?? "";
    const data = secretData(context, pod.namespace, name);
    return takeKeys(data, secret, files, sharedMode ?? secret.defaultMode, `secret "${name}" not found`);
  }
  if (downwardAPI)
    fillDownward(context, pod, downwardAPI.items, files, sharedMode ?? downwardAPI.defaultMode);
  if (token) put(files, token.path ?? "token", serviceAccountToken(context, pod, token.audience), sharedMode);
  return undefined;
}

function takeKeys(
  data: Data | undefined,
  source: { items?: KeyToPath[]; optional?: boolean },
  files: Files,
  shared: number | undefined,
  missing: string,
): string | undefined {
  if (!data) {
    if (source.optional) return undefined;
    return missing;
  }
  if (!source.items || source.items.length === 0) {
    for (const [key, value] of Object.entries(data)) put(files, key, value, shared);
    return undefined;
  }
  for (const { key, path, mode } of source.items) {
    const value = data[key];
    if (value !== undefined) put(files, path, value, mode ?? shared);
    else if (!source.optional) return `references non-existent config key: ${key}`;
  }
  return undefined;
}

function fillDownward(
  context: Context,
  pod: PodState,
  items: unknown,
  files: Files,
  shared: number | undefined,
): void {
  if (!Array.isArray(items)) return;
  for (const item of items as unknown[]) {
    if (!isObject(item)) continue;
    const { path, mode, fieldRef, resourceFieldRef } = item as {
      path?: string;
      mode?: number;
      fieldRef?: { fieldPath: string };
      resourceFieldRef?: { containerName?: string; resource: string; divisor?: string };
    };
    if (path === undefined) continue;
    if (fieldRef) put(files, path, fieldValue(context, pod, fieldRef.fieldPath), mode ?? shared);
    const container = pod.pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
    if (resourceFieldRef && container) {
      put(files, path, resourceValue(context, pod, container, resourceFieldRef), mode ?? shared);
    }
  }
}
