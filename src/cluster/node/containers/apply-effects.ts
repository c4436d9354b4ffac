import type { View } from '../../contract/component.ts';
import type { ContainerRow, FileRow } from '../../contract/machine-rows.ts';
import type { Doing } from '../doing.ts';
import type { Effect } from '../processes/process-host.ts';
import { placeOf } from './host-of.ts';

/** What a program did, as facts. What it printed is the caller's: a log, or an answer to somebody. */
export function* applyEffects(view: View, row: ContainerRow, effects: readonly Effect[]): Doing<void> {
  const { node, pod } = row;
  for (const effect of effects) {
    switch (effect.type) {
      case 'FileWritten':
        yield { type: 'FileWritten', node, pod, ...placeOf(view, row, effect.path), ...effect.node };
        break;
      case 'FileRemoved': {
        const removed: Pick<FileRow, 'kind' | 'mode'> = { kind: 'removed', mode: 0 };
        yield {
          type: 'FileWritten',
          node,
          pod,
          ...placeOf(view, row, effect.path),
          ...removed,
          modifiedAt: 0,
        };
        break;
      }
      case 'FileAppended':
        yield { type: 'FileAppended', node, pod, ...placeOf(view, row, effect.path), text: effect.text };
        break;
      case 'NoticeGiven':
        yield { type: 'NoticeGiven', about: row.image, message: effect.message };
        break;
      default:
    }
  }
}

/** What a program printed to one of its streams. */
export function printed(effects: readonly Effect[], stream: 'stdout' | 'stderr'): string {
  let text = '';
  for (const effect of effects)
    if (effect.type === 'Printed' && effect.stream === stream) text += effect.text;
  return text;
}

/** What a program wrote to the container's log: its own output, or that of PID 1 which it wrote to. */
export function* logOutput(row: ContainerRow, effects: readonly Effect[], isPid1: boolean): Doing<void> {
  const { node, pod, id: container } = row;
  let pending: { stream: 'stdout' | 'stderr'; text: string } | undefined;
  for (const effect of effects) {
    if (effect.type !== 'Printed' || effect.text === '' || !(isPid1 || effect.toPid1)) continue;
    if (pending && pending.stream !== effect.stream) {
      yield { type: 'ContainerLogged', node, pod, container, ...pending };
      pending = undefined;
    }
    pending = { stream: effect.stream, text: (pending?.text ?? '') + effect.text };
  }
  if (pending) yield { type: 'ContainerLogged', node, pod, container, ...pending };
}
