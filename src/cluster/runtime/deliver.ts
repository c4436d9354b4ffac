import type { Entry } from '../../kernel/log/entry.ts';
import { SECOND } from '../../kernel/time/millis.ts';
import type { Change } from '../contract/api-event.ts';
import type { Component, Delivery } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import { latencyOf } from '../contract/latencies.ts';
import type { RowReader } from '../contract/reader.ts';
import { changeOf } from '../world/changes.ts';
import { isUntouched } from '../world/control-plane.ts';
import { hindranceOf, requestLateness, watchLatenessOf } from '../world/hindrance-of.ts';
import { refusalOf, retryLateness } from '../world/refusals.ts';
import type { World } from '../world/world.ts';
import { worksIn } from './at-work.ts';
import type { Sent } from './deliveries.ts';
import { listAnew, renewalsOf } from './list-anew.ts';
import { type Actor, actorNamed, deskAt, type Pending, soil, taskAt, tidy } from './pending.ts';
import { retryDelay } from './retry.ts';
import { isKeptFrom, noteChange, noteOwn, noteRestore, revisionOf, stalenessOf } from './turned-back.ts';
import { takeTurns } from './turns.ts';
import { createSight, type Sight, turnTo } from './view.ts';

/**
 * Sends what an entry changed on its way to those who watch it. Handed back are the components that begin to
 * work with it.
 */
export type Deliver = (world: World, entry: Entry<Event>) => readonly Component[];

const NOBODY: readonly Component[] = [];

export function createDelivering(pending: Pending, start: World): Deliver {
  // What a change is judged by is the world as of that change.
  const sight = createSight(pending.cluster, start, start.seq);
  return (world, entry) => {
    const { actor, at, key, seq, event } = entry;
    noteAuthor(pending, entry);
    if (event.type === 'ProgramHindered') pending.isHindered = true;
    if (event.type === 'StoreRestored') noteRestore(pending.turned, { at: seq, revision: event.revision });
    const change = changeOf(world.store.tables, entry);
    const sent = { seq, at, actor, key };
    // The world may be a later one: a log is delivered again when it is forked.
    turnTo(sight, world, seq);
    sight.rows.seq = seq;
    if (!change) return deliverFact(pending, entry, { sent, sight });
    deliverChange(pending, change, { sent, sight });
    return NOBODY;
  };
}

interface Sending {
  readonly sent: Sent;
  readonly sight: Sight;
}

/** What happened outside of the store, and whose watches begin with it. */
function deliverFact(pending: Pending, entry: Entry<Event>, { sent, sight }: Sending): readonly Component[] {
  // All that had been begun before the log goes on.
  if (entry.event.type === 'PastFound') return pending.cluster.components;
  beginAnew(pending, entry, { sent, rows: sight.view.rows });
  if (pending.turned.watches) renew(pending, entry, { sent, sight });
  sight.store.staleness = undefined;
  return pending.cluster.turning(entry.event).length === 0 ? NOBODY : takeTurns(pending, entry, sight);
}

function deliverChange(pending: Pending, change: Change, { sent, sight }: Sending): void {
  const { cluster } = pending;
  const { rows } = sight.view;
  const { key, seq } = change;
  noteChange(pending.turned, change);
  const isAllAtWork = isUntouched(rows, cluster.settings);
  let program: Component['program'];
  let works = true;
  for (const component of cluster.watchersOf(change.resource)) {
    // Those of one program stand one after another.
    if (!isAllAtWork && component.program !== program) {
      program = component.program;
      works = worksIn(component, rows, cluster.settings);
    }
    if (!works) continue;
    if (pending.turned.watches && !component.readsStore)
      sight.store.staleness = stalenessOf(pending.turned, actorNamed(pending, component.name));
    const deliveries = component.deliveriesOf?.(change, rows, sight.view.objects) ?? NOTHING;
    // Most changes are nothing to most of those who watch everything.
    if (deliveries === NOTHING || (Array.isArray(deliveries) && deliveries.length === 0)) continue;
    for (const delivery of deliveries) {
      if (component.isConnected?.(delivery.actor, rows) === false) continue;
      const isSilent =
        pending.turned.watches &&
        isUnheard(pending, { component, delivery }, { key, seq, revision: revisionOf(change) });
      if (!isSilent) hand(pending, { component, delivery, sent, rows });
    }
  }
}

const NOTHING: readonly Delivery[] = [];

/** Actors that were cut off, or begin, are sent everything at once. */
function beginAnew(
  pending: Pending,
  { event }: Entry<Event>,
  { sent, rows }: { readonly sent: Sent; readonly rows: RowReader },
): void {
  for (const component of pending.cluster.beginningAnew(event)) {
    for (const delivery of component.listsAfresh?.(event, rows) ?? [])
      hand(pending, { component, delivery, sent, rows });
  }
}

