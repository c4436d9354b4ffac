import type { Event } from '../cluster/contract/event.ts';
import { derived } from '../cluster/objects/derived.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { ChangedFields, ChangeOutline } from '../cluster/world/change-outline.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry, EntryHead } from '../kernel/log/entry.ts';
import { type Column, createColumn } from '../kernel/table/column.ts';
import { createNames, type Names } from '../kernel/table/names.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { causeOf } from './cause-of.ts';
import { isHeartbeat, isNotable } from './notable.ts';
import { subjectKey } from './subject-key.ts';

/**
 * What is asked of many entries at once, without looking at the entries themselves: columns of numbers, by
 * seq. All that a walk over a long log needs stands here.
 */
export interface Facts {
  /** Virtual milliseconds of an entry; 0 before the first. */
  timeOf(seq: number): Millis;
  /** seq of the entry that led to it; 0 for what begins a chain. */
  causeOf(seq: number): number;
  /** seq of the entry that begins its chain of causes, which may be itself. */
  originOf(seq: number): number;
  isNotable(seq: number): boolean;
  /** Kubernetes warned, or what was expected was missed. */
  isWarning(seq: number): boolean;
  readonly actor: NamedColumn;
  /** Of the event. */
  readonly type: NamedColumn;
  /** Why: of a Kubernetes Event, or of a refusal. */
  readonly reason: NamedColumn;
  /** The etcd key of the object that it changed. */
  readonly object: NamedColumn;
  /** The etcd key of what it is about (`subjectKey`). */
  readonly subject: NamedColumn;
  /** What an object is called; undefined while there has been none of the key. */
  calledOf(key: string): Called | undefined;
  /** The facts up to an entry, which go on in their own way. Texts and their numbers are shared. */
  branch(at: number): GrowingFacts;
}

/** A text for each entry; the same texts come again and again. Number 0 is none. */
export interface NamedColumn {
  idAt(seq: number): number;
  textAt(seq: number): string;
  readonly names: Names;
}

