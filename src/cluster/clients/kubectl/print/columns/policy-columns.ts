import type {
  ClusterRoleBinding,
  MutatingWebhookConfiguration,
  PodDisruptionBudget,
  PriorityClass,
  RoleBinding,
  Subject,
  ValidatingWebhookConfiguration,
} from '../../../../objects/kubernetes.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const podDisruptionBudgetColumns: readonly Column<PodDisruptionBudget>[] = [
  nameColumn,
  { name: 'Min Available', cell: ({ spec }) => `${spec?.minAvailable ?? 'N/A'}` },
  { name: 'Max Unavailable', cell: ({ spec }) => `${spec?.maxUnavailable ?? 'N/A'}` },
  { name: 'Allowed Disruptions', cell: ({ status }) => status?.disruptionsAllowed ?? 0 },
  ageColumn,
];

export const priorityClassColumns: readonly Column<PriorityClass>[] = [
  nameColumn,
  { name: 'Value', cell: ({ value }) => value ?? 0 },
  { name: 'Global-Default', cell: ({ globalDefault }) => globalDefault ?? false },
  ageColumn,
  { name: 'PreemptionPolicy', since: 32, cell: ({ preemptionPolicy }) => preemptionPolicy ?? '' },
];

export const webhookColumns: readonly Column<
  MutatingWebhookConfiguration | ValidatingWebhookConfiguration
>[] = [nameColumn, { name: 'Webhooks', cell: ({ webhooks = [] }) => webhooks.length }, ageColumn];

export const roleBindingColumns: readonly Column<RoleBinding | ClusterRoleBinding>[] = [
  nameColumn,
  { name: 'Role', cell: ({ roleRef }) => `${roleRef.kind}/${roleRef.name}` },
  ageColumn,
  { name: 'Users', wide: true, cell: ({ subjects }) => named(subjects, 'User') },
  { name: 'Groups', wide: true, cell: ({ subjects }) => named(subjects, 'Group') },
  {
    name: 'ServiceAccounts',
    wide: true,
    cell: ({ subjects = [] }) =>
      subjects
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name))
        .join(', '),
  },
];

function named(subjects: readonly Subject[] | undefined, wanted: string): string {
  return (subjects ?? [])
    .filter(({ kind }) => kind === wanted)
    .map(({ name }) => name)
    .join(', ');
}
