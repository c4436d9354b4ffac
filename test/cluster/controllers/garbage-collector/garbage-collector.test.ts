import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { ConfigMap, CoreEvent } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import type { Play, Typed } from '../../node/play.ts';
import { create } from '../../node/play.ts';
import { deploymentOf, objectsOf, playWorkloads } from '../workloads.ts';

type Policy = 'Background' | 'Foreground' | 'Orphan';

const { metadata: _, ...rest } = deploymentOf({ replicas: 2 });
const web: KubeObject = { ...rest, metadata: { name: 'web' } };

function deletionOf(propagationPolicy: Policy): Typed {
  return {
    at: 5000,
    request: {
      verb: 'delete',
      resource: 'deployments.apps',
      namespace: 'default',
      name: 'web',
      propagationPolicy,
    },
  };
}

function deletedWith(policy: Policy, until: number): Play {
  return playWorkloads([create(0, web, 'deployments.apps'), deletionOf(policy)], { until });
}

/** Kinds whose last object of the Deployment went, in this order. */
function goneIn({ log, world }: Play): string[] {
  const kinds = log.flatMap((entry) => {
    const change = changeOf(world.store.tables, entry);
    return change?.type === 'DELETED' && change.resource !== 'events' ? [change.object.kind] : [];
  });
  return kinds.filter((kind, index) => kinds.indexOf(kind, index + 1) < 0);
}

const left = ({ world }: Play): number[] =>
  ['deployments.apps', 'replicasets.apps', 'pods'].map((resource) => objectsOf(world, resource).length);

describe('a Deployment that is deleted', () => {
  test('in the background goes at once, and what it owned after it', () => {
    expect(left(deletedWith('Background', 5000))).toEqual([0, 1, 2]);
    expect(goneIn(deletedWith('Background', 60_000))).toEqual(['Deployment', 'ReplicaSet', 'Pod']);
  });

  test('in the foreground goes last', () => {
    expect(left(deletedWith('Foreground', 20_000))).toEqual([1, 1, 2]);
    expect(goneIn(deletedWith('Foreground', 60_000))).toEqual(['Pod', 'ReplicaSet', 'Deployment']);
  });

  test('and leaves orphans goes when they are free, and they stay', () => {
    const play = deletedWith('Orphan', 60_000);
    expect(left(play)).toEqual([0, 1, 2]);
    expect(objectsOf(play.world, 'replicasets.apps')[0]?.metadata.ownerReferences).toBeUndefined();
    expect(objectsOf(play.world, 'pods').map(({ metadata }) => metadata.ownerReferences?.length)).toEqual([
      1, 1,
    ]);
  });
});

interface Owner {
  readonly name: string;
  readonly uid: string;
}

function noteOf(name: string, namespace: string, owners: readonly Owner[] = []): ConfigMap {
  const ownerReferences = owners.map((owner) => ({ apiVersion: 'v1', kind: 'ConfigMap', ...owner }));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, ownerReferences } };
}

function notesAfter(notes: readonly ConfigMap[], more: readonly Typed[] = []): Play {
  const typed = notes.map((object, index): Typed => {
    const { namespace = '' } = object.metadata;
    return { at: index * 1000, request: { verb: 'create', resource: 'configmaps', namespace, object } };
  });
  return playWorkloads([...typed, ...more], { until: 10_000 });
}

const namesIn = ({ world }: Play): string[] =>
  objectsOf(world, 'configmaps')
    .map(({ metadata }) => metadata.name ?? '')
    .filter((name) => name !== 'kube-root-ca.crt');

/** uids are drawn by name: those of one play are those of another. */
function uidOf(note: ConfigMap): string {
  const found = objectsOf(notesAfter([note]).world, 'configmaps');
  return found.find(({ metadata }) => metadata.name === note.metadata.name)?.metadata.uid ?? '';
}

describe('owners', () => {
  const owner = noteOf('owner', 'default');
  const remove = { verb: 'delete', resource: 'configmaps', namespace: 'default', name: 'owner' } as const;

  test('that are not there take what names them along', () => {
    expect(namesIn(notesAfter([noteOf('note', 'default', [{ name: 'nobody', uid: 'x' }])]))).toEqual([]);
  });

  test('are known by their uid: another of the same name is none', () => {
    expect(namesIn(notesAfter([owner, noteOf('note', 'default', [{ name: 'owner', uid: 'x' }])]))).toEqual([
      'owner',
    ]);
  });

  test('need not be controllers', () => {
    const note = noteOf('note', 'default', [{ name: 'owner', uid: uidOf(owner) }]);
    expect(namesIn(notesAfter([owner, note]))).toEqual(['note', 'owner']);
    expect(namesIn(notesAfter([owner, note], [{ at: 5000, request: remove }]))).toEqual([]);
  });

  test('that stay keep what another one would have taken along', () => {
    const other = noteOf('other', 'default');
    const owners = [
      { name: 'owner', uid: uidOf(owner) },
      { name: 'other', uid: uidOf(other) },
    ];
    const play = notesAfter(
      [owner, other, noteOf('note', 'default', owners)],
      [{ at: 5000, request: remove }],
    );
    expect(namesIn(play)).toEqual(['note', 'other']);
    const note = objectsOf(play.world, 'configmaps').find(({ metadata }) => metadata.name === 'note');
    expect(note?.metadata.ownerReferences).toMatchObject([{ name: 'other' }]);
  });

  test('of another namespace are none, and that is told', () => {
    const far = noteOf('owner', 'kube-system');
    const uid = uidOf(far);
    const play = notesAfter([far, noteOf('note', 'default', [{ name: 'owner', uid }])]);
    expect(namesIn(play)).toEqual(['owner']);
    const message = `ownerRef [v1/ConfigMap, namespace: default, name: owner, uid: ${uid}] does not exist in namespace "default"`;
    expect(objectsOf<CoreEvent>(play.world, 'events')).toMatchObject([
      { type: 'Warning', reason: 'OwnerRefInvalidNamespace', message },
    ]);
  });
});
