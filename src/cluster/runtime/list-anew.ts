import type { Tables } from '../../kernel/table/store.ts';
import type { Change } from '../contract/api-event.ts';
import type { Component } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { resourceOfKey, storagePrefix } from '../objects/storage-key.ts';
import { type Staleness, seqSeen, seqsHeld } from '../world/stale-watches.ts';
import type { WorldRows } from '../world/world.ts';
import type { Actor, Pending } from './pending.ts';
import { stalenessOf } from './turned-back.ts';

/** Whoever lists anew because of a fact, and which folders of etcd. */
export interface Renewal {
  readonly component: Component;
  readonly actor: string;
  readonly folders: readonly string[];
}

/** Programs that begin know nothing; of others the log says what they list anew. */
export function renewalsOf(pending: Pending, event: Event): readonly Renewal[] {
  switch (event.type) {
    case 'CachesRenewed':
      return renewals(pending, event);
    case 'KubeletStarted':
      // One that was only frozen watches on.
      return event.thawed ? [] : renewals(pending, { program: 'kubelet', node: event.node });
    case 'MachineStarted':
    case 'MachineInstalled':
      return renewals(pending, { program: 'kube-proxy', node: event.node });
    case 'LeadershipTaken':
      return renewals(pending, { program: event.program });
    case 'ProgramStarted':
      return event.node === '' ? renewals(pending, { program: event.program }) : [];
    default:
      return [];
  }
}

interface Whose {
  readonly program: string;
  readonly node?: string;
  readonly resources?: readonly string[];
}

function renewals(pending: Pending, { program, node, resources }: Whose): readonly Renewal[] {
  const wanted = resources?.map(storagePrefix);
  return pending.cluster.components.flatMap((component): readonly Renewal[] => {
    const isOf = node === undefined ? component.program === program : component.name === program;
    if (!isOf) return [];
    const folders = watchedBy(component, pending).filter((folder) => wanted?.includes(folder) ?? true);
    return [{ component, folders, actor: node === undefined ? component.name : `${component.name}/${node}` }];
  });
}

/** The resources that a component watches, of those of which there has been anything. */
function watchedBy({ watches = [] }: Component, { turned }: Pending): readonly string[] {
  return watches.includes('*') ? [...turned.revisions.keys()].sort() : watches.map(storagePrefix);
}

interface Listing {
  readonly actor: Actor;
  /** Folders of etcd. */
  readonly folders: readonly string[];
  /** seq of the entry with which they are listed. */
  readonly seq: number;
  readonly keepsGone: boolean;
}

/**
 * An actor lists folders of etcd anew. What that tells it is the difference between what its cache held and
 * what there is, and from then on it follows the store (client-go: a store's Replace).
 */
export function listAnew(
  pending: Pending,
  tables: Tables<WorldRows>,
  { actor, folders, seq, keepsGone }: Listing,
): readonly Change[] {
  const staleness = stalenessOf(pending.turned, actor);
  const news = staleness ? folders.flatMap((folder) => newsOf(tables, staleness, { folder, seq })) : [];
  for (const folder of folders) {
    if (!keepsGone) actor.metAt.delete(folder);
    (keepsGone ? actor.metAt : actor.listedAt).set(folder, seq);
  }
  return keepsGone ? news.filter(({ type }) => type !== 'DELETED') : news;
}

function newsOf(
  tables: Tables<WorldRows>,
  staleness: Staleness,
  { folder, seq }: { readonly folder: string; readonly seq: number },
): readonly Change[] {
  const { objects } = tables;
  const held = seqsHeld(staleness, seq, folder);
  if (held.length === 1) return [];
  const keys = new Set(held.flatMap((at) => objects.keysBy('resource', folder, at)));
  return [...keys].sort().flatMap((key): readonly Change[] => {
    const before = objects.read(key, seqSeen(tables, { key, seq }, staleness));
    const object = objects.read(key, seq);
    return before === object ? [] : changeFrom({ key, seq, before, object });
  });
}

interface Difference {
  readonly key: string;
  readonly seq: number;
  readonly before: KubeObject | undefined;
  readonly object: KubeObject | undefined;
}

function changeFrom({ key, seq, before, object }: Difference): readonly Change[] {
  const apiVersion = (before ?? object)?.apiVersion ?? '';
  const base = { resource: resourceOfKey(key, apiVersion), key, seq };
  if (!object) return before ? [{ ...base, type: 'DELETED', object: before, before }] : [];
  return [before ? { ...base, type: 'MODIFIED', object, before } : { ...base, type: 'ADDED', object }];
}
