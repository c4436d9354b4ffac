import { formatRfc3339, parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { Resource } from '../../../../objects/schema/resources.ts';
import type { Column } from '../table/column.ts';
import { horizontalPodAutoscalerColumns } from './autoscaler-columns.ts';
import { cronJobColumns, jobColumns } from './batch-columns.ts';
import {
  certificateSigningRequestColumns,
  componentStatusColumns,
  configMapColumns,
  leaseColumns,
  namespaceColumns,
  nodeColumns,
  resourceQuotaColumns,
  runtimeClassColumns,
  secretColumns,
  serviceAccountColumns,
} from './cluster-columns.ts';
import { ageColumn, nameColumn } from './common-columns.ts';
import { customColumns } from './custom-columns.ts';
import { resourceClaimColumns, resourceSliceColumns } from './device-columns.ts';
import { eventColumns } from './event-columns.ts';
import { nodeMetricsColumns, podMetricsColumns } from './metrics-columns.ts';
import { podColumns } from './pod-columns.ts';
import {
  podDisruptionBudgetColumns,
  priorityClassColumns,
  roleBindingColumns,
  webhookColumns,
} from './policy-columns.ts';
import {
  endpointSliceColumns,
  endpointsColumns,
  ingressClassColumns,
  ingressColumns,
  ipAddressColumns,
  networkPolicyColumns,
  serviceCidrColumns,
  serviceColumns,
} from './service-columns.ts';
import {
  csiDriverColumns,
  csiNodeColumns,
  persistentVolumeClaimColumns,
  persistentVolumeColumns,
  storageClassColumns,
  volumeAttachmentColumns,
  volumeAttributesClassColumns,
} from './storage-columns.ts';
import {
  controllerRevisionColumns,
  daemonSetColumns,
  deploymentColumns,
  podTemplateColumns,
  replicaSetColumns,
  replicationControllerColumns,
  statefulSetColumns,
} from './workload-columns.ts';

/** Kubernetes' own kinds without a row of their own. Mirrors apiserver: registry/rest/table.go. */
const createdAtColumns: readonly Column[] = [
  nameColumn,
  {
    name: 'Created At',
    cell: ({ metadata }) => {
      const createdAt = parseRfc3339(metadata.creationTimestamp ?? '');
      return createdAt === undefined ? '<unknown>' : formatRfc3339(createdAt);
    },
  },
];

/** What kubectl and the server show of kinds that they know nothing about. */
const otherColumns: readonly Column[] = [nameColumn, ageColumn];

/** By resource, as an object reference names it. Each list belongs to that resource's kind. */
const COLUMNS: Readonly<Record<string, readonly Column<never>[]>> = {
  pods: podColumns,
  nodes: nodeColumns,
  namespaces: namespaceColumns,
  events: eventColumns,
  configmaps: configMapColumns,
  secrets: secretColumns,
  serviceaccounts: serviceAccountColumns,
  services: serviceColumns,
  endpoints: endpointsColumns,
  replicationcontrollers: replicationControllerColumns,
  persistentvolumes: persistentVolumeColumns,
  persistentvolumeclaims: persistentVolumeClaimColumns,
  podtemplates: podTemplateColumns,
  resourcequotas: resourceQuotaColumns,
  componentstatuses: componentStatusColumns,
  limitranges: createdAtColumns,
  'deployments.apps': deploymentColumns,
  'replicasets.apps': replicaSetColumns,
  'daemonsets.apps': daemonSetColumns,
  'statefulsets.apps': statefulSetColumns,
  'controllerrevisions.apps': controllerRevisionColumns,
  'jobs.batch': jobColumns,
  'cronjobs.batch': cronJobColumns,
  'endpointslices.discovery.k8s.io': endpointSliceColumns,
  'ingresses.networking.k8s.io': ingressColumns,
  'ingressclasses.networking.k8s.io': ingressClassColumns,
  'networkpolicies.networking.k8s.io': networkPolicyColumns,
  'servicecidrs.networking.k8s.io': serviceCidrColumns,
  'ipaddresses.networking.k8s.io': ipAddressColumns,
  'leases.coordination.k8s.io': leaseColumns,
  'storageclasses.storage.k8s.io': storageClassColumns,
  'volumeattachments.storage.k8s.io': volumeAttachmentColumns,
  'csinodes.storage.k8s.io': csiNodeColumns,
  'csidrivers.storage.k8s.io': csiDriverColumns,
  'volumeattributesclasses.storage.k8s.io': volumeAttributesClassColumns,
  'resourceclaims.resource.k8s.io': resourceClaimColumns,
  'pods.metrics.k8s.io': podMetricsColumns,
  'nodes.metrics.k8s.io': nodeMetricsColumns,
  'resourceslices.resource.k8s.io': resourceSliceColumns,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': webhookColumns,
  'validatingwebhookconfigurations.admissionregistration.k8s.io': webhookColumns,
  'roles.rbac.authorization.k8s.io': createdAtColumns,
  'clusterroles.rbac.authorization.k8s.io': createdAtColumns,
  'rolebindings.rbac.authorization.k8s.io': roleBindingColumns,
  'clusterrolebindings.rbac.authorization.k8s.io': roleBindingColumns,
  'poddisruptionbudgets.policy': podDisruptionBudgetColumns,
  'priorityclasses.scheduling.k8s.io': priorityClassColumns,
  'horizontalpodautoscalers.autoscaling': horizontalPodAutoscalerColumns,
  'runtimeclasses.node.k8s.io': runtimeClassColumns,
  'certificatesigningrequests.certificates.k8s.io': certificateSigningRequestColumns,
  'customresourcedefinitions.apiextensions.k8s.io': createdAtColumns,
};

/** The columns of a resource's table, for objects of that resource. */
export function columnsOf({ name, custom }: Pick<Resource, 'name' | 'custom'>): readonly Column<never>[] {
  if (custom) return customColumns(custom.version);
  return COLUMNS[name] ?? otherColumns;
}
