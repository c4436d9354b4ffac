import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { World } from '../cluster/world/world.ts';
import type { ObjectDifference } from '../replay/difference.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { changeText } from './change-text.ts';
import { k8sEventLine } from './entry-line.ts';
import { nameOf } from './names.ts';

/** An object that is not the same at two instants, in one line. */
export interface DifferenceLine {
  /** It came, it went, or it became another. */
  readonly kind: 'came' | 'went' | 'changed';
  readonly text: string;
}

interface DifferenceLook {
  /** Heartbeats, and what tells a reader nothing, too. */
  readonly all?: boolean;
  readonly language?: string;
}

/**
 * What is otherwise at an instant than at another, an object a line; `world` is that of the later of the two.
 * Records of what happened (Kubernetes Events) are left out, and so are, without `all`, heartbeats.
 */
export function differenceText(
  differences: readonly ObjectDifference[],
  world: World,
  { all = false, language = 'en' }: DifferenceLook = {},
): readonly DifferenceLine[] {
  const { changes: words } = entryWordsIn(language);
  return differences.flatMap(({ key, before, after, delta }): DifferenceLine[] => {
    const object = after ?? before;
    if (!object || object.kind === 'Event' || (!all && isHeartbeat(object))) return [];
    if (!before) return [{ kind: 'came', text: `+ ${nameOf(object)}` }];
    if (!after) return [{ kind: 'went', text: `- ${nameOf(object)}` }];
    const event = { type: 'ObjectUpdated', resource: '', key, ...delta } as const;
    const text = changeText({ before, after, event, world, words });
    return text === words.writtenAnew && !all
      ? []
      : [{ kind: 'changed', text: `~ ${nameOf(after)}: ${text}` }];
  });
}

/** Kubernetes Events that came, were seen again, or have expired from one instant to another; a line each. */
export function k8sEventDifferenceText(
  differences: readonly ObjectDifference[],
  language = 'en',
): readonly DifferenceLine[] {
  return differences.flatMap(({ before, after }): DifferenceLine[] => {
    const object = after ?? before;
    if (object?.kind !== 'Event') return [];
    const said = k8sEventLine(object as CoreEvent, entryWordsIn(language)).replace(/\s+/g, ' ');
    if (!before) return [{ kind: 'came', text: `+ ${said}` }];
    return [after ? { kind: 'changed', text: `~ ${said}` } : { kind: 'went', text: `- ${said}` }];
  });
}

/** That its lease was renewed says nothing of a node. */
export function isHeartbeat({ kind }: KubeObject): boolean {
  return kind === 'Lease';
}
