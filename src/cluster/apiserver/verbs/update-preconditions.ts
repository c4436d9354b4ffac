import type { Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ObjectMeta } from '../../objects/kubernetes.ts';
import { invalid as invalidField } from '../../objects/validation/field-error.ts';
import { type Call, keyOf } from '../call.ts';
import { badRequest, invalid, otherUid, staleVersion } from '../refusal.ts';

/** The object must bear the name under which it is sent. */
export function checkName({ namespace }: Call, name: string, { metadata }: KubeObject): Refused | undefined {
  if (metadata.name !== name) {
    const given = metadata.name ?? '';
    return badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  }
  if (!namespace || !metadata.namespace || metadata.namespace === namespace) return undefined;
  const given = `the namespace of the object (${metadata.namespace})`;
  return badRequest(`${given} does not match the namespace on the request (${namespace})`);
}

/** The object must be the one that the client has seen, and as the client has seen it. */
export function checkVersion(
  call: Call,
  stored: KubeObject,
  { uid, resourceVersion }: ObjectMeta,
): Refused | undefined {
  const { resource } = call;
  const { name = '', uid: found = '' } = stored.metadata;
  if (uid && uid !== found) return otherUid(resource, name, { key: keyOf(call, name), wanted: uid, found });
  if (resourceVersion && resourceVersion !== '0') {
    return resourceVersion === stored.metadata.resourceVersion ? undefined : staleVersion(resource, name);
  }
  if (resource.strategy.allowsUnconditionalUpdate) return undefined;
  const error = invalidField('metadata.resourceVersion', 0, 'must be specified for an update');
  return invalid({ ...resource, kind: resource.plural }, name, [error]);
}
