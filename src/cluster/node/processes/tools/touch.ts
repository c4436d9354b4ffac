import { whyNotWritable } from '../files/file-view.ts';
import { isGnu, readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...';

export const touch: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'camhd:t:r:', long: { 'no-create': 'c', date: 'd' } });
    if (!options) return 1;
    let code = 0;
    for (const path of options.operands) {
      const resolved = io.files.resolve(path, io.task.cwd) ?? path;
      const node = io.files.node(resolved);
      if (!node && options.has('c')) continue;
      if (/^\/dev\/(null|zero|stdout|stderr)$/.test(resolved)) continue;
      const why = node && !io.files.isReadOnly(resolved) ? undefined : whyNotWritable(io.files, resolved);
      if (why !== undefined || (node && io.files.isReadOnly(resolved))) {
        io.complain(
          isGnu(io) ? `cannot touch '${path}': ${why}` : `${path}: ${why ?? 'Read-only file system'}`,
        );
        code = 1;
        continue;
      }
      const { modifiedAt: _, ...kept } = node ?? {
        kind: 'file' as const,
        mode: 0o644,
        content: '',
        modifiedAt: 0,
      };
      io.files.write(resolved, kept);
    }
    return code;
  },
};
