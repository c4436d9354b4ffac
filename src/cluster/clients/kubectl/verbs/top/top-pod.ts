import { formatGoDuration } from '../../../../../kernel/time/go-duration.ts';
import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import { matchesFields, parseFieldSelector } from '../../../../objects/field-selector.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { PodMetrics } from '../../../../objects/metrics.ts';
import { fail } from '../../failure.ts';
import { DONE, demand, type Invocation, type Steps } from '../../invocation.ts';
import { askMetrics, nameTyped } from './ask-metrics.ts';
import { podTable } from './pod-table.ts';

/** Pods, or their containers, by name or by what they use (kubectl: cmd/top/top_pod.go). */
export function* showPods(invocation: Invocation): Steps {
  const { flags, namespace, out, err } = invocation;
  const name = nameTyped(invocation, 'pod [NAME | -l label]');
  if (name !== undefined && (flags.text('selector') !== '' || flags.text('field-selector') !== ''))
    fail('only one of NAME or selector can be provided');
  const isEverywhere = flags.bool('all-namespaces');
  const at = isEverywhere ? {} : { namespace };
  const resource = 'pods.metrics.k8s.io';
  const all = yield* askMetrics(invocation, { resource, ...at, name });
  const found = (yield* ofFields(invocation, all, at)) as readonly (KubeObject & PodMetrics)[];
  if (found.length === 0) {
    yield* explainNothing(invocation, at);
    err(isEverywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`);
    return DONE;
  }
  out(podTable(invocation, found));
  return DONE;
}

interface Place {
  readonly namespace?: string;
}

function* ofFields(
  invocation: Invocation,
  all: readonly KubeObject[],
  at: Place,
): Steps<readonly KubeObject[]> {
  const fieldSelector = invocation.flags.text('field-selector');
  const fields = parseFieldSelector(fieldSelector);
  if (fieldSelector === '' || all.length === 0) return all;
  if (!fields.ok) fail(fields.problem);
  const { items = [] } = yield* demand(invocation, { verb: 'list', resource: 'pods', ...at });
  const chosen = items.filter((pod) => fields.ok && matchesFields(fields.requirements, pod));
  return all.filter(({ metadata }) =>
    chosen.some(
      (pod) => pod.metadata.name === metadata.name && pod.metadata.namespace === metadata.namespace,
    ),
  );
}

/** So long after their creation pods may be without. */
const DELAY_MS = 120_000;

/** Where there are pods, and nothing was measured of them, that is an error. */
function* explainNothing(invocation: Invocation, at: Place): Steps<void> {
  const labelSelector = invocation.flags.text('selector');
  const fieldSelector = invocation.flags.text('field-selector');
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'pods',
    ...at,
    ...(labelSelector !== '' && { labelSelector }),
    ...(fieldSelector !== '' && { fieldSelector }),
  });
  if (items.length === 0) return;
  for (const { metadata } of items) {
    const age = invocation.epochNow - (parseRfc3339(metadata.creationTimestamp ?? '') ?? 0);
    if (age > DELAY_MS) {
      const named = `${metadata.namespace}/${metadata.name}`;
      fail(`Metrics not available for pod ${named}, age: ${formatGoDuration(age)}`);
    }
  }
  fail('metrics not available yet');
}
