import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import { storageKey } from '../../objects/storage-key.ts';
import {
  VERTICAL_AUTOSCALERS,
  type VerticalPodAutoscaler,
} from '../../objects/vertical/vertical-autoscaler.ts';
import { measuredCause } from '../shared/measured-cause.ts';

/** One of the programs that go through all autoscalers again and again. */
export interface VerticalProgram {
  readonly name: string;
  /** Between two of its looks. */
  readonly everyMs: Millis;
  look(view: View, autoscaler: VerticalPodAutoscaler, at: Look): Reaction;
  /** What it does when an autoscaler is gone. */
  forget?(view: View, key: string): Reaction;
}

export interface Look {
  readonly key: string;
  readonly now: Millis;
}

export function verticalProgram({ name, everyMs, look, forget }: VerticalProgram): Component {
  const nextLook = ({ chance }: View, from: Millis): Millis => {
    const phase = drawWhole(chance, 0, everyMs - 1, name);
    return phase + Math.ceil((from - phase) / everyMs) * everyMs;
  };
  return {
    name,
    watches: [VERTICAL_AUTOSCALERS],
    *deliveriesOf({ key }) {
      yield { actor: name, key };
    },
    concernedBy: ['UsageScraped'],
    *concernsOf({ event }, rows) {
      if (event.type === 'UsageScraped')
        for (const { key } of rows.rowsBy('verticals', 'all', '')) yield { actor: name, key };
    },
    *addresses({ objects }) {
      for (const { metadata } of objects.list<VerticalPodAutoscaler>(VERTICAL_AUTOSCALERS))
        yield { actor: name, key: keyOf(metadata) };
    },
    *reconcile(view, { key }, now) {
      const autoscaler = view.objects.byKey<VerticalPodAutoscaler>(key);
      if (!autoscaler) {
        if (forget) yield* forget(view, key);
      } else if (nextLook(view, now) === now) yield* look(view, autoscaler, { key, now });
    },
    wake(view, { key }, from) {
      const autoscaler = view.objects.byKey<VerticalPodAutoscaler>(key);
      if (!autoscaler) return undefined;
      const target = autoscaler.spec.targetRef.name;
      return { at: nextLook(view, from), cause: measuredCause(view, { key, autoscaler, target }) };
    },
  };
}

function keyOf({ namespace = '', name = '' }: VerticalPodAutoscaler['metadata']): string {
  return storageKey({ resource: VERTICAL_AUTOSCALERS, namespace, name });
}
