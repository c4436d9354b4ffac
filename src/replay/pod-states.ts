import type { Event } from '../cluster/contract/event.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import { keysRestored } from '../cluster/world/evolve-restore.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { type Counts, createCounts, type GrowingCounts } from './counts.ts';
import type { Outline } from './outlined-entry.ts';
import { type Asking, noteAsked } from './pod-asks.ts';
import { createPodGlances, type PodGlances } from './pod-glance.ts';
import { isReady, type PodState, podState } from './pod-state.ts';

/** How a pod is over time: there are times at which it is not there. */
export type LaneState = PodState | 'absent';

/** A pod that there was at some time. */
export interface PodOnce {
  readonly key: string;
  readonly name: string;
  /** seq of the entry that created it. */
  readonly seq: number;
  /**
   * When it came to be otherwise, as `seq * 16 + 2 * number of the state + ready`: there may be a million.
   */
  readonly changes: readonly number[];
  /** What it asks of its node, from each change of it on. */
  readonly asks: readonly Asking[];
}

/** All pods that there ever were, and how each was over time. */
export interface PodStates {
  /** The pod that had an etcd key last, at an entry: it may be gone. */
  of(key: string, seq: number): PodOnce | undefined;
  /** In the order in which they came. */
  readonly ever: readonly PodOnce[];
  /** How many pods there are, and how many of them are ready, from each change of it on. */
  readonly present: Counts;
  readonly ready: Counts;
  /** The pods up to an entry, which go on in their own way. */
  branch(at: number): GrowingPodStates;
}

/** The same, growing with each entry. */
export interface GrowingPodStates extends PodStates {
  /** Takes an entry, in the world after it. */
  take(entry: Entry<Event>, world: World): void;
  /** Whether an outline is enough to tell how a pod is. */
  isOutlineEnough(outline: Outline): boolean;
  /** Takes an update for which that is so. */
  takeOutline(seq: number, outline: Outline): void;
}

const PODS_NAME = 'pods';
const PODS = storagePrefix(PODS_NAME);
const STATES: readonly LaneState[] = ['absent', 'pending', 'running', 'ready', 'failing', 'ending', 'done'];
const SHIFT = 16;
const ABSENT = 0;
const READY = 1;

interface GrowingPod extends PodOnce {
  readonly changes: number[];
  readonly asks: Asking[];
}

export function createPodStates(): GrowingPodStates {
  return podStatesOf({ ever: [], present: createCounts(), ready: createCounts() });
}

/** How a pod is after an entry. */
export function podStateAt({ changes }: PodOnce, seq: number): LaneState {
  const change = changes[firstAbove(changes, seq * SHIFT + SHIFT - 1) - 1] ?? ABSENT;
  return STATES[(change % SHIFT) >> 1] ?? 'absent';
}

/** How a pod was, one state after another, each from an entry on. */
export function podSpans({
  changes,
}: PodOnce): readonly { readonly seq: number; readonly state: LaneState }[] {
  const spans: { readonly seq: number; readonly state: LaneState }[] = [];
  for (const change of changes) {
    const state = STATES[(change % SHIFT) >> 1] ?? 'absent';
    if (spans.at(-1)?.state !== state) spans.push({ seq: Math.floor(change / SHIFT), state });
  }
  return spans;
}

/** A pod that is there. */
interface Present {
  readonly once: GrowingPod;
  /** As it was when it was last made; absent where nothing has been heard of it since a branch began. */
  pod?: Pod | undefined;
  /** The number of its object, where outlines have spoken of it. */
  object?: number;
}

interface Begun {
  readonly ever: GrowingPod[];
  readonly present: GrowingCounts;
  readonly ready: GrowingCounts;
}

