// AppArmor profiles that were given as annotations, as before version 1.30: a new pod gets them as fields, and a warning.
// Kubernetes: pkg/registry/core/pod/strategy.go, applyAppArmorVersionSkew (v1.35)
import { deepEqual, type JsonObject } from "#base/json";
import type { Unmodelled } from "../meta.ts";
import type { Container, PodSpec } from "./types.ts";

export const APP_ARMOR_PREFIX = "container.apparmor.security.beta.kubernetes.io/";
const LOCALHOST = "localhost/";

interface Annotated {
  metadata: { annotations?: Record<string, string> };
  spec: PodSpec;
}

interface WithProfile {
  appArmorProfile?: Unmodelled;
}

/** The profile that an annotation's value names. */
function profileOf(value: string): Unmodelled | undefined {
  if (value === "unconfined") return { type: "Unconfined" };
  if (value === "runtime/default") return { type: "RuntimeDefault" };
  const localhostProfile = value.startsWith(LOCALHOST) ? value.slice(LOCALHOST.length) : "";
  return localhostProfile === "" ? undefined : { type: "Localhost", localhostProfile };
}

const isValid = (profile: Unmodelled): boolean => {
  const name = profile["localhostProfile"];
  return typeof name !== "string" || (name.trim() === name && name.length <= 4095);
};

const podProfile = (spec: PodSpec): Unmodelled | undefined =>
  (spec.securityContext as WithProfile | undefined)?.appArmorProfile;

const ownProfile = ({ securityContext }: Container): Unmodelled | undefined =>
  (securityContext as WithProfile | undefined)?.appArmorProfile;

const warning = (prefix: string, name: string): string =>
  `${prefix}metadata.annotations[${APP_ARMOR_PREFIX}${name}]: deprecated since v1.30; use the "appArmorProfile" field instead`;

/** Templates keep their annotations; `prefix` is "spec.template.". */
export function appArmorWarnings(
  { metadata, spec }: Annotated,
  container: Container,
  prefix: string,
): string[] {
  const value = metadata.annotations?.[APP_ARMOR_PREFIX + container.name];
  if (value === undefined || ownProfile(container)) return [];
  const profile = podProfile(spec);
  return profile && deepEqual(profile, profileOf(value) ?? null) ? [] : [warning(prefix, container.name)];
}

/** A new pod, with the profiles of its annotations as fields. */
export function withAppArmorFields(object: JsonObject, warn: (text: string) => void): JsonObject {
  const { metadata, spec } = object as unknown as Annotated;
  const annotations = metadata.annotations ?? {};
  if (!Object.keys(annotations).some((key) => key.startsWith(APP_ARMOR_PREFIX))) return object;
  const filled = (container: Container): Container => {
    const value = annotations[APP_ARMOR_PREFIX + container.name];
    if (value === undefined || ownProfile(container)) return container;
    const given = profileOf(value);
    const appArmorProfile = given && isValid(given) ? given : undefined;
    const isNew = appArmorProfile && !deepEqual(appArmorProfile, podProfile(spec) ?? null);
    if (!appArmorProfile || isNew) warn(warning("", container.name));
    if (!isNew) return container;
    return { ...container, securityContext: { ...container.securityContext, appArmorProfile } };
  };
  const lists = (["initContainers", "containers"] as const).filter((list) => spec[list]);
  const containers = Object.fromEntries(lists.map((list) => [list, spec[list]!.map(filled)]));
  return { ...object, spec: { ...spec, ...containers } as unknown as JsonObject };
}
