import { beginDraw, type DrawBegun, drawWholeAfter } from '../../kernel/chance/draw.ts';
import type { Place } from '../../kernel/run/place.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { ClusterSettings } from '../contract/settings.ts';

/**
 * When a watcher sees each change, in the order of the changes: a delivery is never before the one before
 * it. What its watch cache holds is the store as of the last change delivered to it.
 */
export interface Deliveries {
  /** A change is on its way to the watcher. */
  send(change: Sent): void;
  /** The watch begins anew: all that there is now is known at once, and nothing is under way. */
  restart(from: { readonly seq: number; readonly at: Millis }): void;
  /** When the change that was sent last arrives. */
  lastArrives(): Millis;
  /** seq of the last change that had arrived by `at`. */
  arrived(at: Millis): number;
}

/**
 * The entry that made a change. Its seq takes no part in the draw, since it counts unrelated things too; what
 * one commit changed arrives together.
 */
export interface Sent extends Place {
  readonly seq: number;
  /** How much later than drawn it arrives, because its watcher's watches are slow. */
  readonly lateMs?: Millis;
}

interface Stream {
  /** Sent and not yet known to have arrived, oldest first. */
  sent: Sent[];
  /** When they arrive: of the first few, those that have been drawn. */
  times: Millis[];
  arrivedSeq: number;
  lastTime: Millis;
  readonly begun: DrawBegun;
  readonly low: Millis;
  readonly high: Millis;
}

/**
 * Latencies are drawn when somebody asks for them: most watchers take note of far more than they look at, and
 * what was sent longer ago than any latency has arrived, whatever would be drawn.
 */
export function createDeliveries(settings: ClusterSettings, watcher: string): Deliveries {
  const [low, high] = settings.latencies.watch;
  const begun = beginDraw(settings, 'watch', watcher);
  const stream: Stream = {
    sent: [],
    times: [],
    arrivedSeq: 0,
    lastTime: Number.NEGATIVE_INFINITY,
    begun,
    low,
    high,
  };
  return {
    send(change) {
      if (stream.sent.length > 0) dropArrived(stream, change.at);
      if (stream.sent.length > 0) stream.sent.push(change);
      else stream.sent = [change];
    },
    restart({ seq, at }) {
      stream.sent = [];
      stream.times = [];
      stream.arrivedSeq = seq;
      stream.lastTime = at;
    },
    lastArrives() {
      while (stream.times.length < stream.sent.length) drawNext(stream);
      return stream.lastTime;
    },
    arrived(at) {
      const { sent, times } = stream;
      if (sent.length === 0) return stream.arrivedSeq;
      dropArrived(stream, at);
      let count = 0;
      for (; count < sent.length; count++) {
        if (times.length === count) drawNext(stream);
        if ((times[count] ?? 0) > at) break;
      }
      drop(stream, count);
      return stream.arrivedSeq;
    },
  };
}

/** An earlier time than this can't be later than that of anything that is still to be sent. */
function dropArrived(stream: Stream, at: Millis): void {
  const { sent, high } = stream;
  let count = 0;
  while (count < sent.length && latest(sent[count], high) < at) count++;
  drop(stream, count);
}

function latest(change: Sent | undefined, high: Millis): Millis {
  return (change?.at ?? 0) + high + (change?.lateMs ?? 0);
}

function drop(stream: Stream, count: number): void {
  if (count === 0) return;
  stream.arrivedSeq = stream.sent[count - 1]?.seq ?? stream.arrivedSeq;
  if (count === stream.sent.length) {
    // To set the length of a list is slower than to make an empty one.
    stream.sent = [];
    if (stream.times.length > 0) stream.times = [];
  } else {
    stream.sent.splice(0, count);
    stream.times.splice(0, count);
  }
}

function drawNext(stream: Stream): void {
  const change = stream.sent[stream.times.length];
  if (!change) return;
  const { begun, low, high } = stream;
  const drawn = drawWholeAfter(begun, low, high, change.actor, change.key, change.at);
  const latency = drawn + (change.lateMs ?? 0);
  stream.lastTime = Math.max(stream.lastTime, change.at + latency);
  stream.times.push(stream.lastTime);
}
