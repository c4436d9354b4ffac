import type { Event } from '../../cluster/contract/event.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import { controllerOf } from '../../cluster/objects/owner-references.ts';
import { type Resource, resourceForKind } from '../../cluster/objects/schema/resources.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';

/** What a change of a watch is in a log. */
export type Change = Extract<Event, { readonly type: 'ObjectCreated' | 'ObjectUpdated' | 'ObjectDeleted' }>;

/** What objects tell of why they were written. */
export interface Traces {
  /**
   * The entry that a write followed from: an object that a controller made from the last write of its owner;
   * an Event from that of what it is about; and what a controller, a scheduler or a kubelet wrote from the
   * last write of the object itself, of its owner, or of what it owns. Undefined where nothing tells it.
   */
  causeOf(change: Change, object: KubeObject, actor: string): number | undefined;
  /** Takes note of a write. */
  note(change: Change, object: KubeObject, seq: number): void;
}

/** Those who write because of what they saw; whoever else writes begins something. */
const REACTS = /^(?:kubelet|scheduler$|kube-scheduler|kube-controller-manager|.*-controller(?:-manager)?$)/;

const LOOKS_AT_PODS = /^(?:kubelet|(?:kube-)?scheduler)/;

export function createTraces(resources: readonly Resource[]): Traces {
  const writes = new Map<string, number>();
  /** By the uid of an owner: the last write of anything that it owns. */
  const ofOwned = new Map<string, number>();
  const keyOf = (of: Referred): string | undefined => {
    const resource = resourceForKind(of.apiVersion ?? '', of.kind ?? '', resources);
    if (!resource || of.name === undefined) return undefined;
    const space = resource.isNamespaced && of.namespace !== undefined ? { namespace: of.namespace } : {};
    return storageKey({ resource: resource.name, name: of.name, ...space });
  };
  const writeOf = (of: Referred): number | undefined => writes.get(keyOf(of) ?? '');
  return {
    causeOf({ type, key }, object, actor) {
      if (object.kind === 'Event') return writeOf((object as CoreEvent).involvedObject);
      const { namespace, uid = '' } = object.metadata;
      const owner = controllerOf(object);
      const ofOwner = owner && writeOf({ ...owner, ...(namespace !== undefined && { namespace }) });
      if (type === 'ObjectCreated') return ofOwner;
      // Whoever takes it away does what was asked for when it was marked.
      if (type === 'ObjectDeleted' && object.metadata.deletionTimestamp !== undefined) return writes.get(key);
      if (!REACTS.test(actor)) return undefined;
      // A kubelet and the scheduler look at the pod alone.
      const around = LOOKS_AT_PODS.test(actor) ? [] : [ofOwner, ofOwned.get(uid)];
      const known = [writes.get(key), ...around].filter((seq) => seq !== undefined);
      return known.length > 0 ? Math.max(...known) : undefined;
    },
    note({ key }, object, seq) {
      writes.set(key, seq);
      const owner = controllerOf(object);
      if (owner) ofOwned.set(owner.uid, seq);
    },
  };
}

interface Referred {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}
