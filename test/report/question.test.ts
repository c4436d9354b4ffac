import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { changesOf } from '../../src/replay/object-changes.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { questionAbout, questionOf } from '../../src/report/question.ts';
import { suggestionsFor } from '../../src/report/suggestions.ts';
import { playedLog } from '../support/play-scenario.ts';

const timeline = createTimeline(playedLog('pod-termination'));
const world = timeline.worldAt(timeline.entries.length);

test.each([
  ['deploy', 'kubectl get deploy -A'],
  [' po ', 'kubectl get po -A'],
  ['get po', 'kubectl get po'],
  ['kubectl get po', 'kubectl get po'],
  ['k get po', 'kubectl get po'],
  ['xyz', 'kubectl xyz'],
  ['cat a.yaml | kubectl apply -f -', 'cat a.yaml | kubectl apply -f -'],
  ['for a in 1 2; do echo $a; done', 'for a in 1 2; do echo $a; done'],
])('%j means %s', (text, line) => {
  expect(questionOf(text)).toBe(line);
});

describe('an object is asked for', () => {
  test.each([
    ['/registry/minions/node-1', 'yaml', 'kubectl get node/node-1 -o yaml'],
    [
      '/registry/configmaps/kube-system/kube-root-ca.crt',
      'describe',
      'kubectl describe configmap/kube-root-ca.crt -n kube-system',
    ],
    ['/registry/pods/default/nobody', 'yaml', undefined],
  ] as const)('%s, %s: %s', (key, how, line) => {
    expect(questionAbout(key, how, world)).toBe(line);
  });

  test('also when it is gone, and before it came', () => {
    const gone = [...timeline.entries].find(
      ({ event }) => event.type === 'ObjectDeleted' && event.resource === 'pods',
    );
    const key = gone && 'key' in gone.event ? gone.event.key : '';
    const [first = 0] = changesOf(timeline, { key });
    const lines = [first - 1, first, timeline.entries.length].map((seq) =>
      questionAbout(key, 'describe', timeline.worldAt(seq)),
    );
    expect(lines[0]).toMatch(/^kubectl describe pod\/\S+$/);
    expect(new Set(lines).size).toBe(1);
  });
});

describe('suggestions', () => {
  test.each([
    ['', ['get', 'describe', 'logs']],
    ['dep', ['deployments']],
    ['get nod', ['nodes']],
    ['kubectl get nodes ', ['node-1']],
    ['get -o wide no', ['nodes']],
    ['describe node node-', ['node-1']],
    ['explain po', ['poddisruptionbudgets', 'pods']],
  ])('after %j there are %j', (text, some) => {
    expect(suggestionsFor(text, world)).toEqual(expect.arrayContaining([...some]));
  });

  test.each([
    'get -',
    'get -n ',
    'get pods',
    'get nodes node-1 ',
    'scale x',
    'explain pods x',
    'get xyz ',
    'logs a b',
  ])('after %j there are none', (text) => {
    expect(suggestionsFor(text, world)).toEqual([]);
  });

  test('need no cluster', () => {
    expect(suggestionsFor('get pods ', emptyWorld())).toEqual([]);
  });
});
