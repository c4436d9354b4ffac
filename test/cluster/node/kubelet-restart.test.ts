import { describe, expect, test } from 'vitest';
import type { Lease, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { create, deletion, fate, type Play } from './play.ts';
import { lines, played, podOf, timeOf } from './pods.ts';

function renewals({ log, world }: Play): number[] {
  return log.flatMap((entry) => {
    const lease = changeOf(world.store.tables, entry)?.object as Lease | undefined;
    return lease?.kind === 'Lease' && entry.actor.startsWith('kubelet/') ? [entry.at] : [];
  });
}

describe('a kubelet that is stopped and started', () => {
  const until = 200_000;
  const more = [
    fate([
      [30_000, { type: 'KubeletStopped', node: 'node-1' }],
      [90_000, { type: 'KubeletStarted', node: 'node-1' }],
    ]),
  ];

  test('renews its lease no more, and then again', () => {
    const times = renewals(played([], { until, more }));
    expect(times.filter((at) => at > 30_000 && at < 90_000)).toEqual([]);
    expect(times.filter((at) => at >= 90_000).length).toBeGreaterThanOrEqual(10);
  });

  test('leaves its containers running, and what ends meanwhile is started again after it', () => {
    const play = played([podOf('long', 'sleep 1000'), podOf('short', 'sleep 50; exit 1')], { until, more });
    expect(lines(play, /Pod\/long .*restarts=[1-9]/)).toEqual([]);
    const ended = timeOf(lines(play, /Pod\/short .*terminated/)[0]);
    expect(ended).toBeGreaterThanOrEqual(90);
    expect(ended).toBeLessThan(93);
  });

  test('takes in what was bound to its node meanwhile, and ends what was deleted', () => {
    const play = played([podOf('old', 'sleep 1000')], { until, more }, [
      create(50_000, podOf('new', 'sleep 1000')),
      deletion(60_000, 'old', 5),
    ]);
    expect(timeOf(lines(play, /Pod\/new .*c=running/)[0])).toBeGreaterThan(90);
    expect(timeOf(lines(play, /DELETED +Pod\/old/)[0])).toBeGreaterThan(90);
    expect(play.world.store.tables.podWorkers.keysBy('node', 'node-1', play.world.seq)).toHaveLength(1);
  });

  test('tells of a pod that has ended once more, without the address that only the former one knew', () => {
    const over = podOf('over', 'exit 0', { spec: { restartPolicy: 'Never' } });
    const play = played([over, podOf('long', 'sleep 1000')], { until: 100_000, more });
    const statusOf = (name: string) =>
      (
        play.world.store.tables.objects.read(`/registry/pods/default/${name}`, play.world.seq) as
          | Pod
          | undefined
      )?.status;
    expect(statusOf('over')).toMatchObject({ phase: 'Succeeded' });
    expect(statusOf('over')?.podIP).toBeUndefined();
    expect(statusOf('long')?.podIP).toBeDefined();
  });
});
