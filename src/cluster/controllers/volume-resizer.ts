import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Component, Delivery, View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import type { ObjectReader } from '../contract/reader.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../objects/kubernetes.ts';
import { compareQuantities } from '../objects/quantity.ts';
import { storageKey } from '../objects/storage-key.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import { isBound } from '../objects/volume-binding.ts';
import { record } from '../recorder/record.ts';
import { concernedByPuttingOff, putOff, putOffTo, wakeFromPuttingOff } from './shared/put-off.ts';

const ACTOR = 'volume-resizer';
const CLAIMS = 'persistentvolumeclaims';

/** Until a cloud's disk is larger. */
const RESIZE_MS = [1000, 3500] as const;

/** Reworded, and no warning any more, somewhere between 1.20 and 1.28 (expand_controller.go). */
const LEFT_TO_OTHERS: Since<{ readonly type: 'Normal' | 'Warning'; readonly message: string }> = [
  [
    0,
    {
      type: 'Warning',
      message:
        "Ignoring the PVC: didn't find a plugin capable of expanding the volume; waiting for an external controller to process this PVC.",
    },
  ],
  [25, { type: 'Normal', message: 'waiting for an external controller to expand this PVC' }],
];

/**
 * Makes the disks larger of claims that ask for more than they have: the controller says that it is not its
 * business, and the driver's own resizer does it (external-resizer: controller.go). The file system on the
 * disk is the kubelet's.
 */
export const volumeResizer: Component = {
  name: ACTOR,
  watches: [CLAIMS, 'persistentvolumes'],
  assumes: true,
  *deliveriesOf({ resource, key, object, type }, _rows, objects) {
    if (resource !== CLAIMS || type === 'DELETED') return;
    if (growthOf(objects, object as PersistentVolumeClaim)) yield toClaim(key);
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const claim of objects.list<PersistentVolumeClaim>(CLAIMS)) {
      const { namespace = '', name = '' } = claim.metadata;
      if (growthOf(objects, claim)) yield toClaim(storageKey({ resource: CLAIMS, namespace, name }));
    }
  },
  reconcile: (view, { key }, now) => resize(view, key, now),
  wake: wakeFromPuttingOff,
};

function toClaim(key: string): Delivery & { readonly key: string } {
  return { actor: ACTOR, key };
}

interface Growth {
  readonly volume: PersistentVolume;
  readonly asked: string;
}

/** What a claim asks for besides what its volume has. */
function growthOf(objects: ObjectReader, claim: PersistentVolumeClaim): Growth | undefined {
  const { spec, status } = claim;
  const asked = spec?.resources?.requests?.['storage'];
  const has = status?.capacity?.['storage'];
  if (asked === undefined || has === undefined || !isBound(claim)) return undefined;
  if (compareQuantities(asked, has) <= 0) return undefined;
  const volume = objects.get<PersistentVolume>('persistentvolumes', undefined, spec?.volumeName ?? '');
  const isLarge = compareQuantities(volume?.spec?.capacity?.['storage'] ?? asked, asked) >= 0;
  return volume && !isLarge ? { volume, asked } : undefined;
}

function* resize(view: View, key: string, now: Millis): Doing<void> {
  const claim = view.objects.byKey<PersistentVolumeClaim>(key);
  const growth = claim && growthOf(view.objects, claim);
  if (!claim || !growth) return;
  const { volume, asked } = growth;
  const { csi } = volume.spec ?? {};
  const name = volume.metadata.name ?? '';
  const due = putOffTo(view, { actor: ACTOR, key }, now);
  if (due === undefined) {
    const left = inVersion(LEFT_TO_OTHERS, view.settings.version);
    yield* tell(view, claim, { component: 'volume_expand', reason: 'ExternalExpanding', ...left }, now);
    if (!csi) return;
    const message = `External resizer is resizing volume ${name}`;
    yield* tell(view, claim, { component: resizerOf(csi.driver), reason: 'Resizing', message }, now);
    yield* setConditions(claim, [conditionOf(view, { type: 'Resizing', message: '' }, now)]);
    const [low, high] = RESIZE_MS;
    const until = now + drawWhole(view.chance, low, high, 'resize', key, now);
    yield* putOff(view, { actor: ACTOR, key, now: now + 1, until });
    return;
  }
  if (due !== now || !csi) return;
  const patch = { spec: { capacity: { storage: asked } } };
  yield { verb: 'patch', resource: 'persistentvolumes', name, patchType: 'merge', patch };
  const pending = { type: 'FileSystemResizePending', message: FOR_KUBELET };
  yield* setConditions(claim, [conditionOf(view, pending, now)]);
  const message = 'Require file system resize of volume on node';
  const reason = 'FileSystemResizeRequired';
  yield* tell(view, claim, { component: resizerOf(csi.driver), reason, message }, now);
}

const FOR_KUBELET = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

function resizerOf(driver: string): string {
  return `external-resizer ${driver}`;
}

type Condition = NonNullable<NonNullable<PersistentVolumeClaim['status']>['conditions']>[number];

function conditionOf(
  { settings }: View,
  { type, message }: { readonly type: string; readonly message: string },
  now: Millis,
): Condition {
  const lastTransitionTime = formatRfc3339(settings.epochMs + now);
  return { type, status: 'True', lastTransitionTime, ...(message !== '' && { message }) };
}

function* setConditions({ metadata }: PersistentVolumeClaim, conditions: readonly Condition[]): Doing<void> {
  const { namespace = '', name = '' } = metadata;
  yield {
    verb: 'patch',
    resource: CLAIMS,
    subresource: 'status',
    namespace,
    name,
    patchType: 'merge',
    patch: { status: { conditions } },
  };
}

interface Said {
  readonly component: string;
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

function* tell(view: View, claim: PersistentVolumeClaim, said: Said, now: Millis): Doing<void> {
  yield* record(view, { type: 'Normal', object: claim as KubeObject, ...said }, now);
}
