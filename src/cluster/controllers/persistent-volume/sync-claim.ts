import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { newestDefaultClass } from '../../objects/default-class.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../objects/kubernetes.ts';
import { isMeantFor, matchVolume, whyUnfit } from '../../objects/match-volume.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import {
  askingProvisioner,
  BOUND,
  BOUND_BY_CONTROLLER,
  classOf,
  driverOf,
  isBound,
  isProvisioned,
  promisedTo,
  provisionerAsked,
  SELECTED_NODE,
  waitsForConsumer,
} from '../../objects/volume-binding.ts';
import { record } from '../../recorder/record.ts';

export const ACTOR = 'persistentvolume-controller';

const IS_BOUND = { [BOUND]: 'yes' };

/** Binds a claim to a volume that there is, or tells what it waits for (pv_controller.go syncClaim). */
export function* syncClaim(view: View, claim: PersistentVolumeClaim, now: Millis): Doing<void> {
  const { volumeName } = claim.spec ?? {};
  const volumes = view.objects.list<PersistentVolume>('persistentvolumes');
  const named = volumes.find(({ metadata }) => metadata.name === volumeName);
  if (isBound(claim)) return yield* keepBound(view, claim, named, now);
  if (volumeName) return yield* bindNamed(view, claim, named, now);
  const isLate = waitsForConsumer(storageClass(view, classOf(claim)));
  const volume = matchVolume(claim, volumes, { onlyMeant: isLate });
  if (volume) yield* bind(volume, claim);
  else if (!(yield* classify(view, claim))) yield* waitForVolume(view, claim, now);
}

/** A bond holds until one of the two is gone, or is somebody else's (pv_controller.go syncBoundClaim). */
function* keepBound(
  view: View,
  claim: PersistentVolumeClaim,
  volume: PersistentVolume | undefined,
  now: Millis,
): Doing<void> {
  const { claimRef } = volume?.spec ?? {};
  if (volume === undefined)
    yield* lose(view, claim, 'Bound claim has lost its PersistentVolume. Data on the volume is lost!', now);
  else if (claimRef === undefined) yield* bind(volume, claim);
  else if (claimRef.uid !== claim.metadata.uid) yield* lose(view, claim, MISBOUND, now);
}

const MISBOUND = 'Two claims are bound to the same volume, this one is bound incorrectly';

/** Somebody has said which volume it is to be. */
function* bindNamed(
  view: View,
  claim: PersistentVolumeClaim,
  volume: PersistentVolume | undefined,
  now: Millis,
): Doing<void> {
  if (volume === undefined) return;
  const name = volume.metadata.name ?? '';
  const isTaken = volume.spec?.claimRef !== undefined;
  if (isTaken && !isMeantFor(volume, claim)) {
    const message = `volume "${name}" already bound to a different claim.`;
    return yield* tell(view, claim, { type: 'Warning', reason: 'FailedBinding', message }, now);
  }
  const why = isTaken ? undefined : whyUnfit(claim, volume);
  if (why === undefined) return yield* bind(volume, claim);
  const message = `Cannot bind to requested volume "${name}": ${why}`;
  yield* tell(view, claim, { type: 'Warning', reason: 'VolumeMismatch', message }, now);
}

/** RetroactiveDefaultStorageClass: on since 1.26. */
const CLASSIFIES_LATER: Since<boolean> = [
  [0, false],
  [26, true],
];

/**
 * A claim that says nothing of a class gets the default one even if that has come later (pv_controller.go
 * assignDefaultStorageClass). Whether it was given one.
 */
function* classify(view: View, claim: PersistentVolumeClaim): Doing<boolean> {
  const { metadata, spec } = claim;
  const isSaid = spec?.storageClassName !== undefined || classOf(claim) !== '';
  if (isSaid || !inVersion(CLASSIFIES_LATER, view.settings.version)) return false;
  const found = newestDefaultClass(view.objects.list<StorageClass>('storageclasses.storage.k8s.io'));
  if (found === undefined) return false;
  const { namespace = '', name = '' } = metadata;
  const storageClassName = found.metadata.name ?? '';
  const object = { ...claim, spec: { ...spec, storageClassName } };
  return (yield { verb: 'update', resource: 'persistentvolumeclaims', namespace, name, object }).ok;
}

