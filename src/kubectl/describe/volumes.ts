// Volumes of a pod or of a template. Sources whose fields are just listed stand in a table.
// Kubernetes: describeVolumes in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Volume } from "#api/pod/types";
import { parseQuantity } from "#api/quantity";
import { line, type Lines } from "./lines.ts";
import { VOLUME_SOURCES, type Source } from "./volume-sources.ts";

export function volumesLines(volumes: readonly Volume[] | undefined, inTemplate = false): Lines {
  const indent = inTemplate ? "  " : "";
  if (!volumes?.length) return [line(0, `${indent}Volumes:`, "<none>")];
  return [
    `${indent}Volumes:`,
    ...volumes.flatMap((volume) => [
      line(1, `${inTemplate ? " " : ""}${volume.name}:`),
      ...sourceLines(volume as unknown as Record<string, Source | undefined>),
    ]),
  ];
}

const text = (value: unknown): string => (value === undefined ? "" : String(value));

function sourceLines(volume: Record<string, Source | undefined>): Lines {
  const { emptyDir, projected, downwardAPI } = volume;
  if (emptyDir) return emptyDirLines(emptyDir);
  if (projected) return projectedLines(projected);
  if (downwardAPI) return downwardLines(downwardAPI);
  const found = VOLUME_SOURCES.find(({ field }) => volume[field]);
  if (!found) return [line(1, "<unknown>")];
  const source = volume[found.field]!;
  return [
    line(2, "Type:", found.type),
    ...found.shown.map(([title, read]) =>
      line(2, `${title}:`, text(typeof read === "string" ? source[read] : read(source))),
    ),
  ];
}

function emptyDirLines({ medium, sizeLimit }: Source): Lines {
  const limit = text(sizeLimit);
  return [
    line(2, "Type:", "EmptyDir (a temporary directory that shares a pod's lifetime)"),
    line(2, "Medium:", text(medium)),
    line(2, "SizeLimit:", (parseQuantity(limit) ?? 0) > 0 ? limit : "<unset>"),
  ];
}

interface ProjectedSource {
  secret?: { name?: string; optional?: boolean };
  configMap?: { name?: string; optional?: boolean };
  downwardAPI?: object;
  serviceAccountToken?: { expirationSeconds?: number };
}

function projectedLines({ sources = [] }: Source): Lines {
  return [
    line(2, "Type:", "Projected (a volume that contains injected data from multiple sources)"),
    ...(sources as ProjectedSource[]).flatMap(({ secret, configMap, downwardAPI, serviceAccountToken }) => {
      if (secret) return namedLines("SecretName", secret);
      if (downwardAPI) return [line(2, "DownwardAPI:", "true")];
      if (configMap) return namedLines("ConfigMapName", configMap);
      return serviceAccountToken
        ? [line(2, "TokenExpirationSeconds:", text(serviceAccountToken.expirationSeconds))]
        : [];
    }),
  ];
}

const namedLines = (title: string, { name, optional }: { name?: string; optional?: boolean }): Lines => [
  line(2, `${title}:`, text(name)),
  line(2, "Optional:", String(optional === true)),
];

interface DownwardItem {
  path: string;
  fieldRef?: { fieldPath: string };
  resourceFieldRef?: { resource: string };
}

function downwardLines({ items = [] }: Source): Lines {
  return [
    line(2, "Type:", "DownwardAPI (a volume populated by information about the pod)"),
    line(2, "Items:"),
    ...(items as DownwardItem[]).flatMap(({ path, fieldRef, resourceFieldRef }) => [
      ...(fieldRef ? [line(3, `${fieldRef.fieldPath} -> ${path}`)] : []),
      ...(resourceFieldRef ? [line(3, `${resourceFieldRef.resource} -> ${path}`)] : []),
    ]),
  ];
}
