// The volume sources whose description is a type and a list of fields, in the order in which kubectl looks for them.
// Kubernetes: describeVolumes in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)

/** As it stands in the pod; which fields are there depends on the source. */
export type Source = Record<string, unknown>;

type Read = string | ((source: Source) => unknown);

export interface VolumeSource {
  field: string;
  type: string;
  shown: readonly (readonly [title: string, read: Read])[];
}

const optional: Read = (source) => source["optional"] === true;
const READ_ONLY = ["ReadOnly", (source: Source) => source["readOnly"] === true] as const;
const FS_TYPE = ["FSType", "fsType"] as const;

export const VOLUME_SOURCES: readonly VolumeSource[] = [
  {
    field: "hostPath",
    type: "HostPath (bare host directory volume)",
    shown: [
      ["Path", "path"],
      ["HostPathType", (source) => source["type"] ?? "<none>"],
    ],
  },
  {
    field: "gcePersistentDisk",
    type: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    shown: [["PDName", "pdName"], FS_TYPE, ["Partition", (source) => source["partition"] ?? 0], READ_ONLY],
  },
  {
    field: "awsElasticBlockStore",
    type: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    shown: [
      ["VolumeID", "volumeID"],
      FS_TYPE,
      ["Partition", (source) => source["partition"] ?? 0],
      READ_ONLY,
    ],
  },
  {
    field: "gitRepo",
    type: "GitRepo (a volume that is pulled from git when the pod is created)",
    shown: [
      ["Repository", "repository"],
      ["Revision", "revision"],
    ],
  },
  {
    field: "secret",
    type: "Secret (a volume populated by a Secret)",
    shown: [
      ["SecretName", "secretName"],
      ["Optional", optional],
    ],
  },
  {
    field: "configMap",
    type: "ConfigMap (a volume populated by a ConfigMap)",
    shown: [
      ["Name", "name"],
      ["Optional", optional],
    ],
  },
  {
    field: "nfs",
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    shown: [["Server", "server"], ["Path", "path"], READ_ONLY],
  },
  {
    field: "persistentVolumeClaim",
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    shown: [["ClaimName", "claimName"], READ_ONLY],
  },
  {
    field: "ephemeral",
    // Simplified: the claim's template is not shown.
    type: "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
    shown: [],
  },
  {
    field: "csi",
    type: "CSI (a Container Storage Interface (CSI) volume source)",
    shown: [["Driver", "driver"], FS_TYPE, READ_ONLY, ["VolumeAttributes", attributesText]],
  },
  {
    field: "image",
    type: "Image (a container image or OCI artifact)",
    shown: [
      ["Reference", "reference"],
      ["PullPolicy", "pullPolicy"],
    ],
  },
];

function attributesText(source: Source): string {
  const attributes = (source["volumeAttributes"] ?? {}) as Record<string, string>;
  const pairs = Object.keys(attributes)
    .sort()
    .map((key) => `${key}=${attributes[key]}`);
  return pairs.length > 0 ? pairs.join("\n    \t") : "<none>";
}
