import { SECOND } from '../../../kernel/time/millis.ts';
import { formatDate } from '../../tools/format-date.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Program, ProgramTable } from '../program.ts';
import { placeHere, runInner } from './run-inner.ts';

const OPTIONS = {
  flags: 'dtgcebx',
  valued: 'n',
  long: { interval: 'n', differences: 'd', 'no-title': 't', chgexit: 'g', color: 'c' },
};

interface Memory {
  /** Of the line that is played just now; absent between two rounds. */
  readonly inner?: unknown;
  readonly text: string;
  /** What was shown last. */
  readonly shown?: string;
  readonly nextAt: number;
}

/** `watch -n 1 crictl ps`: goes on until somebody ends it, and shows what has become another (watch(1)). */
export function watchFor(programs: () => ProgramTable): Program {
  return {
    type: 'program',
    name: 'watch',
    *run(call) {
      const at = commandAt(call.args);
      const { given } = readOptions(call.args.slice(0, at), OPTIONS);
      const line = call.args.slice(at).join(' ');
      const every = Math.max(100, Number(given.get('n') ?? 2) * SECOND);
      const memory = (call.memory as Memory | undefined) ?? { text: '', nextAt: call.now };
      if (memory.inner === undefined && call.now < memory.nextAt)
        return { pause: { memory, wakeAt: memory.nextAt } };
      let { text } = memory;
      const inner: Call = {
        ...call,
        memory: memory.inner,
        write: (_stream, more) => {
          text += more;
        },
      };
      const outcome = yield* runInner(line, inner, { place: placeHere(call), programs: programs() });
      if ('pause' in outcome)
        return { pause: { ...outcome.pause, memory: { ...memory, inner: outcome.pause.memory, text } } };
      if (memory.shown !== undefined && memory.shown !== text && given.has('g')) return { exitCode: 0 };
      if (memory.shown !== text) {
        if (!given.has('t')) call.write('stdout', title(call, every, line));
        call.write('stdout', `${text}\n`);
      }
      const nextAt = call.now + every;
      return { pause: { memory: { text: '', shown: text, nextAt }, wakeAt: nextAt } };
    },
  };
}

function commandAt(args: readonly string[]): number {
  let at = 0;
  for (; args[at]?.startsWith('-'); at++) if (/^(?:-\w*n|--interval)$/.test(args[at] ?? '')) at += 1;
  return at;
}

/** `Every 2.0s: crictl ps      cp-1: Thu Jan  1 00:00:00 2026`, over eighty columns. */
function title({ view, machine = '', now }: Call, every: number, line: string): string {
  const left = `Every ${(every / SECOND).toFixed(1)}s: ${line}`;
  const right = `${machine === '' ? '' : `${machine}: `}${formatDate(view.settings.epochMs + now, '%a %b %e %H:%M:%S %Y')}`;
  return `${left}${' '.repeat(Math.max(2, 80 - left.length - right.length))}${right}\n\n`;
}
