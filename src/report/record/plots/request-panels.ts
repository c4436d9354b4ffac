import type { TrafficNews } from '../../../cluster/contract/traffic-rows.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import type { RecordWords } from '../../../words/record-words.ts';
import { formatSpan } from '../../span.ts';
import { roundSpan } from '../time-axis.ts';
import type { Panel } from './panels-svg.ts';

const MOST_PANELS = 6;
/** A run has no more bars than these. */
const MOST_BARS = 120;

/** What a client got, from one count of it to the next. */
interface Window {
  readonly from: Millis;
  readonly to: Millis;
  readonly news: TrafficNews;
}

/** The clients of a scenario: how many of their requests were answered and lost in each span. */
export function requestPanels(timeline: Timeline, words: RecordWords): readonly Panel[] {
  const spanMs = roundSpan(timeline.duration, MOST_BARS);
  const { plots } = words;
  return [...windowsOf(timeline)].slice(0, MOST_PANELS).map(([client, windows]) => {
    const answered = binned(timeline.duration, spanMs, windows.map(answeredIn));
    const lost = binned(timeline.duration, spanMs, windows.flatMap(lostIn));
    return {
      title: client,
      unit: plots.requestsIn(formatSpan(spanMs)),
      series: [
        { kind: 'bars', shape: 'answered', name: plots.answered, spanMs, values: answered },
        { kind: 'bars', shape: 'lost', name: words.lost, spanMs, values: lost },
      ],
    };
  });
}

function windowsOf({ entries, facts }: Timeline): ReadonlyMap<string, readonly Window[]> {
  const found = new Map<string, Window[]>();
  const upTo = new Map<string, Millis>();
  for (let seq = 1; seq <= entries.length; seq++) {
    const type = facts.type.textAt(seq);
    if (type !== 'TrafficStarted' && type !== 'TrafficCounted') continue;
    const entry = entries.of(seq);
    if (entry?.event.type === 'TrafficCounted') {
      const { client } = entry.event;
      const windows = found.get(client) ?? [];
      windows.push({ from: upTo.get(client) ?? entry.at, to: entry.at, news: entry.event });
      found.set(client, windows);
      upTo.set(client, entry.at);
    } else if (entry?.event.type === 'TrafficStarted') {
      const { client } = entry.event;
      found.set(client, found.get(client) ?? []);
      upTo.set(client, entry.at);
    }
  }
  return found;
}

/** So many, spread evenly over a span of time. */
interface Spread {
  readonly from: Millis;
  readonly to: Millis;
  readonly count: number;
}

function answeredIn({ from, to, news }: Window): Spread {
  const count = Object.values(news.answered ?? {}).reduce((sum, each) => sum + each, 0);
  return { from, to, count };
}

function lostIn({ news }: Window): readonly Spread[] {
  return (news.losses ?? []).map(({ first, last, count }) => ({ from: first, to: last, count }));
}

function binned(duration: Millis, spanMs: Millis, spreads: readonly Spread[]): readonly number[] {
  const bins = Array.from({ length: Math.ceil(duration / spanMs) }, () => 0);
  const last = bins.length - 1;
  const add = (bin: number, count: number): void => {
    const place = Math.min(last, Math.max(0, bin));
    bins[place] = (bins[place] ?? 0) + count;
  };
  for (const { from, to, count } of spreads) {
    if (count === 0) continue;
    const [first, end] = [Math.floor(from / spanMs), Math.floor(to / spanMs)];
    for (let bin = first; bin <= end; bin++) {
      const shared = Math.min(to, (bin + 1) * spanMs) - Math.max(from, bin * spanMs);
      add(bin, to > from ? (count * shared) / (to - from) : count);
    }
  }
  return bins;
}
