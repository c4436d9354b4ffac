import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { entryLine } from '../../src/report/entry-line.ts';
import { playedLog } from '../support/play-scenario.ts';
import { logOf } from '../support/small-log.ts';

const node = 'node-1';
const key = '/registry/pods/default/web';
const resource = 'pods';
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { containers: [{ name: 'nginx' }] },
} as KubeObject;
const created: Event = { type: 'ObjectCreated', resource, key, object: pod };

describe('an entry in Korean', () => {
  const machine: Event = {
    type: 'MachineInstalled',
    node,
    ip: '10.0.0.1',
    podCidr: '10.88.1.0/24',
    kubeletStartedAt: 0,
    images: [],
  };

  test.each<[line: string, events: readonly Event[]]>([
    ['Pod web 생성', [created]],
    [
      'Pod web: node-1에 배정',
      [created, { type: 'ObjectUpdated', resource, key, set: { '/spec/nodeName': node } }],
    ],
    ['node-1의 kubelet 멈춤', [{ type: 'KubeletStopped', node }]],
    [
      'node-1의 네트워크가 컨트롤 플레인에서 끊김',
      [machine, { type: 'NetworkCut', node, from: ['control-plane'] }],
    ],
    ['node-1의 네트워크가 끊김', [machine, { type: 'NetworkCut', node, from: ['*'] }]],
    ['끝: 기대한 대로 모두 됨', [{ type: 'ScenarioEnded', passed: true }]],
  ])('%s', (line, events) => {
    const log = logOf(events.map((event, index) => [index * 1000, event]));
    const last = log[log.length - 1];
    expect(last && entryLine(last, createTimeline(log).worldAt(last.seq), 'ko')).toBe(line);
  });

  test.each(['liveness-failure', 'node-failure'])('of %s only what is quoted stays as it is', (name) => {
    const log = playedLog(name);
    const timeline = createTimeline(log);
    const untold = log.filter(
      (entry) => !/[가-힣]/.test(entryLine(entry, timeline.worldAt(entry.seq), 'ko')),
    );
    // Fields and what they were, lines that were typed, and what was expected.
    const kept = ['CommandTyped', 'ExpectationMet', 'ObjectUpdated', 'InvariantWatched'];
    expect(untold.filter(({ event }) => !kept.includes(event.type))).toEqual([]);
  });
});

describe.each(['oom-and-qos', 'service-routing', 'drain'])('every entry of %s', (name) => {
  const log = playedLog(name);
  const timeline = createTimeline(log);
  const told = (language: string): readonly string[] =>
    log.map((entry) => entryLine(entry, timeline.worldAt(entry.seq), language));

  test.each(['en', 'ko'])('is told in words, and not by what its kind is called, in %s', (language) => {
    const kinds = new Set(log.map(({ event }) => event.type));
    const lines = new Set(told(language));
    const untold = [...kinds].filter((kind) => lines.has(kind.replace(/(?<!^)[A-Z]/g, ' $&').toLowerCase()));
    expect(untold).toEqual([]);
  });
});

test.each<[line: string, korean: string, event: Event]>([
  ['node-1 is short of memory', 'node-1 메모리 모자람', { type: 'MemoryShortageNoted', node, isShort: true }],
  [
    'the kubelet of node-1 has seen that it is cordoned',
    'node-1의 kubelet이 막힘을 앎',
    { type: 'CordonNoticed', node, unschedulable: true },
  ],
  [
    'web: container c1 needs more memory than it may have',
    'web: 컨테이너 c1 메모리 한도를 넘음',
    { type: 'MemoryExhausted', node, pod: 'default/web/uid', container: 'c1' },
  ],
  [
    'asks http web:80',
    'http web:80 요청',
    { type: 'RequestSent', connection: 'c', request: '1', call: { protocol: 'http', host: 'web', port: 80 } },
  ],
])('%s', (line, korean, event) => {
  const world = createTimeline([]).worldAt(0);
  const [entry] = logOf([[0, event]]);
  const timeline = event.type === 'RequestSent' ? createTimeline(entry ? [entry] : []).worldAt(1) : world;
  expect(entry && [entryLine(entry, timeline), entryLine(entry, timeline, 'ko')]).toEqual([line, korean]);
});
