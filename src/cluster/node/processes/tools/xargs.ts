import { isOutcome, readAllInputs } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'xargs [OPTIONS] [PROG ARGS]';

interface XargsMemory {
  /** Command lines still to be run. */
  readonly left: string[][];
  readonly child?: number;
  readonly code: number;
}

export const xargs: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: '0rtn:I:L:P:s:', stopsEarly: true });
    if (!options) return 1;
    const known = io.memory as unknown as XargsMemory | string | undefined;
    if (known !== undefined && typeof known !== 'string') return runNext(io, known);
    const inputs = readAllInputs(io, []);
    if (isOutcome(inputs)) return inputs;
    const text = inputs[0]?.text ?? '';
    const command = options.operands.length > 0 ? [...options.operands] : ['echo'];
    const mark = options.value('I');
    const words =
      mark !== undefined
        ? text
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
        : wordsOf(text, options.has('0'));
    const most = Number(
      options.value('n') ?? options.value('L') ?? (mark === undefined ? Math.max(1, words.length) : 1),
    );
    const left: string[][] = [];
    for (let at = 0; at < words.length; at += most) {
      const group = words.slice(at, at + most);
      left.push(
        mark === undefined
          ? [...command, ...group]
          : command.map((arg) => arg.replaceAll(mark, group[0] ?? '')),
      );
    }
    if (left.length === 0 && !options.has('r') && mark === undefined) left.push(command);
    return runNext(io, { left, code: 0 });
  },
};

function wordsOf(text: string, byZero: boolean): string[] {
  if (byZero) return text.split('\0').filter((word) => word !== '');
  return [...text.matchAll(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"\n]*)"|'([^'\n]*)'|\\(.)/g, '$1$2$3'),
  );
}

function runNext(io: ToolIo, memory: XargsMemory): ToolOutcome {
  let { left, child, code } = memory;
  if (child !== undefined) {
    const exit = io.ended(child);
    if (!exit) return wait(memory);
    if (exit.code === 255 || exit.signal) return exit.signal ? 125 : 124;
    code = exit.code === 0 ? code : 123;
  }
  const [argv, ...rest] = left;
  if (!argv) return code;
  left = rest;
  const started = io.spawn(argv, { noInput: true });
  if (typeof started === 'number') {
    io.complain(`${argv[0] ?? ''}: ${started === 126 ? 'Permission denied' : 'No such file or directory'}`);
    return started;
  }
  child = started.pid;
  return wait({ left, child, code });
}

const wait = (memory: XargsMemory): ToolOutcome => ({
  wait: { children: memory.child === undefined ? [] : [memory.child] },
  memory: {
    left: memory.left,
    code: memory.code,
    ...(memory.child !== undefined && { child: memory.child }),
  },
});
