import type { Chance } from '../../kernel/chance/draw.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Change } from './api-event.ts';
import type { ProgramName } from './control-plane-rows.ts';
import type { Event } from './event.ts';
import type { Latencies } from './latencies.ts';
import type { ObjectReader, RowReader } from './reader.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';
import type { ClusterSettings } from './settings.ts';

/** Who should look, and at what: `{ actor: 'kubelet/node-1', key: 'default/web' }`. */
export interface Address {
  readonly actor: string;
  readonly key: string;
}

/**
 * Whose watch cache a change reaches, and at what the actor must then look; without a key it only takes note.
 */
export interface Delivery {
  readonly actor: string;
  readonly key?: string;
  /**
   * For keys that are worked off one after another: how much later than the first of them this one is looked
   * at. Without it each key's look comes at its own time.
   */
  readonly after?: Millis;
  /**
   * For keys that are worked off in the order in which they arrive, by one worker: how long each takes.
   */
  readonly turn?: Millis;
}

/** When an actor wants to look again without being told of a change, and which entry that follows from. */
export interface Wake {
  readonly at: Millis;
  readonly cause: number | null;
}

/** What a component does: requests to the API server, answered in turn, and facts of its own machine. */
export type Deed = Request | Event;
export type Reaction = Generator<Deed, void, Response>;

/**
 * Controllers, the scheduler, kubelets, kubectl and the teller of the scenario all have this one shape. A
 * component is pure and keeps nothing: all that it knows is in its view. It is level-triggered: told which
 * key to look at, never what changed.
 */
export interface Component {
  /** Actors are this name, or this name, a slash and an instance: `kubelet/node-1`. */
  readonly name: string;
  /** Whose part it is, if it works only while that program of the control plane runs and leads. */
  readonly program?: ProgramName;
  /** Of which program of a machine its actors are parts, each in the version that runs there. */
  readonly versionOf?: 'kubelet' | 'kube-proxy';
  /** The resources that it watches: `pods`, `replicasets.apps`; `*` for all. */
  readonly watches?: readonly string[];
  /**
   * Whom a change in etcd reaches, after the watch's latency. A change that is not delivered to an actor does
   * not move its cache: an actor that reads an object without looking at it because of it still takes note of
   * it.
   * `rows` and `objects` are as of that change.
   */
  deliveriesOf?(change: Change, rows: RowReader, objects: ObjectReader): Iterable<Delivery>;
  /**
   * Who may now want to wake at another time because of a fact outside etcd; nobody is made to look by it.
   * Those that read the store itself are asked about changes in etcd too.
   */
  concernsOf?(entry: Entry<Event>, rows: RowReader): Iterable<Address>;
  /** The only facts for which `concernsOf` finds anybody; absent where they are not listed. */
  readonly concernedBy?: readonly Event['type'][];
  /** All that may want to wake, at a start or a fork. */
  addresses?(view: View): Iterable<Address>;
  /**
   * Whether an actor hears of the API server and reaches it. While it does not, its watch cache stays as it
   * is, and its requests fail. Absent for those that are never cut off.
   */
  isConnected?(actor: string, rows: RowReader): boolean;
  /**
   * Actors whose watches begin anew with a fact: what reaches them is the store as it is then, and makes them
   * look at these keys.
   */
  listsAfresh?(event: Event, rows: RowReader): Iterable<Delivery>;
  reconcile(view: View, address: Address, now: Millis): Reaction;
  /**
   * The first time not before `from` at which the address wants to look if nothing else happens. It follows
   * from the address's own objects and rows alone: asked at any time in between, it gives the same answer.
   */
  wake?(view: View, address: Address, from: Millis): Wake | undefined;
  /** The latency of its looks, for one that takes longer than `work`. */
  readonly looksAfter?: keyof Latencies;
  /** True for those that are people, not programs: they read the store itself and not a watch cache. */
  readonly readsStore?: boolean;
  /** True for one that asks and does not watch: no watch that keeps silent keeps anything from it. */
  readonly polls?: boolean;
  /**
   * True for one that sees its own writes at once, as the scheduler's cache assumes the bindings it asked
   * for.
   */
  readonly assumes?: boolean;
}

/** All that a component knows. */
export interface View {
  readonly settings: ClusterSettings;
  readonly chance: Chance;
  /** The component's watch cache: the store as of the last change delivered to it. */
  readonly objects: ObjectReader;
  /**
   * What is true on the machines and with the clients, now; components of a machine read their own machine's.
   */
  readonly rows: RowReader;
}
