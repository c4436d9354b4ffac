/**
 * What Go's JSON encoder does with values that say nothing, which OpenAPI does not tell (k8s.io/api,
 * apimachinery: types.go, the `omitempty` and pointers of fields). A line is a type, then its fields; an
 * indented line goes on with them.
 */

/** Optional scalars that keep a zero, `false` or empty text as said, because Go holds them by pointer. */
export const KEEPS_ZERO = `
apiextensions.v1.JSONSchemaProps maximum minimum maxLength minLength maxItems minItems multipleOf
  maxProperties minProperties x-kubernetes-preserve-unknown-fields
apiextensions.v1.ValidationRule optionalOldSelf
apps.v1.DaemonSetSpec revisionHistoryLimit
apps.v1.DaemonSetStatus collisionCount
apps.v1.DeploymentSpec replicas revisionHistoryLimit progressDeadlineSeconds
apps.v1.DeploymentStatus terminatingReplicas collisionCount
apps.v1.ReplicaSetSpec replicas
apps.v1.ReplicaSetStatus terminatingReplicas
apps.v1.RollingUpdateDaemonSet maxUnavailable maxSurge
apps.v1.RollingUpdateDeployment maxUnavailable maxSurge
apps.v1.RollingUpdateStatefulSetStrategy partition maxUnavailable
apps.v1.StatefulSetSpec replicas revisionHistoryLimit
apps.v1.StatefulSetStatus collisionCount
autoscaling.v1.HorizontalPodAutoscalerSpec minReplicas targetCPUUtilizationPercentage
autoscaling.v1.HorizontalPodAutoscalerStatus observedGeneration currentCPUUtilizationPercentage
autoscaling.v2.HPAScalingRules stabilizationWindowSeconds selectPolicy tolerance
autoscaling.v2.HorizontalPodAutoscalerSpec minReplicas
autoscaling.v2.HorizontalPodAutoscalerStatus observedGeneration
autoscaling.v2.MetricTarget value averageValue averageUtilization
autoscaling.v2.MetricValueStatus value averageValue averageUtilization
batch.v1.CronJobSpec timeZone startingDeadlineSeconds suspend successfulJobsHistoryLimit
  failedJobsHistoryLimit
batch.v1.JobSpec parallelism completions activeDeadlineSeconds backoffLimit backoffLimitPerIndex
  maxFailedIndexes manualSelector ttlSecondsAfterFinished completionMode suspend podReplacementPolicy
  managedBy
batch.v1.JobStatus terminating failedIndexes ready
batch.v1.PodFailurePolicyOnExitCodesRequirement containerName
batch.v1.SuccessPolicyRule succeededIndexes succeededCount
coordination.v1.LeaseSpec holderIdentity leaseDurationSeconds leaseTransitions strategy preferredHolder
core.v1.AppArmorProfile localhostProfile
core.v1.AzureDiskVolumeSource cachingMode fsType readOnly kind
core.v1.AzureFilePersistentVolumeSource secretNamespace
core.v1.CSIVolumeSource readOnly fsType
core.v1.ClientIPConfig timeoutSeconds
core.v1.ClusterTrustBundleProjection name signerName optional
core.v1.ConfigMap immutable
core.v1.ConfigMapEnvSource optional
core.v1.ConfigMapKeySelector optional
core.v1.ConfigMapProjection optional
core.v1.ConfigMapVolumeSource defaultMode optional
core.v1.Container restartPolicy
core.v1.ContainerStatus started stopSignal
core.v1.DownwardAPIVolumeFile mode
core.v1.DownwardAPIVolumeSource defaultMode
core.v1.EmptyDirVolumeSource sizeLimit
core.v1.EndpointAddress nodeName
core.v1.EndpointPort appProtocol
core.v1.EphemeralContainer restartPolicy
core.v1.FCVolumeSource lun
core.v1.FileKeySelector optional
core.v1.GRPCAction service
core.v1.GlusterfsPersistentVolumeSource endpointsNamespace
core.v1.HostPathVolumeSource type
core.v1.ISCSIPersistentVolumeSource initiatorName
core.v1.ISCSIVolumeSource initiatorName
core.v1.KeyToPath mode
core.v1.Lifecycle stopSignal
core.v1.LoadBalancerIngress ipMode
core.v1.LocalVolumeSource fsType
core.v1.NodeFeatures supplementalGroupsPolicy
core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts userNamespaces
core.v1.NodeSwapStatus capacity
core.v1.PersistentVolumeClaimSpec storageClassName volumeMode volumeAttributesClassName
core.v1.PersistentVolumeClaimStatus currentVolumeAttributesClassName
core.v1.PersistentVolumeSpec volumeMode volumeAttributesClassName
core.v1.PodCertificateProjection maxExpirationSeconds
core.v1.PodDNSConfigOption value
core.v1.PodResourceClaim resourceClaimName resourceClaimTemplateName
core.v1.PodResourceClaimStatus resourceClaimName
core.v1.PodSchedulingGroup podGroupName
core.v1.PodSecurityContext runAsUser runAsGroup runAsNonRoot supplementalGroupsPolicy fsGroup
  fsGroupChangePolicy seLinuxChangePolicy
core.v1.PodSpec terminationGracePeriodSeconds activeDeadlineSeconds automountServiceAccountToken
  shareProcessNamespace priority runtimeClassName enableServiceLinks preemptionPolicy setHostnameAsFQDN
  hostUsers hostnameOverride
core.v1.PortStatus error
core.v1.Probe terminationGracePeriodSeconds
core.v1.ProjectedVolumeSource defaultMode
core.v1.ReplicationControllerSpec replicas
core.v1.ResourceHealth message
core.v1.SeccompProfile localhostProfile
core.v1.Secret immutable
core.v1.SecretEnvSource optional
core.v1.SecretKeySelector optional
core.v1.SecretProjection optional
core.v1.SecretVolumeSource defaultMode optional
core.v1.SecurityContext privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem
  allowPrivilegeEscalation procMount
core.v1.ServiceAccount automountServiceAccountToken
core.v1.ServiceAccountTokenProjection expirationSeconds
core.v1.ServicePort appProtocol
core.v1.ServiceSpec ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy
  trafficDistribution
core.v1.Toleration tolerationSeconds
core.v1.TopologySpreadConstraint minDomains nodeAffinityPolicy nodeTaintsPolicy
core.v1.TypedLocalObjectReference apiGroup
core.v1.TypedObjectReference apiGroup namespace
core.v1.VolumeMount recursiveReadOnly mountPropagation
core.v1.VolumeMountStatus recursiveReadOnly
core.v1.WindowsSecurityContextOptions gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess
discovery.v1.Endpoint hostname nodeName zone
discovery.v1.EndpointConditions ready serving terminating
discovery.v1.EndpointPort name protocol port appProtocol
meta.v1.DeleteOptions gracePeriodSeconds orphanDependents propagationPolicy
  ignoreStoreReadErrorWithClusterBreakingPotential
meta.v1.ObjectMeta deletionGracePeriodSeconds
meta.v1.OwnerReference controller blockOwnerDeletion
meta.v1.Preconditions uid resourceVersion
networking.v1.HTTPIngressPath pathType
networking.v1.IngressClassParametersReference apiGroup scope namespace
networking.v1.IngressPortStatus error
networking.v1.IngressSpec ingressClassName
networking.v1.NetworkPolicyPort protocol port endPort
policy.v1.PodDisruptionBudgetSpec minAvailable maxUnavailable unhealthyPodEvictionPolicy
scheduling.v1.PriorityClass preemptionPolicy
storage.v1.CSIDriverSpec attachRequired podInfoOnMount storageCapacity fsGroupPolicy requiresRepublish
  seLinuxMount nodeAllocatableUpdatePeriodSeconds serviceAccountTokenInSecrets preventPodSchedulingIfMissing
storage.v1.CSIStorageCapacity capacity maximumVolumeSize
storage.v1.StorageClass reclaimPolicy allowVolumeExpansion volumeBindingMode
storage.v1.TokenRequest expirationSeconds
storage.v1.VolumeAttachmentSource persistentVolumeName
storage.v1.VolumeError errorCode
storage.v1.VolumeNodeResources count
`;

