import type { SedAddress, SedCommand } from './sed-script.ts';

/** What a script knows between two lines, as plain data. */
export interface SedState {
  [key: string]: number | number[];
  number: number;
  /** Commands of which the range has begun. */
  open: number[];
}

export interface SedLine {
  readonly text: string;
  readonly isLast: boolean;
  readonly quiet: boolean;
  readonly end: string;
}

/** What a script makes of a line; `stop` says that nothing more is read. */
export function runSedLine(
  script: readonly SedCommand[],
  state: SedState,
  line: SedLine,
): { state: SedState; text: string; stop?: boolean } {
  const number = state.number + 1;
  const open = new Set(state.open);
  let text = line.text;
  let before = '';
  let after = '';
  let deleted = false;
  let stop = false;
  for (const [index, command] of script.entries()) {
    if (selects(command, { index, number, text, isLast: line.isLast, open }) === (command.negated === true))
      continue;
    switch (command.kind) {
      case 's': {
        const next = substitute(command, text);
        if (next !== text && command.print) before += `${next}\n`;
        text = next;
        continue;
      }
      case 'y':
        text = [...text].map((char) => command.to[command.from.indexOf(char)] ?? char).join('');
        continue;
      case 'p':
        before += `${text}${line.end || '\n'}`;
        continue;
      case 'i':
        before += `${command.text}\n`;
        continue;
      case 'a':
        after += `${command.text}\n`;
        continue;
      case '=':
        before += `${number}\n`;
        continue;
      case 'c':
        before += `${command.text}\n`;
        deleted = true;
        break;
      case 'd':
        deleted = true;
        break;
      case 'q':
        stop = true;
        break;
    }
    break;
  }
  const own = deleted || line.quiet ? '' : text + line.end;
  return { state: { number, open: [...open] }, text: before + own + after, ...(stop && { stop }) };
}

interface Selection {
  readonly index: number;
  readonly number: number;
  readonly text: string;
  readonly isLast: boolean;
  readonly open: Set<number>;
}

function selects(command: SedCommand, at: Selection): boolean {
  const { first, last } = command;
  if (!first) return true;
  if (!last) return fits(first, at);
  if (!at.open.has(at.index)) {
    if (!fits(first, at)) return false;
    if (!(typeof last === 'number' && last <= at.number)) at.open.add(at.index);
    return true;
  }
  if (typeof last === 'number' ? at.number >= last : fits(last, at)) at.open.delete(at.index);
  return typeof last !== 'number' || at.number <= last;
}

function fits(address: SedAddress, { number, text, isLast }: Selection): boolean {
  if (typeof address === 'number') return address === number;
  return address === '$' ? isLast : address.test(text);
}

function substitute(command: Extract<SedCommand, { kind: 's' }>, text: string): string {
  let count = 0;
  return text.replace(command.pattern, (...found: unknown[]) => {
    count += 1;
    const whole = String(found[0]);
    if (command.global ? count < command.nth : count !== command.nth) return whole;
    return command.replacement.replace(/\\([\s\S])|&/g, (part, escaped: string | undefined) => {
      if (part === '&') return whole;
      if (escaped !== undefined && /\d/.test(escaped))
        return escaped === '0' ? whole : String(found[Number(escaped)] ?? '');
      return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : (escaped ?? '');
    });
  });
}
