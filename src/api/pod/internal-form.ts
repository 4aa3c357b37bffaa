// A pod's spec as the API server holds it inside: every field there is, in the order of Go's structs. Refusals of
// updates show it.
// Kubernetes: pkg/apis/core/types.go (v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";
import { escapeGoJson } from "../go-json.ts";
import { selectorValue } from "../labels.ts";
import type { Container, PodSpec } from "./types.ts";

/**
 * Field and what stands where nothing is given: `s` "", `i` 0, `b` false, `p` null, `r` resources of `p`; a type's name
 * is a struct, after `*` a pointer to one, after `[]` a list of them. Sources of volumes that are not spelled out are `p`.
 */
const FIELDS = `
PodSpec Volumes:[]Volume InitContainers:[]Container Containers:[]Container EphemeralContainers:[]EphemeralContainer RestartPolicy:s TerminationGracePeriodSeconds:p ActiveDeadlineSeconds:p DNSPolicy:s NodeSelector:p ServiceAccountName:s AutomountServiceAccountToken:p NodeName:s SecurityContext:*PodSecurityContext ImagePullSecrets:[]LocalObjectReference Hostname:s Subdomain:s SetHostnameAsFQDN:p Affinity:*Affinity SchedulerName:s Tolerations:[]Toleration HostAliases:[]HostAlias PriorityClassName:s Priority:p PreemptionPolicy:p DNSConfig:*PodDNSConfig ReadinessGates:[]PodReadinessGate RuntimeClassName:p Overhead:p EnableServiceLinks:p TopologySpreadConstraints:[]TopologySpreadConstraint OS:*LocalObjectReference SchedulingGates:[]LocalObjectReference ResourceClaims:p Resources:*ResourceRequirements HostnameOverride:p WorkloadRef:p
Volume Name:s HostPath:*HostPath EmptyDir:*EmptyDir GCEPersistentDisk:p AWSElasticBlockStore:p GitRepo:p Secret:*SecretVolume NFS:*NFS ISCSI:p Glusterfs:p PersistentVolumeClaim:*Claim RBD:p Quobyte:p FlexVolume:p Cinder:p CephFS:p Flocker:p DownwardAPI:*DownwardAPI FC:p AzureFile:p ConfigMap:*ConfigMapVolume VsphereVolume:p AzureDisk:p PhotonPersistentDisk:p Projected:*Projected PortworxVolume:p ScaleIO:p StorageOS:p CSI:p Ephemeral:p Image:p
HostPath Path:s Type:p
EmptyDir Medium:s SizeLimit:p
SecretVolume SecretName:s Items:[]KeyToPath DefaultMode:p Optional:p
ConfigMapVolume Name:s Items:[]KeyToPath DefaultMode:p Optional:p
NFS Server:s Path:s ReadOnly:b
Claim ClaimName:s ReadOnly:b
DownwardAPI Items:[]DownwardFile DefaultMode:p
DownwardItems Items:[]DownwardFile
DownwardFile Path:s FieldRef:*FieldRef ResourceFieldRef:*ResourceFieldRef Mode:p
FieldRef APIVersion:s FieldPath:s
ResourceFieldRef ContainerName:s Resource:s Divisor:q
KeyToPath Key:s Path:s Mode:p
Projected Sources:[]Projection DefaultMode:p
Projection Secret:*ProjectedKeys DownwardAPI:*DownwardItems ConfigMap:*ProjectedKeys ServiceAccountToken:*Token ClusterTrustBundle:p PodCertificate:p
ProjectedKeys Name:s Items:[]KeyToPath Optional:p
Token Audience:s ExpirationSeconds:i Path:s
Container Name:s Image:s Command:p Args:p WorkingDir:s Ports:[]ContainerPort EnvFrom:[]EnvFrom Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ResizePolicy RestartPolicy:p RestartPolicyRules:p VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath:s TerminationMessagePolicy:s ImagePullPolicy:s SecurityContext:*SecurityContext Stdin:b StdinOnce:b TTY:b
ContainerPort Name:s HostPort:i ContainerPort:i Protocol:s HostIP:s
EnvFrom Prefix:s ConfigMapRef:*OptionalName SecretRef:*OptionalName
OptionalName Name:s Optional:p
EnvVar Name:s Value:s ValueFrom:*EnvSource
EnvSource FieldRef:*FieldRef ResourceFieldRef:*ResourceFieldRef ConfigMapKeyRef:*KeyRef SecretKeyRef:*KeyRef FileKeyRef:*FileKeyRef
KeyRef Name:s Key:s Optional:p
FileKeyRef VolumeName:s Path:s Key:s Optional:p
ResourceRequirements Limits:p Requests:p Claims:p
ResizePolicy ResourceName:s RestartPolicy:s
VolumeMount Name:s ReadOnly:b RecursiveReadOnly:p MountPath:s SubPath:s MountPropagation:p SubPathExpr:s
VolumeDevice Name:s DevicePath:s
Probe Exec:*Exec HTTPGet:*HTTPGet TCPSocket:*TCPSocket GRPC:*GRPC InitialDelaySeconds:i TimeoutSeconds:i PeriodSeconds:i SuccessThreshold:i FailureThreshold:i TerminationGracePeriodSeconds:p
Exec Command:p
HTTPGet Path:s Port:i Host:s Scheme:s HTTPHeaders:[]Header
Header Name:s Value:s
TCPSocket Port:i Host:s
GRPC Port:i Service:p
Lifecycle PostStart:*Handler PreStop:*Handler StopSignal:p
Handler Exec:*Exec HTTPGet:*HTTPGet TCPSocket:*TCPSocket Sleep:*Sleep
Sleep Seconds:i
SecurityContext Capabilities:*Capabilities Privileged:p SELinuxOptions:*SELinux WindowsOptions:p RunAsUser:p RunAsGroup:p RunAsNonRoot:p ReadOnlyRootFilesystem:p AllowPrivilegeEscalation:p ProcMount:p SeccompProfile:*Profile AppArmorProfile:*Profile
Capabilities Add:p Drop:p
SELinux User:s Role:s Type:s Level:s
Profile Type:s LocalhostProfile:p
PodSecurityContext HostNetwork:b HostPID:b HostIPC:b ShareProcessNamespace:p HostUsers:p SELinuxOptions:*SELinux WindowsOptions:p RunAsUser:p RunAsGroup:p RunAsNonRoot:p SupplementalGroups:p SupplementalGroupsPolicy:p FSGroup:p FSGroupChangePolicy:p Sysctls:[]Header SeccompProfile:*Profile AppArmorProfile:*Profile SELinuxChangePolicy:p
LocalObjectReference Name:s
Affinity NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity PodAntiAffinity:*PodAffinity
NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[]Preferred
NodeSelector NodeSelectorTerms:[]NodeTerm
NodeTerm MatchExpressions:[]NodeRequirement MatchFields:[]NodeRequirement
NodeRequirement Key:s Operator:s Values:p
Preferred Weight:i Preference:NodeTerm
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]PodTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedTerm
WeightedTerm Weight:i PodAffinityTerm:PodTerm
PodTerm LabelSelector:l Namespaces:p TopologyKey:s NamespaceSelector:l MatchLabelKeys:p MismatchLabelKeys:p
Toleration Key:s Operator:s Value:s Effect:s TolerationSeconds:p
HostAlias IP:s Hostnames:p
PodDNSConfig Nameservers:p Searches:p Options:[]DNSOption
DNSOption Name:s Value:p
PodReadinessGate ConditionType:s
TopologySpreadConstraint MaxSkew:i TopologyKey:s WhenUnsatisfiable:s LabelSelector:l MinDomains:p NodeAffinityPolicy:p NodeTaintsPolicy:p MatchLabelKeys:p
`;

