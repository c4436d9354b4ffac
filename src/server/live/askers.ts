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
  /** The longest that it took to react. */
  slowest: number;
  /** What it asked for last, and when. */
  question: string;
  questionAt: number;
  /** Until when it counts as one that waits, because it asks the same again and again. */
  pollsUntil: number;
  waitsFor: WaitsFor;
}

/**
 * So long a client has to react to what it was told, or to ask the next thing. Who waits for one thing goes
 * his way when it is there; who watches everything has something to do.
 */
const ROOM_MS = { one: 5, any: 10 } as const;

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

/** A client that takes so many times longer than ever before is still waited for. */
const ROOM_FACTOR = 3;

/** Whoever asks the same again within this time waits for another answer. */
const POLL_MS = 5000;

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
        slowest: 0,
        question: '',
        questionAt: 0,
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

export function roomOf(client: Known, least: number = ROOM_MS[client.waitsFor]): number {
  const { slowest, waitsFor, looksOn } = client;
  const isNew = waitsFor === 'any' && slowest === 0 && looksOn <= NEWCOMER_LOOKS_ON;
  return Math.max(least, isNew ? ROOM_NEW_MS : Math.min(ROOM_MAX_MS, slowest * ROOM_FACTOR));
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
  /** The same for the same question. */
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
  if (took !== undefined && took <= ROOM_MAX_MS) client.slowest = Math.max(client.slowest, took);
  client.toldAt = undefined;
  const isPoll = !writes && client.question === question && at - client.questionAt < POLL_MS;
  client.pollsUntil = isPoll ? at + POLL_MS : 0;
  client.question = question;
  client.questionAt = at;
  return isPoll;
}
