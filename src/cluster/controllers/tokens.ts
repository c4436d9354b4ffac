import { drawMany } from '../../kernel/chance/draw.ts';
import type { Component, View } from '../contract/component.ts';
import type { ServiceAccount } from '../objects/kubernetes.ts';
import { generatedName, NAME_DRAWS } from '../objects/names.ts';
import { hasTokenSecret, tokenSecretOf, withTokenSecret } from '../objects/token-secret.ts';

const ACTOR = 'tokens-controller';

/**
 * Up to 1.23: gives every service account a secret with a token, and names it there
 * (serviceaccount/tokens_controller.go).
 */
export const tokensController: Component = {
  name: ACTOR,
  watches: ['serviceaccounts'],
  *deliveriesOf({ key }) {
    yield { actor: ACTOR, key };
  },
  *reconcile(view, { key }) {
    if (!hasTokenSecret(view.settings.version)) return;
    const account = view.objects.byKey<ServiceAccount>(key);
    if (!account || account.secrets?.length) return;
    const { namespace = '', name = '' } = account.metadata;
    const object = tokenSecretOf(account, tokenNameOf(view, account));
    const made = yield { verb: 'create', resource: 'secrets', namespace, object };
    if (!made.ok && made.status.code !== 409) return;
    const named = withTokenSecret(account, object.metadata.name ?? '');
    yield { verb: 'update', resource: 'serviceaccounts', namespace, name, object: named };
  },
};

function tokenNameOf({ chance }: View, { metadata: { name, uid = '' } }: ServiceAccount): string {
  return generatedName(
    `${name}-token-`,
    drawMany(chance, NAME_DRAWS.count, NAME_DRAWS.below, 'token name', uid),
  );
}
