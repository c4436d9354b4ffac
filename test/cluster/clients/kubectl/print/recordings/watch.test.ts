import { describe, expect, test } from 'vitest';
import {
  NOTHING_WATCHED,
  printWatched,
  type WatchedChange,
} from '../../../../../../src/cluster/clients/kubectl/print/table/print-watch.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { hasRecordings, type RecordedCommand, type Recording, readRecording } from './recording.ts';

describe.skipIf(!hasRecordings)('kubectl get -w prints what it printed on a real cluster', () => {
  test('pods that start', () => {
    const recording = readRecording('v1.36/l-kubectl-texts');
    const command = recording.commands.find(({ line }) => line.includes('get pods -w'));
    const rows = (command?.output ?? '').match(/^\[t\+[\d.]+\] .*$/gm) ?? [];
    const expected = rows.map((row) => row.replace(/^\S+ /, ''));
    const stamps = rows.map((row) => Number(/[\d.]+/.exec(row)?.[0]) * 1000);
    expect(expected).toHaveLength(7);
    expect(printedWatches(recording, command, stamps)).toContainEqual(expected);
  });
});

/** What the watch would print if its list had been answered after each of the changes that it could be. */
function printedWatches(
  recording: Recording,
  command: RecordedCommand | undefined,
  stamps: readonly number[],
): readonly string[][] {
  const changes = recording.changes.filter(
    ({ object, atMs }) =>
      object.kind === 'Pod' &&
      object.metadata.namespace === recording.namespace &&
      atMs < (command?.endMs ?? 0),
  );
  return changes.map((_, index) => {
    const listed = new Map<string | undefined, KubeObject>();
    for (const { object } of changes.slice(0, index + 1)) listed.set(object.metadata.name, object);
    const list = [...listed.values()].sort((a, b) =>
      (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1,
    );
    const later = changes.slice(index + 1).map(({ type, object }) => [{ type, object } as WatchedChange]);
    return printPortions(recording, [list.map((object) => ({ type: 'ADDED', object })), ...later], stamps);
  });
}

function printPortions(
  { startMs, version }: Recording,
  portions: readonly (readonly WatchedChange[])[],
  stamps: readonly number[],
): string[] {
  const pods = resourceOf('pods');
  if (pods === undefined) throw new Error('there are pods');
  const lines: string[] = [];
  let output = NOTHING_WATCHED;
  for (const portion of portions) {
    const now = startMs + (stamps[lines.length] ?? 0);
    const printed = printWatched(pods, portion, { now, version }, output);
    lines.push(...printed.text.trimEnd().split('\n'));
    output = printed.output;
  }
  return lines;
}
