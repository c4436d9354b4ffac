import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';

/** A program says why it can't go on, and ends with 1. */
export function* endProgram(
  { settings, chance }: View,
  { id: container, node, pod }: ContainerRow,
  { now, says }: { readonly now: Millis; readonly says: string },
): Doing<void> {
  const [low, high] = settings.latencies.containerExit;
  const at = now + drawWhole(chance, low, high, 'container exit', container);
  yield { type: 'ContainerLogged', node, pod, container, stream: 'stderr', text: says };
  yield { type: 'ProcessAdvanced', node, pod, container, ending: { at, code: 1, reason: 'Error' } };
}
