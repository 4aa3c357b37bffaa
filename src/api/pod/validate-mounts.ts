// Where a container mounts volumes, or has them as raw devices.
// Kubernetes: ValidateVolumeMounts and ValidateVolumeDevices in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, notFound, notSupported, required } from "../field-error.ts";
import type { Container } from "./types.ts";
import { checkBacksteps, checkDescendingPath } from "./validate-paths.ts";
import type { VolumeSources } from "./validate-volumes.ts";

/** What the types of the simulation leave out. */
interface Mount {
  name: string;
  mountPath: string;
  readOnly?: boolean;
  subPath?: string;
  subPathExpr?: string;
  mountPropagation?: string;
  recursiveReadOnly?: string;
}

interface Device {
  name?: string;
  devicePath?: string;
}

interface Volumed {
  volumeMounts?: Mount[];
  volumeDevices?: Device[];
  securityContext?: { privileged?: boolean };
}

export function validateMounts(container: Container, volumes: VolumeSources, path: string): FieldError[] {
  const { volumeMounts = [], volumeDevices = [], securityContext } = container as Volumed;
  const field = `${path}.volumeMounts`;
  const paths = new Set<string>();
  const errors = volumeMounts.flatMap((mount, index) => {
    const { name, mountPath } = mount;
    const at = `${field}[${index}]`;
    const found: FieldError[] = [];
    if (!name) found.push(required(`${at}.name`));
    if (!volumes.has(name)) found.push(notFound(`${at}.name`, name ?? ""));
    if (!mountPath) found.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) found.push(invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if (volumeDevices.some((device) => device.name === name))
      found.push(invalid(`${at}.name`, name, "must not already exist in volumeDevices"));
    if (volumeDevices.some(({ devicePath }) => devicePath === mountPath))
      found.push(invalid(`${at}.mountPath`, mountPath, "must not already exist as a path in volumeDevices"));
    // The index is missing in the real paths of the rest too.
    found.push(...checkSubPaths(mount, field, at));
    found.push(...checkPropagation(mount, securityContext?.privileged === true, `${field}.mountPropagation`));
    return [...found, ...checkRecursive(mount, `${field}.recursiveReadOnly`)];
  });
  return [...errors, ...validateDevices(volumeDevices, volumeMounts, volumes, `${path}.volumeDevices`)];
}

function checkSubPaths({ subPath, subPathExpr }: Mount, field: string, at: string): FieldError[] {
  const errors = subPath ? checkDescendingPath(`${field}.subPath`, subPath) : [];
  if (!subPathExpr) return errors;
  if (subPath) {
    const detail = "subPathExpr and subPath are mutually exclusive";
    errors.push(invalid(`${at}.subPathExpr`, subPathExpr, detail));
  }
  return [...errors, ...checkDescendingPath(`${field}.subPathExpr`, subPathExpr)];
}

function checkPropagation({ mountPropagation }: Mount, isPrivileged: boolean, field: string): FieldError[] {
  if (mountPropagation === undefined) return [];
  const modes = ["Bidirectional", "HostToContainer", "None"];
  if (!modes.includes(mountPropagation)) return [notSupported(field, mountPropagation, modes)];
  if (mountPropagation !== "Bidirectional" || isPrivileged) return [];
  return [forbidden(field, "Bidirectional mount propagation is available only to privileged containers")];
}

function checkRecursive(
  { readOnly, mountPropagation, recursiveReadOnly }: Mount,
  field: string,
): FieldError[] {
  if (recursiveReadOnly === undefined || recursiveReadOnly === "Disabled") return [];
  const modes = ["Disabled", "Enabled", "IfPossible"];
  if (!modes.includes(recursiveReadOnly)) return [notSupported(field, recursiveReadOnly, modes)];
  const errors = readOnly ? [] : [forbidden(field, "may only be specified when readOnly is true")];
  if (mountPropagation !== undefined && mountPropagation !== "None") {
    const detail = "may only be specified when mountPropagation is None or not specified";
    errors.push(forbidden(field, detail));
  }
  return errors;
}

function validateDevices(
  devices: readonly Device[],
  mounts: readonly Mount[],
  volumes: VolumeSources,
  field: string,
): FieldError[] {
  const names = new Set<string>();
  const paths = new Set<string>();
  return devices.flatMap(({ name = "", devicePath = "" }, index) => {
    const at = `${field}[${index}]`;
    const errors: FieldError[] = [];
    const source = volumes.get(name);
    if (!name) errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, "must be unique"));
    if (source === undefined) errors.push(notFound(`${at}.name`, name));
    else if (source !== "persistentVolumeClaim" && source !== "ephemeral") {
      const detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      errors.push(invalid(`${at}.name`, name, detail));
    }
    if (!devicePath) errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, "must be unique"));
    if (checkBacksteps(`${at}.devicePath`, devicePath).length > 0)
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name))
      errors.push(invalid(`${at}.name`, name, "must not already exist in volumeMounts"));
    if (mounts.some(({ mountPath }) => mountPath === devicePath))
      errors.push(
        invalid(`${at}.devicePath`, devicePath, "must not already exist as a path in volumeMounts"),
      );
    if (name) names.add(name);
    return errors;
  });
}
