import { formatDate } from '../../../tools/format-date.ts';
import { sizeOf } from '../files/file-view.ts';
import { modeText } from './ls.ts';
import { isGnu, readOptions } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool } from './tool.ts';

const usage = 'stat [-ltf] [-c FMT] FILE...';
const KINDS = { file: 'regular file', directory: 'directory', link: 'symbolic link', removed: '' } as const;

export const stat: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'Lltfc:', long: { format: 'c' } });
    if (!options) return 1;
    let code = 0;
    for (const path of options.operands) {
      const node = io.files.node(linkPath(io, path));
      if (!node) {
        io.complain(
          isGnu(io)
            ? `cannot statx '${path}': No such file or directory`
            : `can't stat '${path}': No such file or directory`,
        );
        code = 1;
        continue;
      }
      const epochMs = io.machine.host.epochMs + node.modifiedAt;
      const values: Readonly<Record<string, string>> = {
        n: path,
        N: path,
        s: String(sizeOf(node)),
        a: node.mode.toString(8),
        A: modeText(node),
        F: node.kind === 'file' && sizeOf(node) === 0 ? 'regular empty file' : KINDS[node.kind],
        Y: String(Math.floor(epochMs / 1000)),
        y: formatDate(epochMs, '%Y-%m-%d %H:%M:%S.%N %z'),
        u: '0',
        g: '0',
        U: 'root',
        G: 'root',
        '%': '%',
      };
      const format = options.value('c');
      const shown =
        format ??
        '  File: %n\n  Size: %s\tType: %F\nAccess: (0%a/%A)  Uid: (%u/%U)  Gid: (%g/%G)\nModify: %y';
      io.out(`${shown.replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter] ?? whole)}\n`);
    }
    return code;
  },
};
