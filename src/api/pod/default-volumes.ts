// What the API server fills into volumes of storage plugins. defaults.ts calls it.
// Kubernetes: pkg/apis/core/v1/zz_generated.defaults.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import { isLatest } from "./image-tag.ts";
import type { Volume } from "./types.ts";

type PluginVolume = Volume & { [plugin: string]: JsonObject | undefined };

const PLUGIN_DEFAULTS: Record<string, JsonObject> = {
  azureDisk: { cachingMode: "ReadWrite", fsType: "ext4", kind: "Shared", readOnly: false },
  iscsi: { iscsiInterface: "default" },
  rbd: { keyring: "/etc/ceph/keyring", pool: "rbd", user: "admin" },
  scaleIO: { fsType: "xfs", storageMode: "ThinProvisioned" },
};

/** The source of the volume with its defaults; nothing if it has none of these. */
export function defaultPlugin(given: Volume): JsonObject {
  for (const [plugin, defaults] of Object.entries(PLUGIN_DEFAULTS)) {
    const source = (given as PluginVolume)[plugin];
    if (source) return { [plugin]: { ...defaults, ...source } };
  }
  const { image, ephemeral } = given as PluginVolume;
  if (image && !image["pullPolicy"]) {
    const pullPolicy = isLatest(String(image["reference"] ?? "")) ? "Always" : "IfNotPresent";
    return { image: { ...image, pullPolicy } };
  }
  return ephemeral ? { ephemeral: defaultEphemeral(ephemeral) } : {};
}

function defaultEphemeral(source: JsonObject): JsonObject {
  const { volumeClaimTemplate: template } = source;
  if (!isObject(template) || !isObject(template["spec"])) return source;
  const spec = { volumeMode: "Filesystem", ...(template["spec"] as JsonObject) };
  return { ...source, volumeClaimTemplate: { ...(template as JsonObject), spec } };
}
