import type { Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Component, View } from '../contract/component.ts';
import { readBootstrapToken, TOKEN_NAMESPACE, TOKEN_TYPE } from '../objects/bootstrap-token.ts';
import type { Secret } from '../objects/kubernetes.ts';
import { storageKey } from '../objects/storage-key.ts';

const ACTOR = 'token-cleaner';

/** Deletes bootstrap tokens whose time is over (controller/bootstrap/tokencleaner.go). */
export const tokenCleaner: Component = {
  name: ACTOR,
  watches: ['secrets'],
  *deliveriesOf({ object, key }) {
    if ((object as Secret).type === TOKEN_TYPE) yield { actor: ACTOR, key };
  },
  *addresses({ objects }) {
    for (const { metadata, type } of objects.list<Secret>('secrets', TOKEN_NAMESPACE)) {
      const place = { resource: 'secrets', namespace: TOKEN_NAMESPACE, name: metadata.name ?? '' };
      if (type === TOKEN_TYPE) yield { actor: ACTOR, key: storageKey(place) };
    }
  },
  wake(view, { key }, from) {
    const at = endOf(view, key);
    return at === undefined
      ? undefined
      : { at: Math.max(at, from), cause: view.objects.changedAt(key) ?? null };
  },
  *reconcile(view, { key }, now) {
    const at = endOf(view, key);
    const secret = view.objects.byKey<Secret>(key);
    if (!secret || at === undefined || at > now) return;
    yield {
      verb: 'delete',
      resource: 'secrets',
      namespace: TOKEN_NAMESPACE,
      name: secret.metadata.name ?? '',
    };
  },
};

function endOf({ objects, settings }: View, key: string): Millis | undefined {
  const secret = objects.byKey<Secret>(key);
  const { expiration } = (secret && readBootstrapToken(secret)) ?? {};
  const ends = expiration === undefined ? undefined : parseRfc3339(expiration);
  return ends === undefined ? undefined : ends - settings.epochMs;
}
