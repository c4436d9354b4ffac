import { bytesOf } from '../../images/program-behaviour.ts';
import { openPath } from '../machine/descriptors.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'truncate [-c] -s SIZE FILE...';

/** `truncate -s 100M f` and `fallocate -l 100M f`. */
export const truncate: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'cs:l:' });
    if (!options) return 1;
    const bytes = bytesOf(options.value('s') ?? options.value('l') ?? '');
    if (bytes === undefined) {
      refuse(io, usage, 'invalid size');
      return 1;
    }
    let code = 0;
    for (const path of options.operands) {
      const opened = openPath(io.machine, io.task, path, 'append');
      const resolved = io.files.resolve(path, io.task.cwd) ?? path;
      if (typeof opened !== 'string') {
        io.complain(`${path}: open: ${opened.why}`);
        code = 1;
      } else
        io.files.write(resolved, {
          kind: 'file',
          mode: io.files.node(resolved)?.mode ?? 0o644,
          content: '',
          sizeBytes: bytes,
        });
    }
    return code;
  },
};
