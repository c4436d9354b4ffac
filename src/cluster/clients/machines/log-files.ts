import type { View } from '../../contract/component.ts';
import type { ContainerRow, LogRow } from '../../contract/machine-rows.ts';
import { criLine, logPlaceOf } from '../../world/cri-log.ts';
import { startLines } from '../../world/program-log.ts';
import type { Files } from '../files.ts';

/** What the containers of a machine have written, where collectors of logs look for it. */
export function logFiles({ rows, settings }: View, node: string): Files {
  const files: Record<string, string> = { '/var/log/pods/': '', '/var/log/containers/': '' };
  const pods = rows.rowsBy('podWorkers', 'node', node);
  for (const container of pods.flatMap(({ key }) => rows.rowsBy('containers', 'pod', key))) {
    const { path, link } = logPlaceOf(container);
    const begun = startLines(rows, container.id).map(({ at, text }) =>
      criLine(settings.epochMs + at, 'stderr', text),
    );
    const text =
      begun.join('') + logText(container, rows.rowsBy('logs', 'container', container.id), settings.epochMs);
    files[`/var/log/pods/${path}`] = text;
    files[`/var/log/containers/${link}`] = text;
  }
  return files;
}

function logText({ exit }: ContainerRow, rows: readonly LogRow[], epochMs: number): string {
  const begun = { stdout: '', stderr: '' };
  let text = '';
  for (const { at, stream, text: written } of rows) {
    const pieces = (begun[stream] + written).split('\n');
    begun[stream] = pieces.pop() ?? '';
    for (const piece of pieces) text += criLine(epochMs + at, stream, piece);
  }
  for (const stream of ['stdout', 'stderr'] as const)
    if (exit !== undefined && begun[stream] !== '') text += criLine(epochMs + exit.at, stream, begun[stream]);
  return text;
}
