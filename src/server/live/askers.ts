import type { WaitsFor } from './waiting.ts';

/** What is known of a client from how it asks; all times in milliseconds of the wall. */
export interface Known {
  /** When it was told of something that it has not reacted to yet. */
  toldAt: number | undefined;
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

/** A client that takes so many times longer than ever before is still waited for. */
const ROOM_FACTOR = 3;

/** Whoever asks the same again within this time waits for another answer. */
const POLL_MS = 5000;

/** Those who ask, by name. */
export function createAskers(): { named(name: string): Known; polls(now: number): boolean } {
  const known = new Map<string, Known>();
  return {
    named(name) {
      let client = known.get(name);
      client ??= {
        toldAt: undefined,
        slowest: 0,
        question: '',
        questionAt: 0,
        pollsUntil: 0,
        waitsFor: 'one',
      };
      known.set(name, client);
      return client;
    },
    polls: (now) => [...known.values()].some(({ pollsUntil }) => pollsUntil > now),
  };
}

export function roomOf({ slowest, waitsFor }: Known, least: number = ROOM_MS[waitsFor]): number {
  return Math.max(least, Math.min(ROOM_MAX_MS, slowest * ROOM_FACTOR));
}

export interface Question {
  /** The same for the same question. */
  readonly question: string;
  readonly writes: boolean;
  readonly at: number;
}

/**
 * A client that asks soon after it was told of something has taken so long to react. Whether it asks the same
 * again, and so waits.
 */
export function noteQuestion(client: Known, { question, writes, at }: Question): boolean {
  const took = client.toldAt === undefined ? undefined : at - client.toldAt;
  if (took !== undefined && took <= ROOM_MAX_MS) client.slowest = Math.max(client.slowest, took);
  client.toldAt = undefined;
  const isPoll = !writes && client.question === question && at - client.questionAt < POLL_MS;
  client.pollsUntil = isPoll ? at + POLL_MS : 0;
  client.question = question;
  client.questionAt = at;
  return isPoll;
}
