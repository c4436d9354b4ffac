import { describe, expect, test } from 'vitest';
import type { Component } from '../../../src/cluster/contract/component.ts';
import { faultEvent } from '../../../src/cluster/faults/fault.ts';
import { recovery } from '../../../src/cluster/faults/recovery.ts';
import { machineJoined } from '../../../src/cluster/node/machines-installed.ts';
import type { CoreEvent, Lease, Node, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { create, deletion, type Fact, fate, type Play } from './play.ts';
import { lines, played, podOf, timeOf } from './pods.ts';

const NODE = { node: 'node-1' };
const CONTROL_PLANE = ['control-plane'];
const ALL = [{ operator: 'Exists' }];

function playOf(
  facts: readonly Fact[],
  until: number,
  pods: readonly Pod[],
  more: Parameters<typeof played>[2] = [],
) {
  return played(pods, { until, more: [recovery, fate(facts)] }, more);
}

const nodeAt = ({ world }: Play, node = 'node-1'): Node | undefined =>
  world.store.tables.objects.read(`/registry/minions/${node}`, world.seq) as Node | undefined;

/** The reasons of the Events about a node, and how often each was told. */
function toldOf({ world }: Play, node: string): string[] {
  return [...world.store.tables.objects.keysBy('folder', '/registry/events/default/', world.seq)].flatMap(
    (key) => {
      const event = world.store.tables.objects.read(key, world.seq) as CoreEvent;
      return event.involvedObject.kind === 'Node' && event.involvedObject.name === node
        ? [event.reason ?? '']
        : [];
    },
  );
}

describe('a machine that loses its power', () => {
  const play = playOf(
    [
      [30_000, { type: 'MachineStopped', ...NODE }],
      [90_000, { type: 'MachineStarted', ...NODE, kubeletAt: 105_000 }],
    ],
    140_000,
    [podOf('web', 'sleep 1000'), podOf('once', 'sleep 1000', { spec: { restartPolicy: 'Never' } })],
  );

  test('takes all that ran with it, and says nothing of it', () => {
    expect(lines(play, /Pod\/web/).filter((line) => timeOf(line) > 30 && timeOf(line) < 105)).toEqual([]);
  });

  test('starts the same pods again in new sandboxes, as the runtime knows of no process any more', () => {
    expect(lines(play, /SandboxChanged .*Pod\/web/)).toHaveLength(1);
    const restarted = lines(play, /Pod\/web .*restarts=1/);
    expect(timeOf(restarted[0])).toBeGreaterThan(105);
    const pod = play.world.store.tables.objects.read('/registry/pods/default/web', play.world.seq) as Pod;
    const [status] = pod.status?.containerStatuses ?? [];
    expect(status?.restartCount).toBe(1);
    expect(status?.lastState?.terminated).toMatchObject({ exitCode: 255, reason: 'Unknown' });
    expect(pod.status?.podIP).toBe('10.88.1.4');
  });

  test('leaves a pod that is not to be restarted as a failed one', () => {
    const pod = play.world.store.tables.objects.read('/registry/pods/default/once', play.world.seq) as Pod;
    expect(pod.status?.phase).toBe('Failed');
  });

  test('is another machine to its kubelet: it says that it was rebooted', () => {
    expect(toldOf(play, 'node-1')).toEqual(expect.arrayContaining(['Starting', 'Rebooted']));
    const before = playOf([], 10_000, []);
    expect(nodeAt(play)?.status?.nodeInfo?.bootID).not.toBe(nodeAt(before)?.status?.nodeInfo?.bootID);
  });

  test('comes back by itself when it was only restarted', () => {
    const chance = { seed: '1' };
    const reboot = faultEvent({ of: 'machine', does: 'restarts' }, { node: 'node-1', at: 30_000, chance });
    const rebooted = playOf([[30_000, reboot]], 80_000, [podOf('web', 'sleep 1000')]);
    const [again] = lines(rebooted, /Pod\/web .*restarts=1/);
    expect(timeOf(again)).toBeGreaterThan(45);
    expect(timeOf(again)).toBeLessThan(60);
  });
});

describe('a kubelet that is cut off from the control plane', () => {
  const failing = podOf('failing', 'sleep 20; exit 1');
  const play = playOf(
    [
      [10_000, { type: 'NetworkCut', ...NODE, from: CONTROL_PLANE }],
      [100_000, { type: 'NetworkMended', ...NODE, from: CONTROL_PLANE }],
    ],
    140_000,
    [failing, podOf('deleted', 'sleep 1000')],
    [deletion(40_000, 'deleted', 1), create(50_000, podOf('new', 'sleep 1000'))],
  );

  test('goes on with what it knew, and nobody hears of it', () => {
    const started = play.log.filter(
      ({ event, at }) => event.type === 'ContainerStarted' && at > 10_000 && at < 100_000,
    );
    expect(started.length).toBeGreaterThan(1);
    expect(lines(play, /Pod\/failing/).filter((line) => timeOf(line) > 11 && timeOf(line) < 100)).toEqual([]);
    const isLease = (object: unknown): object is Lease => (object as Lease).kind === 'Lease';
    const renewed = play.log.filter(
      ({ event, at, actor }) =>
        actor === 'kubelet/node-1' &&
        at > 10_000 &&
        at < 100_000 &&
        'object' in event &&
        isLease(event.object),
    );
    expect(renewed).toEqual([]);
  });

  test('hears of what was asked meanwhile when the network is whole again, and tells what it did', () => {
    expect(timeOf(lines(play, /Pod\/new .*c=running/)[0])).toBeGreaterThan(100);
    expect(timeOf(lines(play, /DELETED +Pod\/deleted/)[0])).toBeGreaterThan(100);
    const [told] = lines(play, /Pod\/failing .*restarts=[2-9]/);
    expect(timeOf(told)).toBeGreaterThan(100);
    expect(timeOf(told)).toBeLessThan(112);
  });
});

describe('a kubelet that stands still', () => {
  const play = playOf(
    [
      [30_000, { type: 'KubeletStopped', ...NODE, frozen: true }],
      [60_000, { type: 'KubeletStarted', ...NODE, thawed: true }],
    ],
    100_000,
    [podOf('web', 'sleep 1000')],
    [deletion(40_000, 'web', 1)],
  );

  test('goes on where it was: it does not begin anew, and ends what was deleted meanwhile', () => {
    expect(toldOf(play, 'node-1')).not.toContain('Starting');
    expect(timeOf(lines(play, /DELETED +Pod\/web/)[0])).toBeGreaterThan(60);
    expect(lines(play, /restarts=1/)).toEqual([]);
  });
});

describe('a machine that is added', () => {
  const operator: Component = {
    name: 'operator',
    addresses: () => [{ actor: 'operator', key: '' }],
    wake: (_view, _address, from) => (from <= 20_000 ? { at: 20_000, cause: null } : undefined),
    *reconcile(view) {
      const settings = {
        name: 'node-9',
        capacity: { cpu: '8', memory: '16Gi', pods: '110' },
        labels: { disk: 'ssd' },
        taints: [],
        kubeletStartedAt: 0,
        controlPlane: false,
      };
      yield machineJoined(view, settings, 20_000);
    },
  };
  const play = played([], { until: 80_000, more: [operator] }, [
    create(25_000, podOf('first', 'sleep 1000', { spec: { nodeSelector: { disk: 'ssd' } } })),
    create(21_000, podOf('early', 'sleep 1000', { spec: { nodeName: 'node-9', tolerations: ALL } })),
    create(
      21_001,
      podOf('plugin', 'sleep 1000', { spec: { nodeName: 'node-9', hostNetwork: true, tolerations: ALL } }),
    ),
  ]);

  test('makes a node of itself, which is not ready before its network is', () => {
    expect(toldOf(play, 'node-9')).toEqual(
      expect.arrayContaining(['Starting', 'NodeAllocatableEnforced', 'NodeHasSufficientMemory', 'NodeReady']),
    );
    const node = nodeAt(play, 'node-9');
    expect(node?.metadata.labels?.['disk']).toBe('ssd');
    expect(node?.status?.capacity?.['cpu']).toBe('8');
    expect(node?.spec?.podCIDR).toBe('10.88.2.0/24');
  });

  test('starts what uses its own network at once, and everything else when pods have one', () => {
    const startOf = (pod: string): number =>
      play.log.find(({ event }) => event.type === 'ContainerStarted' && event.pod.includes(`/${pod}/`))?.at ??
      0;
    const ready = findReady(play, 'node-9');
    expect(startOf('plugin')).toBeLessThan(ready);
    expect(startOf('early')).toBeGreaterThan(28_000);
    expect(startOf('early')).toBeLessThan(ready + 12_000);
    expect(lines(play, /early.*NetworkNotReady|NetworkNotReady.*early/)[0]).toContain(
      'network is not ready: container runtime network not ready: NetworkReady=false',
    );
  });

  test('has a lease of its own', () => {
    const { world } = play;
    const lease = world.store.tables.objects.read(
      '/registry/leases/kube-node-lease/node-9',
      world.seq,
    ) as Lease;
    expect(lease.spec?.holderIdentity).toBe('node-9');
  });
});

/** When a node was first said to be ready. */
function findReady({ log }: Play, node: string): number {
  const isOf = ({ event }: Play['log'][number]): boolean =>
    event.type === 'ObjectCreated' &&
    event.object.kind === 'Event' &&
    (event.object as CoreEvent).reason === 'NodeReady' &&
    (event.object as CoreEvent).involvedObject.name === node;
  return log.find(isOf)?.at ?? Number.NaN;
}

test('from any commit on, what is to come comes again, whatever breaks', () => {
  const chance = { seed: '1' };
  const facts: Fact[] = [
    [10_000, { type: 'NetworkCut', ...NODE, from: CONTROL_PLANE }],
    [25_000, { type: 'NetworkMended', ...NODE, from: ['*'] }],
    [30_000, { type: 'KubeletStopped', ...NODE, frozen: true }],
    [40_000, { type: 'KubeletStarted', ...NODE, thawed: true }],
    [50_000, faultEvent({ of: 'machine', does: 'restarts' }, { node: 'node-1', at: 50_000, chance })],
  ];
  const until = 80_000;
  const play = playOf(
    facts,
    until,
    [podOf('failing', 'sleep 5; exit 1'), podOf('web', 'sleep 1000')],
    [create(15_000, podOf('new', 'sleep 1000'))],
  );
  const ends = play.log.flatMap((entry, index) => (entry.more ? [] : [index + 1]));
  for (const end of ends.filter((_, index) => index % 23 === 0)) {
    const prefix = play.log.slice(0, end);
    const run = startRun(play.model, fold(play.model, emptyWorld(), prefix), prefix);
    const tail = [...commits(run, until)].flat().map((entry) => JSON.stringify(entry));
    expect(tail).toEqual(play.log.slice(end).map((entry) => JSON.stringify(entry)));
  }
});
