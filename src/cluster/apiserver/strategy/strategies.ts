import { DEFINITIONS } from '../../objects/custom/custom-resources.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Secret } from '../../objects/kubernetes.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import {
  refuseBindingUpdate,
  refuseNewBinding,
  refuseNewRole,
  refuseRoleUpdate,
} from '../authorize/escalation.ts';
import type { GenerationRule, Strategy } from '../call.ts';
import {
  prepareCertificateRequest,
  prepareCertificateRequestStatus,
  prepareCertificateRequestUpdate,
} from './certificate-request-strategy.ts';
import { markDefinitionDeleted, prepareDefinition, prepareDefinitionUpdate } from './definition-strategy.ts';
import { isNamespaceFinalized, prepareNamespace, prepareNamespaceUpdate } from './namespace-strategy.ts';
import { podGracePeriod, preparePod, preparePodStatus, preparePodUpdate } from './pod-strategy.ts';
import { prepareService, prepareServiceUpdate } from './service-strategy.ts';
import {
  preparePersistentVolume,
  preparePersistentVolumeClaim,
  preparePersistentVolumeStatus,
} from './volume-strategies.ts';
import {
  prepareDaemonSet,
  prepareDaemonSetUpdate,
  prepareJob,
  prepareStatefulSet,
  prepareStatefulSetUpdate,
} from './workload-strategies.ts';

/** The strategy of a resource in a cluster of some version: what all have in common, and what is its own. */
export function strategyFor({ name, subresources }: Resource, version: KubeVersion): Strategy {
  return {
    hasStatus: subresources.some((subresource) => subresource.name === 'status'),
    keepsStatusAtCreate: false,
    generation: inVersion(GENERATIONS[name] ?? NO_GENERATION, version),
    allowsUnconditionalUpdate: !NEED_A_VERSION.includes(name),
    defaultPropagation: 'Background',
    ...OWN[name],
  };
}

const ROLE: Partial<Strategy> = { prepareForCreate: refuseNewRole, prepareForUpdate: refuseRoleUpdate };
const BINDING: Partial<Strategy> = {
  prepareForCreate: refuseNewBinding,
  prepareForUpdate: refuseBindingUpdate,
};

const OWN: Readonly<Record<string, Partial<Strategy>>> = {
  events: { defaultPropagation: 'Unsupported' },
  namespaces: {
    prepareForCreate: prepareNamespace,
    prepareForUpdate: prepareNamespaceUpdate,
    isFinalized: isNamespaceFinalized,
  },
  nodes: { keepsStatusAtCreate: true },
  persistentvolumeclaims: { prepareForCreate: preparePersistentVolumeClaim },
  persistentvolumes: {
    prepareForCreate: preparePersistentVolume,
    prepareForStatus: preparePersistentVolumeStatus,
  },
  pods: {
    gracePeriod: podGracePeriod,
    prepareForCreate: preparePod,
    prepareForUpdate: preparePodUpdate,
    prepareForStatus: preparePodStatus,
  },
  replicationcontrollers: { defaultPropagation: 'Orphan' },
  secrets: { prepareForUpdate: prepareSecretUpdate },
  services: { prepareForCreate: prepareService, prepareForUpdate: prepareServiceUpdate },
  'certificatesigningrequests.certificates.k8s.io': {
    prepareForCreate: prepareCertificateRequest,
    prepareForUpdate: prepareCertificateRequestUpdate,
    prepareForStatus: prepareCertificateRequestStatus,
  },
  [DEFINITIONS]: {
    prepareForCreate: prepareDefinition,
    prepareForUpdate: prepareDefinitionUpdate,
    markDeleted: markDefinitionDeleted,
  },
  'daemonsets.apps': { prepareForCreate: prepareDaemonSet, prepareForUpdate: prepareDaemonSetUpdate },
  'jobs.batch': { defaultPropagation: 'Orphan', prepareForCreate: prepareJob },
  'statefulsets.apps': {
    prepareForCreate: prepareStatefulSet,
    prepareForUpdate: prepareStatefulSetUpdate,
  },
  'clusterroles.rbac.authorization.k8s.io': ROLE,
  'clusterrolebindings.rbac.authorization.k8s.io': BINDING,
  'roles.rbac.authorization.k8s.io': ROLE,
  'rolebindings.rbac.authorization.k8s.io': BINDING,
};

/** One that says no type keeps the one it has (kubernetes: registry/core/secret/strategy.go). */
function prepareSecretUpdate(draft: KubeObject, stored: KubeObject): undefined {
  const secret = draft as Secret;
  const { type } = stored as Secret;
  if (!secret.type && type !== undefined) secret.type = type;
}

const NO_GENERATION: Since<GenerationRule> = [[0, 'none']];
const COUNTS_CONTENT: Since<GenerationRule> = [[0, 'content']];

/**
 * Whose objects have a generation, and what it counts (kubernetes: PrepareForCreate and PrepareForUpdate).
 */
const GENERATIONS: Readonly<Record<string, Since<GenerationRule>>> = {
  // PodObservedGenerationTracking: alpha in 1.33, on since 1.34.
  pods: [
    [0, 'none'],
    [34, 'content'],
  ],
  podtemplates: COUNTS_CONTENT,
  replicationcontrollers: COUNTS_CONTENT,
  'customresourcedefinitions.apiextensions.k8s.io': COUNTS_CONTENT,
  'daemonsets.apps': COUNTS_CONTENT,
  'deployments.apps': [[0, 'content+annotations']],
  'replicasets.apps': COUNTS_CONTENT,
  'statefulsets.apps': COUNTS_CONTENT,
  // The recorded 1.20 cluster has none on Jobs and CronJobs.
  'cronjobs.batch': [
    [0, 'none'],
    [21, 'content'],
  ],
  'jobs.batch': [
    [0, 'none'],
    [21, 'content'],
  ],
  'endpointslices.discovery.k8s.io': [[0, 'content+labels']],
  'flowschemas.flowcontrol.apiserver.k8s.io': COUNTS_CONTENT,
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': COUNTS_CONTENT,
  'ingressclasses.networking.k8s.io': COUNTS_CONTENT,
  'ingresses.networking.k8s.io': COUNTS_CONTENT,
  'networkpolicies.networking.k8s.io': COUNTS_CONTENT,
  'poddisruptionbudgets.policy': COUNTS_CONTENT,
  'deviceclasses.resource.k8s.io': COUNTS_CONTENT,
  'resourceslices.resource.k8s.io': COUNTS_CONTENT,
  'priorityclasses.scheduling.k8s.io': [[0, 'once']],
  'mutatingadmissionpolicies.admissionregistration.k8s.io': COUNTS_CONTENT,
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io': COUNTS_CONTENT,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': COUNTS_CONTENT,
  'validatingadmissionpolicies.admissionregistration.k8s.io': COUNTS_CONTENT,
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': COUNTS_CONTENT,
  'validatingwebhookconfigurations.admissionregistration.k8s.io': COUNTS_CONTENT,
};

/** Whose updates must name the version that they were made from (kubernetes: AllowUnconditionalUpdate). */
const NEED_A_VERSION: readonly string[] = [
  'apiservices.apiregistration.k8s.io',
  'clustertrustbundles.certificates.k8s.io',
  'csidrivers.storage.k8s.io',
  'csinodes.storage.k8s.io',
  'csistoragecapacities.storage.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'leases.coordination.k8s.io',
  'mutatingadmissionpolicies.admissionregistration.k8s.io',
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'poddisruptionbudgets.policy',
  'runtimeclasses.node.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'volumeattachments.storage.k8s.io',
];
