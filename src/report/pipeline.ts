import type { ApiEvent } from '../cluster/contract/api-event.ts';
import type { Stage } from '../cluster/contract/api-server.ts';
import type { Delivery } from '../cluster/contract/component.ts';
import type { Event } from '../cluster/contract/event.ts';
import { deliveriesOfChange } from '../cluster/model.ts';
import { changeOf } from '../cluster/world/changes.ts';
import { objectReader, rowReader } from '../cluster/world/readers.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { commitOf, previousStop } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { entryLine } from './entry-line.ts';
import { nameOf } from './names.ts';
import { type StageSaid, stagesSaid } from './request/request-lines.ts';
import { requestOf, requestsAt } from './request/requests-at.ts';

/** One piece of work: who did what, and whom it reaches. */
export interface Commit {
  /** seq of its first entry, and of its last. */
  readonly first: number;
  readonly last: number;
  readonly at: Millis;
  readonly actor: string;
  /** What the actor was looking at. */
  readonly key: string;
  /** seq of the entry that made it look. */
  readonly cause: number | null;
  readonly requests: readonly ApiCall[];
  /** What happened outside of the API: on the actor's machine, in the story. */
  readonly facts: readonly string[];
}

/** A request to the API server, as far as the log tells of it: reading leaves no trace. */
export interface ApiCall {
  /** seq of its entry. */
  readonly seq: number;
  /** `create`, `bind`, `update status`, `delete`, … */
  readonly verb: string;
  readonly what: string;
  /** What each stage said; absent where it cannot be found again. */
  readonly stages?: readonly StageSaid[];
  /** The stage at which it was refused, and in which words. */
  readonly refused?: { readonly stage: Stage; readonly code: number; readonly message: string };
  /** Of etcd, once it is written there. */
  readonly revision?: string;
  readonly reaches: readonly Reached[];
}

/** Somebody who watches, and is told of a change. */
export interface Reached {
  readonly actor: string;
  /** At what it then looks; without that it only takes note. */
  readonly looksAt?: string;
  /** The first thing that it did because of this work, and so many milliseconds later. */
  readonly did?: { readonly seq: number; readonly afterMs: Millis; readonly text: string };
}

/** Reactions follow within milliseconds: no more than this is looked through for them. */
const MOST_ENTRIES = 3000;
const LONGEST_MS = 20_000;

/** In which language it is told, and the files that lines are typed beside. */
export interface Told {
  readonly language: string;
  readonly files: Readonly<Record<string, string>>;
  /** There is no time to find out what each stage said. */
  readonly isBrief?: boolean;
}

/** The piece of work that an entry belongs to. */
export function commitAt(
  timeline: Timeline,
  seq: number,
  { language, files, isBrief = false }: Told,
): Commit | undefined {
  const last = commitOf(timeline, seq);
  const first = previousStop(timeline, last) + 1;
  const entries = timeline.entries.between(first, last);
  const [begin] = entries;
  if (!begin || seq > last) return undefined;
  const did = reactionsTo(timeline, { first, last }, language);
  const calls = entries.filter(isApiEntry);
  const requests = isBrief ? undefined : requestsAt(timeline, last, files);
  const stagesOf = (entry: ApiEntry): readonly StageSaid[] | undefined => {
    const retold = requests && requestOf(requests, entry.seq);
    return retold && stagesSaid(retold);
  };
  return {
    first,
    last,
    at: begin.at,
    actor: begin.actor,
    key: begin.key,
    cause: begin.cause,
    requests: calls.map((entry) => callOf(timeline, entry, { did, language, stages: stagesOf(entry) })),
    facts: entries
      .filter((entry) => !isApiEntry(entry))
      .map((entry) => entryLine(entry, timeline.worldAt(entry.seq), language)),
  };
}

type ApiEntry = Entry<Event> & { readonly event: ApiEvent };

function isApiEntry(entry: Entry<Event>): entry is ApiEntry {
  return entry.event.type === 'RequestRefused' || 'resource' in entry.event;
}

type Reactions = ReadonlyMap<string, NonNullable<Reached['did']>>;

interface Telling {
  readonly did: Reactions;
  readonly language: string;
  readonly stages: readonly StageSaid[] | undefined;
}

