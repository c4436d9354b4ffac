import type { Refused } from '../../contract/response.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod, ResourceQuota } from '../../objects/kubernetes.ts';
import { type Amounts, addLists, amountsOf, resourceListOf } from '../../objects/pod-resources.ts';
import { compareAmounts, formatQuantity, subtractAmounts, ZERO } from '../../objects/quantity.ts';
import { isInScope, isTerminating } from '../../objects/quota/quota-scopes.ts';
import { namesFor, unsaidIn, usageOf } from '../../objects/quota/quota-usage.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { forbidden } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

/**
 * Lets a namespace take no more than its quotas allow, and writes into them what it now takes. It is asked
 * last of all (admission/plugin/resourcequota/controller.go CheckRequest).
 */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  goesBy: 'resourcequotas',
  checkCreate: (draft, call) => charge(draft, undefined, call),
  checkUpdate: (draft, stored, call) =>
    isMeasuredAgain(draft, stored, call) ? charge(draft, stored, call) : undefined,
};

/** What an update can change of an object's usage. */
function isMeasuredAgain(draft: KubeObject, stored: KubeObject, { resource }: Call): boolean {
  if (resource.name === 'services' || resource.name === 'persistentvolumeclaims') return true;
  return resource.name === 'pods' && isTerminating(draft as Pod) !== isTerminating(stored as Pod);
}

function charge(draft: KubeObject, stored: KubeObject | undefined, call: Call): Refused | undefined {
  const { namespace, store, resource, settings, at } = call;
  if (namespace === undefined) return undefined;
  const now = settings.epochMs + at;
  const charges: (readonly [quota: ResourceQuota, used: Amounts])[] = [];
  for (const quota of store.list<ResourceQuota>('resourcequotas', namespace)) {
    const names = namesFor(resource.name, sortedKeys(quota.status?.hard ?? {}));
    if (names.length === 0 || !isInScope(quota, resource.name, draft)) continue;
    const why = whyNotCounted(draft, quota, names, call);
    if (why !== undefined) return refuse(draft, call, why);
    const isMoved = stored !== undefined && isInScope(quota, resource.name, stored);
    const usage = usageOf(resource.name, draft, now);
    const added = isMoved ? increase(usage, usageOf(resource.name, stored, now)) : usage;
    const requested = masked(added, names);
    if (Object.keys(requested).length === 0) continue;
    const used = addLists(amountsOf(quota.status?.used), requested);
    const exceeded = whatExceeds(quota, requested, used);
    if (exceeded !== undefined) return refuse(draft, call, exceeded);
    charges.push([quota, used]);
  }
  for (const [quota, used] of charges) {
    const { namespace: home = '', name = '' } = quota.metadata;
    const place = {
      resource: 'resourcequotas',
      key: storageKey({ resource: 'resourcequotas', namespace: home, name }),
    };
    store.update(place, quota, {
      ...quota,
      status: { ...quota.status, used: resourceListOf(used) },
    } as ResourceQuota);
  }
  return undefined;
}

function refuse({ metadata }: KubeObject, call: Call, why: string): Refused {
  return forbidden(call.resource, metadata.name ?? '', why);
}

function whyNotCounted(
  draft: KubeObject,
  { metadata, status }: ResourceQuota,
  names: readonly string[],
  { resource }: Call,
): string | undefined {
  const unsaid = resource.name === 'pods' ? unsaidIn(draft as Pod, names) : undefined;
  if (unsaid !== undefined) return `failed quota: ${metadata.name}: ${unsaid}`;
  const unknown = names.some((name) => status?.used?.[name] === undefined);
  return unknown ? `status unknown for quota: ${metadata.name}, resources: ${names.join(',')}` : undefined;
}

function whatExceeds(
  { metadata, status }: ResourceQuota,
  requested: Amounts,
  used: Amounts,
): string | undefined {
  const [hard, before] = [amountsOf(status?.hard), amountsOf(status?.used)];
  const over = sortedKeys(requested).filter(
    (name) => compareAmounts(used[name] ?? ZERO, hard[name] ?? ZERO) > 0,
  );
  if (over.length === 0) return undefined;
  const told = (amounts: Amounts): string =>
    over.map((name) => `${name}=${formatQuantity(amounts[name] ?? ZERO)}`).join(',');
  const sums = `requested: ${told(requested)}, used: ${told(before)}, limited: ${told(hard)}`;
  return `exceeded quota: ${metadata.name}, ${sums}`;
}

/** What is more now; what is less is given back by the controller. */
function increase(usage: Amounts, before: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(usage).map(([name, amount]) => {
      const more = subtractAmounts(amount, before[name] ?? ZERO);
      return [name, more.nano > 0n ? more : ZERO];
    }),
  );
}

function masked(amounts: Amounts, names: readonly string[]): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).filter(([name, { nano }]) => names.includes(name) && nano !== 0n),
  );
}
