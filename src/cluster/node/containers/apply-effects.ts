import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { NetworkCall } from '../../contract/connection-row.ts';
import type { Doing } from '../../contract/doing.ts';
import { fileKey } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { imageOf } from '../images-of-node.ts';
import type { Effect } from '../processes/process-host.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { makeSecret } from './make-secret.ts';
import { placeOf } from './places.ts';
import { settleOthers } from './settle-others.ts';

export interface Done {
  readonly row: ContainerRow;
  /** The program that did it, if it is not the container's own. */
  readonly exec?: string;
  readonly effects: readonly Effect[];
  readonly now: Millis;
}

/** What a program did, as facts. What it printed is the caller's: a log, or an answer to somebody. */
export function* applyEffects(view: View, { row, exec, effects, now }: Done): Doing<void> {
  const touched = effects.flatMap((effect) =>
    'path' in effect ? [placeOf(view, row, effect.path).fileSystem] : [],
  );
  const { pod, id } = row;
  if (touched.length > 0) yield* settleOthers(view, { pod, fileSystems: touched, now, by: exec ?? id });
  for (const effect of effects)
    yield* applyEffect(view, { row, ...(exec !== undefined && { exec }) }, effect);
}

function* applyEffect(view: View, { row, exec }: Pick<Done, 'row' | 'exec'>, effect: Effect): Doing<void> {
  const { node, pod, id: container } = row;
  switch (effect.type) {
    case 'FileWritten':
      yield { type: 'FileWritten', node, pod, ...placeOf(view, row, effect.path), ...effect.node };
      return;
    case 'FileRemoved': {
      const removed: Pick<FileRow, 'kind' | 'mode'> = { kind: 'removed', mode: 0 };
      const place = placeOf(view, row, effect.path);
      yield { type: 'FileWritten', node, pod, ...place, ...removed, modifiedAt: 0 };
      return;
    }
    case 'FileAppended':
      yield* append(view, row, effect);
      return;
    case 'RequestSent': {
      const { id: request } = effect;
      const connection = `${exec ?? container}/${request}`;
      const call: NetworkCall = effect.request;
      const by = exec === undefined ? {} : { exec };
      yield { type: 'RequestSent', node, pod, container, connection, request, call, ...by };
      return;
    }
    case 'SignalSent': {
      const { signal, pid } = effect;
      // From inside of a container nobody kills its first process.
      const isFutile = pid === 1 && (signal === 'KILL' || signal === 'STOP');
      const target = containerOfPid(view, row, pid);
      if (!isFutile && target !== undefined)
        yield { type: 'SignalSent', node, pod, container: target, signal, pid };
      return;
    }
    case 'SecretMade':
      yield* makeSecret(view, row, effect);
      return;
    case 'NoticeGiven':
      yield { type: 'NoticeGiven', about: row.specImage, message: effect.message };
      return;
    default:
  }
}

/** Whose process that is: another container's where they share them. */
function containerOfPid({ rows }: View, { id, pod }: ContainerRow, pid: number): string | undefined {
  const isOf = (container: string): boolean => {
    const state = rows.row('processes', container)?.state as ProcessState | undefined;
    return state?.tasks[pid] !== undefined;
  };
  if (isOf(id)) return id;
  const isShared = rows.row('podWorkers', pod)?.pod.spec.shareProcessNamespace === true;
  const others = isShared ? rows.rowsBy('containers', 'pod', pod) : [];
  return others.find((other) => isOf(other.id))?.id;
}

function* append(
  view: View,
  row: ContainerRow,
  { path, text, modifiedAt }: Extract<Effect, { type: 'FileAppended' }>,
): Doing<void> {
  const { node, pod } = row;
  const place = placeOf(view, row, path);
  const before = view.rows.row('files', fileKey(place));
  if (before?.kind === 'file') {
    yield { type: 'FileAppended', node, pod, ...place, text };
    return;
  }
  // The first change of a file that the image brought.
  const { content = '', mode = 0o644 } = imageOf(view.settings, row.specImage).behaviour.files[path] ?? {};
  yield { type: 'FileWritten', node, pod, ...place, kind: 'file', mode, content: content + text, modifiedAt };
}

/** What a program printed to one of its streams. */
export function printed(effects: readonly Effect[], stream: 'stdout' | 'stderr'): string {
  let text = '';
  for (const effect of effects)
    if (effect.type === 'Printed' && effect.stream === stream && !effect.toPid1) text += effect.text;
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
