// What the API server fills into pods and pod templates before they are checked.
// Kubernetes: pkg/apis/core/v1/defaults.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import { memo } from "#base/memo";
import { canonical } from "../canonical.ts";
import { defaultPlugin } from "./default-volumes.ts";
import { isLatest } from "./image-tag.ts";
import type { Container, PodSpec, PodTemplateSpec, Probe, ProbeHandler, Volume } from "./types.ts";

const GRACE_SECONDS = 30;
const FILE_MODE = 0o644;

export function defaultPod(object: JsonObject): JsonObject {
  const { spec } = object;
  if (!isObject(spec)) return { ...canonical("Pod", object), spec: newPodSpec({}) };
  return { ...canonical("Pod", { ...object, spec: {} }), spec: memo(specs, spec as JsonObject, newPodSpec) };
}

/** By the spec that was given: the pods of a ReplicaSet all come with the one of its template. */
const specs = new WeakMap<JsonObject, JsonObject>();

function newPodSpec(given: JsonObject): JsonObject {
  const spec = defaultPodSpec(canonical("PodSpec", given) as unknown as PodSpec);
  const finish = (container: Container): Container =>
    defaultRequests(defaultHostPorts(container, spec.hostNetwork));
  const { initContainers } = spec;
  if (spec.containers) spec.containers = spec.containers.map(finish);
  if (initContainers) spec.initContainers = initContainers.map(finish);
  spec.enableServiceLinks ??= true;
  // Pods, unlike templates, never keep a negative grace period.
  if (spec.terminationGracePeriodSeconds < 0) spec.terminationGracePeriodSeconds = 1;
  return spec as unknown as JsonObject;
}

export function defaultTemplate(template: PodTemplateSpec): PodTemplateSpec {
  const spec = defaultPodSpec(template.spec);
  return { ...template, spec };
}

function defaultPodSpec(given: PodSpec): PodSpec {
  const spec: PodSpec = {
    ...given,
    dnsPolicy: given.dnsPolicy || "ClusterFirst",
    restartPolicy: given.restartPolicy || "Always",
    securityContext: given.securityContext ?? {},
    terminationGracePeriodSeconds: given.terminationGracePeriodSeconds ?? GRACE_SECONDS,
    schedulerName: given.schedulerName || "default-scheduler",
  };
  // The old name of the field is kept in step with the new one.
  const account = given.serviceAccountName || given.serviceAccount;
  if (account) Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
  if (given.containers) spec.containers = given.containers.map(defaultContainer);
  if (given.initContainers) spec.initContainers = given.initContainers.map(defaultContainer);
  if (given.ephemeralContainers) spec.ephemeralContainers = given.ephemeralContainers.map(defaultContainer);
  if (given.volumes) spec.volumes = given.volumes.map(defaultVolume);
  return spec;
}

function defaultContainer(given: Container): Container {
  const container: Container = {
    ...given,
    imagePullPolicy: given.imagePullPolicy || (isLatest(given.image ?? "") ? "Always" : "IfNotPresent"),
    terminationMessagePath: given.terminationMessagePath || "/dev/termination-log",
    terminationMessagePolicy: given.terminationMessagePolicy || "File",
    resources: given.resources ?? {},
  };
  if (given.ports)
    container.ports = given.ports.map((port) => ({ ...port, protocol: port.protocol || "TCP" }));
  if (given.env) {
    container.env = given.env.map((variable) => {
      const fieldRef = variable.valueFrom?.fieldRef;
      if (!fieldRef || fieldRef.apiVersion) return variable;
      return {
        ...variable,
        valueFrom: { ...variable.valueFrom, fieldRef: { apiVersion: "v1", ...fieldRef } },
      };
    });
  }
  for (const name of ["livenessProbe", "readinessProbe", "startupProbe"] as const) {
    const probe = given[name];
    if (probe) container[name] = defaultProbe(probe);
  }
  const { lifecycle } = given;
  if (lifecycle) {
    container.lifecycle = { ...lifecycle };
    if (lifecycle.postStart) container.lifecycle.postStart = defaultHandler(lifecycle.postStart);
    if (lifecycle.preStop) container.lifecycle.preStop = defaultHandler(lifecycle.preStop);
  }
  return container;
}

function defaultHandler<H extends ProbeHandler>(handler: H): H {
  const { httpGet, grpc } = handler;
  const next = { ...handler };
  if (httpGet) next.httpGet = { ...httpGet, path: httpGet.path || "/", scheme: httpGet.scheme || "HTTP" };
  if (grpc) next.grpc = { ...grpc, service: grpc.service ?? "" };
  return next;
}

function defaultProbe(probe: Probe): Probe {
  return {
    ...defaultHandler(probe),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

type Projection = {
  downwardAPI?: { items?: object[] };
  serviceAccountToken?: { expirationSeconds?: number };
};

function defaultVolume(given: Volume): Volume {
  const sources = Object.keys(given).filter((key) => key !== "name");
  if (sources.length === 0) return { ...given, emptyDir: {} };
  const volume = { ...given };
  if (volume.configMap)
    volume.configMap = { ...volume.configMap, defaultMode: volume.configMap.defaultMode ?? FILE_MODE };
  if (volume.secret)
    volume.secret = { ...volume.secret, defaultMode: volume.secret.defaultMode ?? FILE_MODE };
  if (volume.downwardAPI)
    volume.downwardAPI = { defaultMode: FILE_MODE, ...withFieldVersions(volume.downwardAPI) };
  if (volume.hostPath) volume.hostPath = { ...volume.hostPath, type: volume.hostPath.type ?? "" };
  Object.assign(volume, defaultPlugin(given));
  if (volume.projected) {
    const { sources: projections } = volume.projected;
    volume.projected = { ...volume.projected, defaultMode: volume.projected.defaultMode ?? FILE_MODE };
    if (projections) {
      volume.projected.sources = projections.map((source) =>
        defaultProjection(source as Projection),
      ) as typeof projections;
    }
  }
  return volume;
}

function defaultProjection(source: Projection): Projection {
  const next = { ...source };
  if (next.downwardAPI) next.downwardAPI = withFieldVersions(next.downwardAPI);
  if (next.serviceAccountToken)
    next.serviceAccountToken = { expirationSeconds: 3600, ...next.serviceAccountToken };
  return next;
}

function withFieldVersions<S extends object>(source: S): S {
  const { items } = source as { items?: { fieldRef?: object }[] };
  if (!items) return source;
  const filled = items.map((item) =>
    item.fieldRef ? { ...item, fieldRef: { apiVersion: "v1", ...item.fieldRef } } : item,
  );
  return { ...source, items: filled };
}

/** Only pods, not templates: what is limited is also requested. */
function defaultRequests(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  if (!limits) return container;
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } };
}

function defaultHostPorts(container: Container, hostNetwork: boolean | undefined): Container {
  if (!hostNetwork || !container.ports) return container;
  return {
    ...container,
    ports: container.ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort })),
  };
}
