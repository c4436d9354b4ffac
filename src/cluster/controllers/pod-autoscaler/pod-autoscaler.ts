import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, View } from '../../contract/component.ts';
import type { HorizontalPodAutoscaler } from '../../objects/kubernetes.ts';
import { atWorkSince } from '../../world/control-plane.ts';
import { measuredCause } from '../shared/measured-cause.ts';
import { ACTOR, AUTOSCALERS } from './autoscaler-look.ts';
import { keyOf } from './find-target.ts';
import { reconcileAutoscaler } from './reconcile-autoscaler.ts';
import { SYNC_PERIOD_MS } from './stabilize.ts';

/**
 * Sets the size of what it is told to by what its pods use (podautoscaler/horizontal.go). It looks at each
 * autoscaler every fifteen seconds, the first time so long after it was made, and at no other time.
 */
export const podAutoscaler: Component = {
  name: ACTOR,
  watches: [AUTOSCALERS, 'pods'],
  *deliveriesOf({ resource, key }, _rows, objects) {
    if (resource === AUTOSCALERS) yield { actor: ACTOR, key };
    else if (objects.list(AUTOSCALERS).length > 0) yield { actor: ACTOR };
  },
  concernedBy: ['UsageScraped'],
  *concernsOf({ event }, rows) {
    if (event.type !== 'UsageScraped') return;
    for (const { key } of rows.rowsBy('autoscalers', 'all', '')) yield { actor: ACTOR, key };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<HorizontalPodAutoscaler>(AUTOSCALERS))
      yield { actor: ACTOR, key: keyOf(metadata.namespace, metadata.name) };
  },
  *reconcile(view, { key }, now) {
    const autoscaler = view.objects.byKey<HorizontalPodAutoscaler>(key);
    if (!autoscaler) {
      if (view.rows.row('autoscalers', key)) yield { type: 'AutoscalerForgotten', about: key };
    } else if (nextSync(view, autoscaler, now) === now) {
      yield* reconcileAutoscaler(view, autoscaler, { key, now });
    }
  },
  wake(view, { key }, from) {
    const autoscaler = view.objects.byKey<HorizontalPodAutoscaler>(key);
    if (!autoscaler) return undefined;
    const target = autoscaler.spec.scaleTargetRef.name;
    return { at: nextSync(view, autoscaler, from), cause: measuredCause(view, { key, autoscaler, target }) };
  },
};

/** The next time at which its turn comes. */
function nextSync(view: View, { metadata }: HorizontalPodAutoscaler, from: Millis): Millis {
  const { settings, rows, chance } = view;
  const made = (parseRfc3339(metadata.creationTimestamp ?? '') ?? settings.epochMs) - settings.epochMs;
  const since = Math.max(made, atWorkSince(rows, 'kube-controller-manager', settings));
  const first = since + SYNC_PERIOD_MS + drawWhole(chance, 0, 999, 'hpa sync', metadata.uid ?? '');
  return first + Math.max(0, Math.ceil((from - first) / SYNC_PERIOD_MS)) * SYNC_PERIOD_MS;
}