/**
 * Fields that are written even when nothing is in them, and what is written then. Of times without a value
 * only those are here that real objects are seen with. */
export const WRITTEN_WHEN_EMPTY = `
apps.v1.DaemonSet spec={} status={}
apps.v1.DaemonSetSpec template={} updateStrategy={}
apps.v1.Deployment spec={} status={}
apps.v1.DeploymentSpec template={} strategy={}
apps.v1.ReplicaSet spec={} status={}
apps.v1.ReplicaSetSpec template={}
apps.v1.StatefulSet spec={} status={}
apps.v1.StatefulSetOrdinals start=0
apps.v1.StatefulSetSpec template={} serviceName="" updateStrategy={}
apps.v1.StatefulSetStatus availableReplicas=0
autoscaling.v1.HorizontalPodAutoscaler spec={} status={}
autoscaling.v1.HorizontalPodAutoscalerSpec scaleTargetRef={}
autoscaling.v1.Scale spec={} status={}
autoscaling.v2.ContainerResourceMetricSource target={}
autoscaling.v2.ContainerResourceMetricStatus current={}
autoscaling.v2.ExternalMetricSource metric={} target={}
autoscaling.v2.ExternalMetricStatus metric={} current={}
autoscaling.v2.HorizontalPodAutoscaler spec={} status={}
autoscaling.v2.HorizontalPodAutoscalerSpec scaleTargetRef={}
autoscaling.v2.HorizontalPodAutoscalerStatus currentMetrics=null
autoscaling.v2.ObjectMetricSource describedObject={} target={} metric={}
autoscaling.v2.ObjectMetricStatus metric={} current={} describedObject={}
autoscaling.v2.PodsMetricSource metric={} target={}
autoscaling.v2.PodsMetricStatus metric={} current={}
autoscaling.v2.ResourceMetricSource target={}
autoscaling.v2.ResourceMetricStatus current={}
batch.v1.CronJob spec={} status={}
batch.v1.CronJobSpec jobTemplate={}
batch.v1.Job spec={} status={}
batch.v1.JobSpec template={}
batch.v1.JobTemplateSpec metadata={} spec={}
batch.v1.PodFailurePolicyOnPodConditionsPattern status=""
coordination.v1.Lease spec={}
core.v1.Binding target={}
core.v1.Container resources={}
core.v1.ContainerImage names=null
core.v1.ContainerStateTerminated startedAt=null finishedAt=null
core.v1.ContainerStatus state={} lastState={}
core.v1.EphemeralContainer resources={}
core.v1.Event involvedObject={} source={} firstTimestamp=null lastTimestamp=null eventTime=null
  reportingComponent="" reportingInstance=""
core.v1.LimitRange spec={}
core.v1.Namespace spec={} status={}
core.v1.Node spec={} status={}
core.v1.NodeDaemonEndpoints kubeletEndpoint={}
core.v1.NodeRuntimeHandler name=""
core.v1.NodeStatus daemonEndpoints={} nodeInfo={}
core.v1.PersistentVolume spec={} status={}
core.v1.PersistentVolumeClaim spec={} status={}
core.v1.PersistentVolumeClaimCondition lastProbeTime=null
core.v1.PersistentVolumeClaimSpec resources={}
core.v1.PersistentVolumeClaimTemplate metadata={} spec={}
core.v1.Pod spec={} status={}
core.v1.PodCondition lastProbeTime=null
core.v1.PodTemplate template={}
core.v1.PodTemplateSpec metadata={} spec={}
core.v1.PreferredSchedulingTerm preference={}
core.v1.ReplicationController spec={} status={}
core.v1.ResourceQuota spec={} status={}
core.v1.Service spec={} status={}
core.v1.ServiceStatus loadBalancer={}
core.v1.WeightedPodAffinityTerm podAffinityTerm={}
discovery.v1.Endpoint conditions={}
discovery.v1.EndpointSlice endpoints=null ports=null
events.v1.Event eventTime=null regarding={} deprecatedSource={} deprecatedFirstTimestamp=null
  deprecatedLastTimestamp=null
networking.v1.HTTPIngressPath backend={}
networking.v1.IPAddress spec={}
networking.v1.Ingress spec={} status={}
networking.v1.IngressClass spec={}
networking.v1.IngressServiceBackend port={}
networking.v1.IngressStatus loadBalancer={}
networking.v1.NetworkPolicy spec={}
networking.v1.NetworkPolicySpec podSelector={}
networking.v1.ServiceCIDR spec={} status={}
policy.v1.PodDisruptionBudget spec={} status={}
policy.v1.PodDisruptionBudgetStatus disruptionsAllowed=0 currentHealthy=0 desiredHealthy=0 expectedPods=0
scheduling.v1.PriorityClass value=0
storage.v1.CSIDriver spec={}
storage.v1.CSINode spec={}
storage.v1.VolumeAttachment spec={} status={}
storage.v1.VolumeAttachmentSpec source={}
`;
