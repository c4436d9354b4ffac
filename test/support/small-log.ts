import type { Event } from '../../src/cluster/contract/event.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';

type Written = readonly [at: number, event: Event, more?: 'more'];

/** A log out of times and events; a cause is always the entry before. */
export function logOf(written: readonly Written[]): Entry<Event>[] {
  return written.map(([at, event, more], index) => ({
    seq: index + 1,
    at,
    actor: 'test',
    key: 'key',
    cause: index === 0 ? null : index,
    event,
    ...(more && { more: true }),
  }));
}

const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cm', namespace: 'default', resourceVersion: '1' },
};
const key = '/registry/configmaps/default/cm';

/** A story in three steps: two commits a step, the second step's first of two entries. */
export const smallLog = logOf([
  [0, { type: 'ScenarioOpened', name: 'small', title: { en: 'A small story', ko: '작은 이야기' }, steps: 3 }],
  [10, { type: 'StepBegan', step: 1, kind: 'say', text: { en: 'Once upon a time.', ko: '옛날 옛적에.' } }],
  [1000, { type: 'StepBegan', step: 2, kind: 'run', text: { en: '' } }, 'more'],
  [1000, { type: 'CommandTyped', command: 'step-2', line: 'kubectl create configmap cm' }],
  [1080, { type: 'ObjectCreated', resource: 'configmaps', key, object }, 'more'],
  [1080, { type: 'CommandPrinted', command: 'step-2', stdout: 'configmap/cm created\n' }, 'more'],
  [1080, { type: 'CommandEnded', command: 'step-2', exitCode: 0 }],
  [5000, { type: 'StepBegan', step: 3, kind: 'expect', text: { en: 'expect ConfigMap cm' } }],
  [
    5000,
    {
      type: 'ExpectationMissed',
      step: 3,
      part: 0,
      what: 'ConfigMap cm has data',
      why: 'data: wanted {…}\nactual: nothing',
    },
  ],
  [5001, { type: 'ScenarioEnded', passed: false }],
]);
