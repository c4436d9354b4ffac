import type { FieldSchema, ValueType } from '../schema/read-schema-table.ts';

/**
 * The Go types that a decoding error names where OpenAPI only says `string` (k8s.io/api: types.go of each
 * group). Only fields that people write are here; a field of a status is answered with its plain type.
 */
const NAMED_STRINGS: Readonly<Record<string, string>> = {
  'apps.v1.DaemonSetUpdateStrategy.type': 'v1.DaemonSetUpdateStrategyType',
  'apps.v1.DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'apps.v1.StatefulSetSpec.podManagementPolicy': 'v1.PodManagementPolicyType',
  'apps.v1.StatefulSetUpdateStrategy.type': 'v1.StatefulSetUpdateStrategyType',
  'autoscaling.v2.HPAScalingPolicy.type': 'v2.HPAScalingPolicyType',
  'autoscaling.v2.HPAScalingRules.selectPolicy': 'v2.ScalingPolicySelect',
  'autoscaling.v2.MetricSpec.type': 'v2.MetricSourceType',
  'autoscaling.v2.MetricTarget.type': 'v2.MetricTargetType',
  'autoscaling.v2.ResourceMetricSource.name': 'v1.ResourceName',
  'batch.v1.CronJobSpec.concurrencyPolicy': 'v1.ConcurrencyPolicy',
  'batch.v1.JobSpec.completionMode': 'v1.CompletionMode',
  'batch.v1.JobSpec.podReplacementPolicy': 'v1.PodReplacementPolicy',
  'batch.v1.PodFailurePolicyOnExitCodesRequirement.operator': 'v1.PodFailurePolicyOnExitCodesOperator',
  'batch.v1.PodFailurePolicyRule.action': 'v1.PodFailurePolicyAction',
  'core.v1.AppArmorProfile.type': 'v1.AppArmorProfileType',
  'core.v1.Capabilities.add': 'v1.Capability',
  'core.v1.Capabilities.drop': 'v1.Capability',
  'core.v1.Container.imagePullPolicy': 'v1.PullPolicy',
  'core.v1.Container.restartPolicy': 'v1.ContainerRestartPolicy',
  'core.v1.Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'core.v1.ContainerPort.protocol': 'v1.Protocol',
  'core.v1.ContainerResizePolicy.resourceName': 'v1.ResourceName',
  'core.v1.ContainerResizePolicy.restartPolicy': 'v1.ResourceResizeRestartPolicy',
  'core.v1.EmptyDirVolumeSource.medium': 'v1.StorageMedium',
  'core.v1.HTTPGetAction.scheme': 'v1.URIScheme',
  'core.v1.HostPathVolumeSource.type': 'v1.HostPathType',
  'core.v1.Lifecycle.stopSignal': 'v1.Signal',
  'core.v1.NamespaceSpec.finalizers': 'v1.FinalizerName',
  'core.v1.NodeSelectorRequirement.operator': 'v1.NodeSelectorOperator',
  'core.v1.ObjectReference.uid': 'types.UID',
  'core.v1.PersistentVolumeClaimSpec.accessModes': 'v1.PersistentVolumeAccessMode',
  'core.v1.PersistentVolumeClaimSpec.volumeMode': 'v1.PersistentVolumeMode',
  'core.v1.PersistentVolumeSpec.accessModes': 'v1.PersistentVolumeAccessMode',
  'core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy': 'v1.PersistentVolumeReclaimPolicy',
  'core.v1.PersistentVolumeSpec.volumeMode': 'v1.PersistentVolumeMode',
  'core.v1.PodOS.name': 'v1.OSName',
  'core.v1.PodReadinessGate.conditionType': 'v1.PodConditionType',
  'core.v1.PodSecurityContext.fsGroupChangePolicy': 'v1.PodFSGroupChangePolicy',
  'core.v1.PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'core.v1.PodSpec.preemptionPolicy': 'v1.PreemptionPolicy',
  'core.v1.PodSpec.restartPolicy': 'v1.RestartPolicy',
  'core.v1.ResourceQuotaSpec.scopes': 'v1.ResourceQuotaScope',
  'core.v1.SeccompProfile.type': 'v1.SeccompProfileType',
  'core.v1.Secret.type': 'v1.SecretType',
  'core.v1.ServicePort.protocol': 'v1.Protocol',
  'core.v1.ServiceSpec.externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'core.v1.ServiceSpec.internalTrafficPolicy': 'v1.ServiceInternalTrafficPolicy',
  'core.v1.ServiceSpec.ipFamilies': 'v1.IPFamily',
  'core.v1.ServiceSpec.ipFamilyPolicy': 'v1.IPFamilyPolicy',
  'core.v1.ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'core.v1.ServiceSpec.type': 'v1.ServiceType',
  'core.v1.Taint.effect': 'v1.TaintEffect',
  'core.v1.Toleration.effect': 'v1.TaintEffect',
  'core.v1.Toleration.operator': 'v1.TolerationOperator',
  'core.v1.TopologySpreadConstraint.whenUnsatisfiable': 'v1.UnsatisfiableConstraintAction',
  'core.v1.VolumeMount.mountPropagation': 'v1.MountPropagationMode',
  'meta.v1.LabelSelectorRequirement.operator': 'v1.LabelSelectorOperator',
  'meta.v1.ObjectMeta.uid': 'types.UID',
  'meta.v1.OwnerReference.uid': 'types.UID',
  'networking.v1.HTTPIngressPath.pathType': 'v1.PathType',
  'networking.v1.NetworkPolicyPort.protocol': 'v1.Protocol',
  'networking.v1.NetworkPolicySpec.policyTypes': 'v1.PolicyType',
  'policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': 'v1.UnhealthyPodEvictionPolicyType',
  'storage.v1.StorageClass.reclaimPolicy': 'v1.PersistentVolumeReclaimPolicy',
  'storage.v1.StorageClass.volumeBindingMode': 'v1.VolumeBindingMode',
};

/**
 * The Go type of a field, or of what its list holds, as `json: cannot unmarshal … of type <this>` prints it.
 */
export function goTypeName(owner: string, field: FieldSchema, value: ValueType): string {
  switch (value.form) {
    case 'any':
      return 'interface {}';
    case 'object':
      return withVersion(value.type);
    case 'list':
      return `[]${goTypeName(owner, field, value.of)}`;
    case 'map':
      if (value.of.form === 'scalar' && value.of.scalar === 'quantity') return 'v1.ResourceList';
      return `map[string]${goTypeName(owner, field, value.of)}`;
    case 'scalar':
      return goScalarName(value.scalar, NAMED_STRINGS[`${owner}.${field.name}`]);
  }
}

function goScalarName(scalar: string, named: string | undefined): string {
  if (scalar === 'string') return named ?? 'string';
  if (scalar === 'boolean') return 'bool';
  if (scalar === 'double') return 'float64';
  return scalar === 'bytes' ? '[]uint8' : scalar;
}

/** `core.v1.PodSpec` is called `v1.PodSpec` in Go, where a package is named by its version. */
function withVersion(type: string): string {
  return type.split('.').slice(-2).join('.');
}
