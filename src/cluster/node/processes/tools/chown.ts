import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

export const chown = ownerTool('chown [-Rhcvf]... USER[:[GRP]] FILE...');
export const chgrp = ownerTool('chgrp [-Rhcvf]... GROUP FILE...');

/** Owners are not kept, so it only looks whether the files are there. */
function ownerTool(usage: string): Tool {
  return {
    usage,
    run(io) {
      const options = readOptions(io, usage, { letters: 'RhLHPcvf' });
      if (!options) return 1;
      let code = 0;
      for (const path of options.operands.slice(1)) {
        if (io.files.node(io.files.resolve(path, io.task.cwd) ?? path)) continue;
        io.complain(`${path}: No such file or directory`);
        code = 1;
      }
      return code;
    },
  };
}
