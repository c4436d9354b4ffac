import type { Refused } from '../../contract/response.ts';
import { derived } from '../../objects/derived.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { storagePrefix } from '../../objects/storage-key.ts';
import { deltaOf } from '../../world/object-delta.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { claimResize } from './claim-resize.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { ingressNginxWebhook } from './ingress-nginx-webhook.ts';
import { limitRanger } from './limit-ranger.ts';
import { mutatingAdmissionPolicies } from './mutating-policies.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeRestriction } from './node-restriction.ts';
import { podSecurity } from './pod-security.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { sidecarInjection } from './sidecar-injection.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';
import { validatingAdmissionPolicies } from './validating-policies.ts';
import { verticalPodAutoscaler } from './vertical-pod-autoscaler.ts';
import { mutatingWebhooks, validatingWebhooks } from './webhooks.ts';

/**
 * In the order of kube-apiserver (options/plugins.go AllOrderedPlugins); those that are missing are not
 * simulated.
 */
const PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  claimResize,
  runtimeClass,
  defaultIngressClass,
  podTopologyLabels,
  verticalPodAutoscaler,
  sidecarInjection,
  mutatingAdmissionPolicies,
  mutatingWebhooks,
  validatingAdmissionPolicies,
  validatingWebhooks,
  ingressNginxWebhook,
  resourceQuota,
];

export function admitCreate(draft: KubeObject, call: Call): Refused | undefined {
  call.tell?.({ stage: 'mutate' });
  for (const { name, onCreate } of roundsOf(call).creating) {
    if (onCreate === undefined) continue;
    const refusal = call.tell ? watched(name, { draft, call, onCreate }) : onCreate(draft, call);
    if (refusal) return refusal;
  }
  return undefined;
}

interface Watched {
  readonly draft: KubeObject;
  readonly call: Call;
  readonly onCreate: NonNullable<AdmissionPlugin['onCreate']>;
}

/** A plugin's work for somebody who wants to know what it does. */
function watched(name: string, { draft, call, onCreate }: Watched): Refused | undefined {
  const before = JSON.parse(JSON.stringify(draft)) as KubeObject;
  const refusal = onCreate(draft, call);
  const delta = deltaOf(before, draft);
  const changes = [...Object.keys(delta?.set ?? {}), ...(delta?.unset ?? [])];
  if (refusal) call.tell?.({ stage: 'mutate', by: name });
  else if (changes.length > 0) call.tell?.({ stage: 'mutate', by: name, changes });
  return refusal;
}

export function admitUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  call.tell?.({ stage: 'mutate' });
  for (const onUpdate of roundsOf(call).updating) {
    const refusal = onUpdate(draft, stored, call);
    if (refusal) return refusal;
  }
  return undefined;
}

/** What is valid is looked at once more, by those who only judge. */
export function checkCreate(draft: KubeObject, call: Call): Refused | undefined {
  call.tell?.({ stage: 'admit' });
  for (const plugin of roundsOf(call).creating) {
    const refusal = plugin.checkCreate?.(draft, call);
    if (plugin.checkCreate) call.tell?.({ stage: 'admit', by: plugin.name });
    if (refusal) return refusal;
  }
  return undefined;
}

export function checkUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  call.tell?.({ stage: 'admit' });
  for (const plugin of roundsOf(call).updated) {
    const refusal = plugin.checkUpdate?.(draft, stored, call);
    call.tell?.({ stage: 'admit', by: plugin.name });
    if (refusal) return refusal;
  }
  return undefined;
}

/** Whether what is there may go. */
export function checkDelete(stored: KubeObject, call: Call): Refused | undefined {
  for (const check of roundsOf(call).deleting) {
    const refusal = check(stored, call);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Who is asked about the objects of a resource, by what happens to them: asked for with every write. */
interface Rounds {
  readonly creating: readonly AdmissionPlugin[];
  readonly updating: readonly NonNullable<AdmissionPlugin['onUpdate']>[];
  readonly updated: readonly AdmissionPlugin[];
  readonly deleting: readonly NonNullable<AdmissionPlugin['checkDelete']>[];
}

/** Rounds by resource, and how many resources there had been objects of when they were found. */
interface Found {
  values: number;
  readonly rounds: Map<string, Rounds>;
}

type Objects = Call['store']['world']['store']['tables']['objects'];

const foundWith = derived((_: Objects): Found => ({ values: 0, rounds: new Map() }));

/** Those who may have something to say. Who wants to be told of all stages hears of the others too. */
function roundsOf({ resource: { name }, store, tell }: Call): Rounds {
  const { objects } = store.world.store.tables;
  if (tell) return roundsAmong(PLUGINS, name);
  const found = foundWith(objects);
  const values = objects.valuesHad('resource');
  if (found.values !== values) {
    found.values = values;
    found.rounds.clear();
  }
  let rounds = found.rounds.get(name);
  if (rounds === undefined) {
    rounds = roundsAmong(
      PLUGINS.filter(
        ({ goesBy }) => goesBy === undefined || objects.hasHad('resource', storagePrefix(goesBy)),
      ),
      name,
    );
    found.rounds.set(name, rounds);
  }
  return rounds;
}

function roundsAmong(plugins: readonly AdmissionPlugin[], resource: string): Rounds {
  const own = plugins.filter(({ resources }) => resources === undefined || resources.includes(resource));
  return {
    creating: own.filter(({ onCreate, checkCreate }) => onCreate !== undefined || checkCreate !== undefined),
    updating: own.flatMap(({ onUpdate }) => onUpdate ?? []),
    updated: own.filter(({ checkUpdate }) => checkUpdate !== undefined),
    deleting: own.flatMap(({ checkDelete }) => checkDelete ?? []),
  };
}