function callOf(timeline: Timeline, entry: ApiEntry, { did, language, stages }: Telling): ApiCall {
  const { event, seq } = entry;
  const world = timeline.worldAt(seq);
  if (event.type === 'RequestRefused') {
    const { code, message, verb, resource, name = '' } = event;
    const at = stages?.find(({ outcome }) => outcome === 'refused')?.stage ?? stageOf(event);
    const refused = { stage: at, code, message };
    const what = `${resource} ${name}`.trim();
    return { seq, verb, what, ...(stages && { stages }), refused, reaches: [] };
  }
  const change = changeOf(world.store.tables, entry);
  const position = { tables: world.store.tables, seq };
  const reached = change ? deliveriesOfChange(change, rowReader(position), objectReader(position)) : [];
  const revision = change?.object.metadata.resourceVersion;
  return {
    seq,
    verb: verbOf(event),
    what:
      event.type === 'ObjectUpdated' || !change ? entryLine(entry, world, language) : nameOf(change.object),
    ...(stages && { stages }),
    ...(revision !== undefined && { revision }),
    reaches: reachesOf(reached, did),
  };
}

/** One line for each actor: what it looks at counts more than that it takes note. */
function reachesOf(reached: readonly Delivery[], did: Reactions): readonly Reached[] {
  const byActor = new Map<string, Delivery>();
  for (const delivery of reached) {
    const known = byActor.get(delivery.actor);
    if (known?.key === undefined) byActor.set(delivery.actor, delivery);
  }
  const all = [...byActor.values()].map(({ actor, key }): Reached => {
    const reaction = did.get(actor);
    return {
      actor,
      ...(key !== undefined && { looksAt: key }),
      ...(reaction && { did: reaction }),
    };
  });
  const weightOf = (each: Reached): number => (each.did ? 0 : each.looksAt === undefined ? 2 : 1);
  return all.sort((a, b) => weightOf(a) - weightOf(b));
}

function reactionsTo(
  timeline: Timeline,
  { first, last }: { readonly first: number; readonly last: number },
  language: string,
): Reactions {
  const found = new Map<string, NonNullable<Reached['did']>>();
  const at = timeline.timeOf(last);
  const { facts, entries } = timeline;
  const end = Math.min(entries.length, last + MOST_ENTRIES);
  for (let seq = last + 1; seq <= end; seq++) {
    if (facts.timeOf(seq) > at + LONGEST_MS) break;
    const cause = facts.causeOf(seq);
    const actor = facts.actor.textAt(seq);
    const entry = cause < first || cause > last || found.has(actor) ? undefined : entries.of(seq);
    if (!entry) continue;
    const text = entryLine(entry, timeline.worldAt(seq), language);
    found.set(actor, { seq, afterMs: entry.at - at, text });
  }
  return found;
}

function verbOf(event: Exclude<ApiEvent, { type: 'RequestRefused' }>): string {
  if (event.type === 'ObjectCreated') return 'create';
  if (event.type === 'ObjectDeleted') return 'delete';
  const fields = [...Object.keys(event.set ?? {}), ...(event.unset ?? [])].filter(
    (field) => !/^\/metadata\/(?:resourceVersion|managedFields|generation)/.test(field),
  );
  if (fields.includes('/metadata/deletionTimestamp')) return 'delete';
  if (event.resource === 'pods' && fields.includes('/spec/nodeName')) return 'bind';
  const isStatus = fields.length > 0 && fields.every((field) => field.startsWith('/status'));
  return isStatus ? 'update status' : 'update';
}

/** What those say who look last of all. */
const LAST_WORDS =
  /exceeded quota|failed quota|status unknown for quota|violates PodSecurity|usage per (?:Container|Pod|Pers)|to request ratio per/;

/** By what the refusal says (apiserver: endpoints/handlers). */
function stageOf({ code, message }: Extract<ApiEvent, { type: 'RequestRefused' }>): Stage {
  if (code === 401) return 'authenticate';
  if (code === 403 && /forbidden: User "/.test(message)) return 'authorize';
  if (code === 400 || code === 405 || code === 415) return 'decode';
  if (/could not find the requested resource/.test(message)) return 'decode';
  if (code === 403) return LAST_WORDS.test(message) ? 'admit' : 'mutate';
  return code === 422 ? 'validate' : 'store';
}
