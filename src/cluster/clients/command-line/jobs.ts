import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { CommandRow } from '../../contract/client-rows.ts';
import type { Deed, View } from '../../contract/component.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Progress } from './progress.ts';

/** A line that was left to itself with `&`, and runs. */
export interface Job {
  readonly number: number;
  readonly row: CommandRow;
}

/** A part of a line is left to itself: it becomes a line of its own, and the shell says its number. */
export function* beginJob(line: string, progress: Progress): Generator<Deed, void> {
  const { shell, variables } = progress;
  const place = progress.next;
  progress.next += 1;
  if (progress.finished[place] !== undefined) return;
  const number = Math.max(0, ...runningJobs(shell.view).map((job) => job.number)) + 1;
  const command = `${shell.command}&${number}`;
  const own = Object.fromEntries(variables);
  const isPlain = isEqualJson(own, shell.session.variables);
  yield {
    type: 'CommandTyped',
    command,
    line,
    background: true,
    job: { number, ...(isPlain ? {} : { variables: own }) },
  };
  shell.write('stderr', `[${number}] ${processId(shell.view, command)}\n`);
  progress.finished.push({ exitCode: 0 });
}

/** In the order of their numbers. */
export function runningJobs({ rows }: View): readonly Job[] {
  return rows
    .rowsBy('commands', 'running', 'yes')
    .flatMap((row) => (row.job === undefined ? [] : [{ number: row.job.number, row }]))
    .sort((a, b) => a.number - b.number);
}

/** The number of the process, as the shell says it. */
export function processId({ chance }: View, command: string): number {
  return drawWhole(chance, 1000, 99_999, 'process-id', command, 0);
}

/** As bash tells of a job: `[1]+  Running                 kubectl proxy &`. */
export function jobText({ number, row }: Job, state: string, jobs: readonly Job[]): string {
  const after = jobs.filter((job) => job.number > number).length;
  const mark = after === 0 ? '+' : after === 1 ? '-' : ' ';
  const line = state === 'Running' ? `${row.line} &` : row.line;
  return `[${number}]${mark}  ${state.padEnd(24)}${line}\n`;
}
