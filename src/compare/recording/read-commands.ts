import type { Millis } from '../../kernel/time/millis.ts';
import type { TypedCommand } from '../play.ts';

/** What was typed while a real cluster was recorded, and when that ended; 0 where nothing says. */
export interface CommandsReading {
  readonly commands: readonly TypedCommand[];
  readonly remarks: readonly Remark[];
  readonly endMs: Millis;
}

/** What whoever recorded did besides, or thought worth saying. */
export interface Remark {
  readonly atMs: Millis;
  readonly text: string;
}

const STAMP = /^\[t\+(\d+(?:\.\d+)?)\] (.*)$/;

/**
 * Reads `[t+s] $ command`, what it printed, `[t+s] (exit n)`; a remark behind the command says that each line
 * of the output bears a stamp of its own. A command that never ended (the file was cut) is left out.
 */
export function readCommands(text: string): CommandsReading {
  const commands: TypedCommand[] = [];
  const remarks: Remark[] = [];
  let endMs = 0;
  let open: { line: string; beginMs: Millis; output: string[] } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, seconds = '', rest = ''] = STAMP.exec(line) ?? [];
    const atMs = Math.round(Number(seconds) * 1000);
    const exitCode = /^\(exit (\d+)\)$/.exec(rest)?.[1];
    if (rest.startsWith('$ ')) {
      open = { line: rest.slice(2).replace(/\s+# .*$/, ''), beginMs: atMs, output: [] };
    } else if (open && exitCode !== undefined) {
      const output = open.output.map((one) => `${one}\n`).join('');
      commands.push({ ...open, index: commands.length, endMs: atMs, output, exitCode: Number(exitCode) });
      open = undefined;
    } else if (open) {
      open.output.push(seconds === '' ? line : rest);
    } else if (rest.startsWith('# ')) {
      remarks.push({ atMs, text: rest.slice(2) });
    } else if (rest === 'END') {
      endMs = atMs;
    }
  }
  return { commands, remarks, endMs };
}
