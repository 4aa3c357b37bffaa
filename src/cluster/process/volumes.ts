// Volumes of pods: directories that their containers share, filled by the kubelet.
import type { Kernel } from "./kernel.ts";
import type { FileLayer } from "./state.ts";

/** Fills a volume or replaces its content, with the folders that its files need. */
export function setVolume(kernel: Kernel, volume: string, files: Record<string, string>): void {
  const at = kernel.context.now;
  const layer: FileLayer = new Map([["", { kind: "directory", at }]]);
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/").filter((part) => part !== "");
    parts
      .slice(0, -1)
      .forEach((_, index) => layer.set(parts.slice(0, index + 1).join("/"), { kind: "directory", at }));
    layer.set(parts.join("/"), { kind: "file", text, mode: 0o644, at });
  }
  kernel.state.volumes.set(volume, layer);
}

export function removeVolume(kernel: Kernel, volume: string): void {
  kernel.state.volumes.delete(volume);
}
