import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../clients/type-in-cluster.ts';

const COUNT = 'kubectl get pods --no-headers | tr -s " " | cut -d" " -f3 | sort | uniq -c | tr -s " "';

/** What becomes of a Deployment that is made larger after something else was typed. */
function grown(...typed: readonly string[]): {
  readonly pods: string;
  readonly refused: ReadonlySet<string>;
} {
  const { commands, log } = typeInCluster([
    [1000, 'kubectl create deployment web --image=nginx'],
    ...typed.map((line, index): [number, string] => [8000 + 500 * index, line]),
    [12_000, 'kubectl scale deployment web --replicas=3'],
    [40_000, COUNT],
  ]);
  const refused = log.flatMap(({ actor, event }) =>
    event.type === 'RequestRefused' && event.code === 403 ? [`${actor}: ${event.message}`] : [],
  );
  return { pods: commands.at(-1)?.stdout.trim() ?? '', refused: new Set(refused) };
}

const without = (...names: string[]): string =>
  `kubectl delete clusterrolebinding ${names.map((name) => `system:${name}`).join(' ')}`;

describe('a program whose rights are taken away', () => {
  test('makes no pods without those of its controller', () => {
    const { pods, refused } = grown(without('controller:replicaset-controller'));
    expect(pods).toBe('1 Running');
    expect([...refused]).toContain(
      'replicaset-controller: pods is forbidden: User "system:serviceaccount:kube-system:replicaset-controller" cannot create resource "pods" in API group "" in the namespace "default"',
    );
  });

  test('finds no nodes without those of the scheduler', () => {
    expect(grown(without('kube-scheduler', 'volume-scheduler')).pods).toBe('2 Pending\n 1 Running');
  });

  test('goes on when it has them again', () => {
    const name = 'controller:replicaset-controller';
    const again = `kubectl create clusterrolebinding back --clusterrole=system:${name} --serviceaccount=kube-system:replicaset-controller`;
    expect(grown(without(name), again).pods).toBe('3 Running');
  });

  test('is not looked at otherwise, whatever else is changed', () => {
    const { pods, refused } = grown(without('basic-user'));
    expect([pods, refused.size]).toEqual(['3 Running', 0]);
  });
});
