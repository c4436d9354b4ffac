import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import { classOf, isMeantFor, matchVolume } from './match-volume.ts';

export const ACTOR = 'persistentvolume-controller';

const BOUND_BY_CONTROLLER = { 'pv.kubernetes.io/bound-by-controller': 'yes' };
const IS_BOUND = { 'pv.kubernetes.io/bind-completed': 'yes' };

/** Binds a claim to a volume that there is, or tells what it waits for (pv_controller.go syncClaim). */
export function* syncClaim(view: View, claim: PersistentVolumeClaim, now: Millis): Doing<void> {
  const { volumeName } = claim.spec ?? {};
  const volumes = view.objects.list<PersistentVolume>('persistentvolumes');
  const named = volumes.find(({ metadata }) => metadata.name === volumeName);
  if (claim.metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined) {
    if (named === undefined) yield* lose(view, claim, now);
    return;
  }
  const volume = volumeName ? named : matchVolume(claim, volumes);
  if (volume === undefined) {
    if (!volumeName) yield* tellOfWaiting(view, claim, now);
    return;
  }
  if (volume.spec?.claimRef === undefined || isMeantFor(volume, claim)) yield* bind(volume, claim);
}

/** First the volume, then the claim, and of each first what it is to be (pv_controller.go bind). */
function* bind(volume: PersistentVolume, claim: PersistentVolumeClaim): Doing<void> {
  const { namespace = '', name = '', uid = '', resourceVersion = '' } = claim.metadata;
  const claimRef = { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
  const wasMeant = volume.spec?.claimRef !== undefined;
  const taken = yield {
    verb: 'update',
    resource: 'persistentvolumes',
    name: volume.metadata.name ?? '',
    object: withSpec(volume, { claimRef }, wasMeant ? {} : BOUND_BY_CONTROLLER),
  };
  if (!taken.ok || !(yield* setVolumePhase(taken.object as PersistentVolume, 'Bound'))) return;
  const wasNamed = claim.spec?.volumeName;
  const annotations = wasNamed ? IS_BOUND : { ...IS_BOUND, ...BOUND_BY_CONTROLLER };
  const target = { resource: 'persistentvolumeclaims', namespace, name } as const;
  const named = yield {
    verb: 'update',
    ...target,
    object: withSpec(claim, { volumeName: volume.metadata.name ?? '' }, annotations),
  };
  if (!named.ok) return;
  const { accessModes, capacity } = volume.spec ?? {};
  const status = { phase: 'Bound', ...(accessModes && { accessModes }), ...(capacity && { capacity }) };
  const object = { ...(named.object as PersistentVolumeClaim), status };
  yield { verb: 'update', ...target, subresource: 'status', object };
}

function withSpec<Kind extends PersistentVolume | PersistentVolumeClaim>(
  object: Kind,
  spec: Partial<Kind['spec']>,
  annotations: Readonly<Record<string, string>>,
): Kind {
  const { metadata } = object;
  const all = { ...metadata.annotations, ...annotations };
  return { ...object, metadata: { ...metadata, annotations: all }, spec: { ...object.spec, ...spec } };
}

/** Whether it was granted. */
export function* setVolumePhase(volume: PersistentVolume, phase: string): Doing<boolean> {
  const { lastPhaseTransitionTime: _, ...status } = volume.status ?? {};
  const object: PersistentVolume = { ...volume, status: { ...status, phase } };
  const name = volume.metadata.name ?? '';
  const answer = yield {
    verb: 'update',
    resource: 'persistentvolumes',
    subresource: 'status',
    name,
    object,
  };
  return answer.ok;
}

function* lose(view: View, claim: PersistentVolumeClaim, now: Millis): Doing<void> {
  if (claim.status?.phase === 'Lost') return;
  const { namespace = '', name = '' } = claim.metadata;
  const object: PersistentVolumeClaim = { ...claim, status: { phase: 'Lost' } };
  yield {
    verb: 'update',
    resource: 'persistentvolumeclaims',
    subresource: 'status',
    namespace,
    name,
    object,
  };
  const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
  yield* tell(view, claim, { type: 'Warning', reason: 'ClaimLost', message }, now);
}

/** Nothing provisions volumes yet: a claim says for whom it waits (pv_controller.go syncUnboundClaim). */
function* tellOfWaiting(view: View, claim: PersistentVolumeClaim, now: Millis): Doing<void> {
  const name = classOf(claim);
  if (name === '') {
    const message = 'no persistent volumes available for this claim and no storage class is set';
    return yield* tell(view, claim, { type: 'Normal', reason: 'FailedBinding', message }, now);
  }
  const found = view.objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, name);
  if (found === undefined) {
    const message = `storageclass.storage.k8s.io "${name}" not found`;
    return yield* tell(view, claim, { type: 'Warning', reason: 'ProvisioningFailed', message }, now);
  }
  if (found.volumeBindingMode === 'WaitForFirstConsumer') {
    const message = 'waiting for first consumer to be created before binding';
    return yield* tell(view, claim, { type: 'Normal', reason: 'WaitForFirstConsumer', message }, now);
  }
  if (found.provisioner === 'kubernetes.io/no-provisioner') return;
  const message =
    `Waiting for a volume to be created either by the external provisioner '${found.provisioner}' or manually ` +
    'by the system administrator. If volume creation is delayed, please verify that the provisioner is running ' +
    'and correctly registered.';
  yield* tell(view, claim, { type: 'Normal', reason: 'ExternalProvisioning', message }, now);
}

interface Said {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

function* tell(view: View, claim: PersistentVolumeClaim, said: Said, now: Millis): Doing<void> {
  yield* record(view, { component: ACTOR, object: claim, ...said }, now);
}
