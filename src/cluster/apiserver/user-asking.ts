import type { RequestContext } from '../contract/api-server.ts';
import type { Request } from '../contract/request.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { firstVersion } from '../contract/settings-in.ts';
import { type User, userOf, userOfActor } from '../contract/user.ts';
import { isPolicyChanged } from '../world/policy-changed.ts';
import type { World } from '../world/world.ts';
import { authenticate } from './authenticate/authenticate.ts';
import { attributesOf, authorize, judge } from './authorize/authorize.ts';
import { refuseImpersonation } from './authorize/impersonate.ts';
import { refuseProgram } from './authorize/programs-rights.ts';
import { type Call, granted, type Outcome, type ServedResource } from './call.ts';

/** Where a request has come to. */
export interface Server {
  readonly world: World;
  readonly settings: ClusterSettings;
  readonly store: Call['store'];
  readonly context: RequestContext;
}

/**
 * Who asks, if he may. The programs of the cluster may do what they do: only who shows credentials of his
 * own, or wants to be taken for another, is looked at.
 */
export function userAsking(request: Request, resource: ServedResource, server: Server): Outcome<User> {
  const { settings, store, context } = server;
  const { as, credentials } = request;
  const { tell } = context;
  tell?.({ stage: 'authenticate' });
  const authenticated =
    credentials === undefined
      ? granted(userOfActor(context.actor, firstVersion(settings)))
      : authenticate(credentials, { store, settings, at: context.at });
  if (!authenticated.ok) return authenticated;
  if (tell) tellWho(request, resource, { server, user: as ? userOf(as) : authenticated.value });
  if (as === undefined && credentials === undefined) {
    if (!isPolicyChanged(server.world)) return authenticated;
    const asking = { user: authenticated.value, attributes: attributesOf(request, resource) };
    return refuseProgram(store, settings, asking) ?? authenticated;
  }
  const refusal = as && refuseImpersonation(store, authenticated.value, as);
  if (refusal) return refusal;
  const user = as === undefined ? authenticated.value : userOf(as);
  return authorize(store, user, attributesOf(request, resource)) ?? granted(user);
}

/** Who asks, and by which of his rights. */
function tellWho(
  request: Request,
  resource: ServedResource,
  { server: { context, store }, user }: { readonly server: Server; readonly user: User },
): void {
  const { name, groups } = user;
  context.tell?.({ stage: 'authenticate', says: `${name} [${groups.join(' ')}]` });
  const { isAllowed, reason } = judge(store, user, attributesOf(request, resource));
  // Only roles give reasons.
  const says = reason || (groups.includes('system:nodes') ? 'Node' : 'system:masters');
  context.tell?.({ stage: 'authorize', ...(isAllowed && { says }) });
}
