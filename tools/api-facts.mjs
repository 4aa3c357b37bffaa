// What the TypeScript models of Kubernetes do not say: Go's names of scalar types, embedded structs, merge keys of
// strategic merge patch, and the differences between 1.36 and 1.35.
// Kubernetes: staging/src/k8s.io/api/core/v1/types.go and its neighbours (v1.35)

const core = (name) => [name, `IoK8sApiCoreV1${name}`];
export const ROOTS = [
  core("ConfigMap"),
  ["Deployment", "IoK8sApiAppsV1Deployment"],
  core("Endpoints"),
  ["EndpointSlice", "IoK8sApiDiscoveryV1EndpointSlice"],
  core("Event"),
  ["Ingress", "IoK8sApiNetworkingV1Ingress"],
  ["IngressClass", "IoK8sApiNetworkingV1IngressClass"],
  core("Namespace"),
  core("Node"),
  core("Pod"),
  ["ReplicaSet", "IoK8sApiAppsV1ReplicaSet"],
  core("ReplicationController"),
  core("Secret"),
  core("Service"),
  core("ServiceAccount"),
];

/** Two groups have a type of the same name. */
export const renamed = { IoK8sApiDiscoveryV1EndpointPort: "DiscoveryEndpointPort" };

export const scalarOverrides = {
  IoK8sApimachineryPkgUtilIntstrIntOrString: "intOrString",
  IoK8sApimachineryPkgApiResourceQuantity: "quantity",
  IoK8sApimachineryPkgApisMetaV1Time: "time",
  IoK8sApimachineryPkgApisMetaV1MicroTime: "microTime",
  IoK8sApimachineryPkgApisMetaV1FieldsV1: "any",
};

/** Fields of 1.36 that 1.35 does not have. */
export const removed = [
  "PodSpec.schedulingGroup",
  "PodStatus.nodeAllocatableResourceClaimStatuses",
  "ResourceHealth.message",
];

/** Fields of 1.35 that 1.36 dropped. */
export const added = {
  PodSpec: [
    { name: "workloadRef", required: false, description: "", shape: { inline: "WorkloadReference" } },
  ],
};

/** Whole types of 1.35 that 1.36 dropped, in the notation of the generated file. */
export const addedTypes = { WorkloadReference: "name string, podGroup string, podGroupReplicaKey string" };

