import { sizeOf } from '../files/file-view.ts';
import { humanSize } from './human-size.ts';
import { readOptions } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool } from './tool.ts';
import { walkTree } from './walk-tree.ts';

const usage = 'du [-aHLdclsxhmk] [FILE]...';

export const du: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'aHLd:clsxhmk' });
    if (!options) return 1;
    let code = 0;
    for (const operand of options.operands.length > 0 ? options.operands : ['.']) {
      const all = walkTree(io, operand, linkPath(io, operand));
      if (all.length === 0) {
        io.complain(`${operand}: No such file or directory`);
        code = 1;
      }
      const most = options.has('s') ? 0 : Number(options.value('d') ?? Number.POSITIVE_INFINITY);
      const shown = all.filter(
        ({ node, depth }) => depth <= most && (depth === 0 || options.has('a') || node.kind === 'directory'),
      );
      // The directories come after what is in them.
      for (const one of shown.toReversed()) {
        const inside = all.filter(({ path }) => path === one.path || path.startsWith(`${one.path}/`));
        const bytes = inside.reduce((sum, { node }) => sum + Math.ceil(sizeOf(node) / 4096) * 4096, 0);
        const text = options.has('h')
          ? humanSize(bytes)
          : String(options.has('m') ? Math.ceil(bytes / (1 << 20)) : bytes / 1024);
        io.out(`${text}\t${one.shown}\n`);
      }
    }
    return code;
  },
};
