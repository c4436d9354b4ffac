import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { PersistentVolumeClaim, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { milliValue } from '../../../src/cluster/objects/quantity.ts';
import { given, type Server } from './server.ts';

interface Act {
  readonly verb: 'create' | 'delete';
  readonly kind: 'pods' | 'persistentvolumeclaims';
  readonly name: string;
  readonly amount: number;
}

const acts = fc.array(
  fc.record({
    verb: fc.constantFrom('create', 'create', 'delete') as fc.Arbitrary<Act['verb']>,
    kind: fc.constantFrom('pods', 'persistentvolumeclaims') as fc.Arbitrary<Act['kind']>,
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    amount: fc.integer({ min: 1, max: 8 }),
  }),
  { maxLength: 25 },
);

function objectOf({ kind, name, amount }: Act): KubeObject {
  const metadata = { name };
  if (kind === 'pods') {
    const resources = { requests: { cpu: `${amount * 100}m` } };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [{ name: 'a', image: 'b', resources }] },
    } as unknown as KubeObject;
  }
  const resources = { requests: { storage: `${amount}Gi` } };
  const spec = { accessModes: ['ReadWriteOnce'], resources };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec } as unknown as KubeObject;
}

function listOf<Kind>(server: Server, resource: string): readonly Kind[] {
  const answer = server.grant({ verb: 'list', resource, namespace: 'default' });
  return (answer.items ?? []) as unknown as readonly Kind[];
}

test('what is there never exceeds a quota', () => {
  const limits = fc.record({
    pods: fc.integer({ min: 0, max: 4 }),
    cpu: fc.integer({ min: 1, max: 20 }),
    claims: fc.integer({ min: 0, max: 4 }),
    storage: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(limits, acts, (limit, sequence) => {
      const hard = {
        pods: `${limit.pods}`,
        'requests.cpu': `${limit.cpu * 100}m`,
        persistentvolumeclaims: `${limit.claims}`,
        'requests.storage': `${limit.storage}Gi`,
      };
      const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
      const quota = {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'q', namespace: 'default' },
        spec: { hard },
        status: { hard, used },
      };
      const server = given([quota]);
      for (const act of sequence) {
        const { verb, kind: resource, name } = act;
        if (verb === 'create') server.send({ verb, resource, namespace: 'default', object: objectOf(act) });
        else server.send({ verb, resource, namespace: 'default', name, gracePeriodSeconds: 0 });
        const pods = listOf<Pod>(server, 'pods');
        const claims = listOf<PersistentVolumeClaim>(server, 'persistentvolumeclaims');
        const cpu = pods.map(({ spec }) =>
          milliValue(spec.containers[0]?.resources?.requests?.['cpu'] ?? '0'),
        );
        const sizes = claims.map(({ spec }) => milliValue(spec?.resources?.requests?.['storage'] ?? '0'));
        const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
        expect(pods.length).toBeLessThanOrEqual(limit.pods);
        expect(sum(cpu)).toBeLessThanOrEqual(limit.cpu * 100);
        expect(claims.length).toBeLessThanOrEqual(limit.claims);
        expect(sum(sizes)).toBeLessThanOrEqual(milliValue(`${limit.storage}Gi`));
      }
    }),
    { numRuns: 60 },
  );
});
