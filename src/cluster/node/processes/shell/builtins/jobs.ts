import type { ShellTask } from '../../process-state.ts';
import { SIGNAL_TEXTS } from '../../signals.ts';
import { type Builtin, printOut } from './builtin.ts';

/** The pid of `%1`, `%%` or `%+`. */
export function pidOfJob(task: ShellTask, text: string): number | undefined {
  const name = text.slice(1);
  if (/^\d+$/.test(name)) return task.jobs?.[Number(name) - 1];
  if (name === '' || name === '%' || name === '+') return task.jobs?.at(-1);
  return name === '-' ? task.jobs?.at(-2) : undefined;
}

export const jobs: Builtin = {
  run(call) {
    const { task } = call.shell;
    const list = task.jobs ?? [];
    const lines = list.map((pid, index) => {
      const exit = task.children?.[pid];
      if (exit === undefined) return '';
      const ended =
        exit &&
        (exit.signal
          ? (SIGNAL_TEXTS[exit.signal] ?? 'Terminated')
          : exit.code === 0
            ? 'Done'
            : `Done(${exit.code})`);
      const mark = index === list.length - 1 ? '+' : index === list.length - 2 ? '-' : ' ';
      return `[${index + 1}]${mark}  ${(ended ?? 'Running').padEnd(27)}\n`;
    });
    return printOut(call, lines.toReversed().join(''));
  },
};
