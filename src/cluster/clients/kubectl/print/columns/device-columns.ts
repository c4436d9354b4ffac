import type { DynamicResourceClaim, ResourceSlice } from '../../../../objects/kubernetes.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const resourceClaimColumns: readonly Column<DynamicResourceClaim>[] = [
  nameColumn,
  { name: 'State', cell: stateOf },
  ageColumn,
];

function stateOf({ metadata, status }: DynamicResourceClaim): string {
  const isGoing = metadata.deletionTimestamp !== undefined;
  const isAllocated = status?.allocation !== undefined;
  const isReserved = isAllocated && (status.reservedFor?.length ?? 0) > 0;
  return [
    ...(isGoing ? ['deleted'] : []),
    ...(isAllocated ? ['allocated'] : isGoing ? [] : ['pending']),
    ...(isReserved ? ['reserved'] : []),
  ].join(',');
}

export const resourceSliceColumns: readonly Column<ResourceSlice>[] = [
  nameColumn,
  { name: 'Node', cell: ({ spec }) => spec.nodeName ?? '' },
  { name: 'Driver', cell: ({ spec }) => spec.driver },
  { name: 'Pool', cell: ({ spec }) => spec.pool.name },
  ageColumn,
];
