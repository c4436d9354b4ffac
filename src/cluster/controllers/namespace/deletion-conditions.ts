import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { compareText } from '../../objects/json.ts';
import type { NamespaceCondition } from '../../objects/kubernetes.ts';
import type { Remaining } from './delete-contents.ts';

interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/**
 * How far the deletion of a namespace has come (namespace/deletion/status_condition_utils.go). The very same
 * list when nothing is new. `epochMs`: now, since 1970.
 */
export function conditionsOf(
  before: readonly NamespaceCondition[],
  remaining: readonly Remaining[],
  epochMs: number,
): NamespaceCondition[] {
  const findings = findingsOf(remaining);
  const isSame = findings.every((finding) =>
    before.some(
      (condition) =>
        condition.type === finding.type &&
        condition.status === finding.status &&
        condition.message === finding.message,
    ),
  );
  if (isSame) return before as NamespaceCondition[];
  const now = formatRfc3339(epochMs);
  return findings.map((finding) => {
    const old = before.find(({ type }) => type === finding.type);
    const since = old?.status === finding.status ? old.lastTransitionTime : undefined;
    return { ...finding, lastTransitionTime: since ?? now };
  });
}

function findingsOf(remaining: readonly Remaining[]): readonly Finding[] {
  return [
    good('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    good(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    good(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    contentFinding(remaining),
    finalizersFinding(remaining),
  ];
}

function good(type: string, reason: string, message: string): Finding {
  return { type, status: 'False', reason, message };
}

function contentFinding(remaining: readonly Remaining[]): Finding {
  const type = 'NamespaceContentRemaining';
  if (remaining.length === 0) return good(type, 'ContentRemoved', 'All content successfully removed');
  const counts = remaining.map(
    ({ resource, objects }) => `${resource} has ${objects.length} resource instances`,
  );
  const message = `Some resources are remaining: ${counts.sort(compareText).join(', ')}`;
  return { type, status: 'True', reason: 'SomeResourcesRemain', message };
}

function finalizersFinding(remaining: readonly Remaining[]): Finding {
  const type = 'NamespaceFinalizersRemaining';
  const counts = new Map<string, number>();
  for (const { metadata } of remaining.flatMap(({ objects }) => objects)) {
    for (const finalizer of metadata.finalizers ?? [])
      counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  }
  if (counts.size === 0)
    return good(type, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished');
  const parts = [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
  const message = `Some content in the namespace has finalizers remaining: ${parts.sort(compareText).join(', ')}`;
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message };
}
