import { runSedLine, type SedState } from '../../../tools/sed-line.ts';
import { parseSed, type SedCommand } from '../../../tools/sed-script.ts';
import { filterLines } from './filter-lines.ts';
import { readFile } from './input.ts';
import { notSimulated, readOptions, refuse } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...';

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
        runSedLine(script, state, { text, isLast, quiet, end: isWhole ? '\n' : '' }),
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
      const next = runSedLine(script, state, {
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
