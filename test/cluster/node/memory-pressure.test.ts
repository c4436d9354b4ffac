import { describe, expect, test } from 'vitest';
import type { ClusterSettings, NodeSettings } from '../../../src/cluster/contract/settings.ts';
import { containersOf, rankForMemory } from '../../../src/cluster/node/pressure/rank-pods.ts';
import type { CoreEvent, Node, Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { create, type Play, playCluster } from './play.ts';
import { countOf, lines, timeOf } from './pods.ts';

const NODE: NodeSettings = {
  name: 'node-1',
  capacity: { cpu: '2', memory: '1Gi', pods: '110' },
  labels: {},
  taints: [],
  kubeletStartedAt: -3_600_000,
  controlPlane: false,
};
const settings: Partial<ClusterSettings> = {
  nodes: [NODE],
  images: {
    growing: {
      program: {
        memory: [
          { atMs: 0, bytes: 50 << 20 },
          { atMs: 300_000, bytes: 1000 << 20 },
        ],
      },
    },
    sudden: {
      program: {
        memory: [
          { atMs: 0, bytes: 10 << 20 },
          { atMs: 5000, bytes: 10 << 20 },
          { atMs: 5500, bytes: 500 << 20 },
        ],
      },
    },
    steady: { program: { memory: [{ atMs: 0, bytes: 300 << 20 }] } },
  },
  presentImages: ['growing', 'sudden', 'steady'],
};

function podOf(name: string, image: string, memory?: { request?: string; limit?: string }): Pod {
  const { request, limit } = memory ?? {};
  const resources = {
    ...(request && { requests: { memory: request } }),
    ...(limit && { limits: { memory: limit, cpu: '100m' } }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image, imagePullPolicy: 'IfNotPresent', resources }] },
  };
}

function playOf(pods: readonly Pod[], until: number): Play {
  return playCluster(
    pods.map((pod, index) => create(1000 + index, pod)),
    { until, settings },
  );
}

const podNow = ({ world }: Play, name: string): Pod =>
  world.store.tables.objects.read(`/registry/pods/default/${name}`, world.seq) as Pod;

const nodeNow = ({ world }: Play): Node =>
  world.store.tables.objects.read('/registry/minions/node-1', world.seq) as Node;

function reasons({ log }: Play): string[] {
  return log.flatMap(({ event }) => {
    const object = 'object' in event ? (event.object as CoreEvent) : undefined;
    return object?.kind === 'Event' && object.involvedObject.kind === 'Node' ? [object.reason ?? ''] : [];
  });
}

const pressure = (play: Play) =>
  nodeNow(play).status?.conditions?.find(({ type }) => type === 'MemoryPressure')?.status;