export interface Called {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Facts that grow with each entry. */
export interface GrowingFacts extends Facts {
  /** Takes an entry, in the world after it. */
  take(entry: Entry<Event>, world: World): void;
  /** Whether all that is noted of an update follows from its outline. */
  isOutlineEnough(outline: ChangeOutline): boolean;
  /** Takes an update for which that is so. */
  takeOutline(head: EntryHead, outline: ChangeOutline): void;
}

const EVENTS = 'events';
const NOTABLE = 1;
const WARNING = 2;

interface Noted {
  readonly at: Column;
  readonly cause: Column;
  readonly origin: Column;
  readonly flags: Column;
  readonly ids: Readonly<Record<'actor' | 'type' | 'reason' | 'object' | 'subject', Column>>;
  readonly keys: Names;
  readonly words: Names;
  readonly called: Map<string, Called>;
  /** What is about a pod's machine names it in one way. */
  readonly pods: Map<string, number>;
  /** The numbers of keys, by those that outlines give their objects. */
  readonly byObject: number[];
  /** The Kubernetes Events in etcd: most changes of one only count on. */
  readonly events: Map<string, NotedEvent>;
}

interface NotedEvent {
  readonly subject: number;
  readonly reason: number;
  readonly isWarning: boolean;
}

export function createFacts(): GrowingFacts {
  return factsOf({
    at: createColumn('float64'),
    cause: createColumn('int32'),
    origin: createColumn('int32'),
    flags: createColumn('uint8'),
    ids: {
      actor: createColumn('int32'),
      type: createColumn('int32'),
      reason: createColumn('int32'),
      object: createColumn('int32'),
      subject: createColumn('int32'),
    },
    keys: createNames(),
    words: createNames(),
    called: new Map(),
    pods: new Map(),
    byObject: [],
    events: new Map(),
  });
}

function branchOf(noted: Noted, at: number): Noted {
  const { actor, type, reason, object, subject } = noted.ids;
  return {
    ...noted,
    at: noted.at.branch(at),
    cause: noted.cause.branch(at),
    origin: noted.origin.branch(at),
    flags: noted.flags.branch(at),
    ids: {
      actor: actor.branch(at),
      type: type.branch(at),
      reason: reason.branch(at),
      object: object.branch(at),
      subject: subject.branch(at),
    },
    byObject: [],
    // Found again in the world when they are asked for.
    events: new Map(),
  };
}

function factsOf(noted: Noted): GrowingFacts {
  const { at, cause, origin, flags, ids, keys, words, called } = noted;
  return {
    take: (entry, world) => take(noted, entry, world),
    isOutlineEnough: ({ key, fields }) =>
      fields.resource !== EVENTS || (isCount(fields) && noted.events.has(key)),
    takeOutline: (head, outline) => takeOutline(noted, head, outline),
    timeOf: (seq) => at.at(seq - 1),
    causeOf: (seq) => cause.at(seq - 1),
    originOf: (seq) => origin.at(seq - 1),
    isNotable: (seq) => (flags.at(seq - 1) & NOTABLE) !== 0,
    isWarning: (seq) => (flags.at(seq - 1) & WARNING) !== 0,
    actor: namedColumn(ids.actor, words),
    type: namedColumn(ids.type, words),
    reason: namedColumn(ids.reason, words),
    object: namedColumn(ids.object, keys),
    subject: namedColumn(ids.subject, keys),
    calledOf: (key) => called.get(key),
    branch: (seq) => factsOf(branchOf(noted, seq)),
  };
}

function namedColumn(ids: Column, names: Names): NamedColumn {
  return { names, idAt: (seq) => ids.at(seq - 1), textAt: (seq) => names.of(ids.at(seq - 1)) };
}

function take(noted: Noted, entry: Entry<Event>, world: World): void {
  const { flags, ids, keys, words } = noted;
  const { event } = entry;
  takeHead(noted, entry, causeOf(entry) ?? 0);
  ids.type.push(words.idOf(event.type));
  // They are read anew in the store that was turned back.
  if (event.type === 'StoreRestored') noted.events.clear();
  const isEvent = event.type !== 'RequestRefused' && 'resource' in event && event.resource === EVENTS;
  const k8sEvent = isEvent ? notedEvent(noted, event, world) : undefined;
  ids.reason.push(k8sEvent?.reason ?? (event.type === 'RequestRefused' ? words.idOf(event.reason) : 0));
  const object = 'key' in event ? keys.idOf(event.key) : 0;
  ids.object.push(object);
  ids.subject.push(k8sEvent?.subject ?? (object === 0 ? subjectId(noted, event) : object));
  const isWarning = k8sEvent ? k8sEvent.isWarning && event.type !== 'ObjectDeleted' : isFailure(event);
  flags.push((isNotable(entry) ? NOTABLE : 0) | (isWarning ? WARNING : 0));
  if (event.type === 'ObjectCreated' && !noted.called.has(event.key))
    noted.called.set(event.key, calledOf(event.object));
}

function takeHead({ at, cause, origin, ids, words }: Noted, head: EntryHead, from: number): void {
  const { seq } = head;
  // A cause comes before what it causes; a log that says otherwise must not hold its reader for ever.
  const before = from < seq ? from : 0;
  at.push(head.at);
  cause.push(before);
  origin.push(before > 0 ? origin.at(before - 1) : seq);
  ids.actor.push(words.idOf(head.actor));
}

function takeOutline(noted: Noted, head: EntryHead, { key, object: number, fields }: ChangeOutline): void {
  const { flags, ids, keys, words } = noted;
  takeHead(noted, head, head.cause ?? 0);
  ids.type.push(words.idOf('ObjectUpdated'));
  const k8sEvent = fields.resource === EVENTS ? noted.events.get(key) : undefined;
  const object = noted.byObject[number] ?? keys.idOf(key);
  noted.byObject[number] = object;
  ids.reason.push(k8sEvent?.reason ?? 0);
  ids.object.push(object);
  ids.subject.push(k8sEvent?.subject ?? object);
  flags.push((isBookkeeping(fields) ? 0 : NOTABLE) | (k8sEvent?.isWarning ? WARNING : 0));
}

/** Of an update that says nothing to a reader. */
const isBookkeeping = derived(({ set, unset }: ChangedFields): boolean => isHeartbeat(set, unset));

/** Of an update of a Kubernetes Event after which it is about the same. */
const isCount = derived(
  ({ set, unset }: ChangedFields): boolean => unset.length === 0 && set.every(isCounted),
);

function subjectId({ keys, pods }: Noted, event: Event): number {
  const pod = 'pod' in event && !('resource' in event) ? event.pod : undefined;
  let id = pod === undefined ? undefined : pods.get(pod);
  if (id === undefined) {
    id = keys.idOf(subjectKey(event) ?? '');
    if (pod !== undefined) pods.set(pod, id);
  }
  return id;
}

function calledOf({ kind, metadata: { name = '', namespace = '' } }: KubeObject): Called {
  return { kind, name, namespace };
}

function isFailure(event: Event): boolean {
  switch (event.type) {
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return true;
    case 'TrafficCounted':
      return event.losses !== undefined;
    default:
      return false;
  }
}

type ObjectEvent = Extract<Event, { readonly key: string }>;

/** What it counts and when it was last seen changes all the time; what it is about, hardly ever. */
const COUNTED = /^\/(?:count|series|lastTimestamp|metadata\/resourceVersion|metadata\/managedFields)\b/;

function isCounted(pointer: string): boolean {
  return COUNTED.test(pointer);
}

function notedEvent({ events, keys, words }: Noted, event: ObjectEvent, { store, seq }: World): NotedEvent {
  const known = event.type === 'ObjectCreated' ? undefined : events.get(event.key);
  const isSame =
    event.type === 'ObjectDeleted' ||
    (event.type === 'ObjectUpdated' && !event.unset && Object.keys(event.set ?? {}).every(isCounted));
  if (event.type === 'ObjectDeleted') events.delete(event.key);
  if (known && isSame) return known;
  const { objects } = store.tables;
  // An Event that is removed is still read in the world before.
  const object = (objects.read(event.key, seq) ?? objects.read(event.key, seq - 1)) as CoreEvent | undefined;
  const noted = {
    subject: keys.idOf(subjectKey(event, object) ?? ''),
    reason: words.idOf(object?.reason ?? ''),
    isWarning: object?.type === 'Warning',
  };
  if (event.type !== 'ObjectDeleted') events.set(event.key, noted);
  return noted;
}
