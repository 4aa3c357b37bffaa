// Volumes of a pod and where containers mount them.
// Kubernetes: ValidateVolumes in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notFound, notSupported, required } from "../field-error.ts";
import { dns1123Label } from "../names.ts";
import { quantityOf } from "../quantity.ts";
import type { Container, KeyToPath, Volume } from "./types.ts";
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

/** Errors, and the names of the volumes that are fine. */
export function validateVolumes(
  volumes: readonly Volume[],
  field: string,
): { errors: FieldError[]; names: Set<string> } {
  const names = new Set<string>();
  const errors: FieldError[] = [];
  for (const [index, volume] of volumes.entries()) {
    const path = `${field}[${index}]`;
    const found = validateSources(volume, path);
    if (!volume.name) found.push(required(`${path}.name`));
    else found.push(...dns1123Label(volume.name).map((text) => invalid(`${path}.name`, volume.name, text)));
    if (names.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
    if (found.length === 0) names.add(volume.name);
    errors.push(...found);
  }
  return { errors, names };
}

function validateSources(volume: Volume, field: string): FieldError[] {
  const given = volume as unknown as Record<string, unknown>;
  const present = SOURCES.filter((source) => given[source] !== undefined);
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
      return [
        ...checkMode(`${field}.defaultMode`, defaultMode),
        ...validateDownwardItems(items, `${field}.items`),
      ];
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
  const needs: Record<string, string[]> = { persistentVolumeClaim: ["claimName"], nfs: ["server", "path"] };
  const errors = (needs[source] ?? []).filter((key) => !given[key]).map((key) => required(`${field}.${key}`));
  const path = given["path"];
  if (source === "nfs" && path && !path.startsWith("/")) {
    errors.push(invalid(`${field}.path`, path, "must be an absolute path"));
  }
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

export function validateMounts(
  { volumeMounts = [] }: Container,
  volumes: ReadonlySet<string>,
  field: string,
): FieldError[] {
  const paths = new Set<string>();
  return volumeMounts.flatMap(({ name, mountPath, subPath, subPathExpr }, index) => {
    const path = `${field}[${index}]`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(`${path}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${path}.name`, name ?? ""));
    if (!mountPath) errors.push(required(`${path}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    // The index is missing in the real paths too.
    if (subPath) errors.push(...checkDescendingPath(`${field}.subPath`, subPath));
    if (subPathExpr) {
      if (subPath) {
        errors.push(
          invalid(`${path}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive"),
        );
      }
      errors.push(...checkDescendingPath(`${field}.subPathExpr`, subPathExpr));
    }
    return errors;
  });
}
