// Volumes of a pod.
// Kubernetes: ValidateVolumes in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notSupported, required } from "../field-error.ts";
import { dns1123Label } from "../names.ts";
import { quantityOf } from "../quantity.ts";
import type { KeyToPath, Volume } from "./types.ts";
import { checkBacksteps, checkDescendingPath, checkMode, validateKeyToPath } from "./validate-paths.ts";
import {
  type DownwardItem,
  validateDownwardItems,
  validateProjected,
  type ProjectedSource,
} from "./validate-projected.ts";

const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
/** In the order in which Kubernetes looks for them; the second one that is there is refused. */
const SOURCES =
  "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc flexVolume configMap azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk storageos projected scaleIO csi ephemeral image".split(
    " ",
  );

/** The volumes that are fine, by name, with the kind of their source. */
export type VolumeSources = ReadonlyMap<string, string>;

export function validateVolumes(
  volumes: readonly Volume[],
  field: string,
): { errors: FieldError[]; names: VolumeSources } {
  const names = new Map<string, string>();
  const errors: FieldError[] = [];
  for (const [index, volume] of volumes.entries()) {
    const path = `${field}[${index}]`;
    const found = validateSources(volume, path);
    if (!volume.name) found.push(required(`${path}.name`));
    else found.push(...dns1123Label(volume.name).map((text) => invalid(`${path}.name`, volume.name, text)));
    if (names.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
    if (found.length === 0) names.set(volume.name, sourcesOf(volume)[0] ?? "");
    errors.push(...found);
  }
  return { errors, names };
}

function sourcesOf(volume: Volume): string[] {
  const given = volume as unknown as Record<string, unknown>;
  return SOURCES.filter((source) => given[source] !== undefined);
}

function validateSources(volume: Volume, field: string): FieldError[] {
  const present = sourcesOf(volume);
  const [first] = present;
  if (first === undefined) return [required(field, "must specify a volume type")];
  const odd: Record<string, string> = { cephfs: "cephFS", downwardAPI: "downwarAPI" };
  return [
    ...validateSource(volume, first, `${field}.${first}`),
    ...present
      .slice(1)
      .map((source) =>
        forbidden(`${field}.${odd[source] ?? source}`, "may not specify more than 1 volume type"),
      ),
  ];
}

function validateSource(volume: Volume, source: string, field: string): FieldError[] {
  switch (source) {
    case "emptyDir": {
      const limit = (volume.emptyDir as { sizeLimit?: string } | undefined)?.sizeLimit;
      const isNegative = quantityOf(limit) < 0;
      return isNegative
        ? [forbidden(`${field}.sizeLimit`, "SizeLimit field must be a valid resource quantity")]
        : [];
    }
    case "hostPath":
      return validateHostPath(volume.hostPath!, field);
    case "secret": {
      const { secretName, defaultMode, items } = volume.secret!;
      return [
        ...(secretName ? [] : [required(`${field}.secretName`)]),
        ...validateFiles(defaultMode, items, field),
      ];
    }
    case "configMap": {
      const { name, defaultMode, items } = volume.configMap!;
      return [...(name ? [] : [required(`${field}.name`)]), ...validateFiles(defaultMode, items, field)];
    }
    case "downwardAPI": {
      const { defaultMode, items = [] } = volume.downwardAPI as {
        defaultMode?: number;
        items?: DownwardItem[];
      };
      return [...checkMode(`${field}.defaultMode`, defaultMode), ...validateDownwardItems(items, field)];
    }
    case "projected": {
      const { defaultMode, sources = [] } = volume.projected!;
      return [
        ...checkMode(`${field}.defaultMode`, defaultMode),
        ...validateProjected(sources as ProjectedSource[], `${field}.sources`),
      ];
    }
    default:
      return validateStorage(volume, source, field);
  }
}

/** Simplified: of the storage plugins only what a manifest most often lacks is checked. */
function validateStorage(volume: Volume, source: string, field: string): FieldError[] {
  const given = (volume as unknown as Record<string, Record<string, string>>)[source] ?? {};
  const needs: Record<string, string[]> = {
    persistentVolumeClaim: ["claimName"],
    nfs: ["server", "path"],
    csi: ["driver"],
    gitRepo: ["repository"],
    iscsi: ["targetPortal", "iqn"],
    ephemeral: ["volumeClaimTemplate"],
  };
  const errors = (needs[source] ?? []).filter((key) => !given[key]).map((key) => required(`${field}.${key}`));
  const { path = "", directory = "" } = given;
  if (source === "nfs" && !path.startsWith("/"))
    errors.push(invalid(`${field}.path`, path, "must be an absolute path"));
  if (source === "gitRepo") errors.push(...checkDescendingPath(`${field}.directory`, directory));
  return errors;
}

function validateHostPath({ path, type }: { path: string; type?: string }, field: string): FieldError[] {
  if (!path) return [required(`${field}.path`)];
  const errors = checkBacksteps(`${field}.path`, path);
  if (type !== undefined && !HOST_PATH_TYPES.includes(type)) {
    errors.push(notSupported(`${field}.type`, type, HOST_PATH_TYPES));
  }
  return errors;
}

function validateFiles(
  mode: number | undefined,
  items: readonly KeyToPath[] = [],
  field: string,
): FieldError[] {
  return [
    ...checkMode(`${field}.defaultMode`, mode),
    ...items.flatMap((item, index) => validateKeyToPath(item, `${field}.items[${index}]`)),
  ];
}
