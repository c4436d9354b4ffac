import type { Component, Reaction, View } from '../../../src/cluster/contract/component.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';

/** Somebody deletes an object that is there at a time: which one, of those of a resource, is a number. */
export interface Mischief {
  readonly at: number;
  readonly resource: string;
  readonly index: number;
}

/** Gives each new pod a few seconds, so that it fails. */
export function impatience(activeDeadlineSeconds: number): Component {
  return {
    name: 'impatience',
    watches: ['pods'],
    *deliveriesOf({ type, key }) {
      yield { actor: 'impatience', ...(type === 'ADDED' && { key }) };
    },
    *reconcile({ objects }, { key }) {
      const { namespace = '', name = '' } = objects.byKey<KubeObject>(key)?.metadata ?? {};
      const target = { resource: 'pods', namespace, name } as const;
      yield { verb: 'patch', ...target, patchType: 'merge', patch: { spec: { activeDeadlineSeconds } } };
    },
  };
}

/** Does what nobody asked for, to objects whose names nobody knows beforehand. */
export function mischiefMaker(deeds: readonly Mischief[]): Component {
  const address = { actor: 'mischief', key: 'deeds' };
  return {
    name: 'mischief',
    readsStore: true,
    addresses: () => [address],
    wake(_view, _address, from) {
      const next = deeds.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at)[0];
      return next && { at: next.at, cause: null };
    },
    *reconcile(view, _address, now) {
      for (const deed of deeds) if (deed.at === now) yield* remove(view, deed);
    },
  };
}

function* remove({ objects }: View, { resource, index }: Mischief): Reaction {
  const there = objects
    .list<KubeObject>(resource, 'default')
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const name = there[index % Math.max(1, there.length)]?.metadata.name;
  if (name !== undefined) yield { verb: 'delete', resource, namespace: 'default', name };
}