/** Go's named types of scalar fields (of a list: of its items; of a map: of the map itself). */
export const goScalars = Object.fromEntries(
  Object.entries({
    "v1.AzureDataDiskCachingMode": "AzureDiskVolumeSource.cachingMode",
    "v1.AzureDataDiskKind": "AzureDiskVolumeSource.kind",
    "v1.AppArmorProfileType": "AppArmorProfile.type",
    "v1.AddressType": "EndpointSlice.addressType",
    "v1.Capability": "Capabilities.add Capabilities.drop",
    "v1.ConditionStatus":
      "Condition.status DeploymentCondition.status NamespaceCondition.status NodeCondition.status PodCondition.status ReplicaSetCondition.status ReplicationControllerCondition.status",
    "v1.ContainerRestartPolicy": "Container.restartPolicy EphemeralContainer.restartPolicy",
    "v1.ContainerRestartRuleAction": "ContainerRestartRule.action",
    "v1.ContainerRestartRuleOnExitCodesOperator": "ContainerRestartRuleOnExitCodes.operator",
    "v1.DNSPolicy": "PodSpec.dnsPolicy",
    "v1.DeploymentConditionType": "DeploymentCondition.type",
    "v1.DeploymentStrategyType": "DeploymentStrategy.type",
    "v1.FinalizerName": "NamespaceSpec.finalizers",
    "v1.HostPathType": "HostPathVolumeSource.type",
    "v1.IPFamily": "ServiceSpec.ipFamilies",
    "v1.IPFamilyPolicy": "ServiceSpec.ipFamilyPolicy",
    "v1.LabelSelectorOperator": "LabelSelectorRequirement.operator",
    "v1.LoadBalancerIPMode": "LoadBalancerIngress.ipMode",
    "v1.ManagedFieldsOperationType": "ManagedFieldsEntry.operation",
    "v1.MountPropagationMode": "VolumeMount.mountPropagation",
    "v1.NamespaceConditionType": "NamespaceCondition.type",
    "v1.NamespacePhase": "NamespaceStatus.phase",
    "v1.NodeAddressType": "NodeAddress.type",
    "v1.NodeConditionType": "NodeCondition.type",
    "v1.NodeInclusionPolicy":
      "TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy",
    "v1.NodePhase": "NodeStatus.phase",
    "v1.NodeSelectorOperator": "NodeSelectorRequirement.operator",
    "v1.OSName": "PodOS.name",
    "v1.PathType": "HTTPIngressPath.pathType",
    "v1.PersistentVolumeAccessMode": "PersistentVolumeClaimSpec.accessModes",
    "v1.PersistentVolumeMode": "PersistentVolumeClaimSpec.volumeMode",
    "v1.PodConditionType": "PodCondition.type PodReadinessGate.conditionType",
    "v1.PodFSGroupChangePolicy": "PodSecurityContext.fsGroupChangePolicy",
    "v1.PodPhase": "PodStatus.phase",
    "v1.PodQOSClass": "PodStatus.qosClass",
    "v1.PodSELinuxChangePolicy": "PodSecurityContext.seLinuxChangePolicy",
    "v1.PreemptionPolicy": "PodSpec.preemptionPolicy",
    "v1.ProcMountType": "SecurityContext.procMount",
    "v1.Protocol":
      "ContainerPort.protocol ServicePort.protocol EndpointPort.protocol DiscoveryEndpointPort.protocol PortStatus.protocol IngressPortStatus.protocol",
    "v1.PullPolicy":
      "Container.imagePullPolicy EphemeralContainer.imagePullPolicy ImageVolumeSource.pullPolicy",
    "v1.RecursiveReadOnlyMode": "VolumeMount.recursiveReadOnly VolumeMountStatus.recursiveReadOnly",
    "v1.ReplicaSetConditionType": "ReplicaSetCondition.type",
    "v1.ReplicationControllerConditionType": "ReplicationControllerCondition.type",
    "v1.ResourceList":
      "ResourceRequirements.limits ResourceRequirements.requests VolumeResourceRequirements.limits VolumeResourceRequirements.requests NodeStatus.capacity NodeStatus.allocatable PodSpec.overhead PodStatus.allocatedResources ContainerStatus.allocatedResources",
    "v1.ResourceName": "ContainerResizePolicy.resourceName",
    "v1.ResourceResizeRestartPolicy": "ContainerResizePolicy.restartPolicy",
    "v1.RestartPolicy": "PodSpec.restartPolicy",
    "v1.SeccompProfileType": "SeccompProfile.type",
    "v1.SecretType": "Secret.type",
    "v1.ServiceAffinity": "ServiceSpec.sessionAffinity",
    "v1.ServiceExternalTrafficPolicy": "ServiceSpec.externalTrafficPolicy",
    "v1.ServiceInternalTrafficPolicy": "ServiceSpec.internalTrafficPolicy",
    "v1.ServiceType": "ServiceSpec.type",
    "v1.Signal": "Lifecycle.stopSignal ContainerStatus.stopSignal",
    "v1.StorageMedium": "EmptyDirVolumeSource.medium",
    "v1.SupplementalGroupsPolicy": "PodSecurityContext.supplementalGroupsPolicy",
    "v1.TaintEffect": "Taint.effect Toleration.effect",
    "v1.TerminationMessagePolicy":
      "Container.terminationMessagePolicy EphemeralContainer.terminationMessagePolicy",
    "v1.TolerationOperator": "Toleration.operator",
    "v1.URIScheme": "HTTPGetAction.scheme",
    "v1.UniqueVolumeName": "NodeStatus.volumesInUse AttachedVolume.name",
    "v1.UnsatisfiableConstraintAction": "TopologySpreadConstraint.whenUnsatisfiable",
    "types.UID": "ObjectMeta.uid OwnerReference.uid ObjectReference.uid ConfigMapNodeConfigSource.uid",
  }).flatMap(([go, paths]) => paths.split(" ").map((path) => [path, go])),
);

