import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { entryLine } from '../../src/report/entry-line.ts';
import { bundledScenario, playToEnd } from '../support/play-scenario.ts';
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
    const { log } = playToEnd(bundledScenario(name));
    const timeline = createTimeline(log);
    const untold = log.filter(
      (entry) => !/[가-힣]/.test(entryLine(entry, timeline.worldAt(entry.seq), 'ko')),
    );
    // Fields and what they were, lines that were typed, and what was expected.
    const kept = ['CommandTyped', 'ExpectationMet', 'ObjectUpdated', 'InvariantWatched'];
    expect(untold.filter(({ event }) => !kept.includes(event.type))).toEqual([]);
  });
});
