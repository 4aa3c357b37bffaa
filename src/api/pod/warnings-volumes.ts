// Warnings that a pod's volumes come with: plugins of old, and files of one volume that get into each other's way.
// warnings.ts calls it.
// Kubernetes: pkg/api/pod/warnings.go (v1.35)
import { withoutTrailing } from "#base/trailing";
import { quantityOf } from "../quantity.ts";
import type { Unmodelled } from "../meta.ts";
import type { KeyToPath, PodSpec, Volume } from "./types.ts";

const OLD_PLUGINS: Record<string, string> = {
  photonPersistentDisk: "deprecated in v1.11, non-functional in v1.16+",
  gitRepo: "deprecated in v1.11, and disabled by default in v1.33+",
  scaleIO: "deprecated in v1.16, non-functional in v1.22+",
  flocker: "deprecated in v1.22, non-functional in v1.25+",
  storageos: "deprecated in v1.22, non-functional in v1.25+",
  quobyte: "deprecated in v1.22, non-functional in v1.25+",
  glusterfs: "deprecated in v1.25, non-functional in v1.26+",
  cephfs: "deprecated in v1.28, non-functional in v1.31+",
  rbd: "deprecated in v1.28, non-functional in v1.31+",
};
/** Where Go's field is not called as the manifest's. */
const SHOWN: Record<string, string> = { storageos: "storageOS" };

interface ClaimTemplate {
  spec?: { resources?: { requests?: Record<string, string>; limits?: Record<string, string> } };
}

export function volumeWarnings(spec: PodSpec, path: string): string[] {
  const volumes = spec.volumes ?? [];
  return [
    ...volumes.flatMap((volume, index) => [
      ...Object.entries(OLD_PLUGINS).flatMap(([plugin, text]) =>
        plugin in volume ? [`${path}.volumes[${index}].${SHOWN[plugin] ?? plugin}: ${text}`] : [],
      ),
      ...claimWarnings(volume, `${path}.volumes[${index}]`),
    ]),
    ...volumes.flatMap(overlapWarnings),
  ];
}

function claimWarnings(volume: Volume, path: string): string[] {
  const { ephemeral } = volume as Volume & { ephemeral?: { volumeClaimTemplate?: ClaimTemplate } };
  const resources = ephemeral?.volumeClaimTemplate?.spec?.resources;
  return (["requests", "limits"] as const).flatMap((list) => {
    const text = resources?.[list]?.["storage"];
    if (text === undefined || Number.isInteger(quantityOf(text))) return [];
    const field = `${path}.ephemeral.volumeClaimTemplate.spec.resources.${list}[storage]`;
    return [`${field}: fractional byte value "${text}" is invalid, must be an integer`];
  });
}

interface PlacedFile {
  path: string;
  /** Where it comes from, in projected volumes. */
  source: string;
}

const filesOf = (items: readonly { path: string }[] | undefined, source: string): PlacedFile[] =>
  (items ?? []).map(({ path }) => ({ path, source }));

function overlapWarnings(volume: Volume): string[] {
  const { name, configMap, secret, downwardAPI, projected } = volume;
  const warn = (kind: string, files: PlacedFile[]): string[] =>
    overlaps(files).map((text) => `volume ${quoted(name)} (${kind}): overlapping paths: ${text}`);
  const sources = (projected?.sources ?? []) as ProjectedSource[];
  return [
    ...warn(`ConfigMap ${quoted(configMap?.name)}`, filesOf(configMap?.items, "")),
    ...warn(`Secret ${quoted(secret?.secretName)}`, filesOf(secret?.items, "")),
    ...warn("DownwardAPI", filesOf((downwardAPI as { items?: KeyToPath[] } | undefined)?.items, "")),
    ...sources
      .filter((source) => Object.keys(source).length === 0)
      .map(() => `volume ${quoted(name)} (Projected) has no sources provided`),
    ...warn("Projected", sources.flatMap(projectedFiles)),
  ];
}

type ProjectedSource = Unmodelled & {
  configMap?: { name?: string; items?: KeyToPath[] };
  secret?: { name?: string; items?: KeyToPath[] };
  downwardAPI?: { items?: KeyToPath[] };
  serviceAccountToken?: { path: string };
  clusterTrustBundle?: { name?: string; signerName?: string; path: string };
  podCertificate?: { certificateChainPath?: string; keyPath?: string; credentialBundlePath?: string };
};

function projectedFiles(source: ProjectedSource): PlacedFile[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  if (configMap?.items) return filesOf(configMap.items, `ConfigMap ${quoted(configMap.name)}`);
  if (secret?.items) return filesOf(secret.items, `Secret ${quoted(secret.name)}`);
  if (downwardAPI?.items) return filesOf(downwardAPI.items, "DownwardAPI");
  if (serviceAccountToken) return filesOf([serviceAccountToken], "ServiceAccountToken");
  if (clusterTrustBundle) {
    const { name, signerName } = clusterTrustBundle;
    return filesOf([clusterTrustBundle], `ClusterTrustBundle ${quoted(name ?? signerName)}`);
  }
  if (!podCertificate) return [];
  const { certificateChainPath = "", keyPath = "", credentialBundlePath = "" } = podCertificate;
  return [
    { path: certificateChainPath, source: "PodCertificate chain" },
    { path: keyPath, source: "PodCertificate key" },
    { path: credentialBundlePath, source: "PodCertificate credential bundle" },
  ].filter(({ path }) => path !== "");
}

/** Each file with every earlier one that is the same, lies in it, or has it inside. */
function overlaps(files: readonly PlacedFile[]): string[] {
  const before: PlacedFile[] = [];
  const texts: string[] = [];
  for (const given of files) {
    const file = { ...given, path: withoutTrailing(given.path, "/") };
    for (const other of before) {
      if (file.path === "" || other.path === "") continue;
      const [one, two] = [`${file.path}/`, `${other.path}/`];
      if (one.startsWith(two) || two.startsWith(one)) texts.push(`${shown(file)} with ${shown(other)}`);
    }
    before.push(file);
  }
  return texts;
}

const shown = ({ path, source }: PlacedFile): string => quoted(path) + (source ? ` (${source})` : "");

function quoted(text = ""): string {
  return JSON.stringify(text);
}