/** patchMergeKey; "" stands for a list of scalars that is merged as a set. */
export const mergeKeys = {
  "Container.env": "name",
  "Container.ports": "containerPort",
  "Container.volumeDevices": "devicePath",
  "Container.volumeMounts": "mountPath",
  "DeploymentStatus.conditions": "type",
  "EphemeralContainer.env": "name",
  "EphemeralContainer.ports": "containerPort",
  "EphemeralContainer.volumeDevices": "devicePath",
  "EphemeralContainer.volumeMounts": "mountPath",
  "NamespaceStatus.conditions": "type",
  "NodeSpec.podCIDRs": "",
  "NodeStatus.addresses": "type",
  "NodeStatus.conditions": "type",
  "ObjectMeta.finalizers": "",
  "ObjectMeta.ownerReferences": "uid",
  "PodSpec.containers": "name",
  "PodSpec.ephemeralContainers": "name",
  "PodSpec.hostAliases": "ip",
  "PodSpec.imagePullSecrets": "name",
  "PodSpec.initContainers": "name",
  "PodSpec.resourceClaims": "name",
  "PodSpec.schedulingGates": "name",
  "PodSpec.topologySpreadConstraints": "topologyKey",
  "PodSpec.volumes": "name",
  "PodStatus.conditions": "type",
  "PodStatus.hostIPs": "ip",
  "PodStatus.podIPs": "ip",
  "PodStatus.resourceClaimStatuses": "name",
  "ContainerStatus.volumeMounts": "mountPath",
  "ReplicaSetStatus.conditions": "type",
  "ReplicationControllerStatus.conditions": "type",
  "ServiceAccount.secrets": "name",
  "ServiceSpec.ports": "port",
  "ServiceStatus.conditions": "type",
};

const inside = (outer, fields) => Object.fromEntries(fields.split(" ").map((field) => [field, outer]));
const exceptFor = (outer, own) => ({
  "*": outer,
  ...Object.fromEntries(own.split(" ").map((field) => [field, ""])),
});

/** Fields that Go promotes from an embedded struct, whose name shows in the path of a decoding error. */
export const embedded = {
  ConfigMapEnvSource: inside("LocalObjectReference", "name"),
  ConfigMapKeySelector: inside("LocalObjectReference", "name"),
  ConfigMapProjection: inside("LocalObjectReference", "name"),
  ConfigMapVolumeSource: inside("LocalObjectReference", "name"),
  EphemeralContainer: exceptFor("EphemeralContainerCommon", "targetContainerName"),
  IngressRule: inside("IngressRuleValue", "http"),
  Probe: inside("ProbeHandler", "exec grpc httpGet tcpSocket"),
  SecretEnvSource: inside("LocalObjectReference", "name"),
  SecretKeySelector: inside("LocalObjectReference", "name"),
  SecretProjection: inside("LocalObjectReference", "name"),
  Volume: exceptFor("VolumeSource", "name"),
};

const words = (text) => new Set(text.trim().split(/\s+/));

/** Structs that are no pointers, which Go writes even when they are empty, and strings without omitempty. */
export const alwaysWritten = words(`
  Event.reportingComponent Event.reportingInstance ResourceFieldSelector.divisor
  *.metadata Deployment.spec Deployment.status DeploymentSpec.template DeploymentSpec.strategy EphemeralContainer.resources
  Container.resources ContainerStatus.state ContainerStatus.lastState Endpoint.conditions Event.involvedObject Event.source
  HTTPIngressPath.backend Ingress.spec Ingress.status IngressClass.spec IngressServiceBackend.port
  IngressStatus.loadBalancer Namespace.spec Namespace.status Node.spec Node.status NodeDaemonEndpoints.kubeletEndpoint
  NodeStatus.daemonEndpoints NodeStatus.nodeInfo Pod.spec Pod.status PodTemplateSpec.spec
  PersistentVolumeClaimSpec.resources PersistentVolumeClaimTemplate.spec PreferredSchedulingTerm.preference
  ReplicaSet.spec ReplicaSet.status ReplicaSetSpec.template ReplicationController.spec ReplicationController.status
  Service.spec Service.status ServiceStatus.loadBalancer WeightedPodAffinityTerm.podAffinityTerm
`);

/** Timestamps that are written as null when they are not set. */
export const nullTimes = words(`
  PodCondition.lastProbeTime PodCondition.lastTransitionTime Event.firstTimestamp Event.lastTimestamp Event.eventTime
  EventSeries.lastObservedTime ContainerStateRunning.startedAt ContainerStateTerminated.startedAt
  ContainerStateTerminated.finishedAt DeploymentCondition.lastTransitionTime DeploymentCondition.lastUpdateTime
  NamespaceCondition.lastTransitionTime NodeCondition.lastHeartbeatTime NodeCondition.lastTransitionTime
  ReplicaSetCondition.lastTransitionTime ReplicationControllerCondition.lastTransitionTime
`);

