import { describe, expect, test } from 'vitest';
import { firstMeeting, parseCondition } from '../../src/replay/condition.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { podLog } from '../support/pod-log.ts';
import { logOf } from '../support/small-log.ts';

const WEB = '/registry/pods/default/web';
const surroundings = { namespace: 'default', selected: WEB };
const timeline = createTimeline(podLog);

describe('what a reader waits for', () => {
  test.each([
    [
      'pod/web .status.phase=Running',
      { key: WEB, test: { pointer: '/status/phase', is: '=', value: 'Running' } },
    ],
    [
      'deploy/api .status.readyReplicas >= 3',
      { key: '/registry/deployments/default/api', test: { is: '>=', value: '3' } },
    ],
    ['.status.conditions[0].type=Ready', { key: WEB, test: { pointer: '/status/conditions/0/type' } }],
    ['po/web condition=Ready', { key: WEB, test: { condition: 'Ready', status: 'True' } }],
    ['po/web condition=Ready=false', { key: WEB, test: { condition: 'Ready', status: 'false' } }],
    ['pod/web deleted -n shop', { key: '/registry/pods/shop/web', test: { isGone: true } }],
    ['node/node-1 deleted', { key: '/registry/minions/node-1', test: { isGone: true } }],
    ['.metadata.labels.a~b/c=1', { test: { pointer: '/metadata/labels/a~0b~1c' } }],
  ])('%s', (text, condition) => {
    expect(parseCondition(text, surroundings)).toMatchObject({ text, ...condition });
  });

  test.each(['reason:Unhealthy', 'image is pulled', 'nobody/web .a=1 deleted'])('%s is a query', (text) => {
    expect(parseCondition(text, surroundings)).toMatchObject({ text, query: expect.any(Array) });
  });

  test.each([
    ['nothing at all', ''],
    ['of a kind that there is none of', 'gadget/web deleted'],
    ['of a kind without a name', 'pod/ deleted'],
  ])('%s is none', (_what, text) => {
    expect(parseCondition(text, surroundings)).toBeUndefined();
  });

  test('without an object and with none that is followed, there is nothing to wait for', () => {
    expect(parseCondition('deleted', { namespace: 'default' })).toBeUndefined();
  });
});

describe('when it comes to be so', () => {
  const at = (text: string, from = 0, to = podLog.length): number | undefined => {
    const condition = parseCondition(text, surroundings);
    if (!condition) throw new Error(text);
    return firstMeeting(timeline, condition, { from, to });
  };
  const created = 6;
  const bound = 10;
  const running = 14;

  test.each([
    ['pod/web .status.phase=Pending', 0, created],
    ['pod/web .spec.nodeName=node-1', 0, bound],
    ['pod/web .status.phase==Running', 0, running],
    ['pod/web .status.phase!=Pending', created, running],
    ['pod/web .status.containerStatuses[0].restartCount<1', 0, running],
    ['pod/web .status.containerStatuses[0].restartCount>=0', 0, running],
    ['type:ContainerStarted', 0, 13],
    ['type:ContainerStarted', 13, undefined],
    ['pod/web .status.containerStatuses[0].restartCount>0', 0, undefined],
    ['pod/web .status.phase>1', 0, undefined],
    ['pod/nobody deleted', 0, undefined],
  ])('%s, after %i: %s', (text, from, seq) => {
    expect(at(text, from)).toBe(seq);
  });

  test('is when it was not so before: who waits for what is so already waits for the next time', () => {
    expect(at('pod/web .status.phase=Pending', created)).toBeUndefined();
  });

  test('is not beyond the span', () => {
    expect(at('pod/web .status.phase=Running', 0, running - 1)).toBeUndefined();
  });

  test('an object that is removed is gone, and its condition is read without regard to case', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { containers: [] },
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    };
    const key = WEB;
    const resource = 'pods';
    const short = createTimeline(
      logOf([
        [0, { type: 'ObjectCreated', resource, key, object }],
        [1, { type: 'ObjectUpdated', resource, key, set: { '/status/conditions/0/status': 'True' } }],
        [2, { type: 'ObjectDeleted', resource, key, revision: 3 }],
      ]),
    );
    const meeting = (text: string): number | undefined => {
      const condition = parseCondition(text, surroundings);
      return condition && firstMeeting(short, condition, { from: 0, to: 3 });
    };
    expect(meeting('condition=Ready=false')).toBe(1);
    expect(meeting('condition=Ready')).toBe(2);
    expect(meeting('deleted')).toBe(3);
  });
});
