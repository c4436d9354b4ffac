import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { ClusterSettings } from '../contract/settings.ts';

/**
 * When each watcher sees each change, in the order of the changes: a delivery is never before the one before
 * it. What a component's watch cache holds is the store as of the last change delivered to it.
 */
export interface Deliveries {
  /** A change at `at` is on its way to the actor; returns when it arrives. */
  send(actor: string, change: Sent): Millis;
  /** seq of the last change that had arrived at the actor by `at`. */
  arrived(actor: string, at: Millis): number;
}

/**
 * The entry that made a change. Its seq takes no part in the draw, since it counts unrelated things too; what
 * one commit changed arrives together.
 */
export interface Sent extends Place {
  readonly seq: number;
}

interface Stream {
  /** Sent and not yet known to have arrived, oldest first. */
  readonly seqs: number[];
  readonly times: Millis[];
  arrivedSeq: number;
  lastTime: Millis;
}

export function createDeliveries(settings: ClusterSettings): Deliveries {
  const streams = new Map<string, Stream>();
  const [low, high] = settings.latencies.watch;
  return {
    send(watcher, { seq, at, actor, key }) {
      let stream = streams.get(watcher);
      if (!stream) {
        stream = { seqs: [], times: [], arrivedSeq: 0, lastTime: 0 };
        streams.set(watcher, stream);
      }
      const latency = drawWhole(settings, low, high, 'watch', watcher, actor, key, at);
      stream.lastTime = Math.max(stream.lastTime, at + latency);
      stream.seqs.push(seq);
      stream.times.push(stream.lastTime);
      return stream.lastTime;
    },
    arrived(actor, at) {
      const stream = streams.get(actor);
      if (!stream) return 0;
      let count = 0;
      while (count < stream.times.length && (stream.times[count] ?? 0) <= at) count++;
      if (count > 0) {
        stream.arrivedSeq = stream.seqs[count - 1] ?? stream.arrivedSeq;
        stream.seqs.splice(0, count);
        stream.times.splice(0, count);
      }
      return stream.arrivedSeq;
    },
  };
}
