import type { Millis } from '../../kernel/time/millis.ts';
import type { WaitsFor } from './waiting.ts';

/** What is known of a client from how it asks; all times in milliseconds of the wall. */
export interface Known {
  /** When it was told of something that it has not reacted to yet. */
  toldAt: number | undefined;
  /** The virtual instant of that. */
  toldOf: Millis;
  /** How often it was told of something before it reacted to anything. */
  looksOn: number;
  /** How many of its writes came late. */
  late: number;
  /** How long it takes to react: up at once when it takes longer, down by and by; 0 until it is known. */
  pace: number;
  /** What it has asked lately, in the order in which it was asked last. */
  readonly questions: Map<string, Repeated>;
  /** Until when it counts as one that waits, because it asks the same again and again. */
  pollsUntil: number;
  waitsFor: WaitsFor;
}

/** A question that was asked before: in milliseconds of the wall, first and last in a row of times. */
interface Repeated {
  readonly first: number;
  readonly last: number;
}

/**
 * So long a client has to react to what it was told, or to ask the next thing. Who waits for one thing goes
 * his way when it is there; who watches everything has something to do.
 */
const ROOM_MS = { one: 5, any: 10 } as const;

/** So much room somebody who waits for one thing has at least that is known to be quick. */
const ROOM_QUICK_MS = 2;

/** So much room a client has at most that was seen to take longer. */
const ROOM_MAX_MS = 250;

/**
 * So much room a newcomer has that watches more than one thing, until it has reacted to something, or has
 * looked on so often that it is known to do no more than that: a program's first answer is its slowest.
 */
const ROOM_NEW_MS = 100;
const NEWCOMER_LOOKS_ON = 10;

/** What a client does later than this after it was told of something is no answer to that. */
const ANSWER_MS = 5000;

/** A client that takes so many times longer than it does is still waited for. */
const ROOM_FACTOR = 3;

/** A slow reaction counts so much in what is expected of the next one. */
const PACE_KEPT = 0.7;

/** Whoever asks the same again within this time waits for another answer. */
const POLL_MS = 5000;

/** Whoever writes the same again for so long holds nobody up by it any longer: a lease, an attempt. */
const WRITES_AGAIN_MS = 500;

/** So many questions of one client are kept in mind. */
const QUESTIONS = 64;

/** Those who ask, by name. */
export interface Askers {
  named(name: string): Known;
  polls(now: number): boolean;
  /** How many writes came late. */
  late(): number;
}

export function createAskers(): Askers {
  const known = new Map<string, Known>();
  return {
    named(name) {
      let client = known.get(name);
      client ??= {
        toldAt: undefined,
        toldOf: 0,
        looksOn: 0,
        late: 0,
        pace: 0,
        questions: new Map(),
        pollsUntil: 0,
        waitsFor: 'one',
      };
      known.set(name, client);
      return client;
    },
    late: () => [...known.values()].reduce((sum, { late }) => sum + late, 0),
    polls: (now) => [...known.values()].some(({ pollsUntil }) => pollsUntil > now),
  };
}

export function roomOf(client: Known, least?: number): number {
  const { pace, waitsFor, looksOn } = client;
  const isNew = waitsFor === 'any' && pace === 0 && looksOn <= NEWCOMER_LOOKS_ON;
  if (isNew) return Math.max(least ?? 0, ROOM_NEW_MS);
  const own = waitsFor === 'one' && pace > 0 ? ROOM_QUICK_MS : ROOM_MS[waitsFor];
  return Math.max(least ?? own, Math.min(ROOM_MAX_MS, pace * ROOM_FACTOR));
}

/** It was told of something that happened at a virtual instant. */
export function noteTold(client: Known, at: { readonly wall: number; readonly virtual: Millis }): void {
  client.looksOn++;
  if (client.toldAt !== undefined) return;
  client.toldAt = at.wall;
  client.toldOf = at.virtual;
}

/**
 * Whether a client that writes answers to something at a later virtual instant than that at which it was told
 * of it: it took longer than it had room, and how long can be seen in the log.
 */
function isLate(client: Known, now: { readonly wall: number; readonly virtual: Millis }): boolean {
  const { toldAt, toldOf, waitsFor } = client;
  if (waitsFor !== 'any' || toldAt === undefined) return false;
  return now.wall - toldAt <= ANSWER_MS && now.virtual > toldOf;
}

export interface Question {
  /** The same for the same question; empty for what is never the same. */
  readonly question: string;
  readonly writes: boolean;
  /** When, by the wall and in virtual time. */
  readonly at: number;
  readonly virtual: Millis;
}

/**
 * A client that asks soon after it was told of something has taken so long to react. Whether it asks the same
 * again, and so waits.
 */
export function noteQuestion(client: Known, { question, writes, at, virtual }: Question): boolean {
  if (writes && isLate(client, { wall: at, virtual })) client.late++;
  const took = client.toldAt === undefined ? undefined : at - client.toldAt;
  if (took !== undefined && took <= ROOM_MAX_MS)
    client.pace = Math.max(took, client.pace * PACE_KEPT + took * (1 - PACE_KEPT));
  client.toldAt = undefined;
  const isPoll = isAskedAgain(client, { question, writes, at });
  client.pollsUntil = isPoll ? at + POLL_MS : 0;
  return isPoll;
}

/**
 * Whether it has asked the same lately, and written nothing since then; or has written the same again and
 * again for a while. It may ask several things in turn, as whoever waits for several does.
 */
function isAskedAgain({ questions }: Known, { question, writes, at }: Omit<Question, 'virtual'>): boolean {
  const key = `${writes ? 'write' : 'read'} ${question}`;
  const before = questions.get(key);
  const isAgain = before !== undefined && question !== '' && at - before.last < POLL_MS;
  const first = isAgain ? before.first : at;
  const isPoll = isAgain && (!writes || at - first >= WRITES_AGAIN_MS);
  if (writes && !isPoll) forgetReads(questions);
  questions.delete(key);
  questions.set(key, { first, last: at });
  for (const oldest of questions.keys()) {
    if (questions.size <= QUESTIONS) break;
    questions.delete(oldest);
  }
  return isPoll;
}

/** After a write, what was asked before may be answered otherwise. */
function forgetReads(questions: Map<string, Repeated>): void {
  for (const key of [...questions.keys()]) if (key.startsWith('read ')) questions.delete(key);
}
