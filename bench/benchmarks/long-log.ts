import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { readLog } from '../../src/cli/open-log.ts';
import { drawWhole } from '../../src/kernel/chance/draw.ts';
import { notableConsequences } from '../../src/replay/consequences.ts';
import { parseQuery } from '../../src/replay/query.ts';
import { findNext, findPrevious } from '../../src/replay/search.ts';
import type { Timeline } from '../../src/replay/timeline.ts';
import { beginningOf, notableCauses, why } from '../../src/replay/why.ts';
import { openSession, type Session } from '../../src/tui/session.ts';
import type { Size } from '../../src/tui/size.ts';
import { type Benchmark, type Measures, percentile, timed } from '../benchmark.ts';
import { longLogFile } from '../long-log/log-file.ts';
import { showPlayer } from '../long-log/player.ts';

const SEEKS = 25;
const SIZES: Readonly<Record<string, Size>> = {
  '120x40': { columns: 120, rows: 40 },
  '200x60': { columns: 200, rows: 60 },
};
/** Entries, Kubernetes Events, lanes: the panes that one turns to. */
const PANES = 3;

/**
 * A log of a million entries in the player: opened from its file, sought in, asked. Times are of the
 * processor, because on a busy machine those of the clock say more about the others; the opening's are both.
 */
export const longLog: Benchmark = {
  name: 'long-log',
  metrics: {
    open_1m_ms: 'ms',
    open_1m_cpu_ms: 'ms cpu',
    open_1m_first_ms: 'ms',
    search_ready_1m_cpu_ms: 'ms cpu',
    parse_1m_cpu_ms: 'ms cpu',
    open_1m_ratio: 'x parse',
    frame_120x40_p50_ms: 'ms cpu',
    frame_120x40_p99_ms: 'ms cpu',
    frame_200x60_p50_ms: 'ms cpu',
    frame_200x60_p99_ms: 'ms cpu',
    why_1m_ms: 'ms',
    then_1m_ms: 'ms',
    find_text_1m_ms: 'ms',
    find_last_text_1m_ms: 'ms',
    find_fact_1m_ms: 'ms',
    rss_1m_mb: 'MB',
    rss_peak_1m_mb: 'MB',
  },
  async run() {
    const path = longLogFile();
    const { session, ...opening } = await open(path);
    const frames: Record<string, number> = {};
    for (const [name, size] of Object.entries(SIZES)) {
      const times = await frameTimes(session, size);
      frames[`frame_${name}_p50_ms`] = percentile(times, 0.5);
      frames[`frame_${name}_p99_ms`] = percentile(times, 0.99);
    }
    const answers = answerTimes(session.timeline);
    const memory = {
      rss_1m_mb: process.memoryUsage.rss() / MEGABYTE,
      rss_peak_1m_mb: process.resourceUsage().maxRSS / 1024,
    };
    session.close();
    const parse = parseCpu(path);
    return {
      ...opening,
      parse_1m_cpu_ms: parse,
      open_1m_ratio: opening.open_1m_cpu_ms / parse,
      ...frames,
      ...answers,
      ...memory,
    };
  },
};

const MEGABYTE = 1 << 20;

/** Milliseconds of the processor since an earlier measure, or since the process began. */
function cpuMs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

async function open(path: string) {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const { commits, archive, keepsEvery, part } = readLog(path, () => {});
  const session = openSession(commits(), { ...(part && { part }), found: { archive, keepsEvery } });
  const first = performance.now() - from;
  // It is looked at meanwhile.
  const player = showPlayer(session, { columns: 120, rows: 40 });
  while (!session.timeline.complete) await turn();
  const opened = {
    open_1m_ms: performance.now() - from,
    open_1m_cpu_ms: cpuMs(cpu),
    open_1m_first_ms: first,
  };
  player.close();
  const open = process.cpuUsage();
  // What the session does by itself in the pauses of the reader.
  while (!archive.prepare?.()) await turn();
  return { session, ...opened, search_ready_1m_cpu_ms: cpuMs(open) };
}

/** Seeks anywhere, in each pane, until the screen is drawn. */
async function frameTimes(session: Session, size: Size): Promise<readonly number[]> {
  const player = showPlayer(session, size);
  await player.type('');
  const times: number[] = [];
  for (let pane = 0; pane < PANES; pane++) {
    for (let seek = 0; seek < SEEKS; seek++) {
      const seq = drawWhole({ seed: 'frames' }, 1, session.timeline.entries.length, 'seq', pane, seek);
      const before = player.frame();
      await player.type(`:${seq}`);
      const cpu = process.cpuUsage();
      await player.type('\r');
      times.push(cpuMs(cpu));
      if (player.frame() === before) throw new Error(`nothing was drawn for entry ${seq}`);
    }
    await player.type('\t');
  }
  player.close();
  return times;
}

function answerTimes(timeline: Timeline): Measures {
  const last = timeline.entries.length;
  const nowhere = parseQuery('nowhere-at-all') ?? [];
  const rare = parseQuery('nginx') ?? [];
  const fact = parseQuery('kind:Pod name:nobody') ?? [];
  return {
    why_1m_ms: timed(() => {
      for (const _ of notableCauses(timeline, last)) break;
      beginningOf(timeline, last);
      let links = 0;
      for (const _ of why(timeline, last)) if (++links === 100) break;
    }),
    then_1m_ms: timed(() => notableConsequences(timeline, 1, 500)),
    find_text_1m_ms: timed(() => findNext(timeline, nowhere, { from: 0 })),
    find_last_text_1m_ms: timed(() => findPrevious(timeline, rare, { from: last })),
    find_fact_1m_ms: timed(() => findNext(timeline, fact, { from: 0 })),
  };
}

/** What Node alone takes to read and parse the lines of a file. */
function parseCpu(path: string): number {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(1 << 20);
  const cpu = process.cpuUsage();
  let rest = '';
  for (let size = readSync(file, bytes); size > 0; size = readSync(file, bytes)) {
    const lines = (rest + bytes.toString('latin1', 0, size)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) JSON.parse(line);
  }
  closeSync(file);
  return cpuMs(cpu);
}
