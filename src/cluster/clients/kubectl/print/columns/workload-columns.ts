import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  PodTemplate,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../../../objects/kubernetes.ts';
import { formatLabels, selectorText } from '../label-text.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, containerColumns, nameColumn, selectorColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  { name: 'Ready', cell: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}` },
  { name: 'Up-to-date', cell: ({ status }) => status?.updatedReplicas ?? 0 },
  { name: 'Available', cell: ({ status }) => status?.availableReplicas ?? 0 },
  ageColumn,
  ...containerColumns<Deployment>(({ spec }) => spec?.template.spec?.containers),
  { name: 'Selector', wide: true, cell: ({ spec }) => selectorText(spec?.selector) },
];

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  nameColumn,
  { name: 'Desired', cell: ({ spec }) => spec?.replicas ?? 0 },
  { name: 'Current', cell: ({ status }) => status?.replicas ?? 0 },
  { name: 'Ready', cell: ({ status }) => status?.readyReplicas ?? 0 },
  ageColumn,
  ...containerColumns<ReplicaSet>(({ spec }) => spec?.template?.spec?.containers),
  selectorColumn<ReplicaSet>(({ spec }) => spec?.selector),
];

export const replicationControllerColumns: readonly Column<ReplicationController>[] = [
  nameColumn,
  { name: 'Desired', cell: ({ spec }) => spec?.replicas ?? 0 },
  { name: 'Current', cell: ({ status }) => status?.replicas ?? 0 },
  { name: 'Ready', cell: ({ status }) => status?.readyReplicas ?? 0 },
  ageColumn,
  ...containerColumns<ReplicationController>(({ spec }) => spec?.template?.spec?.containers),
  { name: 'Selector', wide: true, cell: ({ spec }) => formatLabels(spec?.selector) },
];

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  nameColumn,
  { name: 'Desired', cell: ({ status }) => status?.desiredNumberScheduled ?? 0 },
  { name: 'Current', cell: ({ status }) => status?.currentNumberScheduled ?? 0 },
  { name: 'Ready', cell: ({ status }) => status?.numberReady ?? 0 },
  { name: 'Up-to-date', cell: ({ status }) => status?.updatedNumberScheduled ?? 0 },
  { name: 'Available', cell: ({ status }) => status?.numberAvailable ?? 0 },
  { name: 'Node Selector', cell: ({ spec }) => formatLabels(spec?.template.spec?.nodeSelector) },
  ageColumn,
  ...containerColumns<DaemonSet>(({ spec }) => spec?.template.spec?.containers),
  selectorColumn<DaemonSet>(({ spec }) => spec?.selector),
];

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  nameColumn,
  { name: 'Ready', cell: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}` },
  ageColumn,
  ...containerColumns<StatefulSet>(({ spec }) => spec?.template.spec?.containers),
];

export const podTemplateColumns: readonly Column<PodTemplate>[] = [
  nameColumn,
  ...containerColumns<PodTemplate>(({ template }) => template?.spec?.containers).map(({ name, cell }) => ({
    name,
    cell,
  })),
  { name: 'Pod Labels', cell: ({ template }) => formatLabels(template?.metadata?.labels) },
];

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  nameColumn,
  { name: 'Controller', cell: controllerOf },
  { name: 'Revision', cell: ({ revision }) => revision },
  ageColumn,
];

/** `statefulset.apps/web`. */
function controllerOf({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return '<none>';
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
  const kind = `${owner.kind}${group}`.toLowerCase();
  return `${kind}/${owner.name}`;
}
