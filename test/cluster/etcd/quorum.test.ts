import fc from 'fast-check';
import { expect, test } from 'vitest';
import { etcdBench } from '../../support/etcd-bench.ts';

const NODES = ['cp-1', 'cp-2', 'cp-3'];
const ALL = 'etcdctl --endpoints 10.99.0.1:2379,10.99.0.2:2379,10.99.0.3:2379';

/** Whose etcd is stopped, or started, one after another; after each something is written. */
const turns = fc.array(fc.constantFrom(...NODES), { minLength: 1, maxLength: 8 });

test('a write is taken while most members run, and only then; what was taken is there in the end', () => {
  fc.assert(
    fc.property(turns, (turned) => {
      const bench = etcdBench({ members: 3 });
      const running = new Set(NODES);
      const taken: string[] = [];
      const turn = (node: string): void => {
        const args = ['etcd', `--name=${node}`];
        if (running.delete(node)) bench.happen({ type: 'ProgramStopped', program: 'etcd', node });
        else {
          running.add(node);
          bench.happen({ type: 'ProgramStarted', program: 'etcd', node, container: '', args });
        }
        bench.pass(3000);
      };
      for (const [index, node] of turned.entries()) {
        turn(node);
        const { exitCode } = bench.type(`${ALL} put key-${index} value`);
        expect(exitCode).toBe(running.size > 1 ? 0 : 1);
        if (exitCode === 0) taken.push(`key-${index}`);
      }
      for (const node of NODES) if (!running.has(node)) turn(node);
      const { stdout } = bench.type(`${ALL} get key- --prefix --keys-only`);
      expect(stdout.split('\n').filter((line) => line !== '')).toEqual(taken);
      expect(bench.log.some(({ type }) => type === 'StoreRestored')).toBe(false);
    }),
    { numRuns: 40 },
  );
});
