import { describe, expect, test } from 'vitest';
import { createTraceReader } from '../../src/compare/recording/read-trace.ts';
import { recordedEntries } from '../../src/compare/recording/recorded-entries.ts';
import { recordingOf } from '../../src/compare/recording/recording.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { watchStreamOf } from '../../src/report/watch-stream.ts';
import { playedLog } from '../support/play-scenario.ts';

function recorded(lines: Iterable<string>, commands = '') {
  const reader = createTraceReader();
  for (const line of lines) reader.line(line);
  const recording = recordingOf({
    name: 'test',
    trace: reader.finish(),
    files: { 'commands.txt': commands },
  });
  return { ...createTimeline(recordedEntries(recording)), log: recordedEntries(recording) };
}

const change = (at: number, type: string, revision: number, more: object = {}): string => {
  const metadata = { name: 'web', namespace: 'default', resourceVersion: String(revision) };
  return JSON.stringify({
    t_ms: at,
    type,
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...more },
  });
};

describe('a recording as a log', () => {
  test('holds the objects of the run that it was made from, at any time', () => {
    const original = createTimeline(playedLog('self-healing'));
    const timeline = recorded(watchStreamOf(original.entries));
    for (const part of [0.1, 0.3, 0.5, 0.8, 1]) {
      const at = Math.round(original.duration * part);
      const [wanted, found] = [original, timeline].map((each) => {
        const seq = [...each.entries].findLast((entry) => entry.at <= at)?.seq ?? 0;
        const rows = [...each.worldAt(seq).store.tables.objects.rows(seq)];
        return rows.sort(([a], [b]) => (a < b ? -1 : 1));
      });
      expect(found).toEqual(wanted);
    }
  });

  test.each([
    ['a change before its object', [change(5, 'MODIFIED', 3)], ['ObjectCreated']],
    ['an end before its object', [change(5, 'DELETED', 3)], []],
    ['what says nothing new', [change(1, 'ADDED', 1), change(5, 'MODIFIED', 1)], ['ObjectCreated']],
    [
      'a life',
      [change(1, 'ADDED', 1), change(2, 'MODIFIED', 2, { data: { a: 'b' } }), change(3, 'DELETED', 3)],
      ['ObjectCreated', 'ObjectUpdated', 'ObjectDeleted'],
    ],
    [
      'a kind that nobody knows',
      [change(1, 'ADDED', 1, { kind: 'Certificate', apiVersion: 'cert-manager.io/v1' })],
      ['NoticeGiven'],
    ],
  ])('is made of %s', (_what, lines, types) => {
    const { log: entries } = recorded(lines);
    const told = entries.map(({ event }) => event.type as string);
    expect(told.slice(2, -1)).toEqual(types);
  });

  test('has the times that the order of revisions allows', () => {
    const { log: entries } = recorded([
      change(90, 'ADDED', 1),
      change(50, 'MODIFIED', 2, { data: { a: 'b' } }),
      change(70, 'MODIFIED', 3, { data: { a: 'c' } }),
    ]);
    const changes = entries.filter(({ event }) => event.type.startsWith('Object'));
    expect(changes.map(({ at }) => at)).toEqual([50, 50, 70]);
  });

  test('has what was typed, and what that wrote, once', () => {
    const commands =
      '[t+0.010] $ kubectl apply -f web.yaml\nconfigmap/web created\n[t+0.100] (exit 0)\n[t+0.200] $ kubectl get cm\n[t+0.300] (exit 1)\n';
    const { log: entries, steps } = recorded(
      [change(50, 'ADDED', 1), change(60, 'MODIFIED', 2, { data: { a: 'b' } })],
      commands,
    );
    const typed = entries.find(({ event }) => event.type === 'CommandTyped');
    const [created, updated] = entries.filter(({ event }) => event.type.startsWith('Object'));
    expect(created).toMatchObject({ actor: 'kubectl', cause: typed?.seq });
    expect(updated).toMatchObject({ actor: 'unrecorded', cause: null });
    expect(steps).toHaveLength(2);
    expect(entries.filter(({ event }) => event.type === 'CommandEnded').map(({ event }) => event)).toEqual([
      { type: 'CommandEnded', command: 'step-1', exitCode: 0 },
      { type: 'CommandEnded', command: 'step-2', exitCode: 1 },
    ]);
  });

  test.each([
    ['of a field manager', { managedFields: [{ manager: 'helm' }] }, 'helm'],
    ['of an owner', { ownerReferences: [{ kind: 'ReplicaSet', controller: true }] }, 'replicaset-controller'],
    ['of nobody', {}, 'unrecorded'],
  ])('knows the writer %s', (_who, more, actor) => {
    const metadata = { name: 'web', namespace: 'default', resourceVersion: '1', ...more };
    const { log: entries } = recorded([change(1, 'ADDED', 1, { metadata })]);
    expect(entries.find(({ event }) => event.type === 'ObjectCreated')).toMatchObject({ actor });
  });
});