/** First the volume, then the claim, and of each first what it is to be (pv_controller.go bind). */
function* bind(volume: PersistentVolume, claim: PersistentVolumeClaim): Doing<void> {
  const { namespace = '', name = '' } = claim.metadata;
  const taken = yield {
    verb: 'update',
    resource: 'persistentvolumes',
    name: volume.metadata.name ?? '',
    object: promisedTo(claim, volume),
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

function withSpec(
  claim: PersistentVolumeClaim,
  spec: PersistentVolumeClaim['spec'],
  annotations: Readonly<Record<string, string>>,
): PersistentVolumeClaim {
  const { metadata } = claim;
  const all = { ...metadata.annotations, ...annotations };
  return { ...claim, metadata: { ...metadata, annotations: all }, spec: { ...claim.spec, ...spec } };
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

function* lose(view: View, claim: PersistentVolumeClaim, message: string, now: Millis): Doing<void> {
  if (claim.status?.phase === 'Lost') return;
  const { namespace = '', name = '' } = claim.metadata;
  const object: PersistentVolumeClaim = { ...claim, status: { phase: 'Lost' } };
  const target = { resource: 'persistentvolumeclaims', namespace, name } as const;
  yield { verb: 'update', ...target, subresource: 'status', object };
  const reason = message === MISBOUND ? 'ClaimMisbound' : 'ClaimLost';
  yield* tell(view, claim, { type: 'Warning', reason, message }, now);
}

/** What a claim waits for whose volume is not there (pv_controller.go syncUnboundClaim). */
function* waitForVolume(view: View, claim: PersistentVolumeClaim, now: Millis): Doing<void> {
  const name = classOf(claim);
  const found = storageClass(view, name);
  const isChosen = claim.metadata.annotations?.[SELECTED_NODE] !== undefined;
  if (waitsForConsumer(found) && !isChosen) return yield* tell(view, claim, waiting(view, claim), now);
  if (name !== '') return yield* provision(view, claim, found, now);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  yield* tell(view, claim, { type: 'Normal', reason: 'FailedBinding', message }, now);
}

function storageClass({ objects }: View, name: string): StorageClass | undefined {
  return objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, name);
}

/** For a pod, or for that pod's node (pv_controller.go emitEventForUnboundDelayBindingClaim). */
function waiting({ objects }: View, { metadata }: PersistentVolumeClaim): Said {
  const pods = objects
    .listBy<Pod>('node', '')
    .filter((pod) => pod.metadata.namespace === metadata.namespace)
    .filter((pod) => claimNames(pod).includes(metadata.name ?? ''))
    .map((pod) => pod.metadata.name ?? '');
  if (pods.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    return { type: 'Normal', reason: 'WaitForFirstConsumer', message };
  }
  const message = `waiting for pod${pods.length > 1 ? 's' : ''} ${pods.join(',')} to be scheduled`;
  return { type: 'Normal', reason: 'WaitForPodScheduled', message };
}

/** Somewhere between 1.20 and 1.30 (pv_controller.go provisionClaimOperationExternal). */
const ASKED: Since<(provisioner: string) => string> = [
  [
    0,
    (provisioner) =>
      `waiting for a volume to be created, either by external provisioner "${provisioner}" or manually created by system administrator`,
  ],
  [
    28,
    (provisioner) =>
      `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  ],
];

/** Others make volumes: the claim says who is asked for one. */
function* provision(
  view: View,
  claim: PersistentVolumeClaim,
  found: StorageClass | undefined,
  now: Millis,
): Doing<void> {
  const fails = (message: string): Said => ({ type: 'Warning', reason: 'ProvisioningFailed', message });
  if (found === undefined) {
    const said = fails(`storageclass.storage.k8s.io "${classOf(claim)}" not found`);
    return yield* tell(view, claim, said, now);
  }
  if (!isProvisioned(found)) {
    return yield* tell(view, claim, fails(`no volume plugin matched name: ${found.provisioner}`), now);
  }
  const provisioner = driverOf(found.provisioner);
  if (provisionerAsked(claim) !== provisioner) {
    const { namespace = '', name = '' } = claim.metadata;
    const object = withSpec(claim, {}, askingProvisioner(provisioner));
    yield { verb: 'update', resource: 'persistentvolumeclaims', namespace, name, object };
  }
  const message = inVersion(ASKED, view.settings.version)(provisioner);
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