function podStatesOf({ ever, present, ready }: Begun): GrowingPodStates {
  /** Those that are there now. */
  const there = new Map<string, Present>();
  const byKey = new Map<string, GrowingPod[]>();
  const glances = createPodGlances();
  for (const pod of ever) {
    remember(byKey, pod);
    if ((pod.changes.at(-1) ?? ABSENT) % SHIFT !== ABSENT) there.set(pod.key, { once: pod });
  }
  const note = (one: GrowingPod, seq: number, pod: Pod | undefined): void => {
    if (pod) noteAsked(one.asks, seq, pod);
    noteState(one, { seq, state: pod && podState(pod), isReady: pod !== undefined && isReady(pod) }, ready);
  };
  const turn = (key: string, seq: number, pod: Pod | undefined): void => {
    let known = there.get(key);
    if (pod && !known) {
      known = { once: { key, name: pod.metadata.name ?? '', seq, changes: [], asks: [] } };
      ever.push(known.once);
      remember(byKey, known.once);
      there.set(key, known);
      present.push(seq, there.size);
    }
    if (!known) return;
    note(known.once, seq, pod);
    known.pod = pod;
    if (known.object !== undefined) glances.forget(known.object);
    if (pod) return;
    there.delete(key);
    present.push(seq, there.size);
  };
  return {
    ever,
    present,
    ready,
    of: (key, seq) => byKey.get(key)?.findLast((pod) => pod.seq <= seq),
    take({ event, seq }, { store: { tables } }) {
      const isRestore = event.type === 'StoreRestored';
      if (!(isRestore || ('key' in event && event.resource === PODS_NAME))) return;
      for (const key of isRestore ? keysRestored(tables, { at: seq }) : [event.key]) {
        if (key.startsWith(PODS)) turn(key, seq, tables.objects.read(key, seq) as Pod | undefined);
      }
    },
    ...outlinesOf({ there, ready, glances }),
    branch: (at) => branchOf({ ever, present, ready }, at),
  };
}

interface Outlined {
  readonly there: ReadonlyMap<string, Present>;
  readonly ready: GrowingCounts;
  readonly glances: PodGlances;
}

/** What outlines tell of the pods that are there. */
function outlinesOf({
  there,
  ready,
  glances,
}: Outlined): Pick<GrowingPodStates, 'isOutlineEnough' | 'takeOutline'> {
  /** The pods that outlines spoke of, by the numbers of their objects. */
  const byObject: GrowingPod[] = [];
  return {
    isOutlineEnough({ key, object, fields, answers }) {
      if (fields.resource !== PODS_NAME) return true;
      if (!glances.isKnown(object)) {
        const known = there.get(key);
        if (!known?.pod) return false;
        known.object = object;
        byObject[object] = known.once;
        glances.put(object, known.pod);
      }
      return glances.isKnown(object) && glances.isEnough(object, fields, answers);
    },
    takeOutline(seq, { object, fields, answers }) {
      if (fields.resource !== PODS_NAME || !glances.goOn(object, fields, answers)) return;
      const once = byObject[object] as GrowingPod;
      noteState(once, { seq, state: glances.stateOf(object), isReady: glances.isReady(object) }, ready);
    },
  };
}

interface Noted {
  readonly seq: number;
  /** Absent where it is gone. */
  readonly state: PodState | undefined;
  readonly isReady: boolean;
}

function noteState({ changes }: GrowingPod, { seq, state, isReady: is }: Noted, ready: GrowingCounts): void {
  const before = (changes[changes.length - 1] ?? ABSENT) % SHIFT;
  const after = state ? 2 * STATES.indexOf(state) + (is ? READY : 0) : ABSENT;
  if (before === after) return;
  changes.push(seq * SHIFT + after);
  const more = (after & READY) - (before & READY);
  if (more !== 0) ready.push(seq, ready.last + more);
}

function remember(byKey: Map<string, GrowingPod[]>, pod: GrowingPod): void {
  const same = byKey.get(pod.key);
  if (same) same.push(pod);
  else byKey.set(pod.key, [pod]);
}

function branchOf({ ever, present, ready }: Begun, at: number): GrowingPodStates {
  const pods = ever
    .slice(
      0,
      firstAbove(ever, at, ({ seq }) => seq),
    )
    .map(({ key, name, seq, changes, asks }) => ({
      key,
      name,
      seq,
      changes: changes.slice(0, firstAbove(changes, at * SHIFT + SHIFT - 1)),
      asks: asks.slice(
        0,
        firstAbove(asks, at, (each) => each.seq),
      ),
    }));
  return podStatesOf({ ever: pods, present: present.branch(at), ready: ready.branch(at) });
}
