import { type Beat, beatAfter, FIRST_BEAT } from './pace.ts';

/** The beats that a log is played in, in their order: there may be as many as entries. */
export interface Beats {
  readonly length: number;
  /** By its place, counted from 0; undefined where there is none. */
  of(place: number): Beat | undefined;
  /** seq of each, ascending. */
  readonly seqs: readonly number[];
  /** When each one's turn comes, in milliseconds of playing, ascending. */
  readonly playedAt: readonly number[];
}

export interface GrowingBeats extends Beats {
  /** The end of a commit that has something to show, which takes so long to read. */
  push(end: Pick<Beat, 'seq' | 'at'>, readMs: number): void;
}

/** Most beats hold nobody up, and follow another without a breath: only what is otherwise is kept. */
export function createBeats(timeOf: (seq: number) => number): GrowingBeats {
  const seqs: number[] = [];
  const playedAt: number[] = [];
  const holds = new Map<number, number>();
  let last = FIRST_BEAT;
  return {
    get length() {
      return seqs.length;
    },
    seqs,
    playedAt,
    of(place) {
      const seq = seqs[place];
      const played = playedAt[place];
      if (seq === undefined || played === undefined) return undefined;
      return { seq, at: timeOf(seq), playedAt: played, holdMs: holds.get(seq) ?? 0 };
    },
    push({ seq, at }, readMs) {
      last = beatAfter(last, { seq, at, readMs });
      seqs.push(seq);
      playedAt.push(last.playedAt);
      if (readMs > 0) holds.set(seq, readMs);
    },
  };
}

/** The beats of another log up to an entry, which go on in their own way. */
export function branchBeats(beats: Beats, at: number, timeOf: (seq: number) => number): GrowingBeats {
  const branch = createBeats(timeOf);
  for (let place = 0; place < beats.length; place++) {
    const beat = beats.of(place);
    if (!beat || beat.seq > at) break;
    branch.push(beat, beat.holdMs);
  }
  return branch;
}
