import type { Millis } from '../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import {
  asksForDevices,
  DEVICE_CLAIMS,
  DEVICE_TEMPLATES,
  DEVICES_HELD,
  deviceClaimName,
  hasRoomForOneMore,
  isKeptFor,
  MADE_FOR,
} from '../objects/devices/device-claims.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type {
  DynamicResourceClaim,
  Pod,
  PodResourceClaim,
  PodResourceClaimStatus,
  ResourceClaimStatus,
  ResourceClaimTemplate,
} from '../objects/kubernetes.ts';
import { controllerOf, controllerReference } from '../objects/owner-references.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { storageKey } from '../objects/storage-key.ts';
import { record } from '../recorder/record.ts';

const ACTOR = 'resource-claim-controller';

/** A pod whose template was missing is looked at again when one comes (resourceclaim/controller.go). */
export const resourceClaimController: Component = {
  name: ACTOR,
  watches: ['pods', DEVICE_CLAIMS, DEVICE_TEMPLATES],
  assumes: true,
  *deliveriesOf({ resource, key, object, type }, _rows, objects) {
    if (resource === 'pods') yield* claimsAndPod(object as Pod, type === 'DELETED' ? undefined : key);
    else if (resource === DEVICE_CLAIMS) {
      yield { actor: ACTOR, key };
      const owner = controllerOf(object);
      const { namespace = '' } = object.metadata;
      if (owner?.kind === 'Pod')
        yield { actor: ACTOR, key: storageKey({ resource: 'pods', namespace, name: owner.name }) };
    } else {
      yield { actor: ACTOR };
      if (type !== 'ADDED') return;
      for (const pod of objects.list<Pod>('pods', object.metadata.namespace ?? ''))
        if (isWaitingFor(pod, object.metadata.name ?? '')) yield { actor: ACTOR, key: keyOf(pod) };
    }
  },
  *reconcile(view, { key }, now) {
    const object = view.objects.byKey<KubeObject>(key);
    if (object?.kind === 'Pod') yield* lookAtPod(view, object as Pod, now);
    else if (object) yield* lookAtClaim(view, object as DynamicResourceClaim);
  },
};

/** Of pods that ask for no devices nothing is read, and no note is taken. */
function* claimsAndPod(pod: Pod, key: string | undefined) {
  if (!pod.spec.resourceClaims?.length) return;
  yield { actor: ACTOR };
  if (key !== undefined) yield { actor: ACTOR, key };
  const { namespace = '' } = pod.metadata;
  for (const asked of pod.spec.resourceClaims) {
    const name = deviceClaimName(pod, asked);
    if (name !== undefined)
      yield { actor: ACTOR, key: storageKey({ resource: DEVICE_CLAIMS, namespace, name }) };
  }
}

function keyOf({ metadata: { namespace = '', name = '' } }: Pod): string {
  return storageKey({ resource: 'pods', namespace, name });
}

function isWaitingFor({ spec }: Pod, template: string): boolean {
  return spec.resourceClaims?.some(({ resourceClaimTemplateName: name }) => name === template) ?? false;
}

/** Makes the claims that a pod's templates ask for, and tells the pod their names. */
function* lookAtPod(view: View, pod: Pod, now: Millis): Reaction {
  if (!asksForDevices(pod, view.settings.version)) return;
  if (pod.metadata.deletionTimestamp !== undefined || isTerminal(pod)) return;
  const { namespace = '', name = '' } = pod.metadata;
  const made: PodResourceClaimStatus[] = [];
  for (const asked of pod.spec.resourceClaims ?? []) {
    const claim = yield* claimFor(view, pod, asked);
    if (claim && 'problem' in claim) {
      const message = `PodResourceClaim ${asked.name}: ${claim.problem}`;
      const said = { type: 'Warning', reason: 'FailedResourceClaimCreation', message } as const;
      yield* record(view, { component: 'resource_claim', object: pod as KubeObject, ...said }, now);
      return;
    }
    if (claim) made.push({ name: asked.name, resourceClaimName: claim.name });
  }
  if (made.length > 0) {
    const known = pod.status?.resourceClaimStatuses ?? [];
    const resourceClaimStatuses = [
      ...known.filter((old) => !made.some((each) => each.name === old.name)),
      ...made,
    ];
    const target = { resource: 'pods', subresource: 'status', namespace, name } as const;
    yield { verb: 'patch', ...target, patchType: 'merge', patch: { status: { resourceClaimStatuses } } };
  }
  // A pod that was bound by hand is among those that its claims are kept for too.
  if (!pod.spec.nodeName) return;
  for (const asked of pod.spec.resourceClaims ?? []) {
    const claim = view.objects.get<DynamicResourceClaim>(
      DEVICE_CLAIMS,
      namespace,
      deviceClaimName(pod, asked) ?? '',
    );
    if (!claim?.status?.allocation || isKeptFor(claim, pod) || !hasRoomForOneMore(claim)) continue;
    const consumer = { name, resource: 'pods', uid: pod.metadata.uid ?? '' };
    yield* writeStatus(claim, {
      ...claim.status,
      reservedFor: [...(claim.status.reservedFor ?? []), consumer],
    });
  }
}

