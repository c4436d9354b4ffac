import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { isNotable } from '../../src/replay/notable.ts';
import { languagesOf, sceneAt } from '../../src/replay/scene.ts';
import { inLanguage } from '../../src/replay/story.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { notableCauses, why } from '../../src/replay/why.ts';
import { podLog } from '../support/pod-log.ts';
import { logOf, smallLog } from '../support/small-log.ts';

const lease = '/registry/leases/kube-node-lease/node-1';
const of = { node: 'node-1', pod: 'default/web/uid' };
const file = { ...of, path: '/x', kind: 'file', mode: 420, modifiedAt: 0 } as const;

describe('what tells a reader something', () => {
  test.each<[isSo: boolean, event: Event]>([
    [
      false,
      {
        type: 'ObjectUpdated',
        resource: 'leases',
        key: lease,
        set: { '/spec/renewTime': 'x', '/metadata/resourceVersion': '3' },
      },
    ],
    [
      true,
      {
        type: 'ObjectUpdated',
        resource: 'leases',
        key: lease,
        set: { '/spec/holderIdentity': 'x', '/metadata/resourceVersion': '3' },
      },
    ],
    [
      false,
      {
        type: 'ObjectUpdated',
        resource: 'nodes',
        key: 'n',
        set: { '/status/conditions/0/lastHeartbeatTime': 'x' },
      },
    ],
    [
      true,
      {
        type: 'ObjectUpdated',
        resource: 'nodes',
        key: 'n',
        set: { '/status/conditions/0/status': 'Unknown' },
      },
    ],
    [true, { type: 'ObjectUpdated', resource: 'pods', key: 'p', set: { '/metadata/resourceVersion': '3' } }],
    [true, { type: 'FileWritten', ...file, fileSystem: 'container-id' }],
    [false, { type: 'FileWritten', ...file, fileSystem: 'volume/default/web/uid/token' }],
    [false, { type: 'ExecFinished', ...of, exec: 'e', exitCode: 0 }],
    [true, { type: 'ExecFinished', ...of, exec: 'e', exitCode: 1 }],
    [false, { type: 'PodSyncRequested', ...of }],
    [false, { type: 'ProbeWorkerMoved', ...of, probe: 'p', set: { '/run': 2 } }],
    [true, { type: 'ProbeWorkerMoved', ...of, probe: 'p', set: { '/result': 'failure', '/run': 3 } }],
    [false, { type: 'ProbeWorkerMoved', ...of, probe: 'p', set: { '/result': 'failure' } }],
    [false, { type: 'ContainerLogged', ...of, container: 'c', stream: 'stdout', text: 'GET /' }],
    [false, { type: 'ObjectUpdated', resource: 'pods', key: 'p', set: { '/status/observedGeneration': 2 } }],
    [false, { type: 'CommandEnded', command: 'c', exitCode: 0 }],
    [true, { type: 'CommandEnded', command: 'c', exitCode: 1 }],
    [false, { type: 'StepBegan', step: 1, kind: 'run', text: { en: 'ls' } }],
    [true, { type: 'StepBegan', step: 1, kind: 'run', text: { en: 'Look.' }, told: true }],
  ])('%s: %j', (isSo, event) => {
    const [entry] = logOf([[0, event]]);
    expect(entry && isNotable(entry)).toBe(isSo);
  });

  test('is not what a cluster has from the beginning', () => {
    const [entry] = logOf([[0, { type: 'ObjectCreated', resource: 'x', key: 'k', object: {} as never }]]);
    if (!entry) throw new Error('there is no entry');
    expect([isNotable(entry), isNotable({ ...entry, actor: 'genesis' })]).toEqual([true, false]);
  });
});

describe('why', () => {
  const timeline = createTimeline(podLog);

  test('leads from an entry to whoever began it', () => {
    expect([...why(timeline, 14)].map(({ seq }) => seq)).toEqual([13, 11, 10, 6, 5]);
    expect([...notableCauses(timeline, 14)].map(({ seq }) => seq)).toEqual([13, 10, 6, 5]);
    expect([...notableCauses(timeline, 5)]).toEqual([]);
  });

  test('tells what happened beside a cause that only keeps the books, and nothing twice', () => {
    const failed = { type: 'ProbeWorkerMoved', node: 'n', pod: 'p', probe: 'x' } as const;
    const of = { node: 'n', pod: 'p' };
    const log = logOf([
      [0, { type: 'CommandTyped', command: 'a', line: 'ls' }],
      [1, { type: 'PodSyncRequested', ...of }, 'more'],
      [1, { ...failed, set: { '/result': 'failure', '/run': 3 } }],
      [2, { type: 'PodWorkerMoved', ...of }],
      [3, { type: 'PodSyncRequested', ...of }],
    ]);
    const told = (causes: readonly (number | null)[]): readonly number[] => {
      const linked = log.map((entry, index) => ({ ...entry, cause: causes[index] ?? null }));
      return [...notableCauses(createTimeline(linked), 5)].map(({ seq }) => seq);
    };
    expect(told([null, 1, 1, 2, 4])).toEqual([3, 1]);
    expect(told([null, 1, 2, 3, 4])).toEqual([3, 1]);
    expect(told([null, null, null, null, 4])).toEqual([4]);
  });

  test('ends where a log speaks of a cause that is not before', () => {
    const odd = createTimeline(smallLog.map((entry) => ({ ...entry, cause: entry.seq })));
    expect([...why(odd, 4)]).toEqual([]);
  });
});

describe('a scene', () => {
  const timeline = createTimeline(podLog);

  test('is what was told last, and what came of it', () => {
    const scene = sceneAt(timeline, 11);
    expect(scene).toMatchObject({ title: { en: 'A web server' }, step: 3, steps: 4 });
    expect(scene.told?.['en']).toContain('A pod is created');
    expect(scene.items.map(({ kind }) => kind)).toEqual(['step', 'command', 'output', 'step']);
  });

  test('begins anew when something is told', () => {
    const log = logOf([
      [0, { type: 'CommandTyped', command: 'a', line: 'ls' }],
      [1, { type: 'StepBegan', step: 2, kind: 'run', text: { en: 'Look.' }, told: true }, 'more'],
      [1, { type: 'CommandTyped', command: 'b', line: 'pwd' }],
    ]);
    const scene = sceneAt(createTimeline(log), 3);
    expect(scene.told).toEqual({ en: 'Look.' });
    expect(scene.items).toMatchObject([{ kind: 'command', line: 'pwd' }]);
  });

  test('is empty before the beginning, and without words where there are none', () => {
    expect(sceneAt(timeline, 0)).toMatchObject({ step: 0, steps: 4, items: [] });
    const wordless = createTimeline(logOf([[0, { type: 'CommandTyped', command: 'a', line: 'ls' }]]));
    expect(sceneAt(wordless, 1)).toEqual({
      title: {},
      step: 0,
      steps: 0,
      items: [{ kind: 'command', at: 0, command: 'a', line: 'ls', background: false }],
    });
  });

  test('is told in the languages of its texts', () => {
    expect(languagesOf(timeline)).toEqual(['en', 'ko']);
    expect(languagesOf(createTimeline([]))).toEqual([]);
  });
});

test.each`
  language   | text
  ${'ko'}    | ${'안녕'}
  ${'ko-kr'} | ${'안녕'}
  ${'fr'}    | ${'hello'}
  ${'en'}    | ${'hello'}
`('in $language it is $text', ({ language, text }) => {
  expect(inLanguage({ en: 'hello', ko: '안녕' }, language)).toBe(text);
  expect(inLanguage({ ko: '안녕' }, language)).toBe('안녕');
});
