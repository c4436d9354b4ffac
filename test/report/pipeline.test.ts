import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { type Commit, commitAt } from '../../src/report/pipeline.ts';
import { playedLog } from '../support/play-scenario.ts';
import { logOf } from '../support/small-log.ts';

const log = playedLog('rolling-update');
const timeline = createTimeline(log);
const TOLD = { language: 'en', files: {}, isBrief: true };

function commitWith(isIt: (event: Event) => boolean): Commit {
  const entry = log.find(({ event }) => isIt(event));
  const commit = commitAt(timeline, entry?.seq ?? 0, TOLD);
  if (!commit) throw new Error('there is no such commit');
  return commit;
}

const isCreated =
  (resource: string) =>
  (event: Event): boolean =>
    event.type === 'ObjectCreated' && event.resource === resource;

describe('who talked to whom in a commit', () => {
  test('a Deployment is created, and its controller makes a ReplicaSet because of it', () => {
    const [call] = commitWith(isCreated('deployments.apps')).requests;
    expect(call).toMatchObject({ verb: 'create', what: expect.stringMatching(/^Deployment /) });
    const controller = call?.reaches.find(({ actor }) => actor === 'deployment-controller');
    expect(controller?.looksAt).toBeDefined();
    expect(controller?.did?.text).toMatch(/^created ReplicaSet /);
    expect(controller?.did?.afterMs).toBeGreaterThan(0);
    // Who did something because of it comes before those who only look, or take note.
    const weights = (call?.reaches ?? []).map(({ did, looksAt }) => (did ? 0 : looksAt ? 1 : 2));
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
  });

  test('a pod is bound by the scheduler, and the kubelet of its node hears of it', () => {
    const commit = commitWith(
      (event) => event.type === 'ObjectUpdated' && event.set?.['/spec/nodeName'] !== undefined,
    );
    expect(commit.actor).toBe('scheduler');
    const call = commit.requests.find(({ verb }) => verb === 'bind');
    expect(Number(call?.revision)).toBeGreaterThan(0);
    expect(call?.reaches.some(({ actor }) => actor.startsWith('kubelet/node-'))).toBe(true);
  });

  test('what happens on a machine alone asks for nothing', () => {
    const commit = commitWith(({ type }) => type === 'ContainerStarted');
    expect(commit.actor).toMatch(/^kubelet\//);
    expect(commit.facts.join()).toMatch(/started/);
  });

  test('all entries of a commit are in it, whichever is asked for', () => {
    const commit = commitWith(isCreated('deployments.apps'));
    for (let seq = commit.first; seq <= commit.last; seq++)
      expect(commitAt(timeline, seq, TOLD)).toEqual(commit);
    expect(log[commit.last - 1]?.more).toBeUndefined();
    expect(commitAt(timeline, log.length + 1, TOLD)).toBeUndefined();
  });
});

describe('a request is refused', () => {
  test.each([
    [401, 'Unauthorized', 'authenticate'],
    [404, 'the server could not find the requested resource', 'decode'],
    [405, 'the server does not allow this method', 'decode'],
    [400, 'strict decoding error', 'decode'],
    [403, 'pods is forbidden: User "eve" cannot create resource', 'authorize'],
    [403, 'pods "web" is forbidden: exceeded quota', 'admit'],
    [422, 'Deployment "web" is invalid', 'validate'],
    [409, 'the object has been modified', 'store'],
    [404, 'pods "web" not found', 'store'],
  ])('with %i %s at the stage %s', (code, message, stage) => {
    const refusal = { verb: 'create', resource: 'pods', name: 'web', reason: 'x', code, message };
    const refused = createTimeline(logOf([[0, { type: 'RequestRefused', ...refusal } as Event]]));
    expect(commitAt(refused, 1, TOLD)?.requests).toEqual([
      { seq: 1, verb: 'create', what: 'pods web', refused: { stage, code, message }, reaches: [] },
    ]);
  });
});
