import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from './component.ts';

/** A request that is thought of and not sent. */
export interface ThoughtCall {
  readonly node: string;
  /** Absent for the machine's own address. */
  readonly pod?: string;
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly now: Millis;
}

/** What would become of a request that came to a port of a pod now. It changes nothing. */
export interface Prospect {
  /** `forwards`: it is a reverse proxy, and what becomes of it follows from what that goes by. */
  readonly does: 'answers' | 'forwards' | 'refuses' | 'resets' | 'hangs';
  /** In plain words; of an answer empty. */
  readonly because: string;
  /** seq of the entry that made it so. */
  readonly cause: number | null;
  /** The container that answers. */
  readonly container?: string;
  readonly image?: string;
  readonly status?: number;
  readonly delayMs?: Millis;
  /**
   * Where answers take work of a processor: by how much the wait grows in each millisecond; negative where
   * there is enough for all, and a queue becomes shorter.
   */
  readonly growsBy?: number;
  /** Containers that finish what they have begun, though they take no more. */
  readonly draining: readonly string[];
  /** When it may become something else without anything happening. */
  readonly until?: Millis;
  /** What a real request would change, and this one does not. */
  readonly notice?: string;
}

/** Machines can be asked what they would do. */
export type ProspectOf = (view: View, call: ThoughtCall) => Prospect;