/** Scalars that Go keeps behind pointers. */
export const pointers = words(`
  *.automountServiceAccountToken *.immutable *.optional *.mode *.defaultMode *.started
  AzureDiskVolumeSource.cachingMode AzureDiskVolumeSource.fsType AzureDiskVolumeSource.kind AzureDiskVolumeSource.readOnly
  CSIVolumeSource.fsType CSIVolumeSource.readOnly ClientIPConfig.timeoutSeconds ClusterTrustBundleProjection.name
  ClusterTrustBundleProjection.signerName Container.restartPolicy EphemeralContainer.restartPolicy
  ContainerStateTerminated.signal ContainerStatus.stopSignal
  DeploymentSpec.progressDeadlineSeconds DeploymentSpec.replicas DeploymentSpec.revisionHistoryLimit
  DeploymentStatus.collisionCount DeploymentStatus.terminatingReplicas
  DiscoveryEndpointPort.appProtocol DiscoveryEndpointPort.name DiscoveryEndpointPort.port DiscoveryEndpointPort.protocol
  EmptyDirVolumeSource.sizeLimit Endpoint.hostname Endpoint.nodeName Endpoint.zone EndpointAddress.nodeName
  EndpointConditions.ready EndpointConditions.serving EndpointConditions.terminating EndpointPort.appProtocol
  FCVolumeSource.lun GRPCAction.service HTTPIngressPath.pathType HostPathVolumeSource.type
  IngressClassParametersReference.apiGroup IngressClassParametersReference.namespace
  IngressClassParametersReference.scope IngressPortStatus.error IngressSpec.ingressClassName
  ISCSIVolumeSource.initiatorName Lifecycle.stopSignal LinuxContainerUser.uid LoadBalancerIngress.ipMode
  ObjectMeta.deletionGracePeriodSeconds ObjectReference.optional OwnerReference.blockOwnerDeletion
  OwnerReference.controller PersistentVolumeClaimSpec.storageClassName PersistentVolumeClaimSpec.volumeAttributesClassName
  PersistentVolumeClaimSpec.volumeMode PodCertificateProjection.maxExpirationSeconds PodDNSConfigOption.value
  PodResourceClaim.resourceClaimName PodResourceClaim.resourceClaimTemplateName PodResourceClaimStatus.resourceClaimName
  PodSecurityContext.fsGroup PodSecurityContext.fsGroupChangePolicy PodSecurityContext.runAsGroup
  PodSecurityContext.runAsNonRoot PodSecurityContext.runAsUser PodSecurityContext.seLinuxChangePolicy
  PodSecurityContext.supplementalGroupsPolicy AppArmorProfile.localhostProfile SeccompProfile.localhostProfile
  PodSpec.activeDeadlineSeconds PodSpec.enableServiceLinks PodSpec.hostUsers PodSpec.hostnameOverride
  PodSpec.preemptionPolicy PodSpec.priority PodSpec.runtimeClassName PodSpec.setHostnameAsFQDN
  PodSpec.shareProcessNamespace PodSpec.terminationGracePeriodSeconds PortStatus.error
  Probe.terminationGracePeriodSeconds ReplicaSetSpec.replicas ReplicaSetStatus.terminatingReplicas
  ReplicationControllerSpec.replicas RollingUpdateDeployment.maxSurge RollingUpdateDeployment.maxUnavailable
  SecurityContext.allowPrivilegeEscalation SecurityContext.privileged SecurityContext.procMount
  SecurityContext.readOnlyRootFilesystem SecurityContext.runAsGroup SecurityContext.runAsNonRoot
  SecurityContext.runAsUser ServiceAccountTokenProjection.expirationSeconds ServiceSpec.allocateLoadBalancerNodePorts
  ServiceSpec.internalTrafficPolicy ServiceSpec.ipFamilyPolicy ServiceSpec.loadBalancerClass
  ServiceSpec.trafficDistribution Toleration.tolerationSeconds TopologySpreadConstraint.minDomains
  TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy
  TypedLocalObjectReference.apiGroup TypedObjectReference.apiGroup TypedObjectReference.namespace
  VolumeMount.mountPropagation VolumeMount.recursiveReadOnly VolumeMountStatus.recursiveReadOnly
  WindowsSecurityContextOptions.gmsaCredentialSpec WindowsSecurityContextOptions.gmsaCredentialSpecName
  WindowsSecurityContextOptions.hostProcess WindowsSecurityContextOptions.runAsUserName
`);