describe('a machine that slowly runs out of memory', () => {
  const pods = [
    podOf('leak', 'growing', { request: '100Mi' }),
    podOf('modest', 'steady', { request: '310Mi' }),
  ];
  const play = playOf(pods, 330_000);

  test('loses the pod that uses most above what it asked for', () => {
    const { phase, reason, message, conditions } = podNow(play, 'leak').status ?? {};
    expect({ phase, reason }).toEqual({ phase: 'Failed', reason: 'Evicted' });
    expect(message).toMatch(
      /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container c was using \d+Ki, request is 100Mi, has larger consumption of memory\. $/,
    );
    expect(conditions?.find(({ type }) => type === 'DisruptionTarget')?.reason).toBe('TerminationByKubelet');
    expect(podNow(play, 'modest').status?.phase).toBe('Running');
  });

  test('says so, and says it is short for five minutes more', () => {
    expect(reasons(play)).toEqual(['EvictionThresholdMet', 'NodeHasInsufficientMemory']);
    expect(pressure(play)).toBe('True');
    const [evicted = ''] = lines(play, /Evicted/);
    const later = playOf(pods, (timeOf(evicted) + 330) * 1000);
    expect(pressure(later)).toBe('False');
    expect(reasons(later)).toContain('NodeHasSufficientMemory');
  });

  test('turns away who asks for nothing, were it bound to it, and takes the others', () => {
    const bound = (name: string, request?: string, spec: Partial<PodSpec> = {}): Pod => {
      const pod = podOf(name, 'steady', request === undefined ? undefined : { request });
      return { ...pod, spec: { ...pod.spec, nodeName: 'node-1', ...spec } };
    };
    const [evicted = ''] = lines(play, /Evicted/);
    const later = timeOf(evicted) * 1000 + 5000;
    const endures = { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' };
    const more = [
      bound('idle'),
      bound('asking', '10Mi'),
      bound('tolerant', undefined, { tolerations: [endures] }),
    ];
    const typed = pods.map((pod, index) => create(1000 + index, pod));
    const late = more.map((pod, index) => create(later + index, pod));
    const over = playCluster([...typed, ...late], { until: later + 5000, settings });
    const { phase, reason, message } = podNow(over, 'idle').status ?? {};
    expect({ phase, reason, message }).toEqual({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
    });
    expect(podNow(over, 'asking').status?.phase).not.toBe('Failed');
    expect(podNow(over, 'tolerant').status?.phase).not.toBe('Failed');
  });

  test('can be forked anywhere', () => {
    const ends = play.log.flatMap((entry, index) => (entry.more ? [] : [index + 1]));
    for (const end of ends.filter((_, index) => index % 19 === 0)) {
      const prefix = play.log.slice(0, end);
      const run = startRun(play.model, fold(play.model, emptyWorld(), prefix), prefix);
      const tail = [...commits(run, 330_000)].flat().map((entry) => JSON.stringify(entry));
      expect(tail).toEqual(play.log.slice(end).map((entry) => JSON.stringify(entry)));
    }
  });
});

test('what takes too much at once makes the kernel end who asked for nothing', () => {
  const pods = [
    podOf('guaranteed', 'steady', { limit: '310Mi' }),
    podOf('idle', 'steady'),
    podOf('sudden', 'sudden', { request: '450Mi' }),
  ];
  const play = playOf(pods, 12_000);
  expect(lines(play, /Pod\/idle .*OOMKilled/).length).toBeGreaterThan(0);
  expect(lines(play, /Pod\/(guaranteed|sudden) .*(OOMKilled|restarts=1)/)).toEqual([]);
  expect(reasons(play)).toContain('SystemOOM');
});

test('where there is enough for all that can ever be taken, nobody looks', () => {
  const play = playOf([podOf('modest', 'steady', { request: '310Mi' })], 120_000);
  expect(countOf(play, 'MemoryShortageNoted')).toBe(0);
  expect(pressure(play)).toBe('False');
});

describe('who is evicted first', () => {
  const MB = 1 << 20;
  const candidate = (key: string, bytes: number, spec: Partial<PodSpec> & { request?: string } = {}) => {
    const { request, ...rest } = spec;
    const pod = podOf(key, 'steady', request === undefined ? {} : { request });
    return {
      key,
      pod: { ...pod, spec: { ...pod.spec, ...rest } },
      bytes,
      byContainer: new Map([['c', bytes]]),
    };
  };

  test.each([
    [
      'who is above its request',
      [candidate('below', 90 * MB, { request: '100Mi' }), candidate('above', 20 * MB, { request: '10Mi' })],
      'above',
    ],
    [
      'then who matters less',
      [candidate('vital', 90 * MB, { priority: 10 }), candidate('spare', 20 * MB, { priority: -1 })],
      'spare',
    ],
    ['then who is farther above', [candidate('near', 20 * MB), candidate('far', 30 * MB)], 'far'],
    [
      'never one of the system',
      [candidate('system', 900 * MB, { priority: 2_000_000_000 }), candidate('small', MB)],
      'small',
    ],
  ])('%s', (_, candidates, first) => {
    expect(rankForMemory(candidates)[0]?.key).toBe(first);
    expect(rankForMemory(candidates.toReversed())[0]?.key).toBe(first);
  });

  test('containers are told with what they asked for', () => {
    expect(containersOf(candidate('x', 5, { request: '1Mi' }))).toEqual([
      { name: 'c', bytes: 5, requested: '1Mi' },
    ]);
  });
});
