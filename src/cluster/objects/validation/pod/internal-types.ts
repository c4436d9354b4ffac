/**
 * The API server's own form of a pod's spec (kubernetes: pkg/apis/core/types.go), which shows only where it
 * prints how two specs differ. A line is a type, then its fields in order; an indented line goes on with
 * them. `*` marks what may be absent, `[]` a list, `{}` a map; `api` is written as in the API.
 */
export const INTERNAL_TYPES = `
PodSpec Volumes:[]Volume InitContainers:[]Container Containers:[]Container
  EphemeralContainers:[]EphemeralContainer RestartPolicy:text TerminationGracePeriodSeconds:*number
  ActiveDeadlineSeconds:*number DNSPolicy:text NodeSelector:{}text ServiceAccountName:text
  AutomountServiceAccountToken:*bool NodeName:text SecurityContext:*PodSecurityContext
  ImagePullSecrets:[]LocalObjectReference Hostname:text Subdomain:text SetHostnameAsFQDN:*bool
  Affinity:*Affinity SchedulerName:text Tolerations:[]Toleration HostAliases:[]HostAlias
  PriorityClassName:text Priority:*number PreemptionPolicy:*text DNSConfig:*PodDNSConfig
  ReadinessGates:[]PodReadinessGate RuntimeClassName:*text Overhead:{}quantity EnableServiceLinks:*bool
  TopologySpreadConstraints:[]TopologySpreadConstraint OS:*PodOS SchedulingGates:[]PodSchedulingGate
  ResourceClaims:[]PodResourceClaim Resources:*ResourceRequirements HostnameOverride:*text
  SchedulingGroup:*PodSchedulingGroup
Volume Name:text HostPath:*HostPathVolumeSource EmptyDir:*EmptyDirVolumeSource
  GCEPersistentDisk:*GCEPersistentDiskVolumeSource AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource
  GitRepo:*GitRepoVolumeSource Secret:*SecretVolumeSource NFS:*NFSVolumeSource ISCSI:*ISCSIVolumeSource
  Glusterfs:*GlusterfsVolumeSource PersistentVolumeClaim:*PersistentVolumeClaimVolumeSource
  RBD:*RBDVolumeSource Quobyte:*QuobyteVolumeSource FlexVolume:*FlexVolumeSource
  Cinder:*CinderVolumeSource CephFS:*CephFSVolumeSource Flocker:*FlockerVolumeSource
  DownwardAPI:*DownwardAPIVolumeSource FC:*FCVolumeSource AzureFile:*AzureFileVolumeSource
  ConfigMap:*ConfigMapVolumeSource VsphereVolume:*VsphereVirtualDiskVolumeSource
  AzureDisk:*AzureDiskVolumeSource PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource
  Projected:*ProjectedVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOVolumeSource
  StorageOS:*StorageOSVolumeSource CSI:*CSIVolumeSource Ephemeral:*EphemeralVolumeSource
  Image:*ImageVolumeSource
Container Name:text Image:text Command:[]text Args:[]text WorkingDir:text Ports:[]ContainerPort
  EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy
  RestartPolicy:*text RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount
  VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe
  Lifecycle:*Lifecycle TerminationMessagePath:text TerminationMessagePolicy:text ImagePullPolicy:text
  SecurityContext:*SecurityContext Stdin:bool StdinOnce:bool TTY:bool
EphemeralContainer Name:text Image:text Command:[]text Args:[]text WorkingDir:text Ports:[]ContainerPort
  EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy
  RestartPolicy:*text RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount
  VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe
  Lifecycle:*Lifecycle TerminationMessagePath:text TerminationMessagePolicy:text ImagePullPolicy:text
  SecurityContext:*SecurityContext Stdin:bool StdinOnce:bool TTY:bool TargetContainerName:text
PodSecurityContext HostNetwork:bool HostPID:bool HostIPC:bool ShareProcessNamespace:*bool HostUsers:*bool
  SELinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser:*number
  RunAsGroup:*number RunAsNonRoot:*bool SupplementalGroups:[]number SupplementalGroupsPolicy:*text
  FSGroup:*number FSGroupChangePolicy:*text Sysctls:[]Sysctl SeccompProfile:*SeccompProfile
  AppArmorProfile:*AppArmorProfile SELinuxChangePolicy:*text
LocalObjectReference Name:text
Affinity NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity PodAntiAffinity:*PodAntiAffinity
Toleration Key:text Operator:text Value:text Effect:text TolerationSeconds:*number
HostAlias IP:text Hostnames:[]text
PodDNSConfig Nameservers:[]text Searches:[]text Options:[]PodDNSConfigOption
PodReadinessGate ConditionType:text
TopologySpreadConstraint MaxSkew:number TopologyKey:text WhenUnsatisfiable:text LabelSelector:*api
  MinDomains:*number NodeAffinityPolicy:*text NodeTaintsPolicy:*text MatchLabelKeys:[]text
PodOS Name:text
PodSchedulingGate Name:text
PodResourceClaim Name:text ResourceClaimName:*text ResourceClaimTemplateName:*text
ResourceRequirements Limits:{}quantity Requests:{}quantity Claims:[]ResourceClaim
PodSchedulingGroup PodGroupName:*text
HostPathVolumeSource Path:text Type:*text
EmptyDirVolumeSource Medium:text SizeLimit:*quantity
GCEPersistentDiskVolumeSource PDName:text FSType:text Partition:number ReadOnly:bool
AWSElasticBlockStoreVolumeSource VolumeID:text FSType:text Partition:number ReadOnly:bool
GitRepoVolumeSource Repository:text Revision:text Directory:text
SecretVolumeSource SecretName:text Items:[]KeyToPath DefaultMode:*number Optional:*bool
NFSVolumeSource Server:text Path:text ReadOnly:bool
ISCSIVolumeSource TargetPortal:text IQN:text Lun:number ISCSIInterface:text FSType:text ReadOnly:bool
  Portals:[]text DiscoveryCHAPAuth:bool SessionCHAPAuth:bool SecretRef:*LocalObjectReference
  InitiatorName:*text
GlusterfsVolumeSource EndpointsName:text Path:text ReadOnly:bool
PersistentVolumeClaimVolumeSource ClaimName:text ReadOnly:bool
RBDVolumeSource CephMonitors:[]text RBDImage:text FSType:text RBDPool:text RadosUser:text Keyring:text
  SecretRef:*LocalObjectReference ReadOnly:bool
QuobyteVolumeSource Registry:text Volume:text ReadOnly:bool User:text Group:text Tenant:text
FlexVolumeSource Driver:text FSType:text SecretRef:*LocalObjectReference ReadOnly:bool Options:{}text
CinderVolumeSource VolumeID:text FSType:text ReadOnly:bool SecretRef:*LocalObjectReference
CephFSVolumeSource Monitors:[]text Path:text User:text SecretFile:text SecretRef:*LocalObjectReference
  ReadOnly:bool
FlockerVolumeSource DatasetName:text DatasetUUID:text
DownwardAPIVolumeSource Items:[]DownwardAPIVolumeFile DefaultMode:*number
FCVolumeSource TargetWWNs:[]text Lun:*number FSType:text ReadOnly:bool WWIDs:[]text
AzureFileVolumeSource SecretName:text ShareName:text ReadOnly:bool
ConfigMapVolumeSource Name:text Items:[]KeyToPath DefaultMode:*number Optional:*bool
VsphereVirtualDiskVolumeSource VolumePath:text FSType:text StoragePolicyName:text StoragePolicyID:text
AzureDiskVolumeSource DiskName:text DataDiskURI:text CachingMode:*text FSType:*text ReadOnly:*bool
  Kind:*text
PhotonPersistentDiskVolumeSource PdID:text FSType:text
ProjectedVolumeSource Sources:[]VolumeProjection DefaultMode:*number
PortworxVolumeSource VolumeID:text FSType:text ReadOnly:bool
ScaleIOVolumeSource Gateway:text System:text SecretRef:*LocalObjectReference SSLEnabled:bool
  ProtectionDomain:text StoragePool:text StorageMode:text VolumeName:text FSType:text ReadOnly:bool
StorageOSVolumeSource VolumeName:text VolumeNamespace:text FSType:text ReadOnly:bool
  SecretRef:*LocalObjectReference
CSIVolumeSource Driver:text ReadOnly:*bool FSType:*text VolumeAttributes:{}text
  NodePublishSecretRef:*LocalObjectReference
EphemeralVolumeSource VolumeClaimTemplate:*PersistentVolumeClaimTemplate
ImageVolumeSource Reference:text PullPolicy:text
ContainerPort Name:text HostPort:number ContainerPort:number Protocol:text HostIP:text
EnvFromSource Prefix:text ConfigMapRef:*ConfigMapEnvSource SecretRef:*SecretEnvSource
EnvVar Name:text Value:text ValueFrom:*EnvVarSource
ContainerResizePolicy ResourceName:text RestartPolicy:text
ContainerRestartRule Action:text ExitCodes:*ContainerRestartRuleOnExitCodes
VolumeMount Name:text ReadOnly:bool RecursiveReadOnly:*text MountPath:text SubPath:text
  MountPropagation:*text SubPathExpr:text
VolumeDevice Name:text DevicePath:text
Probe Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction GRPC:*GRPCAction
  InitialDelaySeconds:number TimeoutSeconds:number PeriodSeconds:number SuccessThreshold:number
  FailureThreshold:number TerminationGracePeriodSeconds:*number
Lifecycle PostStart:*LifecycleHandler PreStop:*LifecycleHandler StopSignal:*text
SecurityContext Capabilities:*Capabilities Privileged:*bool SELinuxOptions:*SELinuxOptions
  WindowsOptions:*WindowsSecurityContextOptions RunAsUser:*number RunAsGroup:*number RunAsNonRoot:*bool
  ReadOnlyRootFilesystem:*bool AllowPrivilegeEscalation:*bool ProcMount:*text
  SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile
SELinuxOptions User:text Role:text Type:text Level:text
WindowsSecurityContextOptions GMSACredentialSpecName:*text GMSACredentialSpec:*text RunAsUserName:*text
  HostProcess:*bool
Sysctl Name:text Value:text
SeccompProfile Type:text LocalhostProfile:*text
AppArmorProfile Type:text LocalhostProfile:*text
NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector
  PreferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
  PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
  PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodDNSConfigOption Name:text Value:*text
ResourceClaim Name:text Request:text
KeyToPath Key:text Path:text Mode:*number
DownwardAPIVolumeFile Path:text FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector
  Mode:*number
VolumeProjection Secret:*SecretProjection DownwardAPI:*DownwardAPIProjection
  ConfigMap:*ConfigMapProjection ServiceAccountToken:*ServiceAccountTokenProjection
  ClusterTrustBundle:*ClusterTrustBundleProjection PodCertificate:*PodCertificateProjection
PersistentVolumeClaimTemplate ObjectMeta:api Spec:PersistentVolumeClaimSpec
ConfigMapEnvSource Name:text Optional:*bool
SecretEnvSource Name:text Optional:*bool
EnvVarSource FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector
  ConfigMapKeyRef:*ConfigMapKeySelector SecretKeyRef:*SecretKeySelector FileKeyRef:*FileKeySelector
ContainerRestartRuleOnExitCodes Operator:text Values:[]number
ExecAction Command:[]text
HTTPGetAction Path:text Port:port Host:text Scheme:text HTTPHeaders:[]HTTPHeader
TCPSocketAction Port:port Host:text
GRPCAction Port:number Service:*text
LifecycleHandler Exec:*ExecAction HTTPGet:*HTTPGetAction TCPSocket:*TCPSocketAction Sleep:*SleepAction
Capabilities Add:[]text Drop:[]text
NodeSelector NodeSelectorTerms:[]NodeSelectorTerm
PreferredSchedulingTerm Weight:number Preference:NodeSelectorTerm
PodAffinityTerm LabelSelector:*api Namespaces:[]text TopologyKey:text NamespaceSelector:*api
  MatchLabelKeys:[]text MismatchLabelKeys:[]text
WeightedPodAffinityTerm Weight:number PodAffinityTerm:PodAffinityTerm
ObjectFieldSelector APIVersion:text FieldPath:text
ResourceFieldSelector ContainerName:text Resource:text Divisor:quantity
SecretProjection Name:text Items:[]KeyToPath Optional:*bool
DownwardAPIProjection Items:[]DownwardAPIVolumeFile
ConfigMapProjection Name:text Items:[]KeyToPath Optional:*bool
ServiceAccountTokenProjection Audience:text ExpirationSeconds:number Path:text
ClusterTrustBundleProjection Name:*text SignerName:*text LabelSelector:*api Optional:*bool Path:text
PodCertificateProjection SignerName:text KeyType:text MaxExpirationSeconds:*number
  CredentialBundlePath:text KeyPath:text CertificateChainPath:text UserAnnotations:{}text
PersistentVolumeClaimSpec AccessModes:[]text Selector:*api Resources:VolumeResourceRequirements
  VolumeName:text StorageClassName:*text VolumeMode:*text DataSource:*TypedLocalObjectReference
  DataSourceRef:*TypedObjectReference VolumeAttributesClassName:*text
ConfigMapKeySelector Name:text Key:text Optional:*bool
SecretKeySelector Name:text Key:text Optional:*bool
FileKeySelector VolumeName:text Path:text Key:text Optional:*bool
HTTPHeader Name:text Value:text
SleepAction Seconds:number
NodeSelectorTerm MatchExpressions:[]NodeSelectorRequirement MatchFields:[]NodeSelectorRequirement
VolumeResourceRequirements Limits:{}quantity Requests:{}quantity
TypedLocalObjectReference APIGroup:*text Kind:text Name:text
TypedObjectReference APIGroup:*text Kind:text Name:text Namespace:*text
NodeSelectorRequirement Key:text Operator:text Values:[]text
PersistentVolumeSource GCEPersistentDisk:*GCEPersistentDiskVolumeSource
  AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource HostPath:*HostPathVolumeSource Glusterfs:*api
  NFS:*NFSVolumeSource RBD:*api Quobyte:*QuobyteVolumeSource ISCSI:*api FlexVolume:*api Cinder:*api
  CephFS:*api FC:*FCVolumeSource Flocker:*FlockerVolumeSource AzureFile:*api
  VsphereVolume:*VsphereVirtualDiskVolumeSource AzureDisk:*AzureDiskVolumeSource
  PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*api
  Local:*LocalVolumeSource StorageOS:*api CSI:*CSIPersistentVolumeSource
LocalVolumeSource Path:text FSType:*text
CSIPersistentVolumeSource Driver:text VolumeHandle:text ReadOnly:bool FSType:text VolumeAttributes:{}text
  ControllerPublishSecretRef:*api NodeStageSecretRef:*api NodePublishSecretRef:*api
  ControllerExpandSecretRef:*api NodeExpandSecretRef:*api
`;
