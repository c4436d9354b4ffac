import type { Json } from '../process-state.ts';
import { filterLines } from './filter-lines.ts';
import { readFile } from './input.ts';
import { notSimulated, readOptions, refuse } from './options.ts';
import { parseSed, type SedAddress, type SedCommand } from './sed-script.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...';

interface SedState {
  [key: string]: Json;
  number: number;
  /** Commands of which the range has begun. */
  open: number[];
}

/** `s`, `d`, `p`, `q`, `y`, `a`, `i` and `c`, with line numbers, `$`, expressions and ranges as addresses. */
export const sed: Tool = {
  usage,
  run(io) {
    const args = io.args.map((arg) => (/^-i./.test(arg) ? '-i' : arg));
    const options = readOptions({ ...io, args }, usage, {
      letters: 'inrEse:f:',
      long: { quiet: 'n', expression: 'e' },
    });
    if (!options) return 1;
    const operands = [...options.operands];
    const scripts = options.has('e') ? options.values('e') : options.has('f') ? [] : operands.splice(0, 1);
    if (scripts.length === 0 && !options.has('f')) {
      refuse(io, usage, 'no script');
      return 1;
    }
    const script = parseSed(scripts.join('\n'), options.has('r') || options.has('E'));
    if (typeof script === 'string') return notSimulated(io, script);
    const quiet = options.has('n');
    if (options.has('i')) return editInPlace(io, script, operands, quiet);
    const start: SedState = { number: 0, open: [] };
    return filterLines<SedState>(io, operands, {
      start,
      line: (state, { text, isWhole, isLast }) =>
        runLine(script, state, { text, isLast, quiet, end: isWhole ? '\n' : '' }),
      end: () => ({ code: 0 }),
    });
  },
};

function editInPlace(
  io: ToolIo,
  script: readonly SedCommand[],
  paths: readonly string[],
  quiet: boolean,
): number {
  let code = 0;
  for (const path of paths) {
    const text = readFile(io, path);
    const resolved = io.files.resolve(path, io.task.cwd) ?? path;
    if (text === undefined || io.files.isReadOnly(resolved)) {
      if (text !== undefined) io.complain(`can't create temp file '${path}XXXXXX': Read-only file system`);
      code = 1;
      continue;
    }
    let state: SedState = { number: 0, open: [] };
    let content = '';
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    for (const [index, line] of lines.entries()) {
      const end = line.endsWith('\n') ? '\n' : '';
      const next = runLine(script, state, {
        text: line.slice(0, line.length - end.length),
        isLast: index === lines.length - 1,
        quiet,
        end,
      });
      state = next.state;
      content += next.text;
      if (next.stop) {
        content += lines.slice(index + 1).join('');
        break;
      }
    }
    const { modifiedAt: _, ...node } = io.files.node(resolved) ?? {
      kind: 'file' as const,
      mode: 0o644,
      modifiedAt: 0,
    };
    io.files.write(resolved, { ...node, content });
  }
  return code;
}

interface SedLine {
  readonly text: string;
  readonly isLast: boolean;
  readonly quiet: boolean;
  readonly end: string;
}

function runLine(
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
