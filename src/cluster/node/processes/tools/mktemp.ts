import { whyNotWritable } from '../files/file-view.ts';
import { absolutePath } from '../files/paths.ts';
import { readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'mktemp [-dt] [-p DIR] [TEMPLATE]';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export const mktemp: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'dqtup:' });
    if (!options) return 1;
    const template = options.operands[0] ?? 'tmp.XXXXXX';
    const directory =
      options.value('p') ?? (options.operands.length === 0 || options.has('t') ? '/tmp' : '.');
    const path = absolutePath(fill(io, template), absolutePath(directory, io.task.cwd));
    const why = /XXXXXX$/.test(template) ? whyNotWritable(io.files, path) : 'Invalid argument';
    if (why !== undefined) {
      io.complain(`(null): ${why}`);
      return 1;
    }
    const isDirectory = options.has('d');
    io.files.write(
      path,
      isDirectory ? { kind: 'directory', mode: 0o700 } : { kind: 'file', mode: 0o600, content: '' },
    );
    io.out(`${directory === '.' ? path.slice(io.task.cwd.length).replace(/^\//, '') : path}\n`);
    return 0;
  },
};

function fill(io: ToolIo, template: string): string {
  const { machine } = io;
  return template.replace(/X{6}$/, (letters) =>
    [...letters]
      .map(() => {
        const drawn = machine.host.draw(machine.state.draws);
        machine.state.draws += 1;
        return LETTERS[Math.floor(drawn * LETTERS.length)] ?? 'a';
      })
      .join(''),
  );
}
