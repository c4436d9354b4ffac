import type { World } from '../cluster/world/world.ts';
import type { ObjectDifference } from '../replay/difference.ts';
import { changeText, WRITTEN_ANEW } from './change-text.ts';
import { nameOf } from './names.ts';

/** An object that is not the same at two instants, in one line. */
export interface DifferenceLine {
  /** It came, it went, or it became another. */
  readonly kind: 'came' | 'went' | 'changed';
  readonly text: string;
}

/**
 * What is otherwise at an instant than at another, an object a line; `world` is that of the later of the two.
 * Records of what happened (Kubernetes Events) and heartbeats are left out: they differ always.
 */
export function differenceText(
  differences: readonly ObjectDifference[],
  world: World,
): readonly DifferenceLine[] {
  return differences.flatMap(({ key, before, after, delta }): DifferenceLine[] => {
    const object = after ?? before;
    if (!object || object.kind === 'Event' || object.kind === 'Lease') return [];
    if (!before) return [{ kind: 'came', text: `+ ${nameOf(object)}` }];
    if (!after) return [{ kind: 'went', text: `- ${nameOf(object)}` }];
    const event = { type: 'ObjectUpdated', resource: '', key, ...delta } as const;
    const text = changeText({ before, after, event, world });
    return text === WRITTEN_ANEW ? [] : [{ kind: 'changed', text: `~ ${nameOf(after)}: ${text}` }];
  });
}
