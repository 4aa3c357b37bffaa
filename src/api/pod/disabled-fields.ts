// Fields behind feature gates that are off by default: the server takes them and lets them go before it looks further.
// Kubernetes: pkg/api/pod/util.go, dropDisabledFields (v1.35)
import type { PodSpec } from "./types.ts";

const SOURCES = ["clusterTrustBundle", "podCertificate"];

export function withoutDisabled(spec: PodSpec): PodSpec {
  if (!spec) return spec;
  let next = spec;
  if ("workloadRef" in spec) {
    const { workloadRef: _workload, ...rest } = spec as PodSpec & { workloadRef: unknown };
    next = rest;
  }
  const isTouched = spec.volumes?.some(({ projected }) =>
    projected?.sources?.some((source) => SOURCES.some((name) => name in source)),
  );
  if (!isTouched) return next;
  const volumes = spec.volumes!.map((volume) => {
    const { projected } = volume;
    if (!projected?.sources) return volume;
    const sources = projected.sources.map((source) =>
      Object.fromEntries(Object.entries(source).filter(([name]) => !SOURCES.includes(name))),
    );
    return { ...volume, projected: { ...projected, sources } };
  });
  return { ...next, volumes };
}