/** Those who list anew hear what is otherwise than they believed. */
function renew(pending: Pending, { event, seq }: Entry<Event>, { sent, sight }: Sending): void {
  const { rows } = sight.view;
  for (const { component, actor: name, folders } of renewalsOf(pending, event)) {
    const actor = actorNamed(pending, name);
    const keepsGone = event.type === 'CachesRenewed' && event.keepsGone === true;
    const changes = listAnew(pending, sight.store.tables, { actor, folders, seq, keepsGone });
    // Whose it is follows from what the actor knows.
    sight.store.staleness = stalenessOf(pending.turned, actor);
    // Even where nothing is otherwise it knows from then on that it is so.
    actor.deliveries.send(sent);
    for (const change of changes) {
      for (const delivery of component.deliveriesOf?.(change, rows, sight.view.objects) ?? [])
        if (delivery.actor === name)
          hand(pending, { component, delivery: afterStart(event, change, delivery), sent, rows });
    }
  }
}

/** A kubelet that starts finds what nobody wants any more when it cleans up for the first time. */
function afterStart({ type }: Event, change: Change, delivery: Delivery): Delivery {
  return type === 'KubeletStarted' && change.type === 'DELETED'
    ? { ...delivery, after: HOUSEKEEPING_MS }
    : delivery;
}

/** Kubelet: kubelet.go housekeepingPeriod. */
const HOUSEKEEPING_MS = 2 * SECOND;

/** A watch from the future keeps silent. */
function isUnheard(
  pending: Pending,
  { component, delivery }: Pick<Handing, 'component' | 'delivery'>,
  reported: { readonly key: string; readonly seq: number; readonly revision: number },
): boolean {
  if (component.readsStore) return false;
  const actor = actorNamed(pending, delivery.actor);
  return isKeptFrom(stalenessOf(pending.turned, actor), reported);
}

interface Handing {
  readonly component: Component;
  readonly delivery: Delivery;
  readonly sent: Sent;
  readonly rows: RowReader;
}

function hand(pending: Pending, handing: Handing): void {
  const { component, delivery, sent } = pending.isHindered ? hinderedHanding(pending, handing) : handing;
  const actor = actorNamed(pending, delivery.actor);
  if (!component.readsStore) actor.deliveries.send(sent);
  if (delivery.key === undefined) return;
  const arrives = component.readsStore ? sent.at : actor.deliveries.lastArrives();
  const { after, turn } = delivery;
  soil(pending, deskAt(actor, delivery.key), { arrives, cause: sent.seq, after, turn });
}

/**
 * As a slow program is handed it: later where its watches are slow, and where its work is, or the API server,
 * it looks later.
 */
function hinderedHanding({ cluster: { settings } }: Pending, handing: Handing): Handing {
  const { component, delivery, sent, rows } = handing;
  if (component.readsStore) return handing;
  const who = { component, actor: delivery.actor };
  const lateMs = watchLatenessOf(rows, who);
  const { byMs = 0, times = 1 } = hindranceOf(rows, 'work', who) ?? {};
  const [low, high] = latencyOf(settings.latencies, component.looksAfter ?? 'work');
  const longer = byMs + Math.round(((low + high) / 2) * (times - 1));
  const again = retryLateness(settings, refusalOf(rows, who), [who.actor, delivery.key ?? '', sent.at]);
  const waits = longer + requestLateness(rows, settings) + again;
  const { after = 0, turn = 0 } = delivery;
  return {
    ...handing,
    sent: lateMs > 0 ? { ...sent, lateMs } : sent,
    delivery: {
      ...delivery,
      ...(waits > 0 && { after: after + waits }),
      // One worker, which takes up the next when it is through with the one before.
      ...(longer > 0 && { turn: turn + longer }),
    },
  };
}

/** What an entry means for whoever wrote it: it knows of it, and it failed or it did not. */
function noteAuthor(pending: Pending, entry: Entry<Event>): void {
  const author = actorNamed(pending, entry.actor);
  if (author.component?.assumes) author.written = entry.seq;
  noteOwn(pending.turned, author, entry.event);
  if (entry.event.type === 'RequestRefused') {
    noteRefusal(pending, author, entry);
    return;
  }
  // What it does besides, such as telling of the refusal, makes no success of it.
  const desk = author.desks.get(entry.key);
  if (!desk?.refused || desk.refused.at === entry.at) return;
  desk.refused = undefined;
  tidy(desk);
}

function noteRefusal(pending: Pending, author: Actor, { key, at, seq }: Entry<Event>): void {
  const desk = deskAt(author, key);
  const known = desk.refused;
  // A look that is refused several things has failed once.
  const count = known?.at === at ? known.count : (known?.count ?? 0) + 1;
  desk.refused = { count, at };
  if (!author.component?.readsStore) desk.retry = taskAt(pending, desk, at + retryDelay(count), seq);
}
