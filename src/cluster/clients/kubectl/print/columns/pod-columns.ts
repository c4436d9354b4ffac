import type { Pod } from '../../../../objects/kubernetes.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';
import { summarizePod } from './pod-summary.ts';

/** `kubectl get pods`. Mirrors kube-apiserver: printers/internalversion/printers.go printPod. */
export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  { name: 'Ready', cell: (pod, context) => summarizePod(pod, context).ready },
  { name: 'Status', cell: (pod, context) => summarizePod(pod, context).status },
  { name: 'Restarts', cell: (pod, context) => summarizePod(pod, context).restarts },
  ageColumn,
  { name: 'IP', wide: true, cell: ({ status }) => status?.podIPs?.[0]?.ip || '<none>' },
  { name: 'Node', wide: true, cell: ({ spec }) => spec.nodeName || '<none>' },
  { name: 'Nominated Node', wide: true, cell: ({ status }) => status?.nominatedNodeName || '<none>' },
  { name: 'Readiness Gates', wide: true, cell: readinessGates },
];

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const open = gates.filter(
    (gate) => status?.conditions?.find(({ type }) => type === gate.conditionType)?.status === 'True',
  );
  return `${open.length}/${gates.length}`;
}
