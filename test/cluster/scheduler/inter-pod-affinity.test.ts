import { describe, expect, test } from 'vitest';
import type { Pod, PodAffinityTerm } from '../../../src/cluster/objects/kubernetes.ts';
import type { NodeInfo } from '../../../src/cluster/scheduler/nodes/node-info.ts';
import { interPodPreference } from '../../../src/cluster/scheduler/scores/inter-pod-affinity.ts';
import { choose, cycleOf, infoOf, labelled, nodeOf, reasonsOf, scoresOf } from './given-nodes.ts';

const HOST = 'kubernetes.io/hostname';

const term = (app: string, fields: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey: HOST,
  labelSelector: { matchLabels: { app } },
  ...fields,
});

const near = (app: string, ...terms: PodAffinityTerm[]): Pod =>
  labelled(
    app,
    { app },
    {
      affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
    },
  );
const apart = (app: string, ...terms: PodAffinityTerm[]): Pod =>
  labelled(
    app,
    { app },
    {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
    },
  );

const NEAR = "node(s) didn't match pod affinity rules";
const APART = "node(s) didn't match pod anti-affinity rules";
const THEIRS = "node(s) didn't satisfy existing pods anti-affinity rules";

const web = labelled('web', { app: 'web' });
const elsewhere: Pod = { ...web, metadata: { ...web.metadata, namespace: 'prod' } };
const prod = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'prod', labels: { tier: 'prod' } },
};

describe('a pod', () => {
  const nodes = [infoOf(nodeOf('a'), [web]), infoOf(nodeOf('b'))];
  test.each<[what: string, pod: Pod, nodes: NodeInfo[], expected: object]>([
    ['goes where its friend is', near('db', term('web')), nodes, { node: 'a' }],
    ['keeps off its foe', apart('db', term('web')), nodes, { node: 'b' }],
    [
      'is kept off by its foe',
      web,
      [infoOf(nodeOf('a'), [apart('db', term('web'))]), infoOf(nodeOf('b'))],
      { node: 'b' },
    ],
    ['is the first of its group anywhere', near('solo', term('solo')), [infoOf(nodeOf('a'))], { node: 'a' }],
    [
      'does not care for another namespace',
      apart('db', term('web')),
      [infoOf(nodeOf('a'), [elsewhere])],
      { node: 'a' },
    ],
  ])('%s', (_what, pod, infos, expected) => {
    expect(choose(pod, infos)).toEqual(expected);
  });

  test.each<[what: string, pod: Pod, nodes: NodeInfo[], reasons: object, minor: number]>([
    ['misses its friend', near('db', term('web')), [infoOf(nodeOf('b'))], { b: [NEAR] }, 36],
    [
      'misses its friend',
      near('db', term('web')),
      [infoOf(nodeOf('b'))],
      { b: ["node(s) didn't match pod affinity/anti-affinity", NEAR] },
      20,
    ],
    ['finds foes everywhere', apart('web', term('web')), [infoOf(nodeOf('a'), [web])], { a: [APART] }, 36],
    ['is a foe to others', web, [infoOf(nodeOf('a'), [apart('db', term('web'))])], { a: [THEIRS] }, 36],
    [
      'needs a domain',
      near('solo', term('solo', { topologyKey: 'zone' })),
      [infoOf(nodeOf('a'))],
      { a: [NEAR] },
      36,
    ],
    [
      'meets a foe of a namespace by its labels',
      apart('db', term('web', { namespaceSelector: { matchLabels: { tier: 'prod' } } })),
      [infoOf(nodeOf('a'), [elsewhere])],
      { a: [APART] },
      36,
    ],
  ])('that %s finds no node', (_what, pod, infos, reasons, minor) => {
    expect(reasonsOf(choose(pod, infos, { objects: [['namespaces', prod]], minor }))).toEqual(reasons);
  });
});

describe('preferences', () => {
  const preferring = (weight: number): Pod =>
    labelled(
      'db',
      { app: 'db' },
      {
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm: term('web') }],
          },
        },
      },
    );
  const nodes = [infoOf(nodeOf('a'), [web]), infoOf(nodeOf('b')), infoOf(nodeOf('c'), [web, web])];

  test('are stretched from the worst node to the best', () => {
    expect(scoresOf(interPodPreference, cycleOf(preferring(10), nodes), nodes)).toEqual([50, 0, 100]);
  });

  test('of pods that are there count for a newcomer', () => {
    const infos = [infoOf(nodeOf('a'), [preferring(5)]), infoOf(nodeOf('b'))];
    expect(scoresOf(interPodPreference, cycleOf(web, infos), infos)).toEqual([100, 0]);
  });

  test('say nothing where nobody has any', () => {
    expect(scoresOf(interPodPreference, cycleOf(web, nodes), nodes)).toBeUndefined();
  });
});