const TYPES = new Map(
  FIELDS.trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...fields] = line.split(" ");
      return [name, fields.map((field) => field.split(":") as [string, string])] as const;
    }),
);

TYPES.set("EphemeralContainer", [...TYPES.get("Container")!, ["TargetContainerName", "s"]]);

const ODD_NAMES: Record<string, string> = { CephFS: "cephfs", StorageOS: "storageos" };
const ZERO: Record<string, Json> = { s: "", i: 0, b: false, q: "0" };
const IN_SECURITY_CONTEXT = ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];

/** "DNSPolicy" is dnsPolicy in a manifest, "IP" is ip, "HostIP" hostIP. */
function manifestName(name: string): string {
  const capitals = /^[A-Z]+/.exec(name)?.[0].length ?? 0;
  const lowered = capitals === name.length ? capitals : Math.max(1, capitals - 1);
  return ODD_NAMES[name] ?? name.slice(0, lowered).toLowerCase() + name.slice(lowered);
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortKeys((value as JsonObject)[key] ?? null)]));
}

function internalStruct(type: string, given: JsonObject): JsonObject {
  const fields = (TYPES.get(type) ?? []).map(([name, shape]) => [
    name,
    internalValue(shape, given[manifestName(name)]),
  ]);
  return Object.fromEntries(fields) as JsonObject;
}

function internalValue(shape: string, given: Json | undefined): Json {
  if (shape.startsWith("[]")) {
    if (!Array.isArray(given)) return null;
    return given.map((item) => internalStruct(shape.slice(2), item as JsonObject));
  }
  if (shape.startsWith("*"))
    return isObject(given) ? internalStruct(shape.slice(1), given as JsonObject) : null;
  if (TYPES.has(shape)) return internalStruct(shape, (given ?? {}) as JsonObject);
  if (given === undefined || given === null) return ZERO[shape] ?? null;
  return shape === "l" ? selectorValue(given as object) : sortKeys(given);
}

/** One struct of those above, as refusals show it. */
export const internalOf = (type: "SecurityContext" | "Profile", given: object): JsonObject =>
  internalStruct(type, given as JsonObject);

/** JSON with an indentation of one space, as it is compared line by line. */
export function internalForm(spec: PodSpec): string {
  const given = spec as unknown as JsonObject;
  const security: JsonObject = { ...(given["securityContext"] as JsonObject) };
  for (const name of IN_SECURITY_CONTEXT) if (given[name] !== undefined) security[name] = given[name];
  return goJson(internalStruct("PodSpec", { ...given, securityContext: security }));
}

export function internalEphemeralContainer(container: Container): string {
  return goJson(internalStruct("EphemeralContainer", container as unknown as JsonObject));
}

const goJson = (value: JsonObject): string => escapeGoJson(JSON.stringify(value, null, 1));
