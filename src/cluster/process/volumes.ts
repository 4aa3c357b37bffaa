// Volumes of pods: directories that their containers share, filled by the kubelet.
import { jsonWebToken } from "#base/json-web-token";
import type { Kernel } from "./kernel.ts";
import type { FileLayer, VolumeState } from "./state.ts";
import type { VolumeFile } from "./types.ts";

/** Fills a volume or replaces its content. */
export function setVolume(kernel: Kernel, volume: string, files: Record<string, VolumeFile>): void {
  kernel.state.volumes.set(volume, { files, at: kernel.context.now, layer: undefined });
}

export function removeVolume(kernel: Kernel, volume: string): void {
  kernel.state.volumes.delete(volume);
}

/** Its files, and the folders that they need: written out when somebody first looks, for few ever do. */
export function layerOf(kernel: Kernel, volume: string): FileLayer {
  let state = kernel.state.volumes.get(volume);
  if (!state) kernel.state.volumes.set(volume, (state = { files: {}, at: 0, layer: undefined }));
  return (state.layer ??= newLayer(state));
}

function newLayer({ files, at }: VolumeState): FileLayer {
  const layer: FileLayer = new Map([["", { kind: "directory", at }]]);
  for (const [path, file] of Object.entries(files)) {
    const parts = path.split("/").filter((part) => part !== "");
    parts
      .slice(0, -1)
      .forEach((_, index) => layer.set(parts.slice(0, index + 1).join("/"), { kind: "directory", at }));
    const { content, mode } =
      typeof file === "object" && "content" in file ? file : { content: file, mode: 0o644 };
    const text = typeof content === "string" ? content : jsonWebToken(content);
    layer.set(parts.join("/"), { kind: "file", text, mode, at });
  }
  return layer;
}

export function provideFolder(kernel: Kernel, volume: string, path: string): void {
  const layer = layerOf(kernel, volume);
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = 1; depth <= parts.length; depth++) {
    const key = parts.slice(0, depth).join("/");
    if (!layer.has(key)) layer.set(key, { kind: "directory", at: kernel.context.now });
  }
}
