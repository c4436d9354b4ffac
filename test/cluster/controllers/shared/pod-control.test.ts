import { expect, test } from 'vitest';
import type { Deed } from '../../../../src/cluster/contract/component.ts';
import type { Response } from '../../../../src/cluster/contract/response.ts';
import { createPods } from '../../../../src/cluster/controllers/shared/pod-control.ts';
import { objectReader, rowReader } from '../../../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../../../src/cluster/world/world.ts';
import { settingsOf } from '../../node/play.ts';
import { podSpec, replicaSetOf } from '../workloads.ts';

/** How many creations are asked for when only so many are granted. */
function creations(
  wanted: number,
  granted: number,
  cause?: string,
): { asked: number; problem: string | undefined } {
  const settings = settingsOf({});
  const world = emptyWorld();
  const position = { tables: world.store.tables, seq: 0 };
  const view = { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
  const owner = replicaSetOf({ name: 'web-1', size: wanted });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: podSpec } as const;
  const making = createPods({ view, now: 0, component: 'replicaset-controller', owner }, pod, wanted);
  let asked = 0;
  const answerTo = (deed: Deed): Response => {
    const isCreation = !('type' in deed) && deed.resource === 'pods';
    if (isCreation) asked++;
    if (!isCreation || asked <= granted) return { ok: true, revision: 1 };
    const details = cause ? { causes: [{ reason: cause, message: '' }] } : {};
    return { ok: false, status: { code: 403, reason: 'Forbidden', message: 'exceeded quota', details } };
  };
  let next = making.next({ ok: true, revision: 0 });
  while (!next.done) next = making.next(answerTo(next.value));
  return { asked, problem: next.value };
}

test.each`
  wanted | granted | asked | why
  ${10}  | ${10}   | ${10} | ${'all are granted'}
  ${10}  | ${3}    | ${7}  | ${'1 and 2 are granted, 4 are refused, and nobody asks for the other 3'}
  ${10}  | ${0}    | ${1}  | ${'the first is refused'}
  ${10}  | ${6}    | ${7}  | ${'one of the batch of 4 is refused'}
`(
  'of $wanted pods of which $granted are granted, $asked are asked for: $why',
  ({ wanted, granted, asked }) => {
    expect(creations(wanted, granted)).toEqual({
      asked,
      problem: granted < wanted ? 'exceeded quota' : undefined,
    });
  },
);

test('where the namespace ends, refusals are no problem', () => {
  expect(creations(3, 0, 'NamespaceTerminating')).toEqual({ asked: 3, problem: undefined });
});