type Made = { readonly name: string } | { readonly problem: string };

/** The claim that was made now for one of a pod's templates; undefined where none is needed. */
function* claimFor({ objects }: View, pod: Pod, asked: PodResourceClaim): Doing<Made | undefined> {
  const templateName = asked.resourceClaimTemplateName;
  const known = deviceClaimName(pod, asked);
  const { namespace = '', name: podName = '', uid } = pod.metadata;
  if (templateName === undefined) return undefined;
  if (known !== undefined && objects.get(DEVICE_CLAIMS, namespace, known)) return undefined;
  // Its name may not have come to be written into the pod's status.
  const orphan = objects
    .list<DynamicResourceClaim>(DEVICE_CLAIMS, namespace)
    .find(
      (claim) => controllerOf(claim)?.uid === uid && claim.metadata.annotations?.[MADE_FOR] === asked.name,
    );
  if (orphan) return { name: orphan.metadata.name ?? '' };
  const template = objects.get<ResourceClaimTemplate>(DEVICE_TEMPLATES, namespace, templateName);
  if (!template)
    return {
      problem: `resource claim template "${templateName}": resourceclaimtemplate.resource.k8s.io "${templateName}" not found`,
    };
  const { metadata, spec } = template.spec;
  const { blockOwnerDeletion: _, ...owner } = controllerReference(pod as KubeObject);
  const object: DynamicResourceClaim & KubeObject = {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: {
      generateName: generatedFrom(podName, asked.name),
      annotations: { ...metadata?.annotations, [MADE_FOR]: asked.name },
      ...(metadata?.labels && { labels: metadata.labels }),
      ownerReferences: [owner],
    },
    spec,
  };
  const created = yield { verb: 'create', resource: DEVICE_CLAIMS, namespace, object };
  if (!created.ok) return { problem: `create ResourceClaim : ${created.status.message}` };
  return { name: (created.object as KubeObject).metadata.name ?? '' };
}

/** So much of a name leaves room for what is drawn. */
const MOST_BASE = 57;

function generatedFrom(pod: string, claim: string): string {
  const base = `${pod}-${claim}-`;
  if (base.length <= MOST_BASE) return base;
  const share = (text: string): string => text.slice(0, Math.floor((text.length * MOST_BASE) / base.length));
  return `${share(pod)}-${share(claim)}`;
}

/**
 * Whoever is gone or done gives up the claim; when nobody is left its devices are free, and a claim that was
 * made for a pod goes with the pod's end.
 */
function* lookAtClaim({ objects }: View, claim: DynamicResourceClaim): Reaction {
  const { namespace = '', name = '', finalizers = [], deletionTimestamp } = claim.metadata;
  const { reservedFor = [], allocation } = claim.status ?? {};
  const left = reservedFor.filter((consumer) => {
    const pod = consumer.resource === 'pods' && objects.get<Pod>('pods', namespace, consumer.name);
    return consumer.resource !== 'pods' || (pod && pod.metadata.uid === consumer.uid && !isDone(pod));
  });
  let current: DynamicResourceClaim | undefined = claim;
  if (
    left.length < reservedFor.length ||
    (left.length === 0 && allocation && deletionTimestamp !== undefined)
  ) {
    const { allocation: given, devices: _, ...rest } = claim.status ?? {};
    const kept = left.length > 0 && given ? { allocation: given } : {};
    current = yield* writeStatus(claim, { ...rest, ...kept, reservedFor: left });
  }
  if (!current) return;
  const target = { resource: DEVICE_CLAIMS, namespace, name } as const;
  if (!current.status?.allocation && finalizers.includes(DEVICES_HELD)) {
    const metadata = { ...current.metadata, finalizers: finalizers.filter((each) => each !== DEVICES_HELD) };
    yield { verb: 'update', ...target, object: { ...current, metadata } };
  }
  const owner = controllerOf(claim);
  const pod = owner?.kind === 'Pod' ? objects.get<Pod>('pods', namespace, owner.name) : undefined;
  if (pod && pod.metadata.uid === owner?.uid && isDone(pod) && deletionTimestamp === undefined)
    yield { verb: 'delete', ...target };
}

function isDone(pod: Pod): boolean {
  return isTerminal(pod) || (pod.metadata.deletionTimestamp !== undefined && !pod.spec.nodeName);
}

function* writeStatus(
  claim: DynamicResourceClaim,
  status: ResourceClaimStatus,
): Doing<DynamicResourceClaim | undefined> {
  const { namespace = '', name = '' } = claim.metadata;
  const target = { resource: DEVICE_CLAIMS, subresource: 'status', namespace, name } as const;
  const { reservedFor = [], ...rest } = status;
  const written = { ...rest, ...(reservedFor.length > 0 && { reservedFor }) };
  const answer = yield { verb: 'update', ...target, object: { ...claim, status: written } as KubeObject };
  return answer.ok ? (answer.object as DynamicResourceClaim) : undefined;
}
